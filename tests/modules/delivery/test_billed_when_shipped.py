"""A company that bills what was shipped: its orders' way, what is refused on it, and what the database says itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Insert, insert, select

from retaguarda.kernel.ids import new_id
from retaguarda.modules.billing import api as billing
from retaguarda.modules.sales import api as sales
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

WAY = ("check", "pick", "pack", "ship", "invoice", "deliver")


def shipped_first(shop: Shop, until: str = "confirm") -> str:
    """An order of 2 and 1 of the first product, 1 of the second and a service; gone on to that step."""
    shop.set(invoice_policy="shipped")
    lines = [(shop.products[0], "2"), (shop.products[1], "1"), (shop.products[0], "1"), (shop.service, "1")]
    order = shop.order("confirm", lines, payment_terms="30/60")
    for step in ("pick", "ship", "invoice", "deliver"):
        if until == "confirm":
            break
        shop.step(step, order)
        if step == until:
            break
    return order


def steps_of(shop: Shop, order: str) -> list[tuple[str, str]]:
    rows = shop.office.show("process.order_path", {"subject_id": order}, sort="position").rows
    return [(row.step, row.state) for row in rows]


def next_of(shop: Shop, order: str) -> str:
    (row,) = shop.office.show("process.queue", {"subject_id": order}).rows
    return str(row.next_command)


def test_the_invoice_comes_after_the_shipping_and_before_the_delivery(shop: Shop) -> None:
    other = shop.order("ship", [(shop.products[2], "9")])
    shop.office.do("delivery.return_shipment", order_id=other, reason="de outro pedido")
    order = shipped_first(shop)
    for step, command in (
        ("pick", "delivery.pick_order"),
        ("ship", "delivery.ship_order"),
        ("invoice", "sales.invoice_order"),
        ("deliver", "delivery.deliver_order"),
    ):
        assert next_of(shop, order) == command
        for query in ("sales.orders", "sales.order_card"):
            row = shop.office.one(query, order)
            assert row.goods == {"pick": "here", "ship": "picked"}.get(step, "out")
            assert ("sales.invoice_order" in row.allowed) == (step == "invoice")
            assert ("sales.amend_order" in row.allowed) == ("sales.cancel_order" in row.allowed) == (step == "pick")
        delivers = "delivery.deliver_order" in shop.office.one("delivery.order_steps", order).allowed
        assert delivers == (step == "deliver")
        shop.step(step, order)
    assert steps_of(shop, order) == [(name, "done") for name in WAY]
    (invoice,) = shop.office.show("billing.invoices", {"source_id": order}).rows
    assert invoice.total_amount == Decimal(30 + 20 + 50)
    assert shop.office.one("sales.orders", order).state == "closed"
    assert shop.office.check() == []


def test_an_order_goes_on_as_it_began(shop: Shop) -> None:
    before = shop.order("confirm", [(shop.products[2], "1")])
    after = shipped_first(shop, "pick")
    with refused(shop.office, "delivery.pick_order.not_invoiced"):
        shop.step("pick", before)
    shop.set(invoice_policy="confirmed")
    with refused(shop.office, "sales.invoice_order.not_shipped"):
        shop.step("invoice", after)
    for step in ("ship", "invoice", "deliver"):
        shop.step(step, after)
    for step in ("invoice", "pick", "ship", "deliver"):
        shop.step(step, before)
    assert [name for name, _ in steps_of(shop, before)] == ["check", "invoice", "pick", "pack", "ship", "deliver"]
    assert [name for name, _ in steps_of(shop, after)] == list(WAY)
    cases = shop.office.show("sales.orders", {"state": "closed"}).rows
    assert {row.id for row in cases} == {before, after}
    assert shop.office.check() == []


def test_the_catalogue_shows_the_steps_that_new_orders_take(shop: Shop) -> None:
    def flows() -> set[str]:
        return {row.flow for row in shop.office.show("process.step_counts").rows}

    def bars() -> set[str]:
        return {row.step.split(".")[0] for row in shop.office.show("process.step_times", {"period": "week"}).rows}

    assert (flows(), bars()) == ({"order"}, {"order"})
    waits = shop.order("confirm", [(shop.products[2], "1")])
    shipped_first(shop)
    rows = shop.office.show("process.step_counts", sort="position").rows
    assert [row.step for row in rows if row.flow == "order_shipped"] == list(WAY)
    assert [row.step for row in rows if row.flow == "order"] == ["invoice"], "only where something stands"
    shop.office.do("sales.cancel_order", order_id=waits, reason="desistiu")
    assert flows() == {"order_shipped"}
    assert bars() == {"order", "order_shipped"}, "what was done in a step is still told"


def test_what_is_not_out_is_not_billed_and_what_is_not_billed_not_handed_over(shop: Shop) -> None:
    order = shipped_first(shop)
    for step in ("pick", "ship"):
        with refused(shop.office, "sales.invoice_order.not_shipped"):
            shop.step("invoice", order)
        shop.step(step, order)
    with refused(shop.office, "delivery.deliver_order.not_invoiced"):
        shop.step("deliver", order)
    (row,) = shop.office.show("delivery.orders_to_deliver").rows
    assert row.allowed == ("delivery.fail_delivery", "delivery.return_shipment")
    with acting(shop.office, "shipping"), refused(shop.office, "kernel.forbidden"):
        shop.step("invoice", order)
    with acting(shop.office, "finance"):
        shop.step("invoice", order)
    (row,) = shop.office.show("delivery.orders_to_deliver").rows
    assert row.allowed[0] == "delivery.deliver_order"
    with refused(shop.office, "sales.invoice_order.not_in_state"):
        shop.step("invoice", order)


def test_what_is_in_work_is_neither_changed_nor_cancelled(shop: Shop) -> None:
    order = shipped_first(shop)
    pick_list = shop.office.do("delivery.start_picking", order_id=order).value["id"]
    lines = [{"product_id": shop.products[0], "quantity": "1"}]
    for stands in ("picking", "picked", "shipped"):
        code = "delivery.order_in_picking" if stands == "picking" else "delivery.shipment_stands"
        with refused(shop.office, code):
            shop.office.do("sales.amend_order", order_id=order, lines=lines)
        with refused(shop.office, code):
            shop.office.do("sales.cancel_order", order_id=order, reason="desistiu")
        if stands == "picking":
            shop.office.do("delivery.drop_picking", pick_list_id=pick_list)
            shop.step("pick", order)
        elif stands == "picked":
            shop.step("ship", order)
    shop.office.do("delivery.return_shipment", order_id=order, reason="cliente viajou")
    shop.office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    shop.office.do("sales.amend_order", order_id=order, lines=lines)
    for step in ("pick", "ship", "invoice", "deliver"):
        shop.step(step, order)
    (invoice,) = shop.office.show("billing.invoices", {"source_id": order}).rows
    assert invoice.total_amount == 10
    assert shop.office.check() == []


def test_a_shipment_that_comes_back_is_billed_once(shop: Shop) -> None:
    order = shipped_first(shop, "invoice")
    shop.office.do("delivery.return_shipment", order_id=order, reason="cliente viajou")
    path = dict(steps_of(shop, order))
    assert (path["pick"], path["invoice"], path["deliver"]) == ("failed", "done", "waiting"), "it came back"
    assert next_of(shop, order) == "delivery.pick_order"
    shop.office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    for step in ("pick", "ship"):
        shop.step(step, order)
    assert next_of(shop, order) == "delivery.deliver_order", "the invoice stands, nobody is asked for another"
    shop.step("deliver", order)
    assert steps_of(shop, order) == [(name, "done") for name in WAY]
    assert shop.office.show("billing.invoices", {"source_id": order}, count=True).count == 1
    assert shop.office.check() == []


def test_customers_return_and_exchange_what_was_billed_when_shipped(shop: Shop) -> None:
    order = shipped_first(shop, "deliver")
    lines = {row.position: row.id for row in shop.office.show("sales.order_lines", {"order_id": order}).rows}
    back = [{"line_id": lines[1], "quantity": "1"}, {"line_id": lines[4], "quantity": "1"}]
    made = shop.office.do("sales.return_order", order_id=order, lines=back, reason="defect").value
    assert made["amount"] == "60.00"
    account = "accounting.add_money_account"
    shop.office.do(account, name="Gaveta", kind="till", station="main")
    bank = shop.office.do(account, name="Banco", kind="bank", opening_amount="100").value["id"]
    shop.office.do("billing.open_till", float_amount="10", from_account_id=bank)
    swapped = shop.office.do(
        "sales.exchange_goods",
        order_id=order,
        returned=[{"line_id": lines[2], "quantity": "1"}],
        reason="not_wanted",
        lines=[{"product_id": shop.products[2], "quantity": "1"}],
    ).value
    assert swapped["credit"] in ("0", "0.00"), "nothing was paid yet: what comes back lowers what is owed"
    assert shop.office.check() == []


def test_a_route_leaves_with_invoices_only(shop: Shop) -> None:
    order = shipped_first(shop, "ship")
    (shipment,) = shop.office.show("delivery.shipments", {"order_id": order}).rows
    driver = shop.office.actor.person_id
    route = shop.office.do("delivery.plan_route", driver_id=driver, stops=[{"shipment_id": shipment.id}]).value["id"]
    with refused(shop.office, "delivery.start_route.not_invoiced") as caught:
        shop.office.do("delivery.start_route", route_id=route)
    assert caught[0].params["orders"] == [shop.office.one("sales.orders", order).number]
    shop.step("invoice", order)
    shop.office.do("delivery.start_route", route_id=route)


def test_services_alone_are_billed_as_soon_as_they_are_confirmed(shop: Shop) -> None:
    shop.set(invoice_policy="shipped")
    order = shop.order("confirm", [(shop.service, "2")])
    assert "sales.invoice_order" in shop.office.one("sales.orders", order).allowed
    for step in ("pick", "ship", "invoice", "deliver"):
        shop.step(step, order)
    assert shop.office.check() == []


def test_the_database_bills_only_what_left(shop: Shop) -> None:
    """The invoice of another order written once more, past every handler, for goods that wait in the house, and for
    goods that have left but are not those of its lines."""
    other = shipped_first(shop, "invoice")
    order = shipped_first(shop)
    for step in ("pick", "ship"):
        head, rest = _billed_by_hand(shop, other, order)
        assert refused_by_database(shop.office, head, rest) == "sales.billed_not_shipped"
        shop.step(step, order)
    for more in ({"less": True}, {"lines": 3}):
        head, rest = _billed_by_hand(shop, other, order, **more)
        assert refused_by_database(shop.office, head, rest) == "sales.billed_not_shipped", more
    head, rest = _billed_by_hand(shop, other, order)
    with shop.office.store.engine.connect().execution_options(writes=True) as connection:
        for sql in (*rest, head):
            connection.execute(sql)
        connection.rollback()


def _billed_by_hand(
    shop: Shop, other: str, order: str, *, less: bool = False, lines: int = 4
) -> tuple[Insert, tuple[Insert, ...]]:
    """The invoice of `other` written again for `order`, with so many of its lines, of the first half or all; and what
    is written before its head."""
    heads, parts, dues = billing.invoice, billing.invoice_line, billing.instalment
    with shop.office.store.engine.connect() as connection:
        head = connection.execute(select(heads).where(heads.c.source_id == other)).mappings().one()
        own = {
            row.position: row.id
            for row in connection.execute(
                select(sales.sales_order_line).where(sales.sales_order_line.c.order_id == order)
            )
        }
        billed = connection.execute(select(parts).where(parts.c.invoice_id == head["id"])).mappings().all()
        due = connection.execute(select(dues).where(dues.c.invoice_id == head["id"])).mappings().all()
    key = new_id()
    rows = [
        {
            **row,
            "id": new_id(),
            "invoice_id": key,
            "source_line_id": own[row["position"]],
            "quantity": row["quantity"] / 2 if less and row["position"] == 1 else row["quantity"],
        }
        for row in billed
        if row["position"] <= lines
    ]
    total = sum(row["net_amount"] for row in rows)
    asked = [{**due[0], "id": new_id(), "invoice_id": key, "position": 1, "amount": total}]
    written = {**head, "id": key, "source_id": order, "number": head["number"] + 1, "source_number": 9}
    written |= {"total_amount": total, "gross_amount": total}
    return insert(heads).values(written), (insert(parts).values(rows), insert(dues).values(asked))


@pytest.mark.parametrize(
    ("until", "sql", "code"),
    [
        ("ship", "UPDATE shipment SET state = 'delivered', delivered_at = shipped_at, delivered_on = '2026-11-23', "
         "kept = (1 = 1), receiver_name = 'Zé'", "delivery.not_billed"),
        ("pick", "UPDATE sales_order SET state = 'cancelled'", "delivery.shipment_stands"),
        ("ship", "UPDATE sales_order_line SET quantity = quantity + 1", "delivery.shipment_stands"),
        ("ship", "UPDATE sales_order SET invoice_policy = 'confirmed'", "sales.policy_changed"),
    ],
)  # fmt: skip
def test_what_the_database_refuses(shop: Shop, until: str, sql: str, code: str) -> None:
    shipped_first(shop, until)
    assert refused_by_database(shop.office, sql) == code


def test_the_database_wants_the_invoice_first_where_the_order_says_so(shop: Shop) -> None:
    shop.order("confirm", [(shop.products[0], "1")])
    sql = (
        "INSERT INTO shipment (id, version, order_id, branch_id, state, picked_at, second_check, packed_at, "
        "tracking_code, receiver_name, receiver_document, return_reason) "
        "SELECT id, 1, id, branch_id, 'packed', ordered_at, (1 = 0), "
        "ordered_at, '', '', '', '' FROM sales_order"
    )
    assert refused_by_database(shop.office, sql) == "delivery.not_billed"
