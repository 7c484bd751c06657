"""Every screen is built headless and offscreen, in both languages: names for every control, Tab order as it is seen,
drafts that come back, and not one warning of Qt (the test run itself sees to that)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.kinds import Choice, Codes, Day, Flag, Number, Secret, Text, Whole
from retaguarda.kernel.screen import EntryScreen, FormScreen, Person, Screen
from retaguarda.kernel.screen.fields import FieldState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.text import LANGUAGES, Texts
from retaguarda.shell import theme
from retaguarda.shell.tabs import view_of
from retaguarda.shell.widgets.choices import Menu
from tests.helpers import company
from tests.helpers.window import DrawnDesk

SCREENS = list(book())
each_screen = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
each_form = pytest.mark.parametrize(
    "screen", [one for one in SCREENS if isinstance(one, FormScreen)], ids=lambda screen: screen.name
)
FORMS = [one for one in SCREENS if isinstance(one, FormScreen) and not isinstance(one, EntryScreen)]
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def opened(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = company.open_as(company.copy_sqlite(sqlite_template, tmp_path_factory.mktemp("views") / "company.db"))
    yield office
    office.close()


class _Visitor:
    """The office through the eyes of somebody who may do everything, in a language of their own."""

    def __init__(self, office: Office, language: str) -> None:
        self._office = office
        self._person = Person(id=office.person.id, name="Ana", permissions=frozenset({"*"}), language=language)

    @property
    def person(self) -> Person:
        return self._person

    def __getattr__(self, name: str) -> Any:
        return getattr(self._office, name)


@pytest.fixture
def desk(opened: Office, qapp: QApplication) -> Iterator[Any]:
    theme.apply(qapp, theme.LIGHT)
    made: list[DrawnDesk] = []

    def sit(language: str) -> DrawnDesk:
        visitor: Any = _Visitor(opened, language)
        made.append(DrawnDesk(visitor, book(), Texts(language)))
        return made[-1]

    yield sit
    for one in made:
        if one.view is not None:
            one.view.close()
            one.view.deleteLater()
    QApplication.processEvents()


def _draw(desk: DrawnDesk, screen: Screen) -> Any:
    desk.open(screen.name)
    return desk.draw(view_of(desk.state, desk.words), (1306, 690))


def _focusable(view: QWidget) -> list[QWidget]:
    tab = Qt.FocusPolicy.TabFocus.value
    return [
        w
        for w in view.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy().value & tab and not w.focusProxy()
    ]


@each_language
@each_screen
def test_it_is_drawn_and_every_control_has_a_name(desk: Any, screen: Screen, language: str) -> None:
    view = _draw(desk(language), screen)
    nameless = [w for w in _focusable(view) if not (w.accessibleName() or getattr(w, "text", str)())]
    assert nameless == []
    assert view.name().strip()


@each_screen
def test_the_menu_has_the_same_actions_as_the_bar(desk: Any, screen: Screen) -> None:
    """By the right mouse button and by the menu key (U57)."""
    view = _draw(desk("pt_BR"), screen)
    spot = QPoint(4, 4)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, spot, view.mapToGlobal(spot))
        QApplication.sendEvent(view, event)
        menus = [one for one in view.findChildren(Menu) if one.isVisible()]
        assert len(menus) == bool(view.bar.actions)
        for menu in menus:
            entries = [(entry.text(), entry.shortcut().toString()) for entry in menu.actions()]
            assert entries == [(a.text(), a.shortcut().toString()) for a in view.bar.actions.values()]
            menu.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("screen", FORMS, ids=lambda screen: screen.name)
def test_tab_goes_as_the_eye_goes_and_is_never_trapped(desk: Any, screen: FormScreen) -> None:
    view = _draw(desk("pt_BR"), screen)
    area = view._form
    walked: list[QWidget] = []
    widget = first = view.first_focus()
    for _ in range(200):
        if area.isAncestorOf(widget) and widget in _focusable(view):
            walked.append(widget)
        widget = widget.nextInFocusChain()
        if widget is first:
            break
    spots = [w.mapTo(area, QPoint(0, 0)) for w in walked]
    seen = [(spot.y(), spot.x()) for spot in spots]
    assert len(walked) == len([w for w in _focusable(view) if area.isAncestorOf(w)])
    rows = sorted(seen)
    assert [_row(rows, at) for at in seen] == sorted(_row(rows, at) for at in seen)


def _row(rows: list[tuple[int, int]], at: tuple[int, int]) -> tuple[int, int]:
    """Where a control stands: its row (controls at most 12 px apart share one), then its place in it."""
    row = next(y for y, _ in rows if abs(y - at[0]) <= 12)
    return row, at[1]


@each_form
def test_its_draft_comes_back(desk: Any, screen: FormScreen) -> None:
    one = desk("pt_BR")
    one.open(screen.name)
    typed = _type_into_all(one.state)
    if not typed:
        return
    kept = json.loads(json.dumps(one.state.snapshot()))
    again = desk("pt_BR")
    again.open(screen.name)
    again.state.restore(kept)
    assert {name: again.state.fields[name].raw for name in typed} == typed
    assert again.state.dirty


def _type_into_all(state: FormState) -> dict[str, str]:
    typed: dict[str, str] = {}
    for field in state.fields:
        text = _sample(field)
        if text is not None and not field.view.suggestions:
            state.type_in(field.name, text)
            state.leave(field.name)
            typed[field.name] = state.fields[field.name].raw
    return typed


def _sample(field: FieldState) -> str | None:
    kind = field.kind
    if isinstance(kind, Secret | Flag | Codes):
        return None
    if isinstance(kind, Choice):
        return kind.options[-1]
    samples: tuple[tuple[type, str], ...] = ((Text, "Çã 1"), (Number, "1"), (Whole, "3"), (Day, "+3"))
    return next((text for known, text in samples if isinstance(kind, known)), None)
