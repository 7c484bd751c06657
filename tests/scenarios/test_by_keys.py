"""One order from the first key to its receipt, by the keyboard and a scanner alone, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.front import STATION
from retaguarda.shell import theme
from retaguarda.shell.palette import Palette
from retaguarda.shell.widgets.search import SearchBox
from tests.helpers import company, counter
from tests.helpers.counter import Ware
from tests.helpers.keyboard import Keyboard

ENTER, F10 = Qt.Key.Key_Return, Qt.Key.Key_F10
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wares(sqlite_template: Path, tmp_path: Path) -> tuple[str, list[Ware]]:
    """The furnished counter with a bank and the drawer of this station."""
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")
    office = company.open_as(url)
    found = counter.furnish(office)
    office.do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="500.00")
    office.do("accounting.add_money_account", name="Gaveta", kind="till", station=STATION)
    office.close()
    return url, found


@pytest.fixture
def at(wares: tuple[str, list[Ware]], tmp_path: Path, qapp: QApplication) -> Iterator[Keyboard]:
    theme.apply(qapp, theme.LIGHT)
    made = Keyboard(wares[0], tmp_path / "station")
    yield made
    made.end()


def go(at: Keyboard, words: str, screen: str) -> None:
    """To a place by the palette."""
    at.turn(lambda: not at.state.busy)
    at.key(Qt.Key.Key_K, CTRL)
    at.turn(lambda: any(palette.isVisible() for palette in at.desk.findChildren(Palette)))
    at.type_in(words, 0)
    at.key(ENTER)
    at.turn(lambda: at.state.screen.name == screen)
    at.turn(lambda: at.state.rows or screen == "billing.till_list")


def scan(at: Keyboard, *codes: str) -> None:
    """A scanner's keys and its Enter."""
    for code in codes:
        at.type_in(code, 0)
        at.key(ENTER)
        at.turn()


def fill(at: Keyboard, opens: Qt.Key, form: str, *keys: str | Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key opens a form of the chosen row, the keys fill it, F10 sends it."""
    screen = at.state.screen.name
    at.key(opens, modifier)
    at.turn(lambda: at.state.screen.name == form and not at.state.busy)
    at.turn()
    for one in keys:
        if isinstance(one, str):
            at.type_in(one)
            at.turn(lambda: at.state.suggestions or not isinstance(at.focus, SearchBox))
        else:
            at.key(one)
    at.key(F10)
    at.turn(lambda: at.state.screen.name == screen)
    at.turn()


def test_from_the_first_key_to_the_receipt(at: Keyboard, wares: tuple[str, list[Ware]], tmp_path: Path) -> None:
    goods = wares[1]
    QTest.keyClick(at.focus, Qt.Key.Key_N, CTRL)
    at.turn(lambda: at.state.screen.name == "sales.order_entry")
    at.type_in("padaria")
    at.turn(lambda: at.state.suggestions)
    at.key(ENTER)
    at.turn(lambda: at.state.card is not None)
    scan(at, goods[0].gtin, f"3*{goods[1].code}")
    at.turn(lambda: len(at.state.values().lines) == 2)
    at.key(F10)
    at.turn(lambda: at.state.screen.name == "sales.order_page" and at.state.record is not None)
    at.key(F10)
    at.turn(lambda: at.state.record.invoiced_at is not None)

    go(at, "a separar", "delivery.to_pick")
    at.key(F10)
    at.turn(lambda: at.state.screen.name == "delivery.pick_station" and at.state.stage is not None)
    scan(at, at.state.stage.where.value, goods[0].gtin, f"3*{goods[1].gtin}")
    at.turn(lambda: at.state.screen.name != "delivery.pick_station")

    go(at, "a expedir", "delivery.to_ship")
    fill(at, F10, "delivery.ship_form")
    go(at, "a caminho", "delivery.to_deliver")
    fill(at, F10, "delivery.deliver_form", "Dona Lourdes")

    go(at, "caixas", "billing.till_list")
    fill(at, Qt.Key.Key_N, "billing.open_till_form", "50", ENTER, "banco", ENTER, modifier=CTRL)
    go(at, "contas a receber", "billing.receivable_list")
    fill(at, F10, "billing.receive_form")

    office = company.open_as(wares[0])
    (order,) = office.show("sales.orders").rows
    (shipment,) = office.show("delivery.shipments").rows
    (owed,) = office.show("billing.receivables").rows
    found = office.check()
    office.close()
    assert (order.state, order.total_amount) == ("closed", Decimal("9.00"))
    assert (shipment.state, shipment.receiver_name, shipment.kept) == ("delivered", "Dona Lourdes", True)
    assert (owed.state, owed.open_amount) == ("settled", 0)
    assert found == []
    at.turn(lambda: len(list((tmp_path / "station" / "papers").glob("*.pdf"))) == 2)
