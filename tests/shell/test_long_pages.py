"""A list of more rows than are counted at once: an exact bar, any place at once, few pages in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from retaguarda.kernel.page import PAGE, Anchors, Page
from retaguarda.kernel.screen.long_rows import KEPT, LongRows
from retaguarda.shell.list_view import ListView
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import ToyDoor, toy_store
from tests.helpers.window import DrawnDesk

ROWS = 2_345


class LongDoor(ToyDoor):
    """Counts to a hundred; its cursors are places."""

    def show(self, *args: Any, **more: Any) -> Page:
        page = super().show(*args, **more)
        over = page.count is not None and page.count > 100
        return dataclasses.replace(page, count=100, count_capped=True) if over else page

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        count = super().show(query_name, where, sort, 0, None, True).count or 0
        return Anchors(count, (None, *range(PAGE, count, PAGE)))


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


def test_few_pages_are_held_however_long_it_is():
    rows = LongRows(Anchors(1_000_000, tuple(range(5_000))))
    gone = [key for page in range(KEPT + 5) for key in rows.hold(page, [f"{page}.{n}" for n in range(PAGE)])]
    assert len(gone) == 5 * PAGE
    assert (rows[0], rows[5 * PAGE], rows[(KEPT + 5) * PAGE - 1]) == (None, "5.0", f"{KEPT + 4}.{PAGE - 1}")
    assert len(list(rows)) == KEPT * PAGE
    assert len(rows) == 1_000_000
