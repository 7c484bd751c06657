"""What may be offered instead of a product that is out, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Ref, Whole
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api
from retaguarda.modules.catalog.model import Product, ProductSubstitute

SUBSTITUTES_OF = Statement(
    select(api.product_substitute).where(
        api.product_substitute.c.product_id == bindparam("product_id", type_=api.product.c.id.type)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSubstitute(Command):
    """Names a product that may stand in for another when it is out. The lowest position is offered first; naming the
    same pair again moves it."""

    product_id: Annotated[str, Ref("product")]
    substitute_id: Annotated[str, Ref("product")]
    position: Annotated[int, Whole(least=1, most=999)] | None = None


def add_substitute(unit: Unit, command: AddSubstitute) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    substitute = unit.get(Product, command.substitute_id, field="substitute_id")
    api.refuse_merged(unit, product)
    api.refuse_merged(unit, substitute, "substitute_id")
    if product.id == substitute.id:
        raise Invalid(Fault("substitute_id", "catalog.add_substitute.itself"))
    if substitute.kind != product.kind:
        raise Invalid(Fault("substitute_id", "catalog.add_substitute.other_kind", {"name": substitute.name}))
    rows = unit.all(SUBSTITUTES_OF, product_id=product.id)
    last = max((row.position for row in rows if row.active), default=0)
    known = next((row for row in rows if row.substitute_id == substitute.id), None)
    if known is not None:
        position = command.position or (known.position if known.active else last + 1)
        unit.revise(ProductSubstitute, known, position=position, active=True)
    else:
        unit.add(
            ProductSubstitute,
            product_id=product.id,
            substitute_id=substitute.id,
            position=command.position or last + 1,
        )
    return {"id": product.id, "version": product.version}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSubstitute(Command):
    """Takes a product off the list of those that may stand in for another."""

    product_id: Annotated[str, Ref("product")]
    substitute_id: Annotated[str, Ref("product")]


def remove_substitute(unit: Unit, command: RemoveSubstitute) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    rows = unit.all(SUBSTITUTES_OF, product_id=product.id)
    known = next((row for row in rows if row.substitute_id == command.substitute_id and row.active), None)
    if known is None:
        raise Refusal("catalog.remove_substitute.not_there", field="substitute_id")
    unit.revise(ProductSubstitute, known, active=False)
    return {"id": product.id, "version": product.version}
