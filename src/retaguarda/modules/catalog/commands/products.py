"""Products and services: adding, revising, archiving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Price, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api, rules
from retaguarda.modules.catalog.commands.codes import GIVEN_UP, OWNER_OF_CODE, clean_code, code_faults, codes_of
from retaguarda.modules.catalog.commands.prices import write_price
from retaguarda.modules.catalog.commands.units import known_unit
from retaguarda.modules.catalog.events import ProductAdded, ProductArchived
from retaguarda.modules.catalog.model import Product, ProductCode

KINDS = (rules.STOCK, rules.SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProduct(Command):
    """Adds a product kept in stock, or a service. With a price it can be sold from today; more bar codes, prices for
    later days and substitutes are added on its page."""

    code: Annotated[str, Text(30)]
    name: Annotated[str, Text(120)]
    kind: Annotated[str, Choice(KINDS, texts="catalog.kind")] = rules.STOCK
    unit_code: Annotated[str, Text(6)] = "UN"
    gtin: Annotated[str, Text(30)] | None = None
    price: Annotated[Decimal, Price()] | None = None
    tax_code: Annotated[str, Text(20)] | None = None
    note: Annotated[str, Text(500, lines=True)] | None = None


def add_product(unit: Unit, command: AddProduct) -> Mapping[str, Any]:
    measure = known_unit(unit, command.unit_code)
    codes = {rules.OWN: clean_code(rules.OWN, command.code)}
    faults = code_faults(unit, rules.OWN, command.code, "code")
    if command.gtin:
        faults += code_faults(unit, rules.GTIN, command.gtin, "gtin")
        codes[rules.GTIN] = clean_code(rules.GTIN, command.gtin)
    if faults:
        raise Invalid(*faults)
    product_id = unit.add(
        Product,
        code=codes[rules.OWN],
        name=command.name,
        kind=command.kind,
        unit_code=measure.code,
        tax_code=command.tax_code or None,
        note=command.note or None,
        folded=rules.product_fold(command.name, tuple(codes.values())),
    )
    # An article whose own code is its bar code has one code, not two.
    rows = {code: {"product_id": product_id, "kind": kind, "code": code} for kind, code in codes.items()}
    unit.add_all(ProductCode, list(rows.values()))
    if command.price is not None:
        write_price(unit, product_id, command.price, unit.today)
    unit.emit(ProductAdded(product_id, command.kind))
    return {"id": product_id, "version": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseProduct(Command):
    """Changes what a product is called, its own code, unit, tax code and note. Its price has a command of its own."""

    product_id: Annotated[str, Ref("product")]
    code: Annotated[str, Text(30)]
    name: Annotated[str, Text(120)]
    unit_code: Annotated[str, Text(6)]
    tax_code: Annotated[str, Text(20)] | None = None
    note: Annotated[str, Text(500, lines=True)] | None = None
    version: Annotated[int, Version()] | None = None


def revise_product(unit: Unit, command: ReviseProduct) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    api.refuse_merged(unit, product)
    measure = known_unit(unit, command.unit_code)
    before = api.products(unit, [product.id])[product.id]
    code = clean_code(rules.OWN, command.code)
    faults = code_faults(unit, rules.OWN, command.code, "code", product.id)
    if measure.decimals < before.decimals:
        params = {"code": measure.code, "digits": measure.decimals, "before": before.decimals}
        faults.append(Fault("unit_code", "catalog.unit_coarser", params))
    if faults:
        raise Invalid(*faults)
    codes = codes_of(unit, product.id)
    kept = [row.code for row in codes]
    if code != product.code:
        kept = [row.code for row in codes if row.code != product.code]
        unit.revise_all(ProductCode, [(row, {"active": False}) for row in codes if row.code == product.code])
        if code not in kept:
            unit.add(ProductCode, product_id=product.id, kind=rules.OWN, code=code)
            kept.append(code)
    unit.revise(
        Product,
        product,
        code=code,
        name=command.name,
        unit_code=measure.code,
        tax_code=command.tax_code or None,
        note=command.note or None,
        folded=rules.product_fold(command.name, kept),
    )
    return {"id": product.id, "version": product.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveProduct(Command):
    """Takes a product out of sale. Orders that have it keep it; it can be restored at any time."""

    product_id: Annotated[str, Ref("product")]
    version: Annotated[int, Version()] | None = None


def archive_product(unit: Unit, command: ArchiveProduct) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    if product.archived:
        raise Refusal("catalog.archive_product.archived", name=product.name)
    unit.revise(Product, product, archived=True)
    unit.emit(ProductArchived(product.id))
    return {"id": product.id, "version": product.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreProduct(Command):
    """Puts an archived product on sale again, with its codes and prices as they were. One that was put away with its
    import has those of its codes again that no other product has by now; without its own code it stays away."""

    product_id: Annotated[str, Ref("product")]
    version: Annotated[int, Version()] | None = None


def restore_product(unit: Unit, command: RestoreProduct) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    api.refuse_merged(unit, product)
    if not product.archived:
        raise Refusal("catalog.restore_product.not_archived", name=product.name)
    if codes_of(unit, product.id):
        unit.revise(Product, product, archived=False)
    else:
        codes = _given_up(unit, product)
        unit.revise(Product, product, archived=False, folded=rules.product_fold(product.name, [c.code for c in codes]))
        unit.revise_all(ProductCode, [(code, {"active": True}) for code in codes])
    return {"id": product.id, "version": product.version + 1}


def _given_up(unit: Unit, product: Product) -> list[Any]:
    """The codes that the product gave up when its import was taken back, but those that another has by now."""
    gone = unit.all(GIVEN_UP, product_id=product.id)
    own = next(row for row in gone if row.code == product.code)
    there = unit.one(OWNER_OF_CODE, code=own.code)
    if there is not None:
        raise Refusal("catalog.restore_product.code_taken", code=own.code, product=there.product_name)
    together = [row for row in gone if row.command_id == own.command_id]
    return [row for row in together if unit.one(OWNER_OF_CODE, code=row.code) is None]


def put_away(unit: Unit, product_ids: Sequence[str]) -> None:
    """Archives these and frees their codes, so that the same products may come in again."""
    there = [unit.get(Product, key) for key in product_ids]
    codes = [code for row in there for code in codes_of(unit, row.id)]
    unit.revise_all(Product, [(row, {"archived": True}) for row in there if not row.archived])
    unit.revise_all(ProductCode, [(code, {"active": False}) for code in codes])


def bring_back(unit: Unit, put_away_by: Sequence[Mapping[str, Any]]) -> None:
    """Puts on sale again what these answers of `archive_product` had taken out, as far as it is as they left it."""
    there = [(unit.get(Product, answer["id"]), answer["version"]) for answer in put_away_by]
    left = [row for row, version in there if row.archived and row.version == version and codes_of(unit, row.id)]
    unit.revise_all(Product, [(row, {"archived": False}) for row in left])
