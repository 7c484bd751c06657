"""The order entry without a window: scans, lines, answers, judgement, confirming, drafts."""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import Decimal

import pytest

from tests.helpers.desk import Desk
from tests.helpers.toy import ProductRow
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store


@pytest.fixture
def store() -> Store:
    return toy_store()


@pytest.fixture
def desk(store) -> Desk:
    desk = Desk(ToyDoor(store), toy_book())
    desk.open("toy.order_entry")
    return desk


def _products(store: Store) -> list[ProductRow]:
    return list(store.products.values())


def test_an_order_from_customer_to_confirmation(desk, store):
    first, second = _products(store)[:2]
    desk.set(customer_id="são jorge")
    assert desk.entry.card.free_limit == Decimal("9480.00")
    desk.scan(first.gtin, f"3*{second.gtin}", first.gtin)
    lines = desk.entry.values().lines
    assert [(line.values["product_id"], line.values["quantity"]) for line in lines] == [
        (first.id, Decimal(2)),
        (second.id, Decimal(3)),
    ]
    assert lines[1].derived["total"] == Decimal("7.50")
    assert lines[1].info["unit"] == "each"
    promise, totals = desk.entry.summaries()
    assert totals.facts[-1].value == Decimal("10.50")
    assert promise.pill.level == "ok"
    desk.press("confirm")
    assert [o.state for o in store.orders.values()] == ["confirmed"]
    assert desk.page.row.state == "confirmed"


def test_a_short_line_is_judged_over_all_lines_of_its_product(desk, store):
    product = _products(store)[0]
    desk.scan(f"40*{product.gtin}")
    assert [note.level for note in desk.entry.values().notes] == ["ok"]
    desk.call(lambda: desk.entry.choose_line(1, product))
    desk.set_line(2, quantity="20")
    assert [note.level for note in desk.entry.values().notes] == ["bad", "bad"]
    assert desk.entry.values().notes[0].text.params == {"missing": Decimal(10)}


def test_confirming_short_keeps_the_saved_order_and_shows_remedies(desk, store):
    product = _products(store)[0]
    desk.set(customer_id="padaria")
    desk.scan(f"60*{product.gtin}")
    desk.press("confirm")
    desk.expect_banner("toy.confirm_order.no_stock")
    banner = desk.state.banner
    assert banner.remedies[0].command == "toy.cancel_order"
    assert [o.state for o in store.orders.values()] == ["quotation"]
    desk.set_line(1, quantity="10")
    desk.press("confirm")
    assert [o.state for o in store.orders.values()] == ["confirmed"]
    assert len(store.orders) == 1


def test_two_hundred_scans_lose_nothing_and_name_the_unknown(desk, store):
    dice = random.Random(20)
    codes = [dice.choice(_products(store)).gtin for _ in range(200)]
    wrong = ["7899999999990", "7899999999991", "7899999999992", "7899999999993", "7899999999994"]
    mixed = codes + wrong
    dice.shuffle(mixed)
    desk.scan(*mixed)
    by_id = {p.id: p.gtin for p in _products(store)}
    totals = {by_id[x.values["product_id"]]: x.values["quantity"] for x in desk.entry.values().lines}
    assert totals == {gtin: Decimal(n) for gtin, n in Counter(codes).items()}
    assert sorted(desk.entry.scanning.unknown) == wrong
    desk.expect_banner("shell.scan_unknowns")


def test_a_name_with_several_items_offers_a_choice(desk, store):
    desk.scan("2*produto 1")
    assert len(desk.entry.scanning.choices) == 10
    assert desk.entry.values().lines == []
    desk.call(lambda: desk.entry.scanning.choose(4))
    line = desk.entry.values().lines[0]
    assert (line.info["name"], line.values["quantity"]) == ("Produto 14", Decimal(2))


def test_the_last_scan_is_undone(desk, store):
    first, second = _products(store)[:2]
    desk.scan(first.gtin, f"4*{second.gtin}", second.gtin)
    desk.press("undo_scan")
    assert [x.values["quantity"] for x in desk.entry.values().lines] == [Decimal(1), Decimal(4)]
    assert desk.entry.scanning.last is None
    desk.scan("7890000000034")
    desk.press("undo_scan")
    assert len(desk.entry.values().lines) == 2


def test_lines_are_repeated_and_removed(desk, store):
    desk.scan(f"5*{_products(store)[3].gtin}")
    desk.entry.cursor = 1
    desk.press("repeat_above")
    assert [x.values["quantity"] for x in desk.entry.values().lines] == [Decimal(5), Decimal(5)]
    assert len(desk.entry.grid) == 3
    desk.press("remove_line")
    assert len(desk.entry.values().lines) == 1


def test_a_wrong_cell_is_named_and_nothing_is_sent(desk, store):
    desk.set(customer_id="padaria")
    desk.scan(_products(store)[0].gtin)
    desk.set_line(1, quantity="-1")
    desk.press("save")
    assert store.sent == []
    assert desk.entry.grid[0]["quantity"].shown_fault.code == "kernel.not_above"
    desk.expect_banner("shell.faults")


def test_an_entry_without_customer_or_lines_says_both(desk, store):
    desk.press("save")
    assert desk.form.focus == "customer_id"
    desk.expect_fault("customer_id", "kernel.required")
    assert desk.entry.grid.fault.code == "kernel.too_few"


def test_consent_is_asked_and_given(desk, store):
    desk.set(customer_id="padaria")
    desk.scan(_products(store)[0].gtin)
    desk.set_line(1, unit_price="200.000")
    desk.press("save")
    assert desk.state.question.text.code == "toy.add_order.large"
    desk.answer("back")
    assert store.orders == {}
    desk.press("save")
    desk.answer("accept")
    assert len(store.orders) == 1


def test_a_draft_with_its_lines_comes_back(desk, store):
    desk.set(customer_id="padaria", due_on="+5", note="Entregar cedo")
    desk.scan(f"7*{_products(store)[2].gtin}")
    desk.set_line(1, discount="12,5")
    desk.call(lambda: desk.entry.type_line(0, "unit_price", "abc"))
    kept = json.loads(json.dumps(desk.entry.snapshot()))
    again = Desk(ToyDoor(store), toy_book())
    again.open("toy.order_entry")
    again.call(lambda: again.entry.restore(kept))
    line = again.entry.values().lines[0]
    assert (line.values["quantity"], line.values["discount"]) == (Decimal(7), Decimal("0.125"))
    assert again.entry.grid[0]["unit_price"].raw == "abc"
    assert line.info["name"] == "Produto 02"
    assert line.answer.free == Decimal(52)
    assert again.entry.card.name == "Padaria Três Irmãos"
    assert again.entry.fields["note"].raw == "Entregar cedo"
    assert again.entry.dirty


def test_an_order_is_loaded_and_revised(desk, store):
    desk.set(customer_id="padaria")
    desk.scan(f"2*{_products(store)[0].gtin}")
    desk.press("save")
    key = desk.entry.key
    again = Desk(ToyDoor(store), toy_book())
    again.open("toy.order_entry", key)
    assert not again.entry.dirty
    assert again.entry.values().lines[0].info["code"] == "1000"
    again.set_line(1, quantity="6")
    again.press("save")
    assert store.orders[key].lines[0].quantity == Decimal(6)
    assert store.orders[key].version == 2


def test_scans_wait_while_the_store_is_away(desk, store):
    store.down = True
    desk.scan(_products(store)[0].gtin, _products(store)[1].gtin)
    desk.expect_banner("kernel.offline")
    assert desk.entry.scanning.waiting == 2
    store.down = False
    desk.call(desk.state.banner.again)
    assert len(desk.entry.values().lines) == 2


def test_a_line_costs_the_same_at_200_lines(desk, store):
    """Counted, not timed: adding a line asks for one item and derives one line."""
    for n in range(200):
        store.add_product(f"Mais {n}", f"{9990000000000 + n}", "1", 5)
    desk.scan(*[f"{9990000000000 + n}" for n in range(199)])
    desk.entry.values()
    before = len(store.shown)
    seen = [row._seen for row in desk.entry.grid.filled]
    desk.scan(f"{9990000000000 + 199}")
    desk.entry.values()
    assert [query for query, _ in store.shown[before:]] == ["toy.products", "toy.stock"]
    assert len(store.shown[-1][1]["product_id"]) == 1
    after = [row._seen for row in desk.entry.grid.filled]
    assert sum(a is b for a, b in zip(seen, after, strict=False)) == 199


def test_a_saved_entry_is_clean_though_its_confirmation_was_refused(desk, store):
    desk.set(customer_id="padaria")
    desk.scan(f"60*{_products(store)[0].gtin}")
    desk.press("confirm")
    desk.expect_banner("toy.confirm_order.no_stock")
    assert not desk.entry.dirty
