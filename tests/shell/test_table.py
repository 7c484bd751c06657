"""Tables: a list moves rows, a grid fills cells in, a long list asks for its pages."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from retaguarda.shell.widgets.table import (
    PAGE,
    Action,
    Availability,
    Column,
    Group,
    Kind,
    Note,
    Row,
    Sign,
    State,
    Table,
    Toned,
    TwoLine,
    Who,
)
from retaguarda.shell.widgets.table.cells import editable_text, spoken
from retaguarda.shell.widgets.table.delegate import NOTE
from tests.shell.boards import line_table

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key
LIST_COLUMNS = (
    Column("number", "Pedido", Kind.CODE, 90, sortable=True),
    Column("customer", "Cliente", Kind.STRONG, 160, stretch=True),
    Column("amount", "Valor", Kind.AMOUNT, 110),
    Column("state", "Situação", Kind.PILL, 130, hide_below=420),
    Column("late", "", Kind.CHECK, 40),
)


def plain_rows(count: int) -> list[Row]:
    return [Row(at, (str(at), f"Cliente {at}", "1,00", State("Entregue", "ok"), False)) for at in range(count)]


def shown(qtbot: QtBot, table: Table, width: int = 800, height: int = 400) -> Table:
    qtbot.addWidget(table)
    table.resize(width, height)
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    return table


@pytest.fixture
def orders(qtbot: QtBot) -> Table:
    table = Table(LIST_COLUMNS, name="Pedidos")
    table.rows.set_rows(plain_rows(60))
    table.go_to(0)
    return shown(qtbot, table)


@pytest.fixture
def lines(qtbot: QtBot) -> Table:
    return shown(qtbot, line_table(), 1100, 500)


def heard(signal: Any) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    signal.connect(lambda *given: told.append(given))
    return told


def test_whether_all_rows_have_room_is_known_before_they_are_laid_out(qtbot: QtBot, orders: Table) -> None:
    assert not orders.shows_all
    orders.rows.set_rows(plain_rows(61))
    assert not orders.shows_all
    orders.rows.set_rows(plain_rows(3))
    assert orders.shows_all


def test_a_list_is_moved_by_keys(qtbot: QtBot, orders: Table) -> None:
    moved, activated = heard(orders.current_changed), heard(orders.row_activated)
    for key, place in ((Key.Key_Down, 1), (Key.Key_End, 59), (Key.Key_Up, 58), (Key.Key_Home, 0)):
        qtbot.keyClick(orders, key)
        assert orders.current_key() == place
    qtbot.keyClick(orders, Key.Key_PageDown)
    assert moved[:4] == [(1,), (59,), (58,), (0,)]
    assert 5 < int(str(orders.current_key())) < 20
    qtbot.keyClick(orders, Key.Key_Return)
    assert activated == [(orders.current_key(),)]


def test_the_menu_key_asks_for_the_menu_of_the_row(orders: Table) -> None:
    asked = heard(orders.menu_requested)
    orders.go_to(2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    orders.contextMenuEvent(event)
    assert asked[0][0] == 2
    assert orders.viewport().rect().contains(orders.viewport().mapFromGlobal(asked[0][1]))


def test_tab_leaves_a_list(qtbot: QtBot, orders: Table) -> None:
    key = orders.current_key()
    qtbot.keyClick(orders, Key.Key_Tab)
    assert orders.current_key() == key


def test_heads_ask_for_sorting_and_turn_it_round(qtbot: QtBot, orders: Table) -> None:
    asked = heard(orders.sort_requested)
    head = orders.horizontalHeader()
    for _ in range(2):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 10))
    assert asked == [("number", False), ("number", True)]


def test_space_toggles_and_the_row_is_patched_in_place(qtbot: QtBot, orders: Table) -> None:
    toggled = heard(orders.check_toggled)
    orders.go_to(3)
    qtbot.keyClick(orders, Key.Key_Space)
    assert toggled == [(3, "late", True)]
    assert orders.rows.patch(Row(3, ("3", "Outro", "2,00", State("Em rota", "info"), True)))
    assert orders.current_key() == 3
    assert orders.rows.data(orders.rows.index(3, 1)) == "Outro"
    assert not orders.rows.patch(Row(999, ()))


def test_the_same_keys_again_keep_place_and_selection(orders: Table) -> None:
    orders.go_to(40)
    scrolled = orders.verticalScrollBar().value()
    resets = heard(orders.rows.modelReset)
    orders.rows.set_rows([row._replace(cells=(*row.cells[:2], "9,99", *row.cells[3:])) for row in plain_rows(60)])
    assert (orders.current_key(), orders.verticalScrollBar().value(), resets) == (40, scrolled, [])
    assert orders.rows.data(orders.rows.index(40, 2)) == "9,99"
    orders.rows.set_rows(plain_rows(3))
    assert (orders.rows.rowCount(), len(resets)) == (3, 1)


def test_rows_come_and_go(orders: Table) -> None:
    orders.rows.append([Row("new", ("60", "Novo", "0,00", None, False))])
    orders.rows.insert(0, Row("first", ("0", "Primeiro", "0,00", None, False)))
    orders.rows.remove(5)
    orders.rows.remove("nobody")
    assert orders.rows.rowCount() == 61
    assert (orders.rows.place_of("first"), orders.rows.place_of("new"), orders.rows.place_of(5)) == (0, 60, -1)


def test_a_column_leaves_a_narrow_table_and_the_rest_is_shared(orders: Table) -> None:
    assert not orders.isColumnHidden(3)
    orders.resize(400, 300)
    assert orders.isColumnHidden(3)
    assert sum(orders.columnWidth(at) for at in (0, 1, 2, 4)) <= orders.viewport().width()


def test_a_grid_is_filled_in_by_keys(qtbot: QtBot, lines: Table) -> None:
    edited, ended, past = heard(lines.edited), heard(lines.edit_ended), heard(lines.tab_past_end)
    lines.go_to("l1", "quantity")
    qtbot.keyClick(lines, "7")
    editor = lines.viewport().findChild(QLineEdit)
    assert editor is not None
    assert (editor.text(), editor.accessibleName()) == ("7", "Qtd.")
    qtbot.keyClick(editor, Key.Key_Tab)
    assert edited == [("l1", "quantity", "7")]
    assert lines.rows.columns[lines.currentIndex().column()].key == "price"
    QApplication.processEvents()
    for _ in range(5 * 3 - 1):
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        qtbot.keyClick(box, Key.Key_Tab)
        QApplication.processEvents()
    assert len(past) == 1
    assert [how for _key, _column, how in ended] == ["tab"] * 15
    assert edited == [("l1", "quantity", "7")]


def test_escape_takes_back_and_enter_takes(qtbot: QtBot, lines: Table) -> None:
    edited = heard(lines.edited)
    for key, expected in ((Key.Key_Escape, []), (Key.Key_Return, [("l2", "price", "55")])):
        assert lines.edit_cell("l2", "price")
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText("55")
        qtbot.keyClick(editor, key)
        assert edited == expected
        assert lines.hasFocus()
    assert not lines.edit_cell("nobody", "price")


def test_what_cannot_be_edited_stays(qtbot: QtBot, lines: Table) -> None:
    lines.go_to("new", "quantity")
    qtbot.keyClick(lines, "7")
    lines.go_to("l1", "total")
    qtbot.keyClick(lines, "7")
    assert lines.viewport().findChild(QLineEdit) is None


def test_the_note_under_a_row_is_pressed_and_read(qtbot: QtBot, lines: Table) -> None:
    pressed = heard(lines.note_pressed)
    place = lines.rows.place_of("l3")
    assert lines.rowHeight(place) == 50 + NOTE
    lines.viewport().grab()
    bottom = lines.rowViewportPosition(place) + lines.rowHeight(place) - NOTE // 2
    right = lines.viewport().width()
    link = next(x for x in range(right - 1, 0, -2) if lines.link_at(place, QPointF(x, bottom)))
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(link - 5, bottom))
    assert pressed == [("l3",)]
    said = lines.rows.data(lines.rows.index(place, 0), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said.startswith("4 alternativas prontas.")
    row = lines.rows.at(place)
    assert row is not None
    lines.rows.patch(row._replace(note=None))
    assert lines.rowHeight(place) == 50


def test_groups_fold_by_key_and_mouse(qtbot: QtBot) -> None:
    table = Table(
        (Column("case", "Caso", Kind.TWO_LINE, stretch=True), Column("do", "", Kind.ACTION, 120)), name="Casos"
    )
    group = Row("g", ("", ""), group=Group("Sem estoque", "4", "package-x", "bad"))
    table.rows.set_rows([group, Row("a", (TwoLine("10483", "faltam 12"), Action("Ligar", "phone")))])
    table.go_to("g")
    shown(qtbot, table)
    folded, pressed = heard(table.group_toggled), heard(table.action_pressed)
    qtbot.keyClick(table, Key.Key_Right)
    qtbot.keyClick(table, Key.Key_Left)
    qtbot.keyClick(table, Key.Key_Return)
    assert folded == [("g",), ("g",)]
    spot = table.visualRect(table.rows.index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert pressed == [("a", "do")]
    assert table.rows.data(table.rows.index(0, 0)) == "Sem estoque 4"


def test_a_million_rows_ask_for_what_is_seen(qtbot: QtBot) -> None:
    table = Table(LIST_COLUMNS, name="Pedidos")
    asked = heard(table.rows.rows_wanted)
    table.rows.set_total(1_000_000)
    shown(qtbot, table)
    table.viewport().grab()
    assert asked == [(0, PAGE)]
    table.rows.fill(0, plain_rows(PAGE))
    qtbot.keyClick(table, Key.Key_End)
    table.viewport().grab()
    assert asked[-1] == (1_000_000 - PAGE, PAGE)
    assert len(asked) == 2
    table.rows.fill(1_000_000 - PAGE, [Row(f"k{at}", (str(at),)) for at in range(PAGE)])
    assert table.current_key() == f"k{PAGE - 1}"
    for page in range(2, 200):
        table.rows.fill(page * PAGE, plain_rows(PAGE))
    assert table.rows.at(0) is None
    assert asked[-1] == (0, PAGE)


@pytest.mark.parametrize(
    ("cell", "words", "editing"),
    [
        ("—", "—", ""),
        ("12,50", "12,50", "12,50"),
        (Toned("3 %", "warn", "3"), "3 %", "3"),
        (TwoLine("Estante", "3302"), "Estante, 3302", "Estante"),
        (Availability("bad", "Faltam 6"), "Faltam 6", "Faltam 6"),
        (Who("MS", "Marina"), "Marina", "Marina"),
        (Sign("check", "ok", "pago"), "pago", "pago"),
        (None, "", ""),
        (True, "", ""),
    ],
)
def test_cells_are_spoken_and_opened(cell: Any, words: str, editing: str) -> None:
    assert (spoken(cell), editable_text(cell)) == (words, editing)


def test_every_kind_is_painted(qtbot: QtBot) -> None:
    cells: dict[Kind, Any] = dict.fromkeys(Kind, "texto")
    cells[Kind.CHECK] = True
    cells[Kind.ICON] = Sign("check", "ok", "pago")
    table = Table([Column(kind, kind, kind, 100) for kind in Kind], name="Tipos")
    table.rows.set_rows([Row("r", tuple(cells.values()), "warn", Note("warn", "info", "A", "b")), Row("e", ())])
    shown(qtbot, table, 1600, 200)
    image = table.viewport().grab().toImage()
    for at in range(len(Kind)):
        cell = table.visualRect(table.rows.index(0, at)).adjusted(6, 4, -6, -NOTE - 4)
        shades = {image.pixel(x, y) for x in range(cell.left(), cell.right()) for y in range(cell.top(), cell.bottom())}
        assert len(shades) > 2, list(Kind)[at]
