"""Every control on every board has a name and a role, and no primary text is cut."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.shell.widgets.buttons import Button
from tests.shell.gallery import BOARDS

pytestmark = pytest.mark.usefixtures("light")
Role = QAccessible.Role
NAMED = {
    Role.Button, Role.PushButton, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.PageTab,
    Role.PageTabList, Role.Table, Role.List, Role.ListItem, Role.ButtonMenu, Role.SpinBox, Role.Link,
}  # fmt: skip


def walk(face: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    yield face
    # The cells of a table are asked for one by one elsewhere; walking them all would ask for every page.
    if face.role() == Role.Table or depth > 30:
        return
    for at in range(face.childCount()):
        child = face.child(at)
        if child is not None and child.isValid():
            yield from walk(child, depth + 1)


def unnamed(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    return [
        f"{face.role()} {face.object()}"
        for face in walk(root)
        if face.role() in NAMED and not face.state().invisible and not face.text(QAccessible.Text.Name).strip()
    ]


@pytest.fixture(params=sorted(BOARDS))
def board(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    make: Callable[[], QWidget]
    make, size = BOARDS[request.param]
    made = make()
    qtbot.addWidget(made)
    made.resize(*size)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    return made


def test_every_control_has_a_name(board: QWidget) -> None:
    assert unnamed(board) == []
    roles = {face.role() for face in walk(QAccessible.queryAccessibleInterface(board))}
    assert roles & NAMED


def test_a_nameless_control_is_caught(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    assert len(unnamed(line)) == 1


def test_no_button_is_cut_or_pushed_out(board: QWidget) -> None:
    cut = [
        button.text() or button.accessibleName()
        for button in board.findChildren(Button)
        if button.isVisible()
        and (
            button.width() < button.sizeHint().width()
            or button.mapTo(board, button.rect().bottomRight()).x() >= board.width()
        )
    ]
    assert cut == []


def test_what_can_be_pressed_can_be_reached_by_tab(board: QWidget) -> None:
    lost = [button.text() for button in board.findChildren(Button) if not button.focusPolicy().value & 1]
    assert lost == []
