"""A list of more rows than are counted at once: an exact bar, any place at once, few pages in memory."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from retaguarda.kernel.page import PAGE, Anchors, Page
from retaguarda.kernel.screen import Action
from retaguarda.kernel.screen.long_rows import KEPT, LongRows
from retaguarda.shell.list_view import ListView
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import ToyDoor, toy_store
from tests.helpers.window import DrawnDesk

ROWS = 2_345


class LongDoor(ToyDoor):
    """Counts to a hundred; its cursors are keys, as those of a database are."""

    def show(
        self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None, limit: int = PAGE,
        after: Any = None, count: bool = False,
    ) -> Page:  # fmt: skip
        if query_name != "toy.products":
            return super().show(query_name, where, sort, limit, after, count)
        rows = self._sorted(where)
        start = 0 if after is None else bisect_right([(row.name, row.id) for row in rows], after)
        page, over = tuple(rows[start : start + limit]), count and len(rows) > 100
        last = (page[-1].name, page[-1].id) if start + limit < len(rows) else None
        counted = (100 if over else len(rows)) if count else None
        return Page(rows=page, after=last, count=counted, count_capped=over, at=self.now())

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        rows = self._sorted(where)
        ends = (rows[at - 1] for at in range(PAGE, len(rows), PAGE))
        return Anchors(len(rows), (None, *((row.name, row.id) for row in ends)))

    def _sorted(self, where: Mapping[str, Any] | None) -> list[Any]:
        rows = super().show("toy.products", where, "name", 1_000_000).rows
        return sorted(rows, key=lambda row: (row.name, row.id))


@pytest.fixture
def desk(qtbot, light) -> Iterator[DrawnDesk]:
    store = toy_store()
    first = next(iter(store.products.values()))
    store.products.clear()
    for n in range(ROWS):
        key = f"p{n:05}"
        store.products[key] = dataclasses.replace(first, id=key, name=f"Produto {n:05}")
    desk = DrawnDesk(LongDoor(store), toy_book())
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()


def test_it_stands_anywhere_at_once_and_stays_there(desk, qtbot):
    desk.open("toy.product_list")
    state = desk.list
    view: Any = desk.draw(ListView(state, desk.words))
    for topic in ("rows", "status", "long"):
        view.topic(topic)
    view.resize(900, 600)
    view.show()
    desk.turn()
    table = view.table
    assert (state.count, state.count_capped, len(state.rows), table.rows.rowCount()) == (ROWS, False, ROWS, ROWS)
    last = ROWS - 1
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    table.viewport().grab()
    qtbot.waitUntil(lambda: (desk.turn(), table.rows.at(last) is not None)[1])
    names = [row.name for row in sorted(desk.door.store.products.values(), key=lambda row: row.name)]
    assert state.rows[last].name == names[last]
    assert state.rows[ROWS // 2] is None
    table.setCurrentIndex(table.rows.index(last, 0))
    assert state.record.name == names[last]
    place = bar.value()
    assert place > 0
    desk.call(state.refresh)
    desk.turn()
    assert (bar.value(), state.record.name, table.rows.at(0)) == (place, names[last], None)
    desk.call(lambda: state.search("produto 0001"))
    desk.turn()
    assert (state.count, len(state.rows), table.rows.is_paged) == (10, 10, False)


def test_pages_out_of_sight_let_nothing_be_painted_anew(desk, qtbot):
    _state, table = opened(desk)
    told: list[int] = []
    table.rows.dataChanged.connect(lambda first, _last: told.append(first.row() // PAGE))
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    table.viewport().grab()
    here = {table.rowAt(1) // PAGE, table.rowAt(table.viewport().height() - 2) // PAGE}
    beside = max(here) + 1
    qtbot.waitUntil(lambda: (desk.turn(), {*here, beside} <= table.rows.paging.held.keys())[1])
    assert set(told) == here
    bar.setValue(table.rowHeight(0) * beside * PAGE)
    assert table.rows.at(table.rowAt(1)) is not None


def put(desk: Any, *names: str) -> None:
    """Somebody else adds products."""
    products = desk.door.store.products
    first = next(iter(products.values()))
    products.update({name: dataclasses.replace(first, id=name, name=name) for name in names})


def opened(desk: DrawnDesk) -> tuple[Any, Any]:
    """The list and its view, long already."""
    desk.open("toy.product_list")
    view: Any = desk.draw(ListView(desk.list, desk.words))
    for topic in ("rows", "status", "long"):
        view.topic(topic)
    view.resize(900, 600)
    view.show()
    desk.turn()
    return desk.list, view.table


def true_places(desk: Any, state: Any, table: Any) -> bool:
    """Whether every row that is here stands where it stands in truth, in the state and in the table."""
    names = sorted(row.name for row in desk.door.store.products.values())
    held = [at for at in range(len(state.rows)) if state.rows[at] is not None]
    shown = [at for at in held if table.rows.paging.held.get(at // PAGE) is not None]
    assert len(state.rows) == table.rows.rowCount() == len(names)
    assert held
    return all(state.rows[at].name == names[at] for at in held) and all(
        table.rows.at(at).key == state.rows[at].id for at in shown
    )


@pytest.mark.parametrize("place", [3, 199, 200, 1_111])
def test_what_others_do_above_moves_no_choice_and_mixes_no_pages(desk, qtbot, place):
    state, table = opened(desk)
    table.scrollTo(table.rows.index(place, 0))
    table.viewport().grab()
    qtbot.waitUntil(lambda: (desk.turn(), table.rows.at(place) is not None)[1])
    table.setCurrentIndex(table.rows.index(place, 0))
    chosen = state.record.id
    for change in (lambda: put(desk, "A novo"), lambda: put(desk, *(f"B {n:03}" for n in range(150))),
                   lambda: desk.door.store.products.pop("A novo")):  # fmt: skip
        change()
        desk.call(state.refresh)
        qtbot.waitUntil(lambda: (table.viewport().grab(), desk.turn(), state._sought is None)[2])
        assert true_places(desk, state, table)
        assert (state.record.id, table.currentIndex().row()) == (chosen, state.chosen)
    del desk.door.store.products[chosen]
    desk.call(state.refresh)
    desk.turn()
    assert true_places(desk, state, table)
    assert state.record is not None
    assert state.record.id != chosen


def test_a_page_of_former_places_is_not_taken(desk):
    state, table = opened(desk)
    former = state.rows
    put(desk, "A novo")
    desk.call(lambda: (state.refresh(), state.want(2)))
    desk.turn()
    assert state.rows is not former
    assert true_places(desk, state, table)


def test_what_is_asked_about_is_what_is_done(desk):
    state, _ = opened(desk)
    desk.call(lambda: state.choose(5))
    asked = state.record
    sent: list[Any] = []
    action = Action(name="end", press="toy.revise_product", asks="toy.ask", key="id")
    state.seat.book.actions = lambda _screen: (action,)
    state.reason = lambda _action: None
    state.send = lambda command, _then: sent.append(command)

    def answered_later(_phrase: Any, _answers: Any, then: Any) -> None:
        state.chosen = 6
        then("go")

    state.ask = answered_later
    state.press("end")
    assert (state.record.id != asked.id, sent[0][1]["id"]) == (True, asked.id)


def test_a_page_that_could_not_be_read_is_asked_for_again(desk, qtbot):
    state, table = opened(desk)
    last = len(state.rows) - 1
    desk.door.store.down = True
    table.scrollToBottom()
    table.viewport().grab()
    qtbot.waitUntil(lambda: (desk.turn(), state.banner is not None)[1])
    assert table.rows.at(last) is None
    desk.door.store.down = False
    table.scrollToTop()
    table.viewport().grab()
    desk.turn()
    table.scrollToBottom()
    table.viewport().grab()
    qtbot.waitUntil(lambda: (desk.turn(), table.rows.at(last) is not None)[1])


def test_a_list_that_became_short_is_no_long_one(desk):
    state, table = opened(desk)
    for key in list(desk.door.store.products)[:-2]:
        del desk.door.store.products[key]
    desk.call(state.refresh)
    desk.turn()
    assert (len(state.rows), state.status, table.rows.is_paged) == (2, "ready", False)
    desk.door.store.products.clear()
    desk.call(state.refresh)
    desk.turn()
    assert (state.status, state.chosen) == ("empty", None)


def test_few_pages_are_held_however_long_it_is():
    rows = LongRows(Anchors(1_000_000, tuple(range(5_000))))
    gone = [key for page in range(KEPT + 5) for key in rows.hold(page, [f"{page}.{n}" for n in range(PAGE)])]
    assert len(gone) == 5 * PAGE
    assert (rows[0], rows[5 * PAGE], rows[(KEPT + 5) * PAGE - 1]) == (None, "5.0", f"{KEPT + 4}.{PAGE - 1}")
    assert len(list(rows)) == KEPT * PAGE
    assert len(rows) == 1_000_000
