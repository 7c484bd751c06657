"""What was done by a press can be taken back for ten seconds: the toast says so, Ctrl+Z does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.compose import book, registry
from retaguarda.kernel.command import fields_of
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.state import Go
from retaguarda.shell import theme
from retaguarda.shell.widgets.buttons import LinkButton
from retaguarda.shell.widgets.toast import SECONDS
from tests.helpers import company, counter
from tests.helpers.keyboard import Keyboard

ASKS_MORE = {
    "billing.record_opening_receivable",
    "purchasing.record_opening_payable",
    # The inverse wants a reason, or facts that only the record has: the person opens its dialog.
    "inventory.release_hold",
    "inventory.withdraw_negative",
    "process.send_handoff",
    "purchasing.create_order",
    "purchasing.pay_payables",
    "purchasing.place_order",
    "purchasing.request_goods",
    "purchasing.send_order",
    "sales.confirm_order",
    "sales.create_order",
    "sales.create_quotation",
    "sales.place_order",
    "sales.resume_order",
}
MADE = "01a2009b65db70008018b64842b2bf48"


@pytest.mark.parametrize("name", sorted(book().undos))
def test_a_command_with_an_inverse_offers_it(name: str) -> None:
    sent = {spec.name: "sent" for spec in fields_of(book().commands[name])}
    offered = book().way_back(name, sent, Outcome("c", {"id": MADE, "version": 2}))
    if name in ASKS_MORE:
        assert offered is None
        return
    assert offered is not None
    command, payload = offered
    assert command == registry().commands[name].undo
    assert set(payload.values()) <= {"sent", MADE, 2}
    assert payload.get("version", 2) == 2


@pytest.fixture
def shop(sqlite_template: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Keyboard]:
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")
    office = company.open_as(url)
    counter.furnish(office)
    office.close()
    theme.apply(qapp, theme.LIGHT)
    made = Keyboard(url, tmp_path / "station")
    yield made
    made.end()


def _party(shop: Keyboard, name: str = "Escola") -> Any:
    return shop.window.front.door.show("party.parties", {"search": name}).rows[0]  # type: ignore[union-attr]


def _archive(shop: Keyboard) -> None:
    """Puts the chosen customer away, answering what is asked."""
    shop.desk.tell(Go("party.customer_list"))
    shop.turn(lambda: shop.state.screen.name == "party.customer_list" and len(shop.state.rows) == 2)
    shop.state.choose(next(at for at, row in enumerate(shop.state.rows) if row.name.startswith("Escola")))
    shop.turn()
    shop.state.press("archive")
    if shop.state.question is not None:
        shop.state.answer("go")
    shop.turn(lambda: _party(shop).archived and shop.desk.toast.isVisible())


def _offer(shop: Keyboard) -> Any:
    """The link of the toast that takes the deed back."""
    return next(one for one in shop.desk.toast.findChildren(LinkButton) if one.text() == "Desfazer")


def test_ctrl_z_takes_a_deed_back(shop: Keyboard) -> None:
    _archive(shop)
    assert _offer(shop).isVisible()
    QTest.keyClick(shop.focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shop.turn(lambda: not _party(shop).archived)
    shop.turn(lambda: len(shop.state.rows) == 2)
    assert "Desfazer" not in [one.text() for one in shop.desk.toast.findChildren(LinkButton) if one.isVisible()]


def test_the_link_takes_it_back_too(shop: Keyboard) -> None:
    _archive(shop)
    QTest.mouseClick(_offer(shop), Qt.MouseButton.LeftButton)
    shop.turn(lambda: not _party(shop).archived)


def test_after_its_seconds_ctrl_z_does_nothing(shop: Keyboard) -> None:
    _archive(shop)
    for _ in range(SECONDS):
        shop.desk.toast._second()
    assert not shop.desk.toast.isVisible()
    QTest.keyClick(shop.focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shop.turn()
    assert _party(shop).archived


def test_a_record_just_made_is_put_away_again(shop: Keyboard) -> None:
    form = shop.desk.screens.open(Go("party.customer_form"))
    shop.turn()
    shop.type_in("Mercado Central", 0)
    shop.key(Qt.Key.Key_F10)
    shop.turn(lambda: form.state.closed and shop.desk.toast.isVisible())
    QTest.keyClick(shop.focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shop.turn(lambda: _party(shop, "Mercado").archived)
