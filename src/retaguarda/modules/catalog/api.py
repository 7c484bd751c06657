"""The public door of the catalog: products, their prices and tax rates on a day, whether a quantity fits a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, or_, select
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.errors import Fault, Refusal
from retaguarda.kernel.model import table_of
from retaguarda.kernel.quantity import fits_unit
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import rules
from retaguarda.modules.catalog.model import (
    MeasureUnit,
    PriceList,
    Product,
    ProductCode,
    ProductMerge,
    ProductPrice,
    ProductSubstitute,
    TaxRate,
)

product = table_of(Product)
product_code = table_of(ProductCode)
product_merge = table_of(ProductMerge)
product_price = table_of(ProductPrice)
product_substitute = table_of(ProductSubstitute)
price_list = table_of(PriceList)
measure_unit = table_of(MeasureUnit)
tax_rate = table_of(TaxRate)

STOCK, SERVICE = rules.STOCK, rules.SERVICE


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What other modules need of a product; `decimals` are the digits its unit allows."""

    id: str
    code: str
    name: str
    kind: str
    unit_code: str
    decimals: int
    tax_code: str | None
    archived: bool

    @property
    def kept(self) -> bool:
        """Whether it is kept in stock."""
        return self.kind == rules.STOCK


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A unit price, the list it stands in and the first day it holds."""

    price: Decimal
    list_name: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class SubstituteFacts:
    """A product that may stand in for another; the lowest position is the best."""

    product_id: str
    substitute_id: str
    code: str
    name: str
    position: int


def price_in_force(day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The join condition between `product` and the row of `product_price` that holds on `day` (one list, one row)."""
    return and_(
        product_price.c.product_id == product.c.id,
        product_price.c.valid_from <= day,
        or_(product_price.c.valid_to.is_(None), product_price.c.valid_to >= day),
    )


def with_price(day: ColumnElement[Any]) -> FromClause:
    """`product` with its price on `day` and that price's list, both optional, for the selects of other modules."""
    return product.outerjoin(product_price, price_in_force(day)).outerjoin(
        price_list, price_list.c.id == product_price.c.list_id
    )


_DAY = bindparam("day", type_=product_price.c.valid_from.type)
_PRODUCTS = ForKeys(
    lambda keys: (
        select(
            product.c.id,
            product.c.code,
            product.c.name,
            product.c.kind,
            product.c.unit_code,
            measure_unit.c.decimals,
            product.c.tax_code,
            product.c.archived,
        )
        .join(measure_unit, measure_unit.c.code == product.c.unit_code)
        .where(product.c.id.in_(keys))
    )
)
_PRICES = ForKeys(
    lambda keys: (
        select(product.c.id, product_price.c.price, price_list.c.name.label("list_name"), product_price.c.valid_from)
        .join(product_price, price_in_force(_DAY))
        .join(price_list, price_list.c.id == product_price.c.list_id)
        .where(product.c.id.in_(keys))
    )
)
_SUBSTITUTES = ForKeys(
    lambda keys: (
        select(
            product_substitute.c.product_id,
            product_substitute.c.substitute_id,
            product.c.code,
            product.c.name,
            product_substitute.c.position,
        )
        .join(product, product.c.id == product_substitute.c.substitute_id)
        .where(product_substitute.c.product_id.in_(keys), product_substitute.c.active, ~product.c.archived)
        .order_by(product_substitute.c.product_id, product_substitute.c.position, product.c.id)
    )
)
_BY_CODE = Statement(
    select(product_code.c.product_id).where(
        product_code.c.code == bindparam("code", type_=String()), product_code.c.active
    )
)
_TAX_RATE = Statement(
    select(tax_rate.c.rate)
    .where(
        tax_rate.c.tax_code == bindparam("tax_code", type_=String()),
        tax_rate.c.valid_from <= bindparam("day", type_=tax_rate.c.valid_from.type),
    )
    .order_by(tax_rate.c.valid_from.desc(), tax_rate.c.at.desc(), tax_rate.c.id.desc())
    .limit(1)
)


def products(reads: Reads, ids: Sequence[str]) -> Mapping[str, ProductFacts]:
    """The products with these keys, by key; unknown ones are left out. Inside a command each is read once."""
    memo: dict[Any, ProductFacts] = getattr(reads, "memo", {})
    asked = tuple(dict.fromkeys(ids))
    new = [key for key in asked if (_PRODUCTS, key) not in memo]
    if new:
        statement, values = _PRODUCTS.of(new)
        for row in reads.all(statement, **values):
            memo[_PRODUCTS, row.id] = ProductFacts(
                row.id, row.code, row.name, row.kind, row.unit_code, row.decimals, row.tax_code, bool(row.archived)
            )
    return {key: memo[_PRODUCTS, key] for key in asked if (_PRODUCTS, key) in memo}


def price_on(reads: Reads, product_ids: Sequence[str], day: dt.date) -> Mapping[str, PriceFacts]:
    """The unit prices that hold on `day`, by product; products without a price are left out."""
    if not product_ids:
        return {}
    statement, values = _PRICES.of(tuple(dict.fromkeys(product_ids)))
    rows = reads.all(statement, day=day, **values)
    return {row.id: PriceFacts(row.price, row.list_name, row.valid_from) for row in rows}


def substitutes(reads: Reads, product_ids: Sequence[str]) -> Mapping[str, tuple[SubstituteFacts, ...]]:
    """What may stand in for each product, best first."""
    if not product_ids:
        return {}
    statement, values = _SUBSTITUTES.of(tuple(dict.fromkeys(product_ids)))
    found: dict[str, list[SubstituteFacts]] = {}
    for row in reads.all(statement, **values):
        facts = SubstituteFacts(row.product_id, row.substitute_id, row.code, row.name, row.position)
        found.setdefault(row.product_id, []).append(facts)
    return {key: tuple(rows) for key, rows in found.items()}


def product_by_code(reads: Reads, code: str) -> str | None:
    """The key of the product with this own code or GTIN, as scanned."""
    row = reads.one(_BY_CODE, code=code)
    return None if row is None else str(row.product_id)


def tax_rate_on(reads: Reads, tax_code: str, day: dt.date) -> Decimal | None:
    """The rate of a tax code on `day` as a share (0.18 is 18 %), None when none had begun."""
    row = reads.one(_TAX_RATE, tax_code=tax_code, day=day)
    return None if row is None else Decimal(row.rate)


def quantity_fault(facts: ProductFacts, quantity: Decimal, field: str) -> Fault | None:
    """The fault of a quantity that has more digits than the product's unit allows, or None."""
    if fits_unit(quantity, facts.decimals):
        return None
    code = "catalog.whole_quantity" if facts.decimals == 0 else "catalog.quantity_digits"
    return Fault(
        field, code, {"quantity": quantity, "unit": facts.unit_code, "name": facts.name, "digits": facts.decimals}
    )


def refuse_merged(unit: Unit, row: Any, field: str = "product_id") -> None:
    """Refuses a record that was merged into another: it is changed there, or after the merge was taken back."""
    if row.merged_into_id is not None:
        into = unit.get(Product, row.merged_into_id)
        raise Refusal("catalog.merged", field=field, name=row.name, into=into.name)


def seed_catalog(unit: Unit, language: str) -> None:
    """The units and the price list of a new company, named in its language."""
    texts = Texts(language)
    unit.add_all(
        MeasureUnit,
        [{"code": c, "name": texts.say(f"catalog.unit.{c.lower()}"), "decimals": d} for c, d in rules.UNITS],
    )
    unit.add(PriceList, code=rules.STANDARD_LIST, name=texts.say("catalog.standard_list"))
