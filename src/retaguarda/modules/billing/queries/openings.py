"""What customers owed when the company began with the program, title by title, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, select

from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.tables import is_open, open_amount
from retaguarda.modules.billing.queries.parts import READ
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_O, _R, _PARTY, _PERSON = api.opening_receivable.c, api.receivable.c, party.party, company.person.c
REVERSE = "billing.reverse_opening_receivable"


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A title of before the program; `state` says whether it is open, settled or was taken back."""

    id: str
    number: str
    party_id: str
    customer_name: str
    branch_name: str
    issued_on: dt.date
    due_on: dt.date
    amount: Decimal
    open_amount: Decimal
    state: str
    note: str
    person_name: str | None
    at: dt.datetime
    allowed: tuple[str, ...] = ()


def _allowed(row: Any) -> tuple[str, ...]:
    return (REVERSE,) if row.state == "open" and row.open_amount == row.amount else ()


openings = Query(
    "billing.openings",
    OpeningRow,
    select(
        _O.id,
        _O.number,
        party.survivor.label("party_id"),
        _PARTY.c.name.label("customer_name"),
        company.branch.c.name.label("branch_name"),
        _O.issued_on,
        _O.due_on,
        _O.amount,
        open_amount.label("open_amount"),
        case(
            (and_(_O.state == rules.STANDS, is_open), "open"), (_O.state == rules.STANDS, "settled"), else_="reversed"
        ).label("state"),
        _O.note,
        _PERSON.name.label("person_name"),
        _O.at,
    ).select_from(
        api.opening_receivable.join(api.receivable, _R.id == _O.id)
        .join(_PARTY, _PARTY.c.id == _O.party_id)
        .join(company.branch, company.branch.c.id == _O.branch_id)
        .outerjoin(company.person, _PERSON.id == _O.person_id)
    ),
    permission=READ,
    key=_O.id,
    order="-at",
    search=_O.folded,
    branch=_O.branch_id,
    allowed=_allowed,
)
