"""What is owed to suppliers: opening payables, lowering them, reading them locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select

from retaguarda.kernel.fold import fold
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.terms import Part
from retaguarda.kernel.unit import Unit
from retaguarda.modules.purchasing.api.tables import payable
from retaguarda.modules.purchasing.model import Payable, PayableEntry

ZERO: ColumnElement[Any] = literal_column("0")
_P = payable.c
OPENED, PAID, RETURNED, REVERSED = "opened", "paid", "returned", "reversed"
# Locked until the command ends, sorted: who pays and who returns take turns.
_LOCKED = ForKeys(lambda keys: select(payable).where(_P.id.in_(keys)).order_by(_P.id).with_for_update())
_OF_SUPPLIER = Statement(
    select(payable)
    .where(_P.supplier_id == bindparam("supplier_id", type_=Key()), _P.open_amount > ZERO)
    .order_by(_P.id)
    .with_for_update()
)
_OWED = Statement(select(func.sum(_P.open_amount).label("owed")).where(_P.supplier_id == bindparam("id", type_=Key())))


def payables(unit: Unit, ids: Sequence[str]) -> dict[str, Any]:
    """The payables with these keys, locked, by key."""
    statement, values = _LOCKED.of(tuple(dict.fromkeys(ids)))
    return {row.id: row for row in unit.all(statement, **values)}


def open_payables(unit: Unit, supplier_id: str) -> list[Any]:
    """What is still owed to a supplier, locked; the one that falls due first comes first."""
    return sorted(unit.all(_OF_SUPPLIER, supplier_id=supplier_id), key=lambda row: (row.due_on, row.id))


def owed_to(reads: Reads, supplier_id: str) -> Decimal:
    """What is owed to a supplier, its credits taken off."""
    row = reads.one(_OWED, id=supplier_id)
    return Decimal(0) if row is None or row.owed is None else Decimal(row.owed)


def open_payable(unit: Unit, head: Mapping[str, Any], parts: Sequence[Part], supplier_name: str) -> None:
    """Writes payables and what opens them. `head` names branch, supplier, document, number and day, and the key where
    it is the document's; parts below zero are a supplier's credit."""
    rows = [
        {
            "id": unit.new_id(),
            **head,
            "position": part.position,
            "positions": len(parts),
            "due_on": part.due_on,
            "amount": part.amount,
            "open_amount": Decimal(0),
            "folded": fold(f"{head['number']} {supplier_name}")[:400],
        }
        for part in parts
    ]
    unit.add_all(Payable, rows)
    document = (head["document_table"], head["document_id"])
    move_payables(unit, OPENED, [(row["id"], row["amount"]) for row in rows], document)


def move_payables(unit: Unit, kind: str, amounts: Sequence[tuple[str, Decimal]], document: tuple[str, str]) -> None:
    """Appends what makes payables more (above zero) or less; the database lets none leave its way."""
    unit.append(
        PayableEntry,
        [
            {
                "payable_id": key,
                "kind": kind,
                "amount": amount,
                "document_table": document[0],
                "document_id": document[1],
            }
            for key, amount in amounts
        ],
    )
