"""Choosing several out of many: by keyboard alone, by mouse, and as a screen reader hears it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.layout import Flow, column
from retaguarda.shell.widgets.picker import Pick, Picker

pytestmark = pytest.mark.usefixtures("light")
PICKS = (
    Pick("sales.read", "Ver pedidos", "Vendas"),
    Pick("sales.confirm", "Confirmar pedido", "Vendas"),
    Pick("stock.read", "Ver estoque", "Estoque"),
    Pick("stock.count", "Contar estoque", "Estoque"),
)


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    page = QWidget()
    picker = Picker("Procurar", chosen="Escolhido", nothing="Nada", put_back=lambda name: f"Retirar: {name}")
    picker.setAccessibleName("Permissões")
    picker.set_choices(PICKS)
    page.setLayout(column(picker, LineEdit(name="Depois"), None))
    page.resize(400, 600)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    picker.setFocus()
    QApplication.processEvents()
    return page


@pytest.fixture
def picker(form: QWidget) -> Any:
    return form.findChild(Picker)


def _focus() -> Any:
    return QApplication.focusWidget()


def _type(text: str) -> None:
    QTest.keyClicks(_focus(), text)
    QTest.qWait(120)


def _key(key: Qt.Key) -> None:
    QTest.keyClick(_focus(), key)


def _offered(picker: Any) -> list[tuple[str, str, str]]:
    return [(one.text, one.sub, one.right) for one in picker.box._popup.model.found]


def test_it_is_found_chosen_and_put_back_by_keyboard(picker: Any, qtbot: QtBot) -> None:
    heard: list[tuple[str, ...]] = []
    picker.changed.connect(heard.append)
    _type("pedido")
    assert _offered(picker) == [("Confirmar pedido", "Vendas", ""), ("Ver pedidos", "Vendas", "")]
    _key(Qt.Key.Key_Down)
    _key(Qt.Key.Key_Return)
    assert (picker.value(), picker.box.text()) == (("sales.read",), "")
    _type("contar")
    _key(Qt.Key.Key_Return)
    assert picker.value() == ("sales.read", "stock.count")
    _type("ver pedidos")
    assert _offered(picker) == [("Ver pedidos", "Vendas", "Escolhido")]
    _key(Qt.Key.Key_Return)
    assert picker.value() == ("stock.count",)
    _key(Qt.Key.Key_Backspace)
    assert heard == [("sales.read",), ("sales.read", "stock.count"), ("stock.count",), ()]


def test_the_group_finds_too_and_accents_do_not_matter(picker: Any) -> None:
    _type("estoqu")
    assert [text for text, _, _ in _offered(picker)] == ["Contar estoque", "Ver estoque"]
    _type("xyz")
    assert _offered(picker) == []
    assert picker.box._popup.note.text() == "Nada"


def test_tab_takes_what_was_looked_for_and_nothing_else(form: QWidget, picker: Any) -> None:
    _key(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert len(_offered(picker)) == len(PICKS)
    _key(Qt.Key.Key_Tab)
    assert picker.value() == ()
    assert _focus().accessibleName() == "Depois"
    picker.setFocus()
    _type("contar")
    _key(Qt.Key.Key_Tab)
    assert picker.value() == ("stock.count",)


def test_what_is_left_in_the_line_is_let_go(form: QWidget, picker: Any) -> None:
    _type("xyz")
    _key(Qt.Key.Key_Tab)
    assert (picker.value(), picker.box.text()) == ((), "")


def test_what_is_chosen_stands_in_groups_and_is_reached_by_tab(form: QWidget, picker: Any) -> None:
    picker.set_value(("sales.read", "stock.read", "stock.count", "gone.right"))
    QApplication.processEvents()
    chips = picker.chips()
    assert [chip.text() for chip in chips] == ["gone.right", "Contar estoque", "Ver estoque", "Ver pedidos"]
    assert [chip.accessibleName() for chip in chips] == [f"Retirar: {chip.text()}" for chip in chips]
    assert (picker.box.accessibleName(), picker.accessibleName()) == ("Permissões", "Permissões")
    for chip in chips:
        _key(Qt.Key.Key_Tab)
        assert _focus() is chip
    _key(Qt.Key.Key_Tab)
    assert _focus().accessibleName() == "Depois"
    chips[1].setFocus()
    _key(Qt.Key.Key_Delete)
    assert picker.value() == ("sales.read", "stock.read", "gone.right")
    assert _focus() is picker.box
    kept = picker.chips()[0]
    QTest.mouseClick(kept, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert picker.value() == ("sales.read", "stock.read")
    QApplication.processEvents()


def test_a_flow_takes_as_many_lines_as_it_needs(qtbot: QtBot) -> None:
    page = QWidget()
    flow = Flow(gap=10)
    boxes = [LineEdit(width=100) for _ in range(4)]
    for box in boxes:
        flow.addWidget(box)
    page.setLayout(flow)
    qtbot.addWidget(page)
    page.resize(230, 200)
    page.show()
    QApplication.processEvents()
    high = boxes[0].height()
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (110, 0), (0, high + 10), (110, high + 10)]
    assert (flow.heightForWidth(1000), flow.heightForWidth(50)) == (high, 4 * high + 30)


def test_the_list_stands_over_the_line_where_the_window_ends(form: QWidget, picker: Any) -> None:
    form.layout().insertStretch(0, 1)  # type: ignore[union-attr]
    form.layout().takeAt(3)  # type: ignore[union-attr]
    QApplication.processEvents()
    _key(Qt.Key.Key_Down)
    line = picker.box.mapTo(form, QPoint(0, 0)).y()
    found = picker.box._popup.geometry()
    assert line > 400
    assert found.bottom() < line
    assert found.top() > 0
