"""What happened to an order, newest first, each as a code with parameters."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    null,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.case import DONE, HEAD, STEP, UNDONE
from retaguarda.kernel.journal import CommandJournal, RowAudit
from retaguarda.kernel.literal import word
from retaguarda.kernel.model import digits, table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.model import HandoffEntry
from retaguarda.modules.process.queries.standing import FAILURE, HANDED, ORDER, READ
from retaguarda.modules.sales import api as sales

_PERSON, _CONTACT = company.person.c, sales.contact_log.c
_JOURNAL, _AUDIT = table_of(CommandJournal), table_of(RowAudit)
_J, _A, _P = _JOURNAL.c, _AUDIT.c, sales.promise.c
_ORDERS = sales.sales_order


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened to an order: `code` is its sentence, `detail_code` the one under it, if any."""

    id: str
    subject_id: str
    at: dt.datetime
    code: str
    who: str | None
    icon: str
    level: str
    number: int
    day: dt.date | None
    detail_code: str | None
    detail: str | None

    @property
    def params(self) -> Mapping[str, Any]:
        """What the sentence of `code` needs."""
        return {"number": self.number, "day": self.day}

    @property
    def detail_params(self) -> Mapping[str, Any]:
        """What the sentence of `detail_code` needs."""
        if self.detail_code == REASON:
            return {"reason": self.detail}
        if self.detail_code == NOTE:
            return {"note": self.detail}
        found: Mapping[str, Any] = json.loads(self.detail) if self.detail else {}
        return found


REASON, NOTE = "process.timeline.reason", "process.timeline.note"


class _ReasonOf(FunctionElement[str]):
    """The reason in a command's payload; nothing else of it is shown, internal notes least of all."""

    name = "reason_of"
    type = String()
    inherit_cache = True


@compiles(_ReasonOf, "sqlite")
def _sqlite(element: _ReasonOf, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **more)}, '$.reason')"


@compiles(_ReasonOf, "postgresql")
def _postgres(element: _ReasonOf, compiler: SQLCompiler, **more: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **more)} AS jsonb) ->> 'reason')"


def _happening(
    source: FromClause,
    *where: ColumnElement[bool],
    key: ColumnElement[Any],
    at: ColumnElement[Any],
    code: ColumnElement[Any],
    icon: ColumnElement[Any],
    level: ColumnElement[Any] | None = None,
    day: ColumnElement[Any] | None = None,
    detail_code: ColumnElement[Any] | None = None,
    detail: ColumnElement[Any] | None = None,
    who: ColumnElement[Any] = _PERSON.name,
) -> Select[Any]:
    """One kind of happening: its columns over a join that has the order and, unless `who` says otherwise, a person."""
    nothing = cast(null(), String)
    return (
        select(
            digits(key).label("id"),
            ORDER.id.label("subject_id"),
            at.label("at"),
            cast(code, String).label("code"),
            who.label("who"),
            cast(icon, String).label("icon"),
            cast(word("") if level is None else level, String).label("level"),
            cast(ORDER.number, BigInteger).label("number"),
            (cast(null(), Date) if day is None else day).label("day"),
            (nothing if detail_code is None else detail_code).label("detail_code"),
            (nothing if detail is None else detail).label("detail"),
            ORDER.branch_id.label("branch_id"),
        )
        .select_from(source)
        .where(*where)
    )


def _quoted() -> Select[Any]:
    return _happening(
        _ORDERS.outerjoin(company.person, _PERSON.id == ORDER.seller_id),
        key=ORDER.id,
        at=ORDER.ordered_at,
        code=word("process.timeline.quoted"),
        icon=word("file-plus"),
    )


def _talked() -> Select[Any]:
    return _happening(
        _ORDERS.join(sales.contact_log, _CONTACT.id == ORDER.contact_id).outerjoin(
            company.person, _PERSON.id == _CONTACT.person_id
        ),
        key=_CONTACT.id,
        at=_CONTACT.spoken_at,
        code=word("process.timeline.contact.").op("||")(_CONTACT.channel),
        icon=word("phone"),
    )


def _steps() -> Select[Any]:
    return _happening(
        _ORDERS.join(HEAD, HEAD.c.subject_id == ORDER.id)
        .join(STEP, STEP.c.case_id == HEAD.c.id)
        .outerjoin(company.person, _PERSON.id == STEP.c.person_id),
        STEP.c.state.in_((DONE, UNDONE)),
        key=STEP.c.id,
        at=STEP.c.closed_at,
        code=word("process.timeline.done.").op("||")(HEAD.c.flow).op("||")(word(".")).op("||")(STEP.c.name),
        icon=word("check"),
        level=word("ok"),
    )


def _handled(source: FromClause, key: ColumnElement[Any], table: str, module: str = "process") -> Select[Any]:
    """What people did beside the steps: those commands of a module in `rules.HAPPENINGS` that changed such a row."""
    known = {name: shown for name, shown in rules.HAPPENINGS.items() if name.startswith(f"{module}.")}
    reason = _ReasonOf(_J.payload)
    return _happening(
        source.join(_AUDIT, and_(_A.row_id == key, _A.table_name == word(table)))
        .join(_JOURNAL, _J.id == _A.command_id)
        .outerjoin(company.person, _PERSON.id == _J.person_id),
        _J.name.in_([word(name) for name in known]),
        key=_A.id,
        at=_J.at,
        code=word("process.timeline.").op("||")(_J.name),
        icon=case(*((_J.name == word(name), word(icon)) for name, (icon, _) in known.items()), else_=word("pencil")),
        level=case(*((_J.name == word(name), word(level)) for name, (_, level) in known.items()), else_=word("")),
        detail_code=case((reason.is_not(None), word(REASON))),
        detail=reason,
    )


def _promised() -> Select[Any]:
    """Every further promise, once per order and command."""
    other = sales.promise.alias("other_promise").c
    earlier = exists(
        select(other.id).where(
            other.order_id == _P.order_id,
            other.command_id == _P.command_id,
            other.promised_on == _P.promised_on,
            other.turn > 1,
            other.id < _P.id,
        )
    )
    return _happening(
        _ORDERS.join(sales.promise, _P.order_id == ORDER.id).outerjoin(company.person, _PERSON.id == _P.person_id),
        _P.turn > 1,
        ~earlier,
        key=_P.id,
        at=_P.at,
        code=word("process.timeline.promised"),
        icon=word("calendar-clock"),
        level=word("info"),
        day=_P.promised_on,
    )


def _failed() -> Select[Any]:
    return _happening(
        _ORDERS.join(FAILURE, FAILURE.c.subject_id == ORDER.id),
        key=FAILURE.c.id,
        at=FAILURE.c.since_at,
        code=word("process.timeline.failed"),
        icon=word("octagon-alert"),
        level=word("bad"),
        detail_code=FAILURE.c.code,
        detail=FAILURE.c.params,
        who=cast(null(), String),
    )


_ENTRY = table_of(HandoffEntry)


def _handed_over() -> Select[Any]:
    """What departments asked of one another about the order, and how it was answered."""
    shown = rules.HANDOFF_SHOWN.items()
    return _happening(
        _ORDERS.join(HANDED, HANDED.c.subject_id == ORDER.id)
        .join(_ENTRY, _ENTRY.c.handoff_id == HANDED.c.id)
        .outerjoin(company.person, _PERSON.id == _ENTRY.c.person_id),
        key=_ENTRY.c.id,
        at=_ENTRY.c.at,
        code=word("process.timeline.handoff.").op("||")(_ENTRY.c.kind),
        icon=case(*((_ENTRY.c.kind == word(kind), word(icon)) for kind, (icon, _) in shown), else_=word("pencil")),
        level=case(*((_ENTRY.c.kind == word(kind), word(level)) for kind, (_, level) in shown), else_=word("")),
        detail_code=case((_ENTRY.c.note != word(""), word(NOTE))),
        detail=_ENTRY.c.note,
    )


_WITH_HEAD = _ORDERS.join(HEAD, HEAD.c.subject_id == ORDER.id)
_T = union_all(
    _quoted(),
    _talked(),
    _steps(),
    _promised(),
    _failed(),
    _handed_over(),
    _handled(_ORDERS, ORDER.id, sales.DOCUMENT, "sales"),
    _handled(_WITH_HEAD, HEAD.c.id, "case_head"),
    _handled(_WITH_HEAD.join(STEP, STEP.c.case_id == HEAD.c.id), STEP.c.id, "case_step"),
    _handled(_ORDERS.join(FAILURE, FAILURE.c.subject_id == ORDER.id), FAILURE.c.id, "failure"),
).subquery("timeline").c  # fmt: skip

timeline = Query(
    "process.timeline",
    TimelineRow,
    select(*(column for column in _T if column.key != "branch_id")),
    permission=READ,
    key=_T.id,
    order="-at",
    branch=_T.branch_id,
)
