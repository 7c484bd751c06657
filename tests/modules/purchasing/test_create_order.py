"""A drafted order has the supplier's prices, codes and usual day; nothing is expected of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_prices_codes_and_days_come_from_the_supplier(buying: Buying) -> None:
    with acting(buying.office, "commercial"):
        outcome = buying.office.do(
            "purchasing.create_order",
            supplier_id=buying.supplier,
            lines=[{"product_id": buying.paper, "quantity": "10"}, {"product_id": buying.pen, "quantity": "12"}],
            payment_terms="30/60",
        )
    (row,) = outcome.rows
    assert (row.number, row.state, row.standing, row.total_amount) == (1, "draft", "draft", Decimal(218))
    assert (row.supplier_name, row.buyer_name, row.expected_on) == (
        "Papelaria Central",
        "Pessoa commercial",
        dt.date(2026, 11, 26),
    )
    assert row.allowed == (
        "purchasing.revise_order",
        "purchasing.send_order",
        "purchasing.cancel_order",
    )
    assert [(x.supplier_code, x.unit_price, x.net_amount, x.expected_on.day, x.open) for x in buying.lines(row.id)] == [
        ("PC-77", 20, 200, 26, 0),
        ("", Decimal("1.5"), 18, 25, 0),
    ]
    assert buying.expected(row.id) == []
    assert outcome.warnings == ()
    buying.clean()


def test_what_is_typed_counts_and_broken_packs_are_pointed_out(buying: Buying) -> None:
    lines = [
        {"product_id": buying.paper, "quantity": "7", "unit_price": "18.3333"},
        {"product_id": buying.pen, "quantity": "3"},
        {"product_id": buying.ink, "quantity": "1", "unit_price": "50", "expected_on": "2026-12-24"},
    ]
    outcome = buying.office.do(
        "purchasing.create_order", supplier_id=buying.supplier, lines=lines, expected_on="2026-12-01"
    )
    assert [w.code for w in outcome.warnings] == ["purchasing.not_whole_packs"] * 2
    assert [w.params["whole"] for w in outcome.warnings] == [10, 10]
    order = outcome.rows[0]
    assert (order.total_amount, order.expected_on) == (Decimal("128.33") + Decimal("4.5") + 50, dt.date(2026, 12, 1))
    assert [x.expected_on for x in buying.lines(order.id)] == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 24),
    ]


def test_everything_wrong_is_said_at_once(buying: Buying) -> None:
    service = buying.depot.product("S", "Frete", kind="service")
    lines = [
        {"product_id": service, "quantity": "1", "unit_price": "1"},
        {"product_id": buying.ink, "quantity": "1"},
        {"product_id": buying.paper, "quantity": "1.5"},
        {"product_id": new_id(), "quantity": "1"},
        {"product_id": buying.pen, "quantity": "10", "expected_on": "2026-11-01"},
        {"product_id": buying.pen, "quantity": "10"},
    ]
    with refused(buying.office, "purchasing.twice") as said:
        buying.office.do("purchasing.create_order", supplier_id=buying.supplier, lines=lines, expected_on="2026-11-20")
    assert [(f["field"], f["code"]) for f in said[0].params["faults"]] == [
        ("expected_on", "purchasing.day_passed"),
        ("lines.1.product_id", "purchasing.not_kept"),
        ("lines.2.unit_price", "purchasing.no_price"),
        ("lines.3.quantity", "catalog.whole_quantity"),
        ("lines.4.product_id", "purchasing.unknown_product"),
        ("lines.5.expected_on", "purchasing.day_passed"),
        ("lines.6.product_id", "purchasing.twice"),
    ]


def test_refusals(buying: Buying) -> None:
    with refused(buying.office, "kernel.missing"):
        buying.draft(supplier_id=new_id())
    with refused(buying.office, "kernel.too_few"):
        buying.office.do("purchasing.create_order", supplier_id=buying.supplier, lines=[])
    with refused(buying.office, "inventory.unknown_warehouse"):
        buying.draft(warehouse_id=new_id())
    with refused(buying.office, "kernel.too_large"):
        buying.office.do(
            "purchasing.create_order",
            supplier_id=buying.supplier,
            lines=[{"product_id": buying.paper, "quantity": "900000000", "unit_price": "900000"}],
        )
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.draft()
