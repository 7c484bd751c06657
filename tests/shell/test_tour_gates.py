"""The gates of the tour: each finds the fault that is planted for it, and nothing on a window without faults."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.table import Column, Row, Table
from retaguarda.shell.widgets.toast import Toast
from tests.tour.gates import Fault, look_over
from tests.tour.seeing import Eye
from tests.tour.words import Speech, same_in_both, written

LONG = "Condomínio Edifício Ipê Amarelo da Avenida Quinze de Novembro"


@pytest.fixture
def window(light: QApplication) -> Iterator[QWidget]:
    """A window on which everything is as it should be."""
    made = QWidget()
    made.resize(600, 400)
    made.setAutoFillBackground(True)
    _put(Label("Nome"), made, 10, 10, 120, 20)
    _put(LineEdit(placeholder="Procurar"), made, 10, 40, 200, 32)
    _put(Button("Salvar"), made, 240, 40, 100, 32)
    yield made
    made.close()
    made.deleteLater()


def _put(widget: QWidget, over: QWidget, left: int, top: int, wide: int, high: int) -> QWidget:
    widget.setParent(over)
    widget.setGeometry(left, top, wide, high)
    return widget


def _found(window: QWidget, language: str = "pt_BR", data: frozenset[str] = frozenset()) -> list[Fault]:
    window.show()
    QApplication.processEvents()
    eye = Eye(window)
    return look_over(window, eye.look(), eye.texts(), Speech(language, data))


def _only(gate: str, faults: list[Fault], words: str) -> None:
    assert [fault.gate for fault in faults] == [gate], faults
    assert words in faults[0].text


class _Painted(QWidget):
    """Paints texts with the strokes of the program: a rectangle and words for each."""

    def __init__(self, *texts: tuple[QRectF, str], two: bool = False, token: str = "text") -> None:
        super().__init__()
        self._texts, self._two, self._token = texts, two, token

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        for rect, words in self._texts:
            if self._two:
                paint.two_lines(painter, rect, "Pedido 12", words, "text", "text3", 500)
            else:
                paint.text(painter, rect, words, 13, 400, self._token)


def test_a_window_without_faults_has_none(window: QWidget) -> None:
    assert _found(window) == []


def _label() -> QWidget:
    return Label(LONG)


def _button() -> QWidget:
    return Button(LONG)


def _placeholder() -> QWidget:
    return LineEdit(placeholder=LONG)


def _wrapped() -> QWidget:
    return Label(LONG, wrap=True)


def _painted() -> QWidget:
    return _Painted((QRectF(0, 0, 100, 24), LONG))


def _cell() -> QWidget:
    table = Table([Column("name", "Cliente", width=100)], name="Clientes")
    table.rows.set_rows([Row(1, (LONG,))])
    return table


@pytest.mark.parametrize("make", [_label, _button, _placeholder, _wrapped, _painted, _cell])
def test_elided(window: QWidget, make: Callable[[], QWidget]) -> None:
    high = 90 if make is _cell else 24
    _put(make(), window, 10, 100, 110, high)
    _only("elided", _found(window), LONG)


def test_a_head_of_a_table_is_elided(window: QWidget) -> None:
    table = Table([Column("name", LONG, width=100)], name="Clientes")
    _put(table, window, 10, 100, 300, 90)
    table.setColumnWidth(0, 90)
    _only("elided", _found(window), LONG)


def test_a_second_line_may_be_elided(window: QWidget) -> None:
    _put(_Painted((QRectF(0, 0, 100, 40), LONG), two=True), window, 10, 100, 110, 40)
    assert _found(window) == []


def test_overlapping_controls(window: QWidget) -> None:
    _put(Button("Confirmar"), window, 300, 44, 120, 32)
    _only("overlapping", _found(window), "Confirmar")


def test_overlapping_painted_texts(window: QWidget) -> None:
    _put(_Painted((QRectF(0, 0, 90, 20), "Prometido"), (QRectF(20, 4, 90, 20), "Cumprido")), window, 10, 100, 120, 30)
    _only("overlapping", _found(window), "Prometido | Cumprido")


def test_what_floats_may_lie_over_the_rest(window: QWidget) -> None:
    toast = Toast(window, close_name="Fechar")
    toast.say("Pedido confirmado.")
    assert _found(window) == []


def test_under_a_sheet_nothing_is_looked_at(window: QWidget) -> None:
    _put(Label(LONG), window, 10, 100, 110, 24)
    sheet = Sheet(window, Label("Buscar"), title="Buscar", close_name="Fechar", width=300)
    sheet.open()
    assert _found(window) == []


@pytest.mark.parametrize("words", ["sales.order_list.title", "Falta sales.no_such_text aqui", "Work queue"])
def test_untranslated(window: QWidget, words: str) -> None:
    _put(Label(words), window, 10, 100, 400, 24)
    _only("untranslated", _found(window), words)


def test_portuguese_in_an_english_window_is_untranslated(window: QWidget) -> None:
    for child in window.findChildren(QWidget):
        child.setParent(None)
        child.deleteLater()
    _put(Label("Fila de trabalho"), window, 10, 100, 400, 24)
    _only("untranslated", _found(window, "en"), "Fila de trabalho")


def test_what_people_wrote_is_no_text_of_the_program(window: QWidget, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "sample.db")) as store, store:
        store.execute("CREATE TABLE step (name TEXT, return_reason TEXT, state TEXT)")
        store.execute("INSERT INTO step VALUES ('Orders', 'Save', 'Work queue'), (NULL, 'sales.order_list.title', '')")
    data = written(tmp_path / "sample.db")
    assert data == {"Orders", "Save", "sales.order_list.title"}
    for top, words in ((100, "Orders"), (130, "Save")):
        _put(Label(words), window, 10, top, 400, 24)
    assert {fault.text for fault in _found(window)} == {"Orders", "Save"}
    assert _found(window, data=data) == []
    for top, words in ((160, "Work queue"), (190, "sales.order_list.title")):
        _put(Label(words), window, 10, top, 400, 24).show()
    assert {fault.text for fault in _found(window, data=data)} == {"Work queue", "sales.order_list.title"}


def test_an_address_is_no_code(window: QWidget) -> None:
    _put(Label("compras@sales.exemplo.com.br"), window, 10, 100, 400, 24)
    assert _found(window) == []


def test_no_text_is_the_same_in_both_languages_but_the_listed_few() -> None:
    assert same_in_both() == set()


@pytest.mark.parametrize("token", ["border2", "scroll"])
def test_faint(window: QWidget, token: str) -> None:
    _put(Label("Prometido hoje", token=token), window, 10, 100, 200, 24)
    _only("faint", _found(window), "Prometido hoje")


def test_faint_painted_text_and_a_ground_that_swallows_it(window: QWidget) -> None:
    _put(_Painted((QRectF(0, 0, 90, 20), "Prometido"), token="border2"), window, 10, 100, 120, 30)
    _only("faint", _found(window), "Prometido")
    other = Label("Cumprido")
    palette = QPalette(other.palette())
    palette.setColor(QPalette.ColorRole.Window, "#333333")
    other.setPalette(palette)
    other.setAutoFillBackground(True)
    _put(other, window, 10, 140, 120, 30).show()
    assert {fault.text.split(" (")[0] for fault in _found(window)} == {"Prometido", "Cumprido"}


def test_outside_the_window(window: QWidget) -> None:
    _put(Button("Confirmar"), window, 540, 100, 120, 32)
    assert {(fault.gate, fault.text) for fault in _found(window)} == {("outside", "Confirmar")}


def test_outside_the_parent(window: QWidget) -> None:
    box = _put(QWidget(), window, 10, 100, 100, 40)
    _put(Button("Confirmar"), box, 40, 4, 120, 32)
    assert {(fault.gate, fault.text) for fault in _found(window)} == {("outside", "Confirmar")}


def test_a_painted_text_outside_its_widget(window: QWidget) -> None:
    _put(_Painted((QRectF(60, 0, 120, 24), "Prometido hoje")), window, 10, 100, 110, 24)
    _only("outside", _found(window), "Prometido hoje")
