"""The months of the books."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, func, select

from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.company import api as company

READ = "accounting.read"
_P, _C, _E = api.period.c, api.period_change.c, api.entry.c
_J = table_of(CommandJournal)
_ENTRIES = select(func.count(_E.id)).where(_E.period_id == _P.id).correlate(api.period).scalar_subquery()


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month: open or closed, by whom and why it was turned last, how many entries lie in it."""

    id: str
    version: int
    starts_on: dt.date
    ends_on: dt.date
    state: str
    entries: int
    changed_at: dt.datetime | None
    person_name: str | None
    reason: str | None
    line_count: int | None
    debit_amount: Decimal | None
    allowed: tuple[str, ...] = ()


def _allowed(row: PeriodRow) -> tuple[str, ...]:
    verb = "close" if row.state == rules.OPEN else "reopen"
    return (f"accounting.{verb}_period",)


periods = Query(
    "accounting.periods",
    PeriodRow,
    select(
        _P.id,
        _P.version,
        _P.starts_on,
        _P.ends_on,
        _P.state,
        _ENTRIES.label("entries"),
        _C.at.label("changed_at"),
        company.person.c.name.label("person_name"),
        _C.reason,
        _C.line_count,
        _C.debit_amount,
    ).select_from(
        api.period.outerjoin(api.period_change, and_(_C.period_id == _P.id, _C.edition == _P.version))
        .outerjoin(_J, _J.c.id == _C.command_id)
        .outerjoin(company.person, company.person.c.id == _J.c.person_id)
    ),
    permission=READ,
    key=_P.id,
    order="-starts_on",
    allowed=_allowed,
)
