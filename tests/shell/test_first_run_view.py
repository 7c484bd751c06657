"""The first page: two ways to begin, by keyboard, each fault beside its field, in both languages and themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retaguarda.kernel.errors import Fault, Invalid, Offline
from retaguarda.kernel.text import Texts
from retaguarda.shell import theme
from retaguarda.shell.first_run_view import FirstRunView
from retaguarda.shell.front import NewCompany
from retaguarda.shell.translate import Words
from tests.shell.seen import cut, in_reading_order, tab_stops, words
from tests.shell.test_accessible import unnamed

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key
TYPED = {"name": "Padaria Lua", "admin_name": "Lia Reis", "admin_login": "lia", "admin_password": "segredo123"}


class Asked(list[object]):
    """What the page asked for."""


@pytest.fixture
def asked() -> Asked:
    return Asked()


def _shown(qtbot: QtBot, asked: Asked, language: str = "pt_BR", size: tuple[int, int] = (1366, 768)) -> FirstRunView:
    view = FirstRunView(Words(Texts(language, strict=True)))
    qtbot.addWidget(view)
    view.found.connect(asked.append)
    view.sample.connect(lambda: asked.append("sample"))
    view.resize(*size)
    view.show()
    view.activateWindow()
    view.first_focus().setFocus()
    QApplication.processEvents()
    return view


@pytest.fixture
def view(qtbot: QtBot, asked: Asked) -> FirstRunView:
    return _shown(qtbot, asked)


def _type(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    QTest.keyClick(focus, Key.Key_Return)


def test_enter_goes_from_field_to_field_and_creates(view: FirstRunView, asked: Asked) -> None:
    for text in TYPED.values():
        _type(text)
    assert asked == [NewCompany(**TYPED)]
    assert TYPED["admin_password"] not in repr(asked)
    assert not view.create_button.isEnabled()
    view._create()
    view._look_around()
    assert len(asked) == 1, "nothing is asked twice while the answer is on its way"


def test_what_is_empty_is_named_beside_its_field(view: FirstRunView, asked: Asked) -> None:
    for text in ("Padaria Lua", "  ", "lia", ""):
        _type(text)
    assert asked == []
    assert [name for name, field in view.fields.items() if field.error] == ["admin_name", "admin_password"]
    assert view.fields["admin_name"].control.hasFocus()
    QTest.keyClicks(view.fields["admin_name"].control, "Lia")
    assert not view.fields["admin_name"].error


def test_a_refusal_stands_beside_its_field_and_anything_else_below(view: FirstRunView, asked: Asked) -> None:
    for text in TYPED.values():
        _type(text)
    view.show_refusal(Invalid(Fault("admin_login", "company.bad_login", {"login": "é"})))
    assert view.fields["admin_login"].error
    assert view.fields["admin_login"].control.hasFocus()
    view.show_refusal(Offline("kernel.database_gone"))
    assert any("Verifique a rede ou o disco" in said for said in words(view))
    assert view.create_button.isEnabled()


def test_the_sample_by_one_key_with_its_progress(view: FirstRunView, asked: Asked) -> None:
    QTest.keyClick(view, Key.Key_F9)
    assert asked == ["sample"]
    assert not view.sample_button.isEnabled()
    view.show_progress(30, 120)
    assert "Criando a empresa de exemplo: 30 de 120 passos." in words(view)
    view.show_refusal(Offline("kernel.database_gone"))
    assert not any("passos" in said for said in words(view))


def test_tab_goes_as_one_reads_and_everything_has_a_name(view: FirstRunView) -> None:
    assert view.fields["name"].control.hasFocus()
    stops = tab_stops(view, view.first_focus())
    expected = [*(field.control for field in view.fields.values()), view.create_button, view.sample_button]
    assert stops[: len(expected)] == expected
    assert in_reading_order(view, expected[:5])
    assert unnamed(view) == []


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_nothing_is_cut(qtbot: QtBot, qapp: QApplication, asked: Asked, language: str, dark: bool, size) -> None:
    theme.apply(qapp, theme.DARK if dark else theme.LIGHT)
    view = _shown(qtbot, asked, language, size)
    assert cut(view) == []
    assert view.grab().toImage().pixelColor(2, 2) == theme.color("bg")
