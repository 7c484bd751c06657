"""What the database refuses of prices, whoever writes."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from tests.helpers.guards import refused_by_database, write_past
from tests.modules.catalog.goods import add_product


@pytest.fixture
def priced(office: Office) -> Office:
    """A product with today's price and the one that comes after it."""
    product = add_product(office, price="10")
    office.do("catalog.set_price", product_id=product, price="12", valid_from="2026-12-01")
    return office


def test_two_prices_never_hold_on_one_day(priced: Office) -> None:
    sql = "UPDATE product_price SET valid_to = NULL WHERE valid_to IS NOT NULL"
    assert refused_by_database(priced, sql) == "catalog.price_overlap"


@pytest.mark.parametrize("change", ["price = price + 1", "valid_from = '2026-01-01'"])
def test_a_price_that_was_said_is_never_another(priced: Office, change: str) -> None:
    assert refused_by_database(priced, f"UPDATE product_price SET {change}") == "catalog.price_rewritten"


def test_a_price_may_end(priced: Office) -> None:
    write_past(priced, "UPDATE product_price SET valid_to = '2027-01-01' WHERE valid_to IS NULL")


def test_prices_are_never_deleted(priced: Office) -> None:
    assert refused_by_database(priced, "DELETE FROM product_price") == "kernel.never_deleted"
