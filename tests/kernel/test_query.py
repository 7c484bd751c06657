"""The one gate for reading, on both engines: filters, order, pages, counts, rights."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import bindparam, or_

from retaguarda.kernel import filters as kernel_filters
from retaguarda.kernel import query as kernel_query
from retaguarda.kernel.errors import Forbidden, Invalid, Missing
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.query import Ask, one
from retaguarda.kernel.store import Reader
from retaguarda.kernel.unit import Actor
from tests.helpers.toyshop import (
    MONDAY,
    OWNER,
    Shelf,
    Shop,
    shelves,
    shelves_query,
)
from tests.kernel.shelves import BRANCHES, ask, every


def test_a_question_of_a_known_shape_makes_no_conditions(full: Shop, reader: Reader, monkeypatch: Any) -> None:
    ids = sorted(row.id for row in every(full, reader))
    for where in ({"id": ids[:7]}, {"id !=": ids[:7]}):
        ask(full, reader, where)
    monkeypatch.setattr(kernel_filters, "bindparam", None)
    assert sorted(row.id for row in ask(full, reader, {"id": ids[7:14]}).rows) == ids[7:14]
    assert sorted(row.id for row in ask(full, reader, {"id !=": ids[7:14]}).rows) == [*ids[:7], *ids[14:]]
    with pytest.raises(Invalid):
        ask(full, reader, {"id": ["no key", *ids[:6]]})


FIELDS = list(shelves.names())


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_pages_put_together_are_the_plain_sort(full: Shop, reader: Reader, name: str, down: bool) -> None:
    sort = f"-{name}" if down else name
    whole = [row.id for row in ask(full, reader, sort=sort, limit=5000).rows]
    assert len(whole) == len(set(whole)) == 60
    for size in (1, 7, 30, 60):
        got: list[str] = []
        page = ask(full, reader, sort=sort, limit=size)
        while True:
            got += [row.id for row in page.rows]
            if page.after is None:
                break
            page = ask(full, reader, sort=sort, limit=size, after=list(page.after))
        assert got == whole, size


@pytest.mark.parametrize("sort", ["name", "-worth", "seen_at"])
@pytest.mark.parametrize("size", [7, 20])
def test_anchors_lead_to_every_page(
    full: Shop, reader: Reader, sort: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_query, "PAGE", size)
    fresh = dataclasses.replace(shelves, _cache={})
    asked = Ask(sort=sort)
    found = kernel_query.anchors(reader, full.store.dialect, fresh, asked, OWNER, MONDAY, MONDAY.date())
    assert (found.count, len(found.cursors)) == (60, -(-60 // size))
    pages = [ask(full, reader, sort=sort, limit=size, after=cursor).rows for cursor in found.cursors]
    assert [row.id for page in pages for row in page] == [r.id for r in ask(full, reader, sort=sort, limit=60).rows]


@pytest.mark.parametrize("name", [n for n in FIELDS if n != "name"])
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_the_sort_is_what_python_would_sort(full: Shop, reader: Reader, name: str, down: bool) -> None:
    rows = every(full, reader)
    filled = sorted((r for r in rows if getattr(r, name) is not None), key=lambda r: (getattr(r, name), r.id))
    empty = sorted(r.id for r in rows if getattr(r, name) is None)
    expected = [r.id for r in (reversed(filled) if down else filled)]
    expected += list(reversed(empty)) if down else empty
    assert [r.id for r in ask(full, reader, sort=f"-{name}" if down else name, limit=60).rows] == expected


def test_a_cursor_survives_json(full: Shop, reader: Reader) -> None:
    page = ask(full, reader, sort="-worth", limit=10)
    last, key = page.after
    told = [str(last), key]
    assert ask(full, reader, sort="-worth", limit=10, after=told) == ask(
        full, reader, sort="-worth", limit=10, after=page.after
    )


@pytest.mark.parametrize(
    ("where", "keep"),
    [
        ({"name": "Ana"}, lambda r: r.name == "Ana"),
        ({"name !=": "Ana"}, lambda r: r.name != "Ana"),
        ({"name": ["Ana", "Bia"]}, lambda r: r.name in ("Ana", "Bia")),
        ({"name !=": ["Ana", "Bia"]}, lambda r: r.name not in ("Ana", "Bia")),
        ({"name": []}, lambda r: False),
        ({"name !=": []}, lambda r: True),
        ({"place": None}, lambda r: r.place is None),
        ({"place !=": None}, lambda r: r.place is not None),
        ({"worth >=": "1.1"}, lambda r: r.worth is not None and r.worth >= Decimal("1.1")),
        ({"worth<": Decimal("1.11")}, lambda r: r.worth is not None and r.worth < Decimal("1.11")),
        ({"filled_on >": "2026-01-01"}, lambda r: r.filled_on is not None and r.filled_on > dt.date(2026, 1, 1)),
        ({"seen_at <=": "2026-11-23T09:00:00-03:00"}, lambda r: r.seen_at is not None and r.seen_at <= MONDAY),
        ({"open": False}, lambda r: not r.open),
        ({"version": 1, "open": True}, lambda r: r.open),
        ({"branch_id": BRANCHES[0].upper()}, lambda r: r.branch_id == BRANCHES[0]),
        ({"on_hand >": "0"}, lambda r: r.on_hand is not None and r.on_hand > 0),
        ({"search": "50%"}, lambda r: "50%" in r.name),
        ({"search": "a_b"}, lambda r: "a_b" in r.name),
        ({"search": "a/b"}, lambda r: "a/b" in r.name),
        ({"search": " 50  OFF "}, lambda r: "50" in r.name and "off" in r.name),
        ({"search": ""}, lambda r: True),
        ({"name ~": "cao"}, lambda r: r.name == "Ção"),
        ({"name ~": "OFF 50%"}, lambda r: r.name == "50% off"),
        ({"place ~": "X", "place  =": ("x", "y")}, lambda r: r.place == "x"),
        ({"open": True, "open  =": False}, lambda r: False),
    ],
)
def test_filters(full: Shop, reader: Reader, where: Mapping[str, Any], keep: Any) -> None:
    expected = {r.id for r in every(full, reader) if keep(r)}
    page = ask(full, reader, where, limit=5000, count=True)
    assert {r.id for r in page.rows} == expected
    assert (page.count, page.count_capped) == (len(expected), False)


GARBAGE: list[Mapping[str, Any]] = [
    {"nonsense": 1},
    {"allowed": "x"},
    {"name ?": "x"},
    {"name": 7},
    {"name": "a\x00b"},
    {"name": "\ud800"},
    {"name": {"a": 1}},
    {"name": [None, 3]},
    {"name >": None},
    {"name >": ["a"]},
    {"name": ["a"] * 5001},
    {"search": "\x00"},
    {"search": 7},
    {"search": None},
    {"worth ~": "1"},
    {"id ~": "a"},
    {"name ~": 7},
    {"id": "not a key"},
    {"id": 7},
    {"version": "seven"},
    {"version": 2**70},
    {"version": 1.5},
    {"version": True},
    {"worth": 1.5},
    {"worth": "NaN"},
    {"worth": "Infinity"},
    {"worth": "1e40"},
    {"worth": "1.005"},
    {"worth": "abc"},
    {"worth": [Decimal(1), "x"]},
    {"seen_at": "2026-11-23T09:00:00"},
    {"seen_at": "yesterday"},
    {"seen_at": 5},
    {"seen_at": "0001-01-01T00:00:00+14:00"},
    {"filled_on": "2026-13-01"},
    {"filled_on": MONDAY},
    {"open": "yes"},
    {"open": 1},
]


@pytest.mark.parametrize("where", GARBAGE, ids=lambda w: ascii(w)[:40])
def test_garbage_is_refused_by_field(full: Shop, reader: Reader, where: Mapping[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        ask(full, reader, where)
    assert [f.field for f in refused.value.faults] == list(where)
    assert ask(full, reader).rows  # and the connection still answers


def test_several_faults_are_told_at_once(full: Shop, reader: Reader) -> None:
    with pytest.raises(Invalid) as refused:
        ask(full, reader, {"nonsense": 1, "worth": 1.5})
    assert [f.code for f in refused.value.faults] == ["kernel.unknown_field", "kernel.bad_filter"]
    assert "worth" in refused.value.faults[0].params["known"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"sort": "nonsense"}, "sort"),
        ({"sort": "--name"}, "sort"),
        ({"sort": "allowed"}, "sort"),
        ({"limit": 0}, "limit"),
        ({"limit": 100_001}, "limit"),
        ({"limit": True}, "limit"),
        ({"limit": "9"}, "limit"),
        ({"after": [1]}, "after"),
        ({"after": "ab"}, "after"),
        ({"after": 7}, "after"),
        ({"after": ["Ana", "no key"]}, "after"),
        ({"after": [7, "0" * 32]}, "after"),
        ({"where": "name"}, "where"),
        ({"where": {7: 1}}, "where"),
    ],
    ids=str,
)
def test_order_size_and_cursor_are_judged(full: Shop, reader: Reader, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(full, reader, **more)
    assert refused.value.faults[0].field == field


def test_the_count_is_capped(full: Shop, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_query, "COUNT_CAP", 20)
    query = shelves_query()
    page = ask(full, reader, query=query, count=True, limit=1)
    assert (page.count, page.count_capped) == (20, True)
    assert ask(full, reader, {"name": "Bia"}, query=query, count=True).count_capped is False
    assert ask(full, reader, query=query).count is None


def test_an_empty_answer(full: Shop, reader: Reader) -> None:
    page = ask(full, reader, {"name": "nobody"}, count=True)
    assert (page.rows, page.after, page.count, page.at) == ((), None, 0, MONDAY)


def test_who_may_not_read_is_refused_before_anything_is_read(full: Shop, reader: Reader) -> None:
    with pytest.raises(Forbidden) as refused:
        ask(full, reader, {"nonsense": 1}, actor=Actor(new_id(), "Nobody", frozenset()))
    assert refused.value.params["permission"] == "toyshop.read"


@pytest.mark.parametrize("branches", [[], BRANCHES[:1], BRANCHES[:2]], ids=len)
def test_rows_of_other_branches_are_not_there(full: Shop, reader: Reader, branches: list[str]) -> None:
    rows = every(full, reader)
    query = shelves_query(branch=Shelf.__table__.c.branch_id)
    actor = Actor(new_id(), "Seller", frozenset({"toyshop.read"}), branch_ids=frozenset(branches))
    seen = ask(full, reader, query=query, actor=actor, limit=5000, count=True)
    mine = {r.id for r in rows if r.branch_id in branches}
    assert {r.id for r in seen.rows} == mine
    assert seen.count == len(mine)
    everything = replace(actor, all_branches=True)
    assert len(ask(full, reader, query=query, actor=everything, limit=5000).rows) == 60
    hidden = next(r.id for r in rows if r.branch_id not in branches)
    with pytest.raises(Missing):
        one(reader, full.store.dialect, query, hidden, actor, MONDAY, MONDAY.date())


def test_only_one_s_own_rows_unless_allowed_all(full: Shop, reader: Reader) -> None:
    rows = every(full, reader)
    query = shelves_query(own=Shelf.__table__.c.branch_id)
    actor = Actor(BRANCHES[1], "Seller", frozenset({"toyshop.read"}))
    assert {r.id for r in ask(full, reader, query=query, actor=actor, limit=5000).rows} == {
        r.id for r in rows if r.branch_id == BRANCHES[1]
    }
    boss = replace(actor, permissions=frozenset({"toyshop.read", "toyshop.read_all"}))
    assert len(ask(full, reader, query=query, actor=boss, limit=5000).rows) == 60


def test_allowed_names_what_state_and_rights_permit(full: Shop, reader: Reader) -> None:
    mover = Actor(new_id(), "Mover", frozenset({"toyshop.read", "toyshop.move_goods"}))
    for row in ask(full, reader, actor=mover, limit=5000).rows:
        assert row.allowed == (("toyshop.move_goods",) if row.open else ())


def test_what_is_given_leaves_the_statement_as_it_is(full: Shop, reader: Reader) -> None:
    """Two questions of one shape are one statement: a parameter before the filter, and none."""
    least = bindparam("least_worth", type_=Shelf.__table__.c.worth.type)
    worth = Shelf.__table__.c.worth
    select = shelves.select.where(or_(least.is_(None), worth >= least))
    narrowed = replace(shelves, select=select, given={"least": least}, _cache={})
    opened = [row for row in every(full, reader) if row.open]
    dear = [row for row in opened if (row.worth or 0) >= Decimal("1.11")]
    for where, expected in (
        ({"least": "1.11", "open": True}, dear),
        ({"open": True}, opened),
        ({"open": True, "least": "1.11"}, dear),
    ):
        found = ask(full, reader, query=narrowed, where=where, limit=5000).rows
        assert {row.id for row in found} == {row.id for row in expected}


def test_one_row_by_its_key(full: Shop, reader: Reader) -> None:
    some = every(full, reader)[7]
    assert one(reader, full.store.dialect, shelves, some.id, OWNER, MONDAY, MONDAY.date()) == some
    for key in (new_id(), "nonsense"):
        with pytest.raises((Missing, Invalid)):
            one(reader, full.store.dialect, shelves, key, OWNER, MONDAY, MONDAY.date())
