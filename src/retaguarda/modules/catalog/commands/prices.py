"""Prices from a day on, and dated tax rates. What was asked on a day in the past is never rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from sqlalchemy import String, bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Day, Price, Rate, Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.kernel.validity import Validity, fit_in, rewrites_past
from retaguarda.modules.catalog import api, rules
from retaguarda.modules.catalog.events import PriceSet
from retaguarda.modules.catalog.model import Product, ProductPrice, TaxRate
from retaguarda.modules.imports import api as imports

LIST_BY_CODE = Statement(select(api.price_list).where(api.price_list.c.code == bindparam("code", type_=String())))
PRICES_OF = Statement(
    select(api.product_price).where(
        api.product_price.c.product_id == bindparam("product_id", type_=api.product.c.id.type),
        api.product_price.c.list_id == bindparam("list_id", type_=api.product.c.id.type),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPrice(Command):
    """Sets what a product costs from a day on (today, unless said otherwise). Prices of earlier days stay as they were;
    orders keep the price they were promised."""

    product_id: Annotated[str, Ref("product")]
    price: Annotated[Decimal, Price()]
    valid_from: Annotated[dt.date, Day()] | None = None
    version: Annotated[int, Version()] | None = None


def set_price(unit: Unit, command: SetPrice) -> Mapping[str, Any]:
    product = unit.get(Product, command.product_id, field="product_id")
    unit.fresh(product, command.version, "product")
    api.refuse_merged(unit, product)
    write_price(unit, product.id, command.price, command.valid_from or unit.today)
    # The version of a product guards its price too: whoever read it before this change is stale.
    unit.revise(Product, product, archived=product.archived)
    return {"id": product.id, "version": product.version + 1}


def write_price(unit: Unit, product_id: str, price: Decimal, since: dt.date) -> None:
    """Makes room for a price of the standard list and writes it; refuses to rewrite a past day."""
    standard = unit.one(LIST_BY_CODE, code=rules.STANDARD_LIST)
    assert standard is not None, "every company has the standard list"
    rows = {row.id: row for row in unit.all(PRICES_OF, product_id=product_id, list_id=standard.id)}
    valid = [Validity(row.id, row.valid_from, row.valid_to) for row in rows.values()]
    if rewrites_past(valid, since, unit.today):
        raise Refusal("catalog.set_price.past_day", field="valid_from", day=since, today=unit.today)
    fit = fit_in(valid, since)
    unit.revise_all(ProductPrice, [(rows[key], {"valid_to": day}) for key, day in fit.ends])
    unit.add(ProductPrice, list_id=standard.id, product_id=product_id, price=price, valid_from=since, valid_to=fit.to)
    unit.emit(PriceSet(product_id, price, since))


def _beside(unit: Unit, row: ProductPrice) -> list[Any]:
    """All prices of the product in the list of this one."""
    return unit.all(PRICES_OF, product_id=row.product_id, list_id=row.list_id)


def take_prices_back(unit: Unit, batch_id: str, brings: str) -> None:
    """What a batch has said of prices holds no longer; what it replaced does again."""
    imports.take_back_dated(unit, ProductPrice, batch_id, brings, partial(_beside, unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTaxRate(Command):
    """Sets the rate of a tax code from a day on. The same day again replaces what was set for it before."""

    tax_code: Annotated[str, Text(20)]
    rate: Annotated[Decimal, Rate()]
    valid_from: Annotated[dt.date, Day()] | None = None


def set_tax_rate(unit: Unit, command: SetTaxRate) -> Mapping[str, Any]:
    (rate_id,) = unit.append(
        TaxRate,
        [
            {
                "tax_code": command.tax_code.upper(),
                "rate": command.rate,
                "valid_from": command.valid_from or unit.today,
            }
        ],
    )
    return {"id": rate_id}
