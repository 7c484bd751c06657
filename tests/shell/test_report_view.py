"""A report drawn: parameters, chart with its words, totals, states, files, all by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from retaguarda.app.compose import book
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen import Person
from retaguarda.modules.sales.queries.sold import SoldInPeriodRow
from retaguarda.shell.report_view import ReportView
from tests.helpers.window import DrawnDesk

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class _Door:
    """Answers every query with the same weeks; refuses where told so."""

    def __init__(self) -> None:
        self.person = Person(id="1", name="Ana", permissions=frozenset({"*"}))
        self.rows: tuple[Any, ...] = tuple(
            SoldInPeriodRow(f"{n}", day := dt.date(2026, 11, 1 + 7 * n), day, day, n + 1, worth, Decimal(0), worth)
            for n, worth in enumerate((Decimal(100), Decimal(200), Decimal(300)))
        )
        self.refuses = False
        self.asked: list[dict[str, Any]] = []

    def today(self) -> dt.date:
        return NOW.date()

    def now(self) -> dt.datetime:
        return NOW

    def show(self, query: str, where: Any = None, sort: Any = None, *_paging: Any, **_more: Any) -> Page:
        if self.refuses:
            raise Forbidden("sales.read")
        if query != "sales.sold_by_period":
            return Page(rows=(), at=NOW, count=0)
        self.asked.append(dict(where))
        return Page(rows=self.rows, at=NOW, count=len(self.rows))


@pytest.fixture
def door() -> _Door:
    return _Door()


@pytest.fixture
def desk(door, qtbot, light) -> Iterator[DrawnDesk]:
    desk = DrawnDesk(door, book())
    desk.open("sales.sales_report")
    desk.draw(ReportView(desk.state, desk.words))
    for topic in ("rows", "status", "offers"):
        desk.view.topic(topic)
    desk.turn()
    yield desk
    desk.view.close()
    desk.view.deleteLater()


def test_chart_and_table_say_the_same_and_the_totals_stand_below(desk):
    view = desk.view
    assert view.chart.accessibleName()
    assert view.chart.accessibleDescription() == "01/11/2026: 100,00; 08/11/2026: 200,00; 15/11/2026: 300,00"
    assert view.table.rows.rowCount() == 3
    total = [view.totals.rows.index(0, at).data() for at in range(5)]
    assert total == ["Total", "6", "600,00", "0,00", "600,00"]


def test_a_parameter_typed_asks_again_with_it(desk, door):
    field = desk.view.fields["since"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1/10/2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.turn()
    assert door.asked[-1] == {"since": dt.date(2026, 10, 1), "until": NOW.date(), "grain": "week"}


def test_a_period_chosen_by_keys_sets_both_days_and_is_what_is_saved(desk, door):
    """Last month is the fifth choice: its days stand beside it, and the dialog that saves is told its name."""
    told: list[Any] = []
    span = desk.view.fields.span
    span.setFocus()
    for _ in range(4):
        QTest.keyClick(span, Qt.Key.Key_Down)
    desk.turn()
    assert span.currentText() == "Mês passado"
    assert [desk.view.fields[key].text() for key in ("since", "until")] == ["01/10/2026", "31/10/2026"]
    assert door.asked[-1] == {"since": dt.date(2026, 10, 1), "until": dt.date(2026, 10, 31), "grain": "week"}
    desk.seat.tell = told.append
    QTest.keyClick(desk.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    (go,) = told
    asked = {one["key"]: one["value"] for one in go.given["asked"]}
    assert (go.screen, go.given["report"], go.given["cut"]) == ("reports.save_form", "sales.sales_report", "period")
    assert asked == {"since": "last_month", "until": "last_month", "grain": "week", "branch_id": ""}
    desk.seat.tell = lambda _sign: None
    field = desk.view.fields["since"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "15/10/2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.turn()
    assert span.currentText() == "Datas escolhidas"


def test_enter_leads_to_the_rows(desk):
    told: list[Any] = []
    desk.seat.tell = told.append
    desk.view.table.setFocus()
    QTest.keyClick(desk.view.table, Qt.Key.Key_Down)
    QTest.keyClick(desk.view.table, Qt.Key.Key_Return)
    (go,) = told
    day = dt.date(2026, 11, 8)
    assert (go.screen, go.given) == ("sales.sold_list", {"counted_on >=": day, "counted_on <=": day})


def test_reading_can_be_given_up_and_begun_again(desk):
    desk.state.refresh()
    desk.state.found = replace_rows(desk)
    desk.state.stop()
    desk.turn()
    assert desk.state.status == "stopped"
    (again,) = [b for b in desk.view.findChildren(QPushButton) if b.text() == desk.words.say("shell.try_again")]
    again.click()
    desk.turn()
    assert desk.state.status == "ready"
    assert desk.view.table.rows.rowCount() == 3


def replace_rows(desk: DrawnDesk) -> Any:
    """What was read before, without its rows."""
    return replace(desk.state.found, rows=())


def test_nothing_and_refused_have_their_own_words(desk, door):
    door.rows = ()
    desk.state.refresh()
    desk.turn()
    assert desk.state.status == "empty"
    assert not desk.view.chart.isVisible()
    door.refuses = True
    desk.state.refresh()
    desk.turn()
    assert desk.state.status == "failed"
    desk.expect_banner("kernel.forbidden")


def test_what_is_shown_goes_into_a_file(desk, tmp_path, monkeypatch):
    path = tmp_path / "vendas.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    menu = desk.view.tools.make_menu()
    menu.actions()[1].trigger()
    desk.turn()
    assert _lines(path) == [
        "A partir de;Faturas;Vendas;Creditado;Líquido", "01/11/2026;1;100,00;0,00;100,00",
        "08/11/2026;2;200,00;0,00;200,00", "15/11/2026;3;300,00;0,00;300,00", "Total;6;600,00;0,00;600,00",
    ]  # fmt: skip
    assert desk.toasts[-1].text.code == "shell.export.done"
    assert not desk.view.tools.line.isVisible()
    menu.deleteLater()


def test_a_closed_report_leaves_no_file_behind(desk, tmp_path):
    state = desk.state
    state.export("csv", tmp_path / "vendas.csv")
    assert state.written == (0, 0)
    assert state.close()
    assert state.written is None
    desk.screens.append(state)
    desk.turn()
    assert not desk.toasts


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()
