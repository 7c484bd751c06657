"""What the queries of billing share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, cast, exists, func, select

from retaguarda.modules.billing import api
from retaguarda.modules.company import api as company

READ, READ_TILLS, RECEIVE = "billing.read", "billing.read_tills", "billing.receive_payment"
TODAY: ColumnElement[dt.date] = bindparam("today", type_=Date())
sees = company.sees
_LAST = api.receivable_entry.alias("last_entry").c
SETTLED_BY: ColumnElement[str | None] = (
    select(_LAST.settlement_id)
    .where(_LAST.receivable_id == api.receivable.c.id)
    .order_by(_LAST.at.desc(), _LAST.id.desc())
    .limit(1)
    .correlate(api.receivable)
    .scalar_subquery()
)
"""What settled a part of the receivable last."""


class LeadsOn:
    """An instalment of a list: while something of it is open it leads to the form that receives it, then to what
    settled it."""

    __slots__ = ()
    id: str
    open_amount: Decimal
    settled_by: str | None

    @property
    def opens(self) -> str:
        """The screen it leads to, where it is not the list's."""
        return "" if self.open_amount or self.settled_by is None else "billing.settlement_page"

    @property
    def leads_to(self) -> str:
        """The key of the record it leads to."""
        return self.id if self.open_amount or self.settled_by is None else self.settled_by


def document_name(invoice: Any, settlement: Any, opening: Any, part: Any) -> ColumnElement[str]:
    """What an instalment is called: its document's number and its place in it; an opening title by its own number."""
    ours = cast(func.coalesce(invoice.c.number, settlement.c.number), String)
    placed = ours.op("||")("/").op("||")(cast(part.c.position, String))
    name: ColumnElement[str] = func.coalesce(placed, opening.c.number, type_=String)
    return name


def is_reversed(settlement_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the settlement was taken back."""
    other = api.settlement.alias("taken_back")
    return exists(select(other.c.id).where(other.c.reverses_id == settlement_id))
