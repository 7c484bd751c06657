"""Hiring somebody by keyboard alone, by who may: roles and permissions are chosen by their names, never by code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from retaguarda.shell import theme
from retaguarda.shell.tabs import view_of
from tests.helpers.company import acting
from tests.helpers.window import DrawnDesk


@pytest.fixture
def desk(office: Office, qapp: QApplication) -> Iterator[DrawnDesk]:
    theme.apply(qapp, theme.LIGHT)
    desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True))
    yield desk
    desk.view.close()
    desk.view.deleteLater()
    QApplication.processEvents()


def _draw(desk: DrawnDesk, screen: str, key: str = "") -> Any:
    desk.open(screen, key)
    view = desk.draw(view_of(desk.state, desk.words))
    view.first_focus().setFocus()
    return view


def _keys(desk: DrawnDesk, *typed: str | Qt.Key) -> None:
    for one in typed:
        focus: Any = QApplication.focusWidget()
        if isinstance(one, str):
            QTest.keyClicks(focus, one)
            QTest.qWait(120)
        else:
            QTest.keyClick(focus, one)
        desk.turn()


def _picker(desk: DrawnDesk, name: str) -> Any:
    return desk.view.findChild(QWidget, name)


def test_who_hires_gives_a_role_by_its_name(office: Office, desk: DrawnDesk) -> None:
    tab, enter = Qt.Key.Key_Tab, Qt.Key.Key_Return
    with acting(office, "hr"):
        _draw(desk, "company.person_form")
        _keys(desk, "Caio Reis", enter, "caio", enter, "uma senha nova", enter, "caio@silva.com.br", tab, tab)
        _keys(desk, "finan", enter, "ven", enter)
        assert [chip.text() for chip in _picker(desk, "roles").chips()] == ["Financeiro", "Vendas"]
        _keys(desk, Qt.Key.Key_F10)
        desk.expect_fault("roles", "company.role_not_yours_to_give")
        assert "Financeiro" in _picker(desk, "roles").box.accessibleDescription()
        _picker(desk, "roles").setFocus()
        _keys(desk, "finan", enter, Qt.Key.Key_F10)
    row = office.show("company.people", {"login": "caio"}).rows[0]
    assert (row.roles, row.email) == (("sales",), "caio@silva.com.br")
    office.log_in("caio", "uma senha nova")


def test_a_role_shows_its_permissions_by_name_and_module(office: Office, desk: DrawnDesk) -> None:
    row = office.show("company.roles", {"code": "hr"}).rows[0]
    _draw(desk, "company.role_form", row.id)
    assert [chip.text() for chip in _picker(desk, "gives").chips()][:2] == ["Divulgação", "Entrega"]
    _picker(desk, "added").setFocus()
    _keys(desk, "anotar contato", Qt.Key.Key_Return, "tudo (quem", Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    _picker(desk, "removed").setFocus()
    _keys(desk, "confirmar pedido", Qt.Key.Key_Return)
    # Only what the role comes with can be taken away.
    assert _picker(desk, "removed").value() == ()
    _keys(desk, Qt.Key.Key_Escape, "cadastrar cliente", Qt.Key.Key_Return, Qt.Key.Key_F10)
    row = office.one("company.roles", row.id)
    assert (row.added, row.removed) == (("sales.log_contact",), ("party.add_party",))
