"""What suppliers were owed when the company began with the program, title by title, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import case, select

from retaguarda.kernel.literal import word
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.queries.owing import READ_PAYABLES, ZERO

_O, _P = api.opening_payable.c, api.payable.c
_SUPPLIER, _WHO = party.party.alias("supplier_party"), company.person.alias("who")


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A title of before the program; `state` says whether it is open, settled or was taken back."""

    id: str
    number: str
    supplier_id: str
    supplier_name: str
    branch_name: str
    issued_on: dt.date
    due_on: dt.date
    amount: Decimal
    open_amount: Decimal
    state: str
    note: str
    reason: str
    person_name: str | None
    at: dt.datetime
    allowed: tuple[str, ...] = ()


def _allowed(row: Any) -> tuple[str, ...]:
    pays = ("purchasing.pay_payables",) if row.state == "open" else ()
    return (*pays, "purchasing.reverse_opening_payable") if pays and row.open_amount == row.amount else pays


openings = Query(
    "purchasing.openings",
    OpeningRow,
    select(
        _O.id,
        _O.number,
        _O.supplier_id,
        _SUPPLIER.c.name.label("supplier_name"),
        company.branch.c.name.label("branch_name"),
        _O.issued_on,
        _O.due_on,
        _O.amount,
        _P.open_amount,
        case(
            (_O.state != rules.STANDS, word("reversed")), (_P.open_amount == ZERO, word("settled")), else_=word("open")
        ).label("state"),
        _O.note,
        _O.reason,
        _WHO.c.name.label("person_name"),
        _O.at,
    ).select_from(
        api.opening_payable.join(api.payable, _P.id == _O.id)
        .join(_SUPPLIER, _SUPPLIER.c.id == _O.supplier_id)
        .join(company.branch, company.branch.c.id == _O.branch_id)
        .outerjoin(_WHO, _WHO.c.id == _O.person_id)
    ),
    permission=READ_PAYABLES,
    key=_O.id,
    order="-at",
    search=_O.folded,
    branch=_O.branch_id,
    allowed=_allowed,
)
