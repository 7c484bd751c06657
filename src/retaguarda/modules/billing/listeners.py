"""What billing does when the books of a company are opened that has billed before."""

from __future__ import annotations

from sqlalchemy import func, select

from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.accounting.events import BooksOpened
from retaguarda.modules.billing.api.tables import is_open, money, open_amount, receivable

_R = receivable.c
OWED = Statement(
    select(_R.branch_id, _R.party_id, money(func.sum(open_amount)).label("amount"))
    .where(is_open)
    .group_by(_R.branch_id, _R.party_id)
    .order_by(_R.branch_id, _R.party_id)
)


def books_opened(unit: Unit, event: BooksOpened) -> None:
    """Books what each customer owes by now."""
    bookings = [
        accounting.Booking(
            rule="billing.opening",
            source=("party", row.party_id),
            branch_id=row.branch_id,
            party_id=row.party_id,
            amounts={"principal": row.amount},
            occurred_on=event.occurred_on,
        )
        for row in unit.all(OWED)
    ]
    accounting.book(unit, *bookings)
