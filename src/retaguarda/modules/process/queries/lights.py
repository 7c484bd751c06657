"""The health of each process at a glance: how much is open, late, failing, and the list of exactly those cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, and_, case, cast, func, or_, select, union_all

from retaguarda.kernel.case import HEAD, STEP, with_case
from retaguarda.kernel.failure import OPEN
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.query import Query
from retaguarda.modules.process import rules
from retaguarda.modules.process.queries.failures import AREA
from retaguarda.modules.process.queries.standing import (
    FAILURE,
    ORDER,
    PROCESS,
    READ,
    STANDING,
    TODAY,
    sees,
    with_subject,
)
from retaguarda.modules.sales import api as sales


@dataclass(frozen=True, slots=True)
class LightRow:
    """A process: open cases, those over their time, those with a failure. Bad while something is late, warn while
    something failed. Of the stock all are failures, late those of promises due today or earlier."""

    id: str
    position: int
    open: int
    late: int
    failing: int
    level: str

    @property
    def code(self) -> str:
        """What stands out, or how many are open."""
        return f"process.lights.{'late' if self.late else 'failing' if self.failing else 'open'}"

    @property
    def params(self) -> Mapping[str, Any]:
        """The number the sentence of `code` needs."""
        return {"n": self.late or self.failing or self.open}

    @property
    def reason_code(self) -> str:
        """The line under it."""
        if self.level != "ok":
            return "process.lights.of"
        return "process.lights.calm" if self.open else "process.lights.none"

    @property
    def reason_params(self) -> Mapping[str, Any]:
        """The number that line needs."""
        return {"n": self.open}

    @property
    def opens(self) -> str:
        """The list of its cases."""
        return "process.failure_list" if self.id == rules.STOCK else "process.queue_list"

    @property
    def given(self) -> Mapping[str, Any]:
        """The filter that leaves exactly the cases the light counts."""
        if self.id == rules.STOCK:
            return {"area": rules.STOCK, **({"due": True} if self.late else {})}
        standing = rules.LATE_WORK if self.late else rules.FAILING if self.failing else ""
        return {"process": self.id, **({"standing": standing} if standing else {})}


def _every_process() -> Any:
    names = ("sales", rules.STOCK, *(name for name in rules.PROCESSES if name != "sales"))
    return union_all(
        *(select(word(name).label("name"), number(place).label("position")) for place, name in enumerate(names, 1))
    ).subquery("process")


def _cases() -> Any:
    """How each open case of each process stands, of the branches the person sees."""
    steps = (
        select(PROCESS.label("name"), STANDING.label("standing"))
        .select_from(with_subject(STEP.join(HEAD, HEAD.c.id == STEP.c.case_id)))
        .where(STEP.c.state == OPEN, sees(HEAD.c.branch_id))
    )
    standing = case((ORDER.promised_on <= TODAY, word(rules.LATE_WORK)), else_=word(rules.FAILING))
    lacking = (
        select(word(rules.STOCK), standing)
        .select_from(
            with_case(FAILURE, FAILURE.c.subject_id).outerjoin(sales.sales_order, ORDER.id == FAILURE.c.subject_id)
        )
        .where(FAILURE.c.state == OPEN, AREA == rules.STOCK, or_(HEAD.c.id.is_(None), sees(HEAD.c.branch_id)))
    )
    return union_all(steps, lacking).subquery("standing_case")


_P, _C = _every_process().c, _cases().c


def _many(standing: str) -> Any:
    return cast(func.coalesce(func.sum(case((_C.standing == word(standing), 1), else_=0)), 0), BigInteger)


_LATE, _FAILING = _many(rules.LATE_WORK), _many(rules.FAILING)
_L = (
    select(
        _P.name.label("id"),
        _P.position,
        func.count(_C.name).label("open"),
        _LATE.label("late"),
        _FAILING.label("failing"),
        case((_LATE > 0, word("bad")), (_FAILING > 0, word("warn")), else_=word("ok")).label("level"),
    )
    .select_from(_P.name.table.outerjoin(_C.name.table, and_(_C.name == _P.name)))
    .group_by(_P.name, _P.position)
    .subquery("light")
).c

lights = Query("process.lights", LightRow, select(*_L), permission=READ, key=_L.id, order="position")
