"""An order from the first key to confirmed, its lines answered by the stock: by Desk, and by real keys in a window."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.compose import book
from retaguarda.shell import theme
from tests.helpers import company, counter
from tests.helpers.counter import Ware
from tests.helpers.desk import Desk
from tests.helpers.keyboard import Keyboard

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
UNKNOWN = ["7899999999990", "7899999999983", "7899999999976", "7899999999969", "7899999999952"]


@pytest.fixture
def shop(sqlite_template: Path, tmp_path: Path) -> tuple[str, list[Ware]]:
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")
    office = company.open_as(url)
    wares = counter.furnish(office)
    office.close()
    return url, wares


def _burst(wares: list[Ware]) -> tuple[list[str], dict[str, Decimal]]:
    """200 codes of the 20 products in random order with five unknown ones between, and what they add up to."""
    dice = random.Random(2026)
    codes = [dice.choice(wares).gtin for _ in range(200)]
    mixed = codes + UNKNOWN
    dice.shuffle(mixed)
    by_gtin = {w.gtin: w.id for w in wares}
    return mixed, {by_gtin[gtin]: Decimal(n) for gtin, n in Counter(codes).items()}


# ---- by Desk ----
@pytest.fixture
def desk(shop: tuple[str, list[Ware]]) -> Iterator[Desk]:
    office = company.open_as(shop[0])
    yield Desk(office, book())
    office.close()


def test_by_desk(desk: Desk, shop: tuple[str, list[Ware]]) -> None:
    wares = shop[1]
    desk.open("sales.order_list")
    desk.press("new")
    desk.set(customer_id="padaria")
    desk.scan(wares[0].gtin, f"3*{wares[1].gtin}", wares[2].code, wares[0].gtin)
    desk.set_line(2, discount_rate="5")
    assert [note.level for note in desk.entry.values().notes if note is not None] == ["ok"] * 3
    assert all(line.answer.free == counter.STOCK for line in desk.entry.values().lines)
    desk.press("confirm")
    assert desk.page.record.state == "confirmed"
    (row,) = desk.door.show("sales.orders", {"customer_name": "Padaria Três Irmãos"}).rows
    assert row.total_amount == Decimal("13.62")


def test_a_short_line_by_desk_is_named_and_the_order_kept(desk: Desk, shop: tuple[str, list[Ware]]) -> None:
    ware = shop[1][4]
    desk.open("sales.order_entry")
    desk.set(customer_id="escola")
    desk.scan(f"300*{ware.gtin}")
    desk.call(
        lambda: desk.entry.choose_line(1, desk.door.show("catalog.products_to_sell", {"code": ware.gtin}).rows[0])
    )
    desk.set_line(2, quantity="300")
    assert [note.level for note in desk.entry.values().notes if note is not None] == ["bad", "bad"]
    desk.press("confirm")
    desk.expect_banner("sales.confirm_order.no_stock")
    assert desk.state.banner.failure_id is not None
    desk.set_line(2, quantity="200")
    desk.press("confirm")
    assert desk.page.record.state == "confirmed"


def test_a_burst_by_desk(desk: Desk, shop: tuple[str, list[Ware]]) -> None:
    codes, totals = _burst(shop[1])
    desk.open("sales.order_entry")
    desk.scan(*codes)
    seen = {line.values["product_id"]: line.values["quantity"] for line in desk.entry.values().lines}
    assert seen == totals
    assert sorted(desk.entry.scanning.unknown) == sorted(UNKNOWN)


# ---- by real keys ----
@pytest.fixture
def screen(shop: tuple[str, list[Ware]], tmp_path: Path, qapp: QApplication) -> Iterator[Keyboard]:
    theme.apply(qapp, theme.LIGHT)
    made = Keyboard(shop[0], tmp_path / "station")
    yield made
    made.end()


def test_by_keys_alone(screen: Keyboard, shop: tuple[str, list[Ware]]) -> None:
    wares = shop[1]
    QTest.keyClick(screen.focus, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.turn(lambda: screen.state.screen.name == "sales.order_entry")
    screen.type_in("padaria")
    screen.turn(lambda: screen.state.suggestions)
    screen.key(ENTER)
    screen.turn(lambda: screen.state.card is not None)
    screen.type_in(wares[0].gtin, 0)
    screen.key(ENTER)
    screen.turn(lambda: len(screen.state.values().lines) == 1)
    screen.type_in(f"3*{wares[1].code}", 0)
    screen.key(ENTER)
    screen.turn(lambda: len(screen.state.values().lines) == 2)
    screen.turn(lambda: all(line.answer is not None for line in screen.state.values().lines))
    screen.key(Qt.Key.Key_F10)
    screen.turn(lambda: screen.state.screen.name == "sales.order_page")
    screen.turn(lambda: screen.state.record is not None)
    assert screen.state.record.state == "confirmed"
    assert screen.state.record.customer_name == "Padaria Três Irmãos"


def test_a_burst_from_any_focus(screen: Keyboard, shop: tuple[str, list[Ware]]) -> None:
    codes, totals = _burst(shop[1])
    QTest.keyClick(screen.focus, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.turn(lambda: screen.state.screen.name == "sales.order_entry")
    note = screen.front.view.findChild(object, "payment_terms")
    note.setFocus()
    screen.type_in("30/60 ")
    for at, code in enumerate(codes):
        for char in code:
            QTest.keyClicks(note, char)
        QTest.keyClick(note, ENTER)
        if at % 5 == 0:
            QTest.qWait(5)
    screen.turn(lambda: not screen.state.scanning.waiting)
    screen.type_in("dias")
    QTest.qWait(60)
    seen = {line.values["product_id"]: line.values["quantity"] for line in screen.state.values().lines}
    assert seen == totals
    assert sorted(screen.state.scanning.unknown) == sorted(UNKNOWN)
    assert note.text() == "30/60 dias"
    others = [field.raw for field in screen.state.fields if field.name not in ("payment_terms", "handover", "channel")]
    assert not any(digit in raw for raw in others for digit in UNKNOWN)
