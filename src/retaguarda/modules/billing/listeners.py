"""What billing does when the books of a company are opened that has billed before, when an import is undone, and when
two products become one."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import name_of
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.accounting.events import BooksOpened
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api import openings
from retaguarda.modules.billing.api.tables import (
    is_open,
    money,
    open_amount,
    receivable,
    recurring_invoice,
    recurring_line,
)
from retaguarda.modules.billing.commands import RecordOpeningReceivable
from retaguarda.modules.catalog.events import ProductsMerged
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone

_R = receivable.c
OWED = Statement(
    select(_R.branch_id, _R.party_id, money(func.sum(open_amount)).label("amount"))
    .where(is_open)
    .group_by(_R.branch_id, _R.party_id)
    .order_by(_R.branch_id, _R.party_id)
)

_I, _L = recurring_invoice.c, recurring_line.c
BILLED_AGAIN = Statement(
    select(_I.name)
    .join(recurring_line, _L.recurring_id == _I.id)
    .where(_L.product_id == bindparam("product_id", type_=Key()), _L.active, ~_I.ended)
    .order_by(_I.name)
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


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Takes the titles back that an import had brought; refuses where something was built on one of them."""
    if event.brings == name_of(RecordOpeningReceivable):
        titles = [openings.load_title(unit, key) for key in imports.brought_in(unit, event.batch_id)]
        openings.annul(unit, [row for row in titles if row.state == rules.STANDS], openings.IMPORT_UNDONE)


def products_merged(unit: Unit, event: ProductsMerged) -> None:
    """Refuses a record that a contract bills again and again."""
    contract = unit.one(BILLED_AGAIN, product_id=event.merged_id)
    if contract is not None:
        raise Refusal("billing.merged.contract", contract=contract.name)
