"""An exchange: what comes back pays along; the difference is paid or stays in credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.company import refused
from tests.modules.sales.test_sell_at_counter import balances, ready, sell

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


@pytest.fixture
def counter(shop: Shop) -> Shop:
    return ready(shop)


def exchange(shop: Shop, order_id: str, quantity: str, *asked: tuple[int, str], **more: Any) -> Any:
    line = shop.office.show("sales.order_lines", {"order_id": order_id}, "position").rows[0]
    values = {
        "order_id": order_id,
        "returned": [{"line_id": line.id, "quantity": quantity}],
        "reason": "not_wanted",
        "lines": shop.lines(*asked),
        **more,
    }
    return shop.office.do(("sales.exchange_goods", values)).value


def test_for_something_dearer_the_difference_is_paid(counter: Shop) -> None:
    first = sell(counter, (0, "2"))
    done = exchange(counter, first["id"], "2", (2, "1"), cash_amount="20")
    assert (done["total"], done["credit"], done["change"]) == ("30.00", "20.00", "10.00")
    assert [counter.stock(n).on_hand for n in (0, 2)] == [10, 9]
    assert balances(counter)["till"] == 80
    (sale,) = counter.office.show("sales.counter_sales", {"id": done["id"]}).rows
    assert (sale.credit_amount, sale.return_id) == (20, done["return_id"])
    assert counter.office.check() == []


def test_for_something_cheaper_the_rest_stays_in_credit_of_who_is_known(counter: Shop) -> None:
    first = sell(counter, (2, "1"), customer_id=counter.customer)
    exchange(counter, first["id"], "1", (0, "1"))
    more = sell(counter, (1, "1"), customer_id=counter.customer, credit_amount="20")
    assert more["change"] == "0.00"
    assert counter.office.check() == []


def test_what_is_refused(counter: Shop) -> None:
    office = counter.office
    first = sell(counter, (2, "1"))
    with refused(office, "sales.exchange_goods.worth_more"):
        exchange(counter, first["id"], "1", (0, "1"))
    with refused(office, "sales.exchange_goods.other_customer"):
        exchange(counter, first["id"], "1", (2, "1"), customer_id=counter.customer)
    with refused(office, "sales.exchange_goods.credit_is_known"):
        exchange(counter, first["id"], "1", (2, "1"), credit_amount="5")
    with refused(office, "sales.returned_over_delivered"):
        exchange(counter, first["id"], "2", (2, "2"))
    with refused(office, "sales.sell_at_counter.not_paid"):
        exchange(counter, first["id"], "1", (2, "2"), cash_amount="1")
