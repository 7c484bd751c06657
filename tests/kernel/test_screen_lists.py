"""Lists, pages and boards without a window."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from retaguarda.kernel.screen import Person, Phrase, Place, ScreenBook, SlotFill, TablePanel
from retaguarda.kernel.screen.parts import Action
from retaguarda.kernel.screen.permitting import may_open
from retaguarda.kernel.screen.pressing import subject_of
from tests.helpers.desk import Desk
from tests.helpers.toy import ConfirmOrder, UnconfirmOrder
from tests.helpers.toy_screens import FILLS, HOME, ORDER_LIST, PLACES, SCREENS, toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store


@pytest.fixture
def store() -> Store:
    store = toy_store()
    desk = Desk(ToyDoor(store), toy_book())
    for n, customer in enumerate(("são jorge", "padaria", "padaria")):
        desk.open("toy.order_entry")
        desk.set(customer_id=customer)
        desk.scan(f"{n + 1}*{list(store.products.values())[n].gtin}")
        desk.press("save")
    return store


@pytest.fixture
def desk(store) -> Desk:
    return Desk(ToyDoor(store), toy_book())


def test_a_list_has_rows_counts_and_the_columns_of_others(desk):
    desk.open("toy.order_list")
    assert [row.number for row in desk.list.rows] == ["10482", "10481", "10480"]
    assert desk.list.counts == {"all": (3, False), "open": (3, False)}
    assert [c.field for c in desk.list.columns] == ["number", "customer_name", "due_on", "total", "state", "step"]
    step = desk.list.columns[-1]
    assert desk.list.value(0, step.field) == "step_quotation"
    assert desk.list.value(0, "total") == desk.list.rows[0].total


def test_nothing_is_read_beside_the_rows_before_they_are_painted(store):
    desk = Desk(ToyDoor(store), toy_book())
    painted: list[Any] = []
    desk.seat.later = painted.append
    state = desk.open("toy.order_list")
    step = state.columns[-1].field
    assert (len(state.rows), state.value(0, step), state.counts) == (3, None, {"all": (3, False)})
    desk.call(painted.pop())
    assert (state.value(0, step), state.counts["open"]) == ("step_quotation", (3, False))
    state = desk.open("toy.order_list")
    desk.call(state.close)
    desk.call(painted.pop())
    assert (state.value(0, step), state.counts) == (None, {"all": (3, False)})


def test_pressing_on_a_row_changes_the_row(desk, store):
    desk.open("toy.order_list")
    desk.call(lambda: desk.list.choose(1))
    key = desk.list.record.id
    desk.press("confirm")
    assert desk.list.record.id == key
    assert desk.list.record.state == "confirmed"
    assert desk.reason("confirm") == Phrase("shell.reason.not_now")
    assert desk.list.counts["open"] == (2, False)


def test_a_row_opens_and_a_dialog_gets_its_id_and_version(desk, store):
    desk.open("toy.order_list")
    desk.press("cancel")
    assert desk.form.go.given == {"order_id": desk.screens[0].record.id, "version": 1}
    desk.set(reason="desistiu")
    desk.press("save_close")
    assert desk.list.record.state == "cancelled"
    desk.call(desk.list.open)
    assert desk.page.row.state == "cancelled"


def test_searching_tabs_filters_and_sorting(desk):
    desk.open("toy.order_list")
    desk.call(lambda: desk.list.search("jorge"))
    assert [row.number for row in desk.list.rows] == ["10480"]
    desk.call(lambda: desk.list.search("xyz"))
    assert desk.list.status == "none_found"
    desk.call(lambda: desk.list.search(""))
    desk.call(lambda: desk.list.sort_by("number"))
    assert [row.number for row in desk.list.rows] == ["10480", "10481", "10482"]
    desk.call(lambda: desk.list.filter("state", "confirmed"))
    assert desk.list.status == "none_found"
    desk.call(lambda: desk.list.filter("state", None))
    desk.call(lambda: desk.list.choose_tab("open"))
    assert len(desk.list.rows) == 3


def test_pages_come_one_after_the_other_and_end(desk):
    desk.open("toy.product_list")
    assert len(desk.list.rows) == 7
    desk.call(desk.list.more)
    desk.call(desk.list.more)
    desk.call(desk.list.more)
    assert len(desk.list.rows) == 20
    assert desk.list.count == 20


def test_an_empty_list_and_a_failed_one_are_told_apart(desk, store):
    desk.open("toy.empty_list")
    assert desk.list.status == "empty"
    store.down = True
    desk.open("toy.empty_list")
    assert desk.list.status == "failed"
    store.down = False
    desk.call(desk.state.banner.again)
    assert desk.list.status == "empty"


def test_a_page_loads_its_panels_and_prints(desk, store):
    key = next(iter(store.orders))
    desk.open("toy.order_page", key)
    assert set(desk.page.panels) == {"lines", "others", "terms", "timeline", "path"}
    assert desk.page.panels["lines"].count == 3
    assert desk.page.panels["terms"].row.total == Decimal("1.50")
    assert desk.page.tab == "lines"
    desk.press("print")
    assert desk.papers[-1].document == "toy.order"
    desk.press("confirm")
    assert desk.page.row.state == "confirmed"
    desk.press("edit")
    assert desk.entry.key == key


def test_a_board_fills_its_panels_and_acts_on_rows(desk, store):
    desk.open("toy.home")
    queue = desk.page.panels["queue"]
    assert queue.count == 3
    desk.call(lambda: desk.page.choose("queue", 2))
    desk.call(lambda: desk.page.press_in("queue", "confirm"))
    assert [o.state for o in store.orders.values()].count("confirmed") == 1
    desk.call(lambda: desk.page.press_in("queue", "confirm"))
    desk.expect_banner("shell.reason.not_now")
    desk.call(lambda: desk.page.open("queue", 0))
    assert desk.page.row.number == "10480"


def test_a_person_without_permission_sees_why(store):
    seller = Person(id="s", name="Ana", permissions=frozenset({"toy.cancel_order"}))
    desk = Desk(ToyDoor(store, seller), toy_book())
    desk.open("toy.order_list")
    assert desk.reason("confirm") == Phrase("kernel.forbidden", {"permission": "toy.confirm_order"})
    assert desk.reason("cancel") is None


def test_the_book_refuses_what_leads_nowhere():
    with pytest.raises(ValueError, match="two screens"):
        ScreenBook([HOME, HOME])
    with pytest.raises(ValueError, match=r"toy\.lost"):
        ScreenBook([HOME], places=[Place(name="x", screen="toy.lost")])
    with pytest.raises(ValueError, match=r"toy\.gone"):
        ScreenBook([HOME], [SlotFill("toy.gone", "actions", Action(name="x"))])
    with pytest.raises(TypeError, match="takes a"):
        SlotFill("toy.home", "columns", TablePanel(name="x", columns=()))
    assert ORDER_LIST.title_code == "toy.order_list.title"
    assert ORDER_LIST.module == "toy"


def test_a_command_with_an_inverse_offers_its_undo():
    store = toy_store()
    undos = {"toy.confirm_order": "toy.unconfirm_order"}
    book = ScreenBook(SCREENS, FILLS, PLACES, (ConfirmOrder, UnconfirmOrder), undos=undos)
    desk = Desk(ToyDoor(store), book)
    desk.open("toy.order_entry")
    desk.set(customer_id="padaria")
    desk.scan(next(iter(store.products.values())).gtin)
    desk.press("confirm")
    key = next(iter(store.orders))
    undo = desk.toasts[-1].undo
    assert undo == ("toy.unconfirm_order", {"order_id": key, "version": 2})


def test_places_are_shown_to_those_who_may_enter(store):
    seller = Person(id="s", name="Ana", permissions=frozenset({"toy.orders", "toy.add_product"}))
    desk = Desk(ToyDoor(store, seller), toy_book())
    seen = [screen.name for screen in desk.seat.book if may_open(desk.seat, screen)]
    assert seen == ["toy.home", "toy.order_list", "toy.order_page", "toy.product_form", "toy.customer_form"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"number": 7, "supplier_name": "Tintas do Vale", "name": None}, "7 · Tintas do Vale"),
        ({"number": 35, "customer_name": "Helena", "name": "35/1"}, "Helena · 35/1"),
        ({"number": 3, "customer_name": "Helena", "name": "35/1"}, "3 · Helena · 35/1"),
        ({"number": 2, "account_name": "Front till"}, "2 · Front till"),
        ({"supplier_name": "Tintas do Vale", "name": "Tintas do Vale"}, "Tintas do Vale"),
        ({}, ""),
    ],
)
def test_what_a_record_is_called(row: dict[str, object], said: str) -> None:
    assert subject_of(SimpleNamespace(**row)) == said
