"""Commissions: earned by sale or receipt, by the rule of the person or the role, taken back by what comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.sales import api
from tests.helpers.company import acting, refused
from tests.modules.sales.test_sell_at_counter import ready, sell

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


@pytest.fixture
def counter(shop: Shop) -> Shop:
    return ready(shop)


def earned(shop: Shop) -> list[tuple[Any, ...]]:
    rows = shop.office.show("sales.commissions").rows
    return sorted((r.order_number, r.base_amount, r.rate, r.commission_amount) for r in rows)


def person(shop: Shop) -> Any:
    return shop.office.actor.person_id


def test_on_sale_by_the_person_before_the_role(counter: Shop) -> None:
    do = counter.office.do
    do("sales.set_commission", role="administrator", rate="0.1")
    sell(counter, (0, "2"))
    do("sales.set_commission", person_id=person(counter), rate="0.03")
    counter.do("invoice_order", counter.order((2, "1")))
    assert earned(counter) == [(1, 20, Decimal("0.1"), 2), (2, 30, Decimal("0.03"), Decimal("0.90"))]
    do("sales.set_commission", person_id=person(counter), rate="0.05")
    assert [r.rate for r in counter.office.show("sales.commission_rules").rows if r.name == "Ana Prado"] == [
        Decimal("0.05")
    ]
    assert counter.office.check() == []


def test_on_receipt_as_the_money_comes_and_not_when_it_goes(counter: Shop) -> None:
    office = counter.office
    office.do("sales.set_commission", person_id=person(counter), basis="receipt", rate="0.1")
    invoice = counter.do("invoice_order", counter.order((2, "2")))["invoice_id"]
    assert earned(counter) == []
    office.do("billing.receive_payment", invoice_id=invoice, amount="25")
    paid = office.do("billing.receive_payment", invoice_id=invoice, amount="35").value["id"]
    assert [row[3] for row in earned(counter)] == [Decimal("2.5"), Decimal("3.5")]
    office.do("billing.reverse_payment", settlement_id=paid, reason="cheque sem fundos")
    assert sum(row[3] for row in earned(counter)) == Decimal("2.5")


def test_what_comes_back_takes_its_commission_back_at_the_old_rate(counter: Shop) -> None:
    office = counter.office
    rule = office.do("sales.set_commission", person_id=person(counter), rate="0.1").value["id"]
    key = sell(counter, (0, "2"), (2, "1"), customer_id=counter.customer)["id"]
    office.do("sales.end_commission", rule_id=rule, version=1)
    (line, _) = office.show("sales.order_lines", {"order_id": key}, "position").rows
    back = {"order_id": key, "lines": [{"line_id": line.id, "quantity": "1"}], "reason": "defect"}
    office.do(("sales.return_order", back))
    assert [(row[1], row[3]) for row in earned(counter)] == [(-10, -1), (50, 5)]
    sell(counter, (0, "1"))
    assert len(earned(counter)) == 2


def test_the_report_sums_by_seller(counter: Shop) -> None:
    office = counter.office
    office.do("sales.set_commission", person_id=person(counter), rate="0.1")
    sell(counter, (0, "2"))
    assert office.print("sales.commission_report").startswith(b"%PDF")
    assert office.print("sales.commission_report", since="2026-11-01", until="2026-11-30").startswith(b"%PDF")


def test_what_is_refused(shop: Shop) -> None:
    office = shop.office
    with refused(office, "sales.commission_for_one"):
        office.do("sales.set_commission", rate="0.1")
    with refused(office, "sales.commission_for_one"):
        office.do("sales.set_commission", rate="0.1", person_id=person(shop), role="sales")
    with refused(office, "kernel.not_above"):
        office.do("sales.set_commission", rate="0", person_id=person(shop))
    with refused(office, "kernel.missing"):
        office.do("sales.set_commission", rate="0.1", role="nonsense")
    with refused(office, "kernel.missing"):
        office.do("sales.set_commission", rate="0.1", person_id="0" * 32)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("sales.set_commission", rate="0.1", person_id=person(shop))


def test_raw_sql_earns_nothing_twice(counter: Shop) -> None:
    office = counter.office
    office.do("sales.set_commission", person_id=person(counter), rate="0.1")
    sell(counter, (0, "2"))
    with office.store.engine.connect() as connection:
        (row,) = connection.execute(api.commission_entry.select()).mappings().all()
    with pytest.raises(DBAPIError), office.store.engine.begin() as connection:
        connection.execute(insert(api.commission_entry).values(**{**row, "id": new_id()}))
