"""Titles that suppliers were owed before the program, taken back where nothing was built on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.purchasing import rules
from retaguarda.modules.purchasing.api.owing import PAID, RETURNED, REVERSED, move_payables, payables
from retaguarda.modules.purchasing.api.tables import opening_payable, payable_entry, supplier_payment, supplier_return
from retaguarda.modules.purchasing.model import OpeningPayable

OPENING = "opening_payable"
_O, _N, _Y, _T = opening_payable.c, payable_entry.c, supplier_payment.c, supplier_return.c
_BACK = payable_entry.alias("back")
STANDING = Statement(
    select(_O.id).where(
        _O.supplier_id == bindparam("supplier_id", type_=Key()),
        _O.number == bindparam("number"),
        _O.state == rules.STANDS,
    )
)
BUILT_ON = Statement(
    select(_N.kind, func.coalesce(_Y.number, _T.number).label("number"))
    .select_from(
        payable_entry.outerjoin(supplier_payment, _Y.id == _N.document_id).outerjoin(
            supplier_return, _T.id == _N.document_id
        )
    )
    .where(
        _N.payable_id == bindparam("id", type_=Key()),
        _N.kind.in_((PAID, RETURNED)),
        ~select(_BACK.c.id).where(_BACK.c.document_id == _N.document_id, _BACK.c.kind == REVERSED).exists(),
    )
    .order_by(_N.at.desc(), _N.id.desc())
    .limit(1)
)


def demand_none(unit: Unit, supplier: Any, number: str, field: str) -> None:
    """Refuses what a supplier was owed already under this number when the company began."""
    if unit.one(STANDING, supplier_id=supplier.id, number=number) is not None:
        raise Refusal("purchasing.opening_twice", field=field, number=number, name=supplier.name)


def load_opening(unit: Unit, key: str, field: str = "payable_id") -> Any:
    """The title, if the actor works in its branch."""
    row = unit.get(OpeningPayable, key, field=field)
    if not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
        raise Missing(OPENING, key, field=field)
    return row


def reverse_openings(unit: Unit, rows: Sequence[Any], reason: str) -> None:
    """Takes titles back; refuses all of them where one was taken back already or something was built on it."""
    locked = payables(unit, [row.id for row in rows])
    for row in rows:
        if row.state != rules.STANDS:
            raise Refusal("purchasing.opening_reversed", field="payable_id", number=row.number)
        if locked[row.id].open_amount != row.amount:
            last = unit.one(BUILT_ON, id=row.id)
            assert last is not None, "something has lowered it"
            said = {"number": row.number, "kind": f"purchasing.settled_by.{last.kind}", "by": last.number}
            raise Refusal("purchasing.opening_built_on", field="payable_id", **said)
    for row in rows:
        move_payables(unit, REVERSED, [(row.id, -row.amount)], (OPENING, row.id))
        accounting.reverse(unit, (OPENING, row.id), reason)
    unit.revise_all(OpeningPayable, [(row, {"state": rules.REVERSED, "reason": reason}) for row in rows])
