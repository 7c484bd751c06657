"""What a role is kept out of: a forbidden command leaves its line in the journal and nothing else; the places of the
navigation, in a table written by hand from the duties, stand in the window for exactly the roles that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retaguarda.app.compose import book, registry
from retaguarda.app.front import OfficeFront
from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.screen.permitting import may_open
from retaguarda.modules.company import rules
from retaguarda.shell.frame.navigation import NavList
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window
from tests.conformance.test_roles import LETTERS, each_role
from tests.helpers import company
from tests.helpers.declared import declared
from tests.helpers.desk import Desk
from tests.helpers.payloads import worked_example

TABLE = """
home            S C R E F P X D A N M H T J I
queue           S C R E F P X D A N M H T J I
processes       S C R E F P X D A N M H T J I
settings        S C R E F P X D A N M H T J I
customers       S C R E F P X D A N M H T J I
suppliers       S C R E F P X D A N M H T J I
failures        S C R E F P X D A N . . . . I
sales           S C R E F P X D A N M . T J .
contacts        S C R . F . . . A N M . . J .
products        S C R E F P X D A N M . T . .
units           S C R E F P X D A N M . T . .
tax_rates       S C R E F P X D A N M . T . .
stock           S C R E F P X D A N M . T . .
stock_documents S C R E F P X D A N M . T . .
expected        S C R E F P X D A N M . T . .
holds           S C R E F P X D A N M . T . .
negatives       S C R E F P X D A N M . T . .
warehouses      S C R E F P X D A N M . T . .
shipments       S C R E F P X D A N . . . . .
carriers        S C R E F P X D A N . . . . .
billing         S C R . F . X . A N . . T . .
people          . . . . . . . . A N . H . . I
to_pick         . . . . . P . . A . . . . . .
to_pack         . . . . . P X . A . . . . . .
to_ship         . . . . . . X . A . . . . . .
routes          . . . . . . X D A . . . . . .
to_deliver      . . . . . . . D A . . . . . .
"""
"""Letters as in the table of commands."""
PLACES = {
    line.split()[0]: {LETTERS[letter] for letter in line.split()[1:] if letter != "."}
    for table in (TABLE, *declared("PLACES"))
    for line in table.strip().splitlines()
}
TALL = (1366, 2600)
"""High enough that the rare places stand in the list too, and not in its menu."""
Open = Callable[[str], Window]


def _places_of(role: str) -> set[str]:
    return {name for name, roles in PLACES.items() if role in roles}


def _forbidden_changes_nothing(office: Office, role: str) -> None:
    with company.acting(office, role):
        handled = registry().commands
        kept_out = [name for name, how in handled.items() if not office.actor.may(how.permission or name)]
        before = company.contents(office)
        for name in kept_out:
            with pytest.raises(Forbidden):
                office.do((name, worked_example(handled[name].command)))
        after = company.contents(office)
    assert bool(kept_out) == (role != rules.OWNER)
    assert len(after.pop("command_journal")) == len(before.pop("command_journal")) + len(kept_out)
    assert after == before


@each_role
@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_what_is_forbidden_changes_nothing(office: Office, role: str) -> None:
    _forbidden_changes_nothing(office, role)


@pytest.mark.parametrize("company_url", ["pg"], indirect=True)
def test_what_is_forbidden_changes_nothing_on_a_server(office: Office) -> None:
    _forbidden_changes_nothing(office, "marketing")


def test_the_table_speaks_of_every_place() -> None:
    assert set(PLACES) == {place.name for place in book().places}
    assert all(len(line.split()) == 1 + len(LETTERS) for line in TABLE.strip().splitlines())


@each_role
@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_the_places_of_a_role(office: Office, role: str) -> None:
    with company.acting(office, role):
        seat = Desk(office, book()).seat
        seen = {place.name for place in seat.book.places if may_open(seat, seat.book.screen(place.screen))}
    assert seen == _places_of(role)


@pytest.fixture
def open_as(sqlite_template: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window of the test company with somebody logged in."""
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")
    made: list[Window] = []

    def open_one(login: str) -> Window:
        clock = FixedClock(company.MONDAY)
        station = StationFacts(name="Balcão 1", folder=tmp_path / "station")
        window = Window(station, lambda: OfficeFront(url, login, "pt_BR", clock), clock)
        made.append(window)
        window.resize(*TALL)
        window.show()
        qtbot.waitUntil(lambda: window.desk is not None and window.lanes.wait(0), timeout=20_000)
        return window

    yield open_one
    for window in made:
        if window.desk is not None:
            window.desk.screens.close_all()
        window.shut_down()
        window.deleteLater()
        qtbot.wait(1)


@pytest.mark.parametrize("role", ["sales", "shipping", "hr"])
def test_the_places_stand_in_the_window(open_as: Open, role: str) -> None:
    window = open_as(role)
    assert {entry.key for entry in window.findChildren(NavList)[0].entries.shown} == _places_of(role)
    assert window.desk is not None
    front = window.desk.screens.front
    for name in PLACES.keys() - _places_of(role):
        window.desk.go_to_place(name)
        assert window.desk.screens.front is front
