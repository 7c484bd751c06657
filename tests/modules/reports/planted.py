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
from tests.helpers.samples import sample

_TOLD: dict[str, Any] = {"position": 1, "positions": 1, "turn": 1, "active": True}


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


def to_pay(connection: Connection, branch_id: str, party_id: str, due_on: dt.date, amount: Decimal) -> None:
    """What a supplier is owed."""
    owner = {"supplier_id": party_id, "branch_id": branch_id, "due_on": due_on}
    planted(connection, purchasing.payable, amount=amount, open_amount=amount, **owner)
