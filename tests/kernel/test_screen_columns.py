"""How a person arranges the columns of a list: kept, laid over what the program has by then, followed by files."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.kernel.draft import Habits
from retaguarda.kernel.errors import Device
from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.arranging import Arrangement
from tests.helpers.desk import Desk
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import ToyDoor, toy_store


@pytest.fixture
def desk() -> Desk:
    return _desk({})


def _desk(kept: dict[str, Any]) -> Desk:
    desk = Desk(ToyDoor(toy_store()), toy_book())
    desk.seat.recall = lambda screen: kept.get(screen, {})
    desk.seat.keep = kept.__setitem__
    return desk


def _fields(columns: Any) -> list[str]:
    return [column.field for column in columns]


def test_what_was_arranged_stands_the_next_time_and_in_the_file():
    kept: dict[str, Any] = {}
    state = _desk(kept).open("toy.order_list")
    first, second, *rest = _fields(state.columns)
    state.move_column(first, 1)
    state.hide_column(rest[0])
    state.widen_column(second, 333)
    wanted = [second, first, *rest[1:]]
    again = _desk(kept).open("toy.order_list")
    assert _fields(again.columns) == wanted
    assert again.columns[0].width == 333
    written = again.view()
    assert _fields(written.columns) == [c.field for c in again.columns if c.show != "answer"]
    assert len(written.heads) == len(written.columns)
    again.arrange(Arrangement())
    assert _fields(_desk(kept).open("toy.order_list").columns) == [first, second, *rest]


def test_the_last_column_stays(desk):
    state = desk.open("toy.order_list")
    for field in _fields(state.columns):
        state.hide_column(field)
    assert len(state.columns) == 1


def test_a_column_gone_is_no_loss_and_a_new_one_stands_where_it_was_declared():
    before = Arrangement(("total", "old", "number", "name"), ("total", "number"), {"old": 90, "number": 50})
    today = [Column(field=f, width=100, hide_below=1200) for f in ("number", "promise", "name", "total", "note")]
    assert [(c.field, c.width, c.hide_below) for c in before.lay(today)] == [
        ("total", 100, 0), ("note", 100, 1200), ("number", 50, 0), ("promise", 100, 1200),
    ]  # fmt: skip
    nothing_left = Arrangement(("old", "number"), ("old",))
    assert _fields(nothing_left.lay([Column(field="number")])) == ["number"]


@pytest.mark.parametrize("kept", [None, [], {"order": "x", "shown": [1], "widths": {"a": "wide"}}, {"widths": [1]}])
def test_what_cannot_be_understood_is_as_declared(kept):
    assert Arrangement.of(kept) == Arrangement()
    assert Arrangement.of({"widths": {"a": 9_999, "b": -1}}).widths == {"a": 1200, "b": 40}


def test_a_column_of_another_module_needs_its_right():
    desk = _desk({"toy.order_list": {"columns": {"order": ["step"], "shown": ["step"], "widths": {}}}})
    desk.seat.book.permissions["toy.situations"] = "toy.read_steps"
    desk.seat.person = type(desk.seat.person)(id="p", name="P", permissions=frozenset({"toy.orders"}))
    state = desk.open("toy.order_list")
    assert "step" not in _fields((*state.declared, *state.columns))
    assert state.view().joined == ()


def test_habits_are_each_persons_own_and_whole(tmp_path):
    habits = Habits(tmp_path / "habits")
    habits.keep("ana", "a.list", {"columns": {"order": ["x"]}})
    assert habits.find("ana", "a.list") == {"columns": {"order": ["x"]}}
    assert habits.find("rui", "a.list") == habits.find("ana", "b.list") == {}
    (file,) = (tmp_path / "habits").iterdir()
    file.write_text("{half")
    assert habits.find("ana", "a.list") == {}
    (tmp_path / "file").write_text("")
    with pytest.raises(Device) as wrong:
        Habits(tmp_path / "file").keep("ana", "a.list", {})
    assert wrong.value.code == "kernel.habit_not_kept"
