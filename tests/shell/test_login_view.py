"""The log-in: who, the password, why not, the foot."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retaguarda.shell.login_view import LoginFacts, LoginPerson, LoginView, PersonRow
from retaguarda.shell.ways_out import WaysOut
from retaguarda.shell.widgets.buttons import Button
from tests.shell.pictures import login
from tests.shell.seen import cut, in_reading_order, tab_stops, words
from tests.shell.shop import NOW, shop_words
from tests.shell.test_accessible import unnamed

pytestmark = pytest.mark.usefixtures("light")
Key = Qt.Key


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def view(qtbot: QtBot, asked: list[tuple[str, str]]) -> LoginView:
    return _shown(qtbot, login(), asked)


def _shown(
    qtbot: QtBot, made: LoginView, asked: list[tuple[str, str]], size: tuple[int, int] = (1366, 768)
) -> LoginView:
    qtbot.addWidget(made)
    made.log_in.connect(lambda name, password: asked.append((name, password)))
    made.resize(*size)
    made.show()
    made.activateWindow()
    made.first_focus().setFocus()
    QApplication.processEvents()
    return made


def _rows(view: LoginView) -> list[PersonRow]:
    return view.findChildren(PersonRow)


def test_the_first_person_types_a_password_and_presses_enter(view, asked):
    assert view.password.hasFocus()
    QTest.keyClicks(view.password, "segredo")
    QTest.keyClick(view.password, Key.Key_Return)
    assert asked == [("marina", "segredo")]


def test_nothing_is_asked_twice_while_the_answer_is_on_its_way(view, asked):
    QTest.keyClicks(view.password, "segredo")
    QTest.keyClick(view.password, Key.Key_Return)
    view._enter()
    assert len(asked) == 1
    assert not view.enter.isEnabled()
    assert view.enter.text() == "Entrando…"


def test_arrows_go_from_person_to_person_and_the_password_is_theirs(view, asked):
    QTest.keyClicks(view.password, "da marina")
    rows = _rows(view)
    rows[0].setFocus()
    QTest.keyClick(rows[0], Key.Key_Down)
    assert view.chosen == LoginPerson("julio", "Júlio César Andrade", "Estoque")
    assert view.password.text() == ""
    assert view.password.accessibleName() == "Senha de Júlio"
    QTest.keyClicks(view.password, "outra")
    QTest.keyClick(view.password, Key.Key_Return)
    assert asked == [("julio", "outra")]


def test_a_refusal_says_why_in_full_and_lets_the_password_be_typed_again(view, asked):
    QTest.keyClicks(view.password, "errada")
    QTest.keyClick(view.password, Key.Key_Return)
    view.show_refusal("A senha não confere.", "Digite de novo; depois de cinco vezes espere um minuto.")
    assert view.password.hasFocus()
    assert view.password.invalid
    assert {"A senha não confere.", "Digite de novo; depois de cinco vezes espere um minuto."} <= set(words(view))
    QTest.keyClicks(view.password, "certa")
    assert view.password.text() == "certa"
    assert "A senha não confere." not in words(view)
    QTest.keyClick(view.password, Key.Key_Return)
    assert asked == [("marina", "errada"), ("marina", "certa")]
    assert not view.password.invalid


def test_somebody_else_types_a_name(view, asked):
    QTest.mouseClick(view.other, Qt.MouseButton.LeftButton)
    assert view.login.hasFocus()
    assert view.chosen is None
    QTest.keyClick(view.login, Key.Key_Return)
    assert asked == []
    QTest.keyClicks(view.login, " carla ")
    QTest.keyClick(view.login, Key.Key_Return)
    assert view.password.hasFocus()
    QTest.keyClicks(view.password, "x")
    QTest.keyClick(view.password, Key.Key_Return)
    assert asked == [("carla", "x")]


def test_without_people_the_name_is_typed(qtbot, asked):
    view = _shown(qtbot, LoginView(shop_words(), LoginFacts(company="Loja")), asked)
    assert view.first_focus() is view.login
    assert not view.other.isVisible()
    view.set_people([LoginPerson("ana", "Ana", "Vendas")])
    assert view.first_focus() is view.password
    assert not view.login.isVisible()


def test_a_name_remembered_is_chosen_again(view):
    view.choose("rita")
    assert view.chosen is not None
    assert view.chosen.name == "Rita Sales"
    view.choose("desconhecida")
    assert view.chosen is None
    assert view.login.text() == "desconhecida"


def test_the_sample_company_needs_no_password(qtbot, asked):
    view = login()
    view.set_people([LoginPerson("marina", "Marina Souza", "Vendas", needs_password=False)])
    _shown(qtbot, view, asked)
    assert not view.password.isVisible()
    assert view.enter.hasFocus()
    QTest.keyClick(view.enter, Key.Key_Space)
    assert asked == [("marina", "")]


@pytest.mark.parametrize(
    ("backup", "said"),
    [
        (NOW - dt.timedelta(hours=8, minutes=42), "Base local pronta · cópia de segurança hoje 02:00"),
        (NOW - dt.timedelta(days=2), "Base local pronta · cópia de segurança qui 19/11 10:42"),
        (None, "Base local pronta · nenhuma cópia de segurança ainda"),
    ],
)
def test_the_foot_says_how_the_base_is_and_how_old_the_backup(view, backup, said):
    view.set_base("local", backup, NOW.date())
    assert said in words(view)


def test_a_base_out_of_reach_says_only_that(view):
    view.set_base("gone", NOW, NOW.date())
    assert "Base fora de alcance" in words(view)


def test_tab_goes_as_one_reads_and_everything_has_a_name(view):
    stops = tab_stops(view, _rows(view)[0])
    assert stops[:4] == [_rows(view)[0], view.other, view.password, view.enter]
    assert in_reading_order(view, stops[:4])
    assert unnamed(view) == []


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (800, 560)])
def test_nothing_is_cut_and_the_picture_leaves_small_windows(qtbot, asked, language, size):
    view = _shown(qtbot, login(language), asked, size)
    assert cut(view) == []
    assert view._picture.isVisible() == (size[0] >= 1000)
    assert _rows(view)[0].width() == 380


def test_where_there_is_no_company_to_log_in_to_the_ways_out_stand_alone(view, asked):
    done: list[str] = []
    view.show_trouble("Não abre.", "Faça isto.", [("Atualizar", lambda: done.append("one")), ("De novo", lambda: None)])
    QApplication.processEvents()
    said = words(view)
    assert "Não abre." in said
    assert "Faça isto." in said
    assert "Quem está usando?" not in said
    assert not view.password.isVisible()
    first = view.findChild(WaysOut).findChild(Button)
    assert first.text() == "Atualizar"
    assert first.hasFocus()
    QTest.keyClick(first, Key.Key_Return)
    assert done == ["one"]
    view.set_busy(True)
    view.show_progress(2, 5)
    assert "2 de 5 passos" in words(view)
    QTest.keyClick(first, Key.Key_Return)
    assert done == ["one"], "nothing is asked twice"
    assert unnamed(view) == []
    assert cut(view) == []
    assert asked == []
