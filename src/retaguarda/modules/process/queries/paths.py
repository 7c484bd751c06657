"""The path of an order, step by step with its waiting and working time, and what happened to it, newest first."""

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
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from retaguarda.kernel.case import DONE, HEAD, OPEN, STEP
from retaguarda.kernel.journal import CommandJournal, RowAudit
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.queries.queues import READ
from retaguarda.modules.process.queries.standing import FAILURE, NOW, ORDER, fails
from retaguarda.modules.sales import api as sales

_PERSON = company.person.c
_P = sales.promise.c
_J, _A = table_of(CommandJournal).c, table_of(RowAudit).c


@dataclass(frozen=True, slots=True)
class PathRow:
    """One step of an order's path: done, now, failed or waiting. Waiting ends when somebody takes the step."""

    id: str
    order_id: str
    position: int
    name: str
    department: str
    state: str
    who: str | None
    opened_at: dt.datetime | None
    started_at: dt.datetime | None
    closed_at: dt.datetime | None
    due_at: dt.datetime | None
    asked_at: dt.datetime

    @property
    def at(self) -> dt.datetime | None:
        """When it was done, or when it began."""
        return self.closed_at or self.started_at or self.opened_at

    @property
    def wait_minutes(self) -> int | None:
        """How long the step lay before somebody took it, up to now while nobody has."""
        return _minutes(self.opened_at, self.started_at or self.closed_at or self.asked_at)

    @property
    def work_minutes(self) -> int | None:
        """How long somebody worked on it, up to now while it is open; None when nobody took it."""
        return _minutes(self.started_at, self.closed_at or self.asked_at)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened to an order, as a code with parameters."""

    id: str
    order_id: str
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
        found: Mapping[str, Any] = json.loads(self.detail) if self.detail else {}
        return found


def _minutes(start: dt.datetime | None, end: dt.datetime) -> int | None:
    return None if start is None else max(0, int((end - start).total_seconds() // 60))


def _word(text: str) -> ColumnElement[str]:
    return literal_column(f"'{text}'", String)


def _steps_of_flows() -> Any:
    """Every step of every flow as rows, so that a path shows what is still to come."""
    rows = [
        select(
            _word(flow.name).label("flow"),
            literal_column(str(position), Integer).label("position"),
            _word(step.name).label("name"),
            _word(step.department).label("department"),
        )
        for flow in FLOWS
        for position, step in enumerate(flow.steps, 1)
    ]
    return union_all(*rows).subquery("flow_step")


_F = _steps_of_flows()
_STATE = case(
    (STEP.c.state == DONE, "done"),
    (and_(STEP.c.state == OPEN, fails(HEAD.c.subject_id)), "failed"),
    (STEP.c.state == OPEN, "now"),
    else_="waiting",
)

order_path = Query(
    "process.order_path",
    PathRow,
    select(
        _F.c.name.label("id"),
        HEAD.c.subject_id.label("order_id"),
        _F.c.position,
        _F.c.name,
        _F.c.department,
        _STATE.label("state"),
        _PERSON.name.label("who"),
        STEP.c.opened_at,
        STEP.c.started_at,
        STEP.c.closed_at,
        STEP.c.due_at,
        NOW.label("asked_at"),
    ).select_from(
        HEAD.join(_F, _F.c.flow == HEAD.c.flow)
        .outerjoin(STEP, and_(STEP.c.case_id == HEAD.c.id, STEP.c.name == _F.c.name))
        .outerjoin(company.person, _PERSON.id == STEP.c.person_id)
    ),
    permission=READ,
    key=_F.c.name,
    order="position",
    branch=HEAD.c.branch_id,
)


def _happening(
    source: FromClause,
    *where: ColumnElement[bool],
    key: ColumnElement[Any],
    at: ColumnElement[Any],
    code: ColumnElement[Any],
    icon: str,
    level: str = "",
    day: ColumnElement[Any] | None = None,
    detail_code: ColumnElement[Any] | None = None,
    detail: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """One kind of happening: its columns over a join that has the order and who did it."""
    return (
        select(
            cast(key, String).label("id"),
            ORDER.id.label("order_id"),
            at.label("at"),
            code.label("code"),
            _PERSON.name.label("who"),
            _word(icon).label("icon"),
            _word(level).label("level"),
            cast(ORDER.number, BigInteger).label("number"),
            (cast(null(), Date) if day is None else day).label("day"),
            (cast(null(), String) if detail_code is None else detail_code).label("detail_code"),
            (cast(null(), String) if detail is None else detail).label("detail"),
            ORDER.branch_id.label("branch_id"),
        )
        .select_from(source)
        .where(*where)
    )


_ORDERS = sales.sales_order
TOLD_OTHERWISE = ("sales.confirm_order", "sales.invoice_order", "sales.amend_order")
"""Commands on orders of which a step or a promise tells already."""


def _quoted() -> Select[Any]:
    return _happening(
        _ORDERS.outerjoin(company.person, _PERSON.id == ORDER.seller_id),
        key=ORDER.id,
        at=ORDER.ordered_at,
        code=_word("process.timeline.quoted"),
        icon="file-plus",
    )


def _steps() -> Select[Any]:
    return _happening(
        _ORDERS.join(HEAD, HEAD.c.subject_id == ORDER.id)
        .join(STEP, STEP.c.case_id == HEAD.c.id)
        .outerjoin(company.person, _PERSON.id == STEP.c.person_id),
        STEP.c.state == DONE,
        key=STEP.c.id,
        at=STEP.c.closed_at,
        code=_word("process.timeline.step.").op("||")(STEP.c.name),
        icon="circle-check",
        level="ok",
    )


def _changed() -> Select[Any]:
    """What people did to the order beside its steps: held, resumed, amended, ended."""
    told = [_J.name != name for name in TOLD_OTHERWISE]
    return _happening(
        _ORDERS.join(table_of(RowAudit), and_(_A.row_id == ORDER.id, _A.table_name == sales.DOCUMENT))
        .join(table_of(CommandJournal), _J.id == _A.command_id)
        .outerjoin(company.person, _PERSON.id == _J.person_id),
        _J.name.startswith("sales."),
        *told,
        key=_A.id,
        at=_J.at,
        code=_J.name.op("||")(".done"),
        icon="pencil",
    )


def _promised() -> Select[Any]:
    """Every further promise, once per order and command."""
    line = cast(_P.line_id, String).label("line")
    first = func.min(line).over(partition_by=(_P.order_id, _P.command_id, _P.promised_on)).label("first")
    again = select(_P.id, _P.order_id, line, _P.at, _P.promised_on, _P.person_id, first).where(_P.turn > 1)
    once = again.subquery("promised_again")
    return _happening(
        _ORDERS.join(once, once.c.order_id == ORDER.id).outerjoin(company.person, _PERSON.id == once.c.person_id),
        once.c.line == once.c.first,
        key=once.c.id,
        at=once.c.at,
        code=_word("process.timeline.promised"),
        icon="calendar-clock",
        level="info",
        day=once.c.promised_on,
    )


def _failed() -> Select[Any]:
    return _happening(
        _ORDERS.join(FAILURE, FAILURE.c.subject_id == ORDER.id).outerjoin(company.person, _PERSON.id.is_(None)),
        key=FAILURE.c.id,
        at=FAILURE.c.since_at,
        code=_word("process.timeline.failed"),
        icon="octagon-alert",
        level="bad",
        detail_code=FAILURE.c.code,
        detail=FAILURE.c.params,
    )


def _talked() -> Select[Any]:
    contact = sales.contact_log.c
    return _happening(
        _ORDERS.join(sales.contact_log, contact.id == ORDER.contact_id).outerjoin(
            company.person, _PERSON.id == contact.person_id
        ),
        key=contact.id,
        at=contact.spoken_at,
        code=_word("process.timeline.contact.").op("||")(contact.channel),
        icon="phone",
    )


_T = union_all(_quoted(), _steps(), _changed(), _promised(), _failed(), _talked()).subquery("timeline").c
timeline = Query(
    "process.timeline",
    TimelineRow,
    select(*(column for column in _T if column.key != "branch_id")),
    permission=READ,
    key=_T.id,
    order="-at",
    branch=_T.branch_id,
)
