"""Selling before the entry is typed: an explicit permission for one place, with reason and age, covered later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.kinds import Quantity, Ref, Text
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands.papers import check_one, warehouse_for
from retaguarda.modules.inventory.model import AuthorisedNegative
from retaguarda.modules.inventory.rules import ZERO

TABLE = "authorised_negative"
NEGATIVE = "negative"
_N = api.authorised_negative.c
_BY = (_N.authorisation_id, _N.product_id, _N.warehouse_id, _N.location_id, _N.lot)
AUTHORISED = Statement(
    select(*_BY, func.sum(_N.quantity).label("quantity"))
    .where(_N.authorisation_id == bindparam("authorisation_id", type_=_N.authorisation_id.type))
    .group_by(*_BY)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseNegative(Command):
    """Allows so much of a product to be sold and shipped before its entry is typed, with the reason. The receipt that
    brings it covers it; until then it is listed with its age."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    reason: Annotated[str, Text(200, least=3)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""


def authorise_negative(unit: Unit, command: AuthoriseNegative) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    check_one(unit, warehouse, command)
    key = unit.new_id()
    unit.append(
        AuthorisedNegative,
        [
            {
                "id": key,
                "authorisation_id": key,
                "product_id": command.product_id,
                "warehouse_id": warehouse.id,
                "location_id": command.location_id or warehouse.location_id,
                "lot": command.lot,
                "quantity": command.quantity,
                "reason": command.reason,
                "person_id": unit.actor.person_id,
                "document_table": TABLE,
                "document_id": key,
            }
        ],
    )
    return {"id": key}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNegative(Command):
    """Takes back what was authorised and has not left yet. Orders that counted on it lose their reservation and open a
    failure; what was shipped already waits for its receipt."""

    authorisation_id: Annotated[str, Ref("authorised_negative")]
    reason: Annotated[str, Text(200)] = ""


def withdraw_negative(unit: Unit, command: WithdrawNegative) -> Mapping[str, Any]:
    row = unit.one(AUTHORISED, authorisation_id=command.authorisation_id)
    if row is None:
        raise Missing("authorised_negative", command.authorisation_id, field="authorisation_id")
    company.reachable_branch(unit, api.place_of(unit, row.warehouse_id).branch_id, field="authorisation_id")
    stock = api.Stock(unit, [row.product_id])
    # Asked again under the lock: a receipt may have covered it meanwhile.
    row = unit.one(AUTHORISED, authorisation_id=command.authorisation_id) or row
    place = (row.product_id, row.location_id, row.lot)
    shipped = max(ZERO, -stock.in_bin(place))
    unused = min(row.quantity, stock.allowed_at(place) - shipped)
    if unused <= 0:
        raise Refusal("inventory.withdraw_negative.used", field="authorisation_id", shipped=shipped)
    change = api.Change(
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        location_id=row.location_id,
        lot=row.lot,
        allowed_negative=-unused,
    )
    document = (TABLE, row.authorisation_id)
    broken = api.make_room(unit, stock, [change], NEGATIVE, document)
    unit.append(
        AuthorisedNegative,
        [
            {
                "authorisation_id": row.authorisation_id,
                "product_id": row.product_id,
                "warehouse_id": row.warehouse_id,
                "location_id": row.location_id,
                "lot": row.lot,
                "quantity": -unused,
                "reason": command.reason,
                "person_id": unit.actor.person_id,
                "document_table": document[0],
                "document_id": document[1],
            }
        ],
    )
    api.report_broken(unit, broken, document)
    return {"id": row.authorisation_id, "broken": len(broken)}
