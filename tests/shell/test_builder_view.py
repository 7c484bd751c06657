"""The report builder drawn: everything is chosen, led into and left by keys, and the result follows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retaguarda.app.compose import book
from retaguarda.kernel.page import By, Group, Groups, Page
from retaguarda.kernel.screen import Person
from retaguarda.kernel.screen.built import AVERAGE, SUM, Total
from retaguarda.shell.builder_view import BuilderView
from retaguarda.shell.widgets.choices import Combo
from tests.helpers.window import DrawnDesk

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class _Door:
    """A person of the sales alone, with two customers of one order each; remembers what it is asked."""

    def __init__(self) -> None:
        self.person = Person(id="1", name="Ana", permissions=frozenset({"sales.read", "reports.build_report"}))
        self.asked: list[tuple[Any, ...]] = []

    def today(self) -> dt.date:
        return NOW.date()

    def now(self) -> dt.datetime:
        return NOW

    def show(self, query: str, where: Any = None, sort: Any = None, *_paging: Any, **_more: Any) -> Page:
        self.asked.append((query, dict(where)))
        row = SimpleNamespace(id="1", customer_name="Estrela", number=7, total_amount=Decimal(70))
        return Page(rows=(row,), at=NOW, count=1)

    def groups(self, query: str, where: Any, by: Sequence[By], sums: Sequence[str], *_more: Any) -> Groups:
        self.asked.append((query, dict(where), tuple(by), tuple(sums)))
        filled = tuple(1 for _ in sums)
        pairs = [tuple(dt.date(2026, 1, 1) if one.grain else name for one in by) for name in ("Estrela", "Sul")]
        rows = [Group(values, 1, tuple(Decimal(70) for _ in sums), filled) for values in pairs]
        whole = Group((), 2, tuple(Decimal(140) for _ in sums), tuple(2 for _ in sums))
        return Groups(rows if by else [], whole)


@pytest.fixture
def desk(qtbot, light) -> Iterator[DrawnDesk]:
    door: Any = _Door()
    desk = DrawnDesk(door, book())
    desk.open("reports.builder")
    desk.draw(BuilderView(desk.state, desk.words))
    desk.state.choose_source("sales.order_list")
    desk.view.topic("source")
    desk.turn()
    yield desk
    desk.view.close()
    desk.view.deleteLater()


def _pick(desk: DrawnDesk, combo: Combo, value: object) -> None:
    """Chooses an entry as the arrow keys do."""
    combo.setFocus()
    while combo.value() != value:
        QTest.keyClick(combo, Qt.Key.Key_Down)
        desk.turn()


def test_it_is_built_led_into_and_left_by_keys(desk):
    view, rail, state = desk.view, desk.view.rail, desk.state
    sources = [name for name, _words in state.offered]
    assert "sales.order_list" in sources
    assert "party.customer_list" not in sources, "what a person may not read is not offered"
    assert rail.totals[Total(AVERAGE, "total_amount")].isEnabled() is False
    _pick(desk, rail.by[0], "customer_name")
    box = rail.totals[Total(SUM, "total_amount")]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    _pick(desk, rail.chart, "bars")
    assert state.built.totals == (Total("count"), Total(SUM, "total_amount"))
    assert [view.table.rows.index(0, at).data() for at in range(3)] == ["Estrela", "1", "70,00"]
    assert [view.totals.rows.index(0, at).data() for at in range(3)] == ["Total", "2", "140,00"]
    assert view.chart.accessibleDescription() == "Estrela: 1; Sul: 1"
    assert not rail.grains[0].isVisibleTo(view)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    desk.turn()
    assert desk.door.asked[-2] == ("sales.orders", {"customer_name   =": "Estrela"})
    assert view.focusWidget() is view.table, "the keyboard goes on in the rows"
    QTest.keyClick(view.table, Qt.Key.Key_Escape)
    desk.turn()
    assert state.inside is None
    assert view.focusWidget() is view.table
    view.press("save")
    desk.turn()
    assert desk.state.screen.name == "reports.build_form"


def test_a_span_of_days_stands_beside_its_column_and_two_groups_move_up(desk):
    rail, state = desk.view.rail, desk.state
    _pick(desk, rail.by[0], "promised_on")
    assert rail.grains[0].isVisibleTo(desk.view)
    _pick(desk, rail.grains[0], "year")
    _pick(desk, rail.by[1], "customer_name")
    assert state.built.by == (By("promised_on", "year"), By("customer_name"))
    rail.by[0].setFocus()
    QTest.keyClick(rail.by[0], Qt.Key.Key_Home)
    desk.turn()
    assert state.built.by == (By("customer_name"),)
    assert rail.by[0].value() == "customer_name"
    assert not rail.grains[0].isVisibleTo(desk.view)
