"""Products added up by kind or unit, and the list kept to one of the groups, by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from retaguarda.shell.list_view import ListView
from tests.helpers.window import DrawnDesk


def test_a_list_is_added_up_and_kept_to_a_group(office: Office, qtbot: Any) -> None:
    for code, kind, price in (("A1", "stock", "10"), ("A2", "service", "5"), ("A3", "stock", None)):
        price_of = {"price": price} if price else {}
        office.do("catalog.add_product", name=f"Produto {code}", code=code, kind=kind, **price_of)
    desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True))
    state = desk.open("catalog.product_list")
    view = desk.draw(ListView(state, desk.words))
    key, both = QTest.keyClick, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    try:
        for topic in ("rows", "status"):
            view.topic(topic)
        desk.turn()
        view.table.setFocus()
        key(view, Qt.Key.Key_T, both)
        desk.turn()
        sheet = view.groups.sheet
        by = [sheet.by.itemData(at) for at in range(sheet.by.count())]
        assert by == ["name", "gtin", "kind", "unit_code", "price_since"]
        assert sheet.by.hasFocus()
        key(sheet.by, Qt.Key.Key_Down)
        key(sheet.by, Qt.Key.Key_Down)
        desk.turn()

        def shown() -> list[list[str]]:
            rows = sheet.table.rows
            return [[rows.index(at, place).data() for place in range(2)] for at in range(rows.rowCount())]

        assert shown() == [["Serviço", "1"], ["Produto", "2"], ["Total", "3"]]
        sheet.by.set_value("price_since")
        sheet.by.chosen.emit("price_since")
        desk.turn()
        assert [line[1] for line in shown()] == ["2", "1", "3"]
        assert shown()[1][0] == "—"
        sheet.table.setFocus()
        key(sheet.table, Qt.Key.Key_Down)
        key(sheet.table, Qt.Key.Key_Return)
        desk.turn()
        assert view.groups.sheet is None
        assert [row.code for row in state.rows] == ["A3"]
        assert state.said(state.conditions["price_since"]).endswith(": vazio")
        view.conditions.open_sheet()
        view.conditions.sheet.apply()
        desk.turn()
        assert [row.code for row in state.rows] == ["A3"]
        state.clear()
        state.group_by("name")
        desk.turn()
        state.keep_to(state.groups.rows[1])
        desk.turn()
        assert [row.code for row in state.rows] == ["A2"]
        view.conditions.open_sheet()
        assert view.conditions.sheet.fields["name"].first.text() == "Produto A2"
    finally:
        view.close()
        view.deleteLater()
