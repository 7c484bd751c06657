"""A confirmed order changes: stock follows the difference, promises are made again, a later day needs consent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_lines_change_and_the_stock_follows(shop: Shop) -> None:
    key = shop.order((0, "4"), (1, "2"))
    (row,) = shop.office.do("sales.amend_order", order_id=key, version=2, lines=shop.lines((0, "9"), (2, "1"))).rows
    assert (row.total_amount, row.state, row.version) == (Decimal(120), "confirmed", 3)
    assert [shop.stock(n).reserved for n in (0, 1, 2)] == [9, 0, 1]
    said = {(p.name, p.turn, p.quantity) for p in shop.promises(key)}
    assert said == {("Produto 1", 2, 9), ("Produto 2", 2, 0), ("Produto 3", 1, 1)}
    assert shop.office.check() == []


def test_a_line_that_stays_keeps_its_promise(shop: Shop) -> None:
    key = shop.order((0, "4"), (1, "2"))
    shop.do("amend_order", key, lines=shop.lines((0, "4"), (1, "3")))
    assert [(p.name, p.turn) for p in shop.promises(key)] == [("Produto 1", 1), ("Produto 2", 2)]


def test_an_earlier_day_needs_nothing_and_a_later_one_needs_consent(shop: Shop) -> None:
    key = shop.order(promised_on="2026-11-30")
    shop.do("amend_order", key, promised_on="2026-11-26")
    with refused(shop.office, "sales.amend_order.needs_consent") as caught:
        shop.do("amend_order", key, promised_on="2026-11-28", consent_by="Lúcia")
    assert (caught[0].field, caught[0].params["promised_on"]) == ("consent_by", dt.date(2026, 11, 26))
    consent = {"consent_by": "Lúcia", "consent_channel": "email", "consent_note": "Pode ser sábado"}
    shop.do("amend_order", key, promised_on="2026-11-28", **consent)
    rows = shop.office.show("sales.promises", {"order_id": key}, "turn").rows
    assert [(p.turn, p.promised_on.day, p.consent_by, p.consent_channel) for p in rows] == [
        (1, 30, None, None),
        (2, 26, None, None),
        (3, 28, "Lúcia", "email"),
    ]
    assert shop.row(key).promised_on == dt.date(2026, 11, 28)
    assert shop.office.check() == []


def test_a_broken_order_can_be_put_off_with_the_same_lines(shop: Shop) -> None:
    key = shop.order((0, "9"))
    place = shop.office.show("inventory.locations").rows[0]
    shop.office.do("inventory.count_stock", lines=[shop.line(0, "7", location_id=place.id)])
    consent = {"consent_by": "Lúcia", "consent_channel": "phone"}
    shop.do("amend_order", key, promised_on="2026-12-04", lines=shop.lines((0, "9")), **consent)
    assert shop.row(key).promised_on == dt.date(2026, 12, 4)
    assert shop.stock(0).reserved == 7


def test_what_is_short_is_refused_and_the_old_reservation_stands(shop: Shop) -> None:
    shop.order((0, "5"))
    key = shop.order((0, "4"))
    with refused(shop.office, "sales.amend_order.no_stock", also=frozenset({"failure"})) as caught:
        shop.do("amend_order", key, lines=shop.lines((0, "6")))
    assert [(x["needed"], x["free"]) for x in caught[0].params["lines"]] == [(6, 5)]
    assert shop.stock(0).reserved == 9
    shop.do("amend_order", key, lines=shop.lines((0, "5")))


def test_less_of_one_line_is_free_for_others_at_once_and_its_price_is_promised_anew(shop: Shop) -> None:
    key = shop.order((0, "10"))
    line = shop.office.show("sales.order_lines", {"order_id": key}).rows[0].id
    shop.do("amend_order", key, lines=[shop.line(0, "6", line_id=line, unit_price="9.50")])
    (promise,) = shop.promises(key)
    assert (promise.turn, promise.quantity, promise.unit_price, promise.net_amount) == (2, 6, Decimal("9.5"), 57)
    shop.order((0, "4"))
    assert (shop.stock(0).reserved, shop.stock(0).free) == (10, 0)
    assert shop.office.check() == []


def test_a_service_is_added_without_touching_what_is_reserved(shop: Shop) -> None:
    key = shop.order((0, "4"))
    shop.do("amend_order", key, lines=shop.lines((0, "4"), (3, "1")))
    assert shop.row(key).total_amount == 90
    assert [(p.name, p.turn) for p in shop.promises(key)] == [("Produto 1", 1), ("Montagem", 1)]
    assert shop.stock(0).reserved == 4


def test_what_is_refused(shop: Shop) -> None:
    office = shop.office
    quoted = shop.quote()
    with refused(office, "sales.amend_order.not_in_state"):
        shop.do("amend_order", quoted, promised_on="2026-11-26")
    key = shop.order()
    with refused(office, "sales.day_passed"):
        shop.do("amend_order", key, promised_on="2026-11-20")
    with refused(office, "sales.unknown_product"):
        shop.do("amend_order", key, lines=[{"product_id": "0" * 32, "quantity": "1"}])
    with refused(office, "sales.unknown_line"):
        shop.do("amend_order", key, lines=[shop.line(0, "1", line_id="0" * 32)])
    shop.do("invoice_order", key)
    with refused(office, "sales.amend_order.not_in_state"):
        shop.do("amend_order", key, promised_on="2026-11-26")
