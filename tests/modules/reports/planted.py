"""Rows that a report adds up, written past the commands: only what the report reads is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, insert

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import Minor
from retaguarda.modules.billing import api as billing
from retaguarda.modules.purchasing import api as purchasing
from retaguarda.modules.sales import api as sales
from tests.helpers.samples import MOMENT, sample

_TOLD: dict[str, Any] = {
    "position": 1,
    "positions": 1,
    "turn": 1,
    "active": True,
    "quantity": Decimal(1),
    "channel": "phone",
    "handover": "pickup",
    "invoice_policy": sales.BILLED_SHIPPED,
}


def planted(connection: Connection, table: Table, **said: Any) -> str:
    """A row of the table, whatever is not said filled by its column's type (amounts are nothing); its key."""
    values = {}
    for column in table.columns:
        if column.computed is None and not column.nullable and column.name not in said:
            nothing = Decimal(0) if isinstance(column.type, Minor) else sample(column.type)
            values[column.name] = _TOLD.get(column.name, nothing)
    values.update({"id": new_id(), **said})
    connection.execute(insert(table).values(**values))
    return str(values["id"])


def to_come(connection: Connection, branch_id: str, party_id: str, due_on: dt.date, amount: Decimal) -> None:
    """What a customer owes."""
    owner = {"party_id": party_id, "branch_id": branch_id, "due_on": due_on, "free_until": due_on}
    key = planted(connection, billing.instalment, invoice_id=new_id(), amount=amount, **owner)
    planted(connection, billing.receivable, id=key, due_amount=amount, **owner)


def to_pay(
    connection: Connection, branch_id: str, party_id: str, due_on: dt.date, amount: Decimal, number: str = "1"
) -> None:
    """What a supplier is owed."""
    owner = {"supplier_id": party_id, "branch_id": branch_id, "due_on": due_on, "number": number}
    planted(connection, purchasing.payable, amount=amount, open_amount=amount, **owner)


def ordered(
    connection: Connection,
    branch_id: str,
    party_id: str,
    number: int,
    promised_on: dt.date,
    amount: Decimal,
    **more: Any,
) -> str:
    """A customer's order, confirmed unless said otherwise; its key."""
    said = {"number": number, "promised_on": promised_on, "total_amount": amount, "state": "confirmed", **more}
    owner = {"branch_id": branch_id, "customer_id": party_id, "confirmed_at": MOMENT}
    return planted(connection, sales.sales_order, **owner, **said)


def handed_over(connection: Connection, order_id: str, delivered_on: dt.date, kept: bool) -> None:
    """What became of an order's promise."""
    planted(connection, sales.promise_result, order_id=order_id, delivered_on=delivered_on, kept=kept)


def sold(connection: Connection, branch_id: str, party_id: str, issued_on: dt.date, amount: Decimal) -> None:
    """An invoice of one line."""
    head = {"branch_id": branch_id, "party_id": party_id, "issued_on": issued_on, "source_table": "sales_order"}
    amounts = {"gross_amount": amount, "discount_amount": Decimal(0)}
    key = planted(connection, billing.invoice, total_amount=amount, **amounts, **head)
    planted(connection, billing.invoice_line, invoice_id=key, net_amount=amount, **amounts)


_MARKS: dict[str, dict[str, Any]] = {
    "ordered": {"sent_at": MOMENT},
    "confirmed": {"sent_at": MOMENT},
    "closed": {"sent_at": MOMENT, "ended_at": MOMENT},
    "cancelled": {"ended_at": MOMENT},
}


def bought(
    connection: Connection, branch_id: str, party_id: str, number: int, expected_on: dt.date, state: str, *lines: Any
) -> None:
    """A purchase order of lines (ordered quantity, amount, received, billed quantity, billed amount)."""
    owner = {"branch_id": branch_id, "supplier_id": party_id}
    total = sum((line[1] for line in lines), Decimal(0))
    said = {"number": number, "expected_on": expected_on, "state": state, "total_amount": total}
    key = planted(connection, purchasing.purchase_order, **owner, **said, **_MARKS.get(state, {}))
    for quantity, amount, received, invoiced, billed in lines:
        said = {"order_id": key, "quantity": Decimal(quantity), "net_amount": amount}
        line = planted(connection, purchasing.purchase_order_line, **said)
        if received:
            came = {"received": Decimal(received), "invoiced": Decimal(invoiced)}
            planted(connection, purchasing.purchase_line_balance, id=line, **came)
        if invoiced:
            said = {"order_id": key, "state": "posted", "goods_amount": billed, "total_amount": billed}
            invoice = planted(connection, purchasing.supplier_invoice, supplier_number=line, **owner, **said)
            said = {"invoice_id": invoice, "line_id": line, "quantity": Decimal(invoiced), "net_amount": billed}
            planted(connection, purchasing.supplier_invoice_line, **said)
