"""Kits: what one of them is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Quantity, Ref
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands.papers import product_faults
from retaguarda.modules.inventory.model import KitPart
from retaguarda.modules.inventory.rules import ZERO

_K = api.kit_part.c
OF_KIT = Statement(select(api.kit_part).where(_K.kit_id == bindparam("kit_id", type_=Key())))
OTHERS = Statement(select(_K.kit_id, _K.component_id).where(_K.active, _K.kit_id != bindparam("own", type_=Key())))


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLine(Part):
    """How much of a product goes into one kit."""

    component_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetKit(Command):
    """Says what a kit is made of. A kit is never in stock itself: reserving one reserves its parts, and as many can be
    promised as the scarcest part allows. Without parts the product is no kit any more."""

    product_id: Annotated[str, Ref("product")]
    parts: tuple[KitLine, ...] = ()


def set_kit(unit: Unit, command: SetKit) -> Mapping[str, Any]:
    keys = [command.product_id, *(part.component_id for part in command.parts)]
    products = catalog.products(unit, keys)
    faults = product_faults(products.get(command.product_id), ZERO, "")
    seen: set[str] = {command.product_id}
    others = unit.all(OTHERS, own=command.product_id)
    kits, within = {row.kit_id for row in others}, {row.component_id for row in others}
    for n, part in enumerate(command.parts, 1):
        found = product_faults(products.get(part.component_id), part.quantity, f"parts.{n}.")
        faults += [Fault(f.field.replace("product_id", "component_id"), f.code, f.params) for f in found]
        if part.component_id in seen:
            faults.append(Fault(f"parts.{n}.component_id", "inventory.set_kit.twice"))
        if part.component_id in kits:
            faults.append(Fault(f"parts.{n}.component_id", "inventory.kit_in_kit"))
        seen.add(part.component_id)
    if command.parts and command.product_id in within:
        faults.append(Fault("product_id", "inventory.kit_in_kit"))
    if faults:
        raise Invalid(*faults)
    stock = api.lock_stock(unit, [command.product_id])
    if command.parts and any(row.on_hand or row.reserved for row in stock):
        raise Refusal("inventory.kit_has_no_stock", field="product_id")
    known = {row.component_id: row for row in unit.all(OF_KIT, kit_id=command.product_id)}
    asked = {part.component_id: part.quantity for part in command.parts}
    unit.revise_all(
        KitPart,
        [
            (row, {"quantity": asked.get(key, row.quantity), "active": key in asked})
            for key, row in known.items()
            if (key in asked) != row.active or asked.get(key, row.quantity) != row.quantity
        ],
    )
    new = [{"kit_id": command.product_id, "component_id": k, "quantity": q} for k, q in asked.items() if k not in known]
    unit.add_all(KitPart, new)
    return {"id": command.product_id}
