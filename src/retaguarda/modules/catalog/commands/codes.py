"""The codes that find a product: its own ones and any number of GTINs, each belonging to one product at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import String, bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.gtin import gtin_fault, normalise_gtin
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api, rules
from retaguarda.modules.catalog.model import Product, ProductCode
from retaguarda.modules.imports import api as imports

OWNER_OF_CODE = Statement(
    select(api.product_code, api.product.c.name.label("product_name"))
    .join(api.product, api.product.c.id == api.product_code.c.product_id)
    .where(api.product_code.c.code == bindparam("code", type_=String()), api.product_code.c.active)
)
CODES_OF = Statement(
    select(api.product_code)
    .where(
        api.product_code.c.product_id == bindparam("product_id", type_=api.product.c.id.type),
        api.product_code.c.active,
    )
    .order_by(api.product_code.c.id)
)
GIVEN_UP = Statement(
    select(api.product_code)
    .where(
        api.product_code.c.product_id == bindparam("product_id", type_=api.product.c.id.type),
        ~api.product_code.c.active,
    )
    .order_by(api.product_code.c.id.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCode(Command):
    """Gives a product a further code: a GTIN (the number under the bar code) or one of your own."""

    product_id: Annotated[str, Ref("product")]
    code: Annotated[str, Text(30)]
    kind: Annotated[str, Choice((rules.GTIN, rules.OWN), texts="catalog.code_kind")] = rules.GTIN
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireCode(Command):
    """Takes a code from a product: it no longer finds it when scanned and may be given to another one."""

    product_id: Annotated[str, Ref("product")]
    code: Annotated[str, Text(30)]
    version: Annotated[int, Version()] | None = None


def code_faults(unit: Unit, kind: str, code: str, field: str, product_id: str | None = None) -> list[Fault]:
    """What is wrong with a code for a product (None: a new one): its form, or that another product has it."""
    if kind == rules.GTIN and (fault := gtin_fault(code)) is not None:
        return [Fault(field, fault, {"code": code})]
    there = unit.one(OWNER_OF_CODE, code=clean_code(kind, code))
    if there is None or there.product_id == product_id:
        return []
    return [Fault(field, "catalog.code_taken", {"code": code, "product": there.product_name})]


def clean_code(kind: str, code: str) -> str:
    """A code as it is kept: GTINs as bare digits, own codes in capitals."""
    return normalise_gtin(code) if kind == rules.GTIN else code.upper()


def add_code(unit: Unit, command: AddCode) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    api.refuse_merged(unit, product)
    code = clean_code(command.kind, command.code)
    own = codes_of(unit, product.id)
    if any(row.code == code for row in own):
        raise Invalid(Fault("code", "catalog.code_there", {"code": code}))
    faults = code_faults(unit, command.kind, command.code, "code", product.id)
    if faults:
        raise Invalid(*faults)
    unit.add(ProductCode, product_id=product.id, kind=command.kind, code=code)
    return refold(unit, product, product.name, [*(row.code for row in own), code])


def retire_code(unit: Unit, command: RetireCode) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    own = codes_of(unit, product.id)
    code = command.code.upper()
    found = next((row for row in own if row.code == code), None)
    if found is None:
        raise Invalid(Fault("code", "catalog.code_not_there", {"code": command.code}))
    if found.code == product.code:
        raise Refusal("catalog.retire_code.main", code=found.code)
    unit.revise(ProductCode, found, active=False)
    return refold(unit, product, product.name, [row.code for row in own if row is not found])


def codes_of(unit: Unit, product_id: str) -> list[Any]:
    """The codes in use of a product, the oldest first."""
    return unit.all(CODES_OF, product_id=product_id)


def refold(unit: Unit, product: Product, name: str, codes: Sequence[str]) -> Mapping[str, Any]:
    """Brings a product's search form up to date and gives what its command answers."""
    unit.revise(Product, product, folded=rules.product_fold(name, codes))
    return {"id": product.id, "version": product.version + 1}


def take_codes_back(unit: Unit, undone: Sequence[imports.Came], batch_id: str) -> None:
    """Takes from their products the codes that a batch had brought, but one that is a product's own code by now."""
    keys = [key for one in undone if one.batch_id == batch_id for key in one.touched("product_code", "add")]
    brought = [unit.get(ProductCode, key) for key in keys]
    products = {key: unit.get(Product, key) for key in dict.fromkeys(row.product_id for row in brought)}
    gone = [row for row in brought if row.active and row.code != products[row.product_id].code]
    unit.revise_all(ProductCode, [(row, {"active": False}) for row in gone])
    for key in dict.fromkeys(row.product_id for row in gone):
        refold(unit, products[key], products[key].name, [row.code for row in codes_of(unit, key)])
