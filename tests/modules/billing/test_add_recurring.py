"""Contracts that are billed again and again: services only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.company import refused
from tests.modules.billing.contracts import contract

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_contract_stands_with_its_lines_and_is_due_from_its_first_day(billing: Billing) -> None:
    key = contract(billing, every_months=3, payment_terms="10")
    row = billing.office.one("billing.recurring", key)
    assert (row.state, row.every_months, row.next_on, row.billed) == ("due", 3, billing.office.today(), 0)
    assert [line["product_name"] for line in row.lines] == ["Parafuso sextavado"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"payment_terms": "um dia"}, "billing.unknown_terms"),
        ({"ends_on": "2026-01-01"}, "billing.ends_before_it_starts"),
        ({"lines": [{"product_id": "0" * 32, "unit_price": "1"}]}, "kernel.missing"),
        ({"party_id": "0" * 32}, "kernel.missing"),
        ({"lines": []}, "kernel.too_few"),
    ],
)
def test_what_makes_no_contract_is_refused(billing: Billing, more: dict[str, object], code: str) -> None:
    with refused(billing.office, code):
        contract(billing, **more)


def test_goods_are_not_billed_so(billing: Billing) -> None:
    paper = billing.office.do("catalog.add_product", code="P", name="Papel", price="10").value["id"]
    with refused(billing.office, "billing.only_services"):
        contract(billing, lines=[{"product_id": paper, "unit_price": "1"}])
