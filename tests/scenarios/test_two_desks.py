"""Two desks at one company: what is changed at one comes to the other's open screens within three seconds, only where
it matters and only where it is seen; who is typing in the same record is told (U43). On both engines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.app.headless import Office
from retaguarda.kernel.screen.state import Go
from retaguarda.shell import theme
from retaguarda.shell.widgets.buttons import LinkButton
from tests.helpers import company, counter
from tests.helpers.keyboard import Keyboard
from tests.shell.seen import words

SOON_S = 3.0


class Reads:
    """Which queries the office of a window was asked since `begin`."""

    def __init__(self, office: Office) -> None:
        self.names: list[str] = []
        self._show, self._one = office.show, office.one
        vars(office).update(show=self.show, one=self.one)

    def show(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self.names.append(name)
        return self._show(name, *args, **kwargs)

    def one(self, name: str, key: str) -> Any:
        self.names.append(name)
        return self._one(name, key)


@pytest.fixture
def elsewhere(company_url: str) -> Iterator[Office]:
    """Another desk of the company, furnished: on a server another office, beside a file the command line's."""
    office = company.open_as(company_url)
    counter.furnish(office)
    yield office
    office.close()


@pytest.fixture
def at(elsewhere: Office, tmp_path: Path, qapp: QApplication) -> Iterator[Keyboard]:
    theme.apply(qapp, theme.LIGHT)
    found = Keyboard(elsewhere.store.url, tmp_path / "station")
    yield found
    found.end()


def soon(at: Keyboard, so: Callable[[], object]) -> float:
    """Lets the window go on until something is so; how long it took, which may not be longer than `SOON_S`."""
    began = time.monotonic()
    while not so():
        QApplication.processEvents()
        assert time.monotonic() - began < SOON_S, "it did not come in time"
        QTest.qWait(10)
    return time.monotonic() - began


def quiet(at: Keyboard, seconds: float = 1.2) -> None:
    """Waits as long as news takes to come."""
    QTest.qWait(int(seconds * 1000))
    at.turn()


def customer(office: Office) -> Any:
    return office.show("party.customers", {"name": "Padaria Três Irmãos"}).rows[0]


def change(office: Office, key: str, **values: Any) -> None:
    """The other desk changes the customer."""
    row = office.one("party.parties", key)
    known = {"name": row.name, "kind": row.kind, "customer": True, "notes": row.notes}
    office.do(("party.revise_party", {"party_id": key, "version": row.version, **known, **values}))


def quote(office: Office, quantity: str) -> str:
    """The other desk writes a quotation for the first product."""
    lines = [{"product_id": first_product(office).id, "quantity": quantity}]
    made = office.do("sales.create_quotation", customer_id=customer(office).id, promised_on="2026-11-30", lines=lines)
    return str(made.value["id"])


def first_product(office: Office) -> Any:
    return office.show("catalog.products", {"code": "C-00"}).rows[0]


def test_a_list_and_a_page_follow_another_desk(at: Keyboard, elsewhere: Office) -> None:
    at.desk.screens.open(Go("sales.order_list"))
    at.turn(lambda: at.state.status == "empty")
    key = quote(elsewhere, "2")
    soon(at, lambda: [row.id for row in at.state.rows] == [key])
    at.desk.screens.open(Go("sales.order_page", key))
    at.turn(lambda: at.state.record is not None)
    elsewhere.do("sales.confirm_order", order_id=key)
    soon(at, lambda: at.state.record.state == "confirmed")
    assert at.state.banner is None


def test_what_a_line_was_promised_is_asked_anew_when_another_desk_takes_it(at: Keyboard, elsewhere: Office) -> None:
    at.desk.screens.open(Go("sales.order_entry"))
    at.turn()
    at.state.scanning.give(counter.gtin_of(0))
    at.turn(lambda: at.state.values().lines and at.state.values().lines[0].answer is not None)
    assert at.state.values().lines[0].answer.free == counter.STOCK
    elsewhere.do("sales.confirm_order", order_id=quote(elsewhere, "120"))
    soon(at, lambda: at.state.values().lines[0].answer.free == counter.STOCK - 120)


def test_only_what_is_in_sight_and_shows_it_is_read_again(at: Keyboard, elsewhere: Office) -> None:
    at.desk.screens.open(Go("catalog.product_list"))
    at.turn(lambda: at.state.rows)
    at.desk.screens.open(Go("company.person_list"))
    at.turn(lambda: at.state.rows)
    front: Any = at.window.front
    reads = Reads(front.office)
    product = first_product(elsewhere)
    elsewhere.do("catalog.set_price", product_id=product.id, price="77.00")
    quiet(at)
    assert not [name for name in reads.names if name.startswith(("catalog.", "company."))]
    at.desk.screens.open(Go("catalog.product_list"))
    at.turn(lambda: any(row.id == product.id and row.price == 77 for row in at.state.rows))


def test_ones_own_changes_are_not_told_twice(at: Keyboard, elsewhere: Office) -> None:
    at.desk.screens.open(Go("company.department_list"))
    at.turn()
    form = at.desk.screens.open(Go("company.department_form"))
    at.turn()
    form.state.type_in("name", "Jardim")
    form.state.press("save_close")
    at.turn(lambda: at.state.screen.name == "company.department_list")
    at.turn(lambda: any(row.name == "Jardim" for row in at.state.rows))
    front: Any = at.window.front
    reads = Reads(front.office)
    quiet(at)
    assert reads.names == []


def test_other_fields_of_a_form_that_is_typed_in_are_laid_together(at: Keyboard, elsewhere: Office) -> None:
    key = customer(elsewhere).id
    form = at.desk.screens.open(Go("party.customer_form", key))
    at.turn(lambda: form.state.row is not None)
    field = form.view.findChild(QWidget, "name")
    field.setFocus()
    at.key(Qt.Key.Key_End)
    QTest.keyClicks(field, " Novos")
    change(elsewhere, key, notes="Paga às sextas.")
    soon(at, lambda: form.state.fields["notes"].value == "Paga às sextas.")
    at.turn()
    assert field.hasFocus(), "who is typing goes on typing"
    QTest.keyClicks(field, "!")
    assert form.state.fields["name"].raw == "Padaria Três Irmãos Novos!"
    assert "Outra pessoa mudou" in at.desk.toast.accessibleName()
    assert form.state.conflicts == {}
    assert form.state.banner is None, "it is said once"
    form.state.press("save")
    at.turn(lambda: not form.state.dirty)
    row = elsewhere.one("party.parties", key)
    assert (row.name, row.notes) == ("Padaria Três Irmãos Novos!", "Paga às sextas.")


def test_the_same_field_is_asked_about_in_the_form(at: Keyboard, elsewhere: Office) -> None:
    key = customer(elsewhere).id
    form = at.desk.screens.open(Go("party.customer_form", key))
    at.turn(lambda: form.state.row is not None)
    field = form.view.findChild(QWidget, "name")
    field.setFocus()
    at.key(Qt.Key.Key_End)
    QTest.keyClicks(field, " Ltda")
    change(elsewhere, key, name="Padaria Quatro Irmãos")
    soon(at, lambda: form.state.conflicts)
    at.turn()
    links = {link.text(): link for link in form.view.findChildren(LinkButton) if link.isVisible()}
    assert "Duas pessoas mudaram este campo." in words(form.view)
    assert form.state.reason(form.state.actions()[0]) is not None
    QTest.mouseClick(links["Usar o da outra pessoa: Padaria Quatro Irmãos"], Qt.MouseButton.LeftButton)
    assert form.state.fields["name"].raw == "Padaria Quatro Irmãos"


def test_lines_that_both_changed_are_asked_about_above_the_form(at: Keyboard, elsewhere: Office) -> None:
    key = customer(elsewhere).id
    form = at.desk.screens.open(Go("party.customer_form", key))
    at.turn(lambda: form.state.row is not None)
    for name, text in (("street", "Rua das Flores"), ("city", "Recife")):
        form.state.lines["addresses"].type_in(0, name, text)
    form.state.changed("lines.addresses", "actions")
    street = {"street": "Avenida Sete", "city": "Olinda"}
    change(elsewhere, key, addresses=[street])
    soon(at, lambda: form.state.question is not None)
    at.turn()
    assert "Duas pessoas mudaram as mesmas linhas: Endereços." in words(form.view)
    assert form.view.findChild(QWidget, "answer_mine") is not None
    QTest.mouseClick(form.view.findChild(QWidget, "answer_theirs"), Qt.MouseButton.LeftButton)
    assert form.state.conflicts == {}
    assert [row["street"].raw for row in form.state.lines["addresses"].filled] == ["Avenida Sete"]
    assert not form.state.dirty


def test_a_clean_form_shows_what_another_desk_saved(at: Keyboard, elsewhere: Office) -> None:
    key = customer(elsewhere).id
    form = at.desk.screens.open(Go("party.customer_form", key))
    at.turn(lambda: form.state.row is not None)
    change(elsewhere, key, name="Padaria Quatro Irmãos")
    soon(at, lambda: form.state.fields["name"].raw == "Padaria Quatro Irmãos")
    assert not form.state.dirty


def test_nobody_is_told_after_the_end(at: Keyboard, elsewhere: Office) -> None:
    at.window.shut_down()
    assert not [thread for thread in threading.enumerate() if thread.name == "watcher"]
    elsewhere.do("company.add_person", login="bia", name="Bia")
    QTest.qWait(50)


def test_two_windows_on_one_server(elsewhere: Office, tmp_path: Path, qapp: QApplication) -> None:
    """What a person does in one window with keys stands in the other; a file has one window only."""
    if elsewhere.store.name != "postgresql":
        return
    theme.apply(qapp, theme.LIGHT)
    first, second = (Keyboard(elsewhere.store.url, tmp_path / name) for name in ("one", "two"))
    try:
        second.desk.screens.open(Go("company.department_list"))
        second.turn(lambda: second.state.status == "ready")
        first.desk.screens.open(Go("company.department_form"))
        first.turn(lambda: first.state.screen.name == "company.department_form")
        first.front.view.first_focus().setFocus()
        QTest.keyClicks(first.focus, "Jardim")
        QTest.keyClick(first.window, Qt.Key.Key_F10)
        soon(second, lambda: any(row.name == "Jardim" for row in second.state.rows))
    finally:
        first.end()
        second.end()
