"""The one box (U20, U22): whatever has a name or a number is found from anywhere, by whoever may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Offline, Problem
from retaguarda.kernel.screen import ListScreen, Request
from retaguarda.kernel.screen.finding import EACH, Finder
from retaguarda.shell import theme
from retaguarda.shell.palette import Palette
from retaguarda.shell.widgets.search import Heading
from tests.helpers import company
from tests.helpers.desk import Desk
from tests.helpers.keyboard import Keyboard

LISTS = {screen.name: screen for screen in book() if isinstance(screen, ListScreen)}
CTRL = Qt.KeyboardModifier.ControlModifier


def furnish(office: Office) -> str:
    """Customers with alike names, one of them put away, and an order of the first; gives the order's number."""
    first = office.do("party.add_party", name="Mercearia São Jorge", kind="company", customer=True).value["id"]
    for n in range(EACH + 1):
        office.do("party.add_party", name=f"Padaria São João {n}", kind="company", customer=True)
    gone = office.do("party.add_party", name="Bar São Jorge", kind="company", customer=True).value
    office.do("party.archive_party", party_id=gone["id"])
    office.do("catalog.add_product", code="V1", name="Visita", kind="service", price="2.00")
    product = office.show("catalog.products").rows[0].id
    lines = [{"product_id": product, "quantity": "1"}]
    office.do(("sales.create_quotation", {"customer_id": first, "lines": lines}))
    return str(office.show("sales.orders").rows[0].number)


def finder_of(office: Office) -> Finder:
    """The box in front of whoever is at this office, answered at once."""

    def ask(request: Request) -> None:
        try:
            found: Any = request.run(office)
        except Problem as problem:
            request.on_problem(problem)
        else:
            request.on_result(found)

    return Finder(replace(Desk(office, book()).seat, ask=ask), lambda: None)


def told(finder: Finder) -> dict[str, list[str]]:
    """What was found: the first column of each row, by list."""
    return {group.screen.name: [str(row.cells[0][1]) for row in group.rows] for group in finder.groups}


def test_names_are_found_without_accents_and_what_was_put_away_says_so(office: Office) -> None:
    number = furnish(office)
    finder = finder_of(office)
    finder.look("sao jorge")
    assert sorted(told(finder)["party.customer_list"]) == ["Bar São Jorge", "Mercearia São Jorge"]
    assert told(finder)["sales.order_list"] == [number], "an order is found by its customer"
    archived = {row.cells[0][1]: row.archived for row in finder.groups[0].rows}
    assert archived == {"Bar São Jorge": True, "Mercearia São Jorge": False}
    assert not finder.looking
    finder.look("sao joao")
    (group,) = finder.groups
    assert (len(group.rows), group.count) == (EACH, EACH + 1)
    assert dict(group.all.given) == {"search": "sao joao"}
    finder.look("s")
    assert finder.groups == []


def test_nobody_finds_what_they_may_not_read(office: Office) -> None:
    furnish(office)
    everything = {"party.customer_list", "sales.order_list"}
    kept_out = 0
    for role in ("administrator", "picking", "hr"):
        with company.acting(office, role):
            finder = finder_of(office)
            finder.look("mercearia sao")
            may = {name for name in everything if office.actor.may(office.registry.query(LISTS[name].query).permission)}
            assert set(told(finder)) == may, role
            assert not finder.looking
            kept_out += len(everything - may)
    assert kept_out


def test_a_list_that_cannot_answer_is_no_list_without_findings(office: Office) -> None:
    def ask(request: Request) -> None:
        request.on_problem(Offline("kernel.database_gone", detail="the cable"))

    finder = Finder(replace(Desk(office, book()).seat, ask=ask), lambda: None)
    finder.look("sao jorge")
    assert finder.trouble is not None
    assert (finder.trouble.code, finder.groups, finder.looking) == ("kernel.database_gone", [], False)
    finder.look("")
    assert finder.trouble is None


@pytest.fixture
def at(sqlite_template: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Keyboard]:
    theme.apply(qapp, theme.LIGHT)
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")
    office = company.open_as(url)
    furnish(office)
    office.close()
    made = Keyboard(url, tmp_path / "station")
    yield made
    made.end()


def palette_of(at: Keyboard) -> Palette:
    """The palette in sight."""
    found: list[Palette] = [one for one in at.desk.findChildren(Palette) if one.isVisible()]
    (palette,) = found
    return palette


def lines(at: Keyboard) -> list[str]:
    """What the palette shows."""
    return [one.text for one in palette_of(at)._model.found if not isinstance(one, Heading)]


def find(at: Keyboard, text: str, until: str) -> None:
    at.turn(lambda: not at.state.busy)
    at.key(Qt.Key.Key_K, CTRL)
    at.turn(lambda: any(palette.isVisible() for palette in at.desk.findChildren(Palette)))
    at.type_in(text, 0)
    at.turn(lambda: until in lines(at))


def wait_for(at: Keyboard, count: int) -> None:
    at.turn(lambda: at.state.count == count)


def test_enter_opens_what_was_found(at: Keyboard) -> None:
    find(at, "mercearia sao", "Mercearia São Jorge")
    at.key(Qt.Key.Key_Return)
    at.turn(lambda: at.state.screen.name == "party.customer_page" and at.state.record is not None)
    assert at.state.record.name == "Mercearia São Jorge"


def test_all_of_them_stand_in_their_list_also_where_it_is_open(at: Keyboard) -> None:
    for text, count in (("sao joao", EACH + 1), ("sao j", EACH + 3)):
        find(at, text, f"Ver todos os {count}")
        at.key(Qt.Key.Key_PageDown)
        while not palette_of(at)._view.currentIndex().data().startswith("Ver todos"):
            at.key(Qt.Key.Key_Up)
        at.key(Qt.Key.Key_Return)
        at.turn(lambda: at.state.screen.name == "party.customer_list")
        wait_for(at, count)
        assert at.front.view.search.text() == text
