"""Fields, choices, finding, dates, chips, the toast: what they answer to keys and what they say."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.shell.widgets.buttons import Button, Chip
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.dates import DateEdit, month_on, read_date
from retaguarda.shell.widgets.fields import Field, LineEdit, NumberEdit, ScanField, TextArea
from retaguarda.shell.widgets.labels import Label, Pill
from retaguarda.shell.widgets.offers import OfferBox
from retaguarda.shell.widgets.page import ChipRow, PageHeader, PillTabs
from retaguarda.shell.widgets.search import Found, SearchBox
from retaguarda.shell.widgets.stepper import Step, Stepper
from retaguarda.shell.widgets.tiles import Light, ProcessLight
from retaguarda.shell.widgets.timeline import Moment, Timeline
from retaguarda.shell.widgets.toast import Toast

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key
TODAY = dt.date(2026, 11, 21)


class Put:
    """Shows widgets on a board and keeps it for the length of a test; the first one has the focus."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._board: QWidget | None = None

    def __call__(self, *parts: QWidget) -> QWidget:
        board = self._board = QWidget()
        outer = QVBoxLayout(board)
        for part in parts:
            outer.addWidget(part)
        self._qtbot.addWidget(board)
        board.resize(600, 400)
        with self._qtbot.waitExposed(board):
            board.show()
        board.activateWindow()
        parts[0].setFocus()
        self._qtbot.waitUntil(parts[0].hasFocus)
        return board


@pytest.fixture
def put(qtbot: QtBot) -> Put:
    return Put(qtbot)


def heard(signal: Any) -> list[Any]:
    told: list[Any] = []
    signal.connect(lambda *given: told.append(given[0] if len(given) == 1 else given))
    return told


def test_a_field_names_its_control_and_says_what_is_wrong(put: Put) -> None:
    field = Field("Preço", NumberEdit("12,a"), hint="por unidade", required=True)
    put(field.control, field)
    control = field.control
    assert isinstance(control, LineEdit)
    assert (control.accessibleName(), control.accessibleDescription()) == ("Preço", "por unidade")
    field.set_error("Não é um número.")
    assert (control.invalid, control.accessibleDescription(), field.error) == (
        True,
        "Não é um número.",
        "Não é um número.",
    )
    field.set_hint("em reais")
    assert field.error == "Não é um número."
    field.set_error("")
    assert (control.invalid, control.accessibleDescription(), field.error) == (False, "em reais", "")


def test_the_point_of_the_number_pad_is_the_decimal_mark(qtbot: QtBot, put: Put) -> None:
    number = NumberEdit(decimal=",", name="Preço")
    put(number)
    qtbot.keyClick(number, "1")
    qtbot.keyClick(number, ".", Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(number, "5")
    qtbot.keyClick(number, ".")
    assert number.text() == "1,5."


def test_a_burst_of_scans_never_runs_together(qtbot: QtBot, put: Put) -> None:
    scan = ScanField(placeholder="Bipe")
    put(scan)
    codes = heard(scan.scanned)
    for code in ("7896004714523", "3*4417", "", "  "):
        qtbot.keyClicks(scan, code)
        qtbot.keyClick(scan, Key.Key_Return)
    assert codes == ["7896004714523", "3*4417"]
    assert scan.text() == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("d", TODAY), ("H", TODAY), ("+3", dt.date(2026, 11, 24)), ("-21", dt.date(2026, 10, 31)),
        ("15", dt.date(2026, 11, 15)), ("15/3", dt.date(2026, 3, 15)), ("15/3/27", dt.date(2027, 3, 15)),
        ("15.03.2027", dt.date(2027, 3, 15)), ("150327", dt.date(2027, 3, 15)), ("15032027", dt.date(2027, 3, 15)),
        ("2027-03-15", dt.date(2027, 3, 15)), ("31/2", None), ("x", None), ("1/2/3/4", None), ("0", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_in_any_form(typed: str, meant: dt.date | None) -> None:
    assert read_date(typed, TODAY) == meant


def test_dates_by_arrows_and_the_other_order() -> None:
    assert read_date("3/15", TODAY, day_first=False) == dt.date(2026, 3, 15)
    assert month_on(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert month_on(dt.date(2026, 1, 31), -2) == dt.date(2025, 11, 30)


def test_a_date_line_answers_keys(qtbot: QtBot, put: Put) -> None:
    line = DateEdit(today=lambda: TODAY, write=lambda day: day.strftime("%d/%m/%Y"),
                    off_day=lambda day: "sábado" if day.weekday() == 5 else "", name="Entrega")  # fmt: skip
    other = LineEdit(name="Outro")
    put(line, other)
    changed = heard(line.date_changed)
    qtbot.keyClicks(line, "+3")
    other.setFocus()
    assert line.text() == "24/11/2026"
    line.setFocus()
    for key in (Key.Key_Up, Key.Key_PageUp, Key.Key_Down):
        qtbot.keyClick(line, key)
    assert line.text() == "24/12/2026"
    assert changed == [dt.date(2026, 11, 24), dt.date(2026, 11, 25), dt.date(2026, 12, 25), dt.date(2026, 12, 24)]
    line.set_date(TODAY)
    assert line.toolTip() == "sábado"
    line.setText("31/2")
    other.setFocus()
    assert (line.date(), line.text(), changed[-1]) == (None, "31/2", None)


def test_a_combo_is_picked_by_keys_and_never_by_the_wheel(qtbot: QtBot, put: Put) -> None:
    combo = Combo([("boleto", "Boleto 28 dias"), ("pix", "Pix")], name="Condição")
    put(combo)
    picked = heard(combo.chosen)
    combo.set_value("boleto")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert (combo.value(), picked) == ("boleto", [])
    qtbot.keyClick(combo, Key.Key_Down)
    assert (combo.value(), picked) == ("pix", ["pix"])
    combo.set_choices([("pix", "Pix"), ("card", "Cartão")])
    assert combo.value() == "pix"
    combo.set_value("gone")
    assert combo.value() is None


def test_boxes_and_areas_answer_space_and_tab(qtbot: QtBot, put: Put) -> None:
    check, area = CheckBox("Manter"), TextArea(placeholder="Observação")
    put(check, area)
    qtbot.keyClick(check, Key.Key_Space)
    assert check.isChecked()
    area.setFocus()
    qtbot.keyClick(area, Key.Key_Tab)
    assert area.toPlainText() == ""
    assert not area.hasFocus()
    area.set_invalid(True)
    assert area.invalid


FOUND = [Found(f"c{at}", f"Cliente {at}", "12.345.678/0001-95") for at in range(3)]


def test_finding_by_keys(qtbot: QtBot, put: Put) -> None:
    box = SearchBox(placeholder="Cliente")
    put(box)
    asked, chosen = heard(box.query_changed), heard(box.chosen)
    qtbot.keyClicks(box, "cli")
    qtbot.waitUntil(lambda: asked == ["cli"])
    box.show_found(FOUND, query="cli")
    assert box.is_open()
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Return)
    assert (chosen, box.text(), box.chosen_key, box.is_open()) == (["c1"], "Cliente 1", "c1", False)
    qtbot.keyClicks(box, "x")
    qtbot.keyClick(box, Key.Key_Escape)
    assert (box.text(), box.chosen_key, chosen) == ("Cliente 1", "c1", ["c1"])


def test_enter_before_the_answer_takes_the_first_of_it(qtbot: QtBot, put: Put) -> None:
    box = SearchBox(placeholder="Cliente")
    put(box)
    asked, chosen = heard(box.query_changed), heard(box.chosen)
    qtbot.keyClicks(box, "old")
    qtbot.waitUntil(lambda: asked == ["old"])
    box.show_found(FOUND, query="old")
    qtbot.keyClicks(box, "er")
    qtbot.keyClick(box, Key.Key_Return)
    assert (asked[-1], chosen) == ("older", [])
    box.show_found([Found("late", "Resposta velha")], query="old")
    assert chosen == []
    box.show_found([Found("right", "Resposta certa")], query="older")
    assert (chosen, box.text()) == (["right"], "Resposta certa")


def test_leaving_puts_back_or_lets_go(qtbot: QtBot, put: Put) -> None:
    box, other = SearchBox(placeholder="Cliente"), LineEdit(name="Outro")
    put(box, other)
    chosen = heard(box.chosen)
    box.hold("c1", "Cliente 1")
    qtbot.keyClicks(box, "zzz")
    other.setFocus()
    assert (box.text(), chosen) == ("Cliente 1", [])
    box.show_found(FOUND)
    assert not box.is_open()
    box.setFocus()
    box.clear()
    other.setFocus()
    assert (box.chosen_key, chosen) == (None, [None])


def test_a_click_takes_what_was_found(qtbot: QtBot, put: Put) -> None:
    box = SearchBox(placeholder="Cliente")
    put(box)
    chosen = heard(box.chosen)
    box.show_found(FOUND, "3 de 40")
    view = box.window().findChild(QWidget, "found")
    assert view is not None
    qtbot.mouseClick(
        view.findChildren(QWidget, "qt_scrollarea_viewport")[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 60)
    )
    assert chosen == ["c1"]


def test_chips_are_exclusive_and_counted(qtbot: QtBot, put: Put) -> None:
    row = ChipRow([("all", "Todos", "14", ""), ("mine", "Meus", "5", "user")], name="Filtros", start="all")
    closing = Chip("Estoque", closable=True)
    put(closing, row)
    chosen, closed = heard(row.chosen), []
    closing.closed.connect(lambda: closed.append(1))
    mine = row.findChildren(Chip)[1]
    qtbot.mouseClick(mine, Qt.MouseButton.LeftButton)
    assert (chosen, mine.isChecked(), row.findChildren(Chip)[0].isChecked()) == (["mine"], True, False)
    row.set_count("mine", "6")
    assert mine.accessibleName() == "Meus 6"
    qtbot.keyClick(closing, Key.Key_Delete)
    qtbot.mouseClick(closing, Qt.MouseButton.LeftButton, pos=QPoint(closing.width() - 14, 14))
    assert len(closed) == 2


def test_tabs_with_counts(qtbot: QtBot, put: Put) -> None:
    tabs = PillTabs([("all", "Todos", "128"), ("open", "Em aberto", "23")], name="Situação")
    put(tabs)
    chosen = heard(tabs.chosen)
    qtbot.keyClick(tabs, Key.Key_Right)
    wide = tabs.tabRect(1).width()
    tabs.set_count("open", "1.024")
    assert (chosen, tabs.chosen_key()) == (["open"], "open")
    assert tabs.accessibleTabName(1) == "Em aberto 1.024"
    assert tabs.tabRect(1).width() > wide


def test_a_tab_that_is_put_away_leaves_no_gap(put: Put) -> None:
    tabs = PillTabs([("all", "Todos", ""), ("open", "Em aberto", "23"), ("done", "Concluídos", "")], name="Situação")
    put(tabs)
    edges = [tabs.tabRect(at).left() for at in range(3)]
    tabs.show_tab("open", False)
    # Qt forgets what it has to lay out when it is told of a tab what it knows already.
    tabs.show_tab("done", True)
    assert (tabs.tabRect(0).left(), tabs.tabRect(2).left()) == (edges[0], edges[1])
    tabs.show_tab("open", True)
    tabs.show_tab("done", True)
    assert [tabs.tabRect(at).left() for at in range(3)] == edges


def test_a_toast_counts_down_and_gives_a_way_back(qtbot: QtBot, put: Put) -> None:
    first = LineEdit(name="Primeiro")
    board = put(first)
    toast = Toast(board, close_name="Fechar")
    undone, gone = [], []
    toast.undo_pressed.connect(lambda: undone.append(1))
    toast.gone.connect(lambda: gone.append(1))
    toast.say("Pedido arquivado", undo="Desfazer", key="Ctrl+Z")
    assert toast.accessibleName() == "Pedido arquivado"
    board.resize(700, 500)
    assert toast.geometry().center().x() == pytest.approx(350, abs=1)
    assert toast.geometry().bottom() < 500
    button = next(
        b for b in toast.findChildren(QWidget) if getattr(b, "text", str)() == "Desfazer" and not isinstance(b, Label)
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (undone, gone, toast.isVisible()) == ([1], [], False)
    first.setFocus()
    toast.say("Salvo", seconds=1)
    qtbot.waitUntil(lambda: gone == [1], timeout=3000)
    assert not toast.isVisible()


def test_painted_parts_are_read_aloud(qtbot: QtBot, put: Put) -> None:
    words = {"done": "feito", "waiting": "falta"}
    stepper = Stepper([Step("Pedido", "done", "Marina"), Step("Nota", "waiting")], name="Caminho", spoken_states=words)
    line = Timeline([Moment("truck", "Saiu", "Wagner", "07:24")], name="Linha do tempo")
    light = ProcessLight(Light("Estoque", "4 sem saldo", "R$ 24.870", "bad"))
    put(light, stepper, line)
    assert stepper.accessibleDescription() == "Pedido, feito, Marina; Nota, falta"
    assert line.accessibleDescription() == "07:24, Saiu, Wagner"
    assert light.accessibleName() == "Estoque: 4 sem saldo, R$ 24.870"
    pressed: list[int] = []
    light.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(light, Key.Key_Space)
    assert pressed == [1]


def test_focus_moves_nothing(put: Put) -> None:
    button, line = Button("Salvar", icon="save", key="Ctrl+S"), LineEdit(name="Nome")
    put(line, button)
    at_rest = (button.geometry(), line.geometry())
    button.setFocus()
    ring = button.grab().toImage().pixelColor(button.width() // 2, 1)
    line.setFocus()
    assert (button.geometry(), line.geometry()) == at_rest
    assert ring != button.grab().toImage().pixelColor(button.width() // 2, 1)


def test_a_header_changes_its_words(put: Put) -> None:
    button = Button("Confirmar", kind="primary", key="F10")
    header = PageHeader("Pedido", "rascunho", pills=[Pill("Rascunho")], buttons=[button])
    put(button, header)
    header.set_pills([Pill("Confirmado", "ok"), Pill("No prazo", "ok")])
    header.set_name("Pedido 10480")
    header.set_context("salvo")
    QApplication.processEvents()
    said = [label.text() for label in header.findChildren(Label)]
    assert said == ["Pedido 10480", "salvo"]
    assert [pill.text() for pill in header.findChildren(Pill) if pill.isVisible()] == ["Confirmado", "No prazo"]


def test_an_offer_is_taken_only_where_it_says_what_was_typed_or_was_gone_to(qtbot: QtBot, put: Put) -> None:
    box, other = OfferBox(placeholder="", icon=""), LineEdit(name="Outro")
    put(box, other)
    box.setFocus()
    chosen = heard(box.chosen)
    banks = [Found("b1", "Itaú", "341"), Found("b2", "Itaú Personnalité", "999")]
    qtbot.keyClicks(box, "34")
    box.show_found(banks)
    assert (box.is_open(), box.is_marked()) == (True, False)
    qtbot.keyClick(box, Key.Key_Tab)
    assert (chosen, box.text(), box.is_open()) == ([], "34", False)
    box.setFocus()
    box.clear()
    qtbot.keyClicks(box, "341")
    box.show_found(banks)
    assert box.is_marked()
    qtbot.keyClick(box, Key.Key_Return)
    assert chosen == ["b1"]
    qtbot.keyClicks(box, "x")
    box.show_found(banks)
    qtbot.keyClick(box, Key.Key_Escape)
    assert (box.is_open(), box.text()) == (False, "Itaúx")
    box.show_found(banks)
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Return)
    assert chosen == ["b1", "b2"]
