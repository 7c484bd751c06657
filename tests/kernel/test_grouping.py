"""A whole answer added up, on both engines: what the rows say, under the same rights."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retaguarda.kernel import grouping
from retaguarda.kernel.errors import Forbidden, Invalid
from retaguarda.kernel.page import By, Groups
from retaguarda.kernel.query import Ask, Query
from retaguarda.kernel.store import Reader
from retaguarda.kernel.unit import Actor
from tests.helpers.toyshop import MONDAY, OWNER, Shelf, ShelfRow, Shop, shelves, shelves_query
from tests.kernel.shelves import BRANCHES, ask, every


@pytest.mark.parametrize("by", ["name", "place", "filled_on", "open"])
@pytest.mark.parametrize("where", [{}, {"place !=": None}, {"name ~": "nobody"}, {"search": "50"}], ids=str)
def test_groups_add_up_what_the_rows_say(full: Shop, reader: Reader, by: str, where: Mapping[str, Any]) -> None:
    rows = ask(full, reader, where, limit=5000).rows
    found = grouped(full, reader, where, by=by, sums=["worth", "on_hand"])
    values = {getattr(row, by) for row in rows}
    told = [value for group in found.rows for value in group.values]
    assert [value for value in told if value is not None] == sorted(values - {None})
    assert (None in values) == (bool(told) and told[-1] is None)
    for group in (*found.rows, found.whole):
        inside = [row for row in rows if group is found.whole or (getattr(row, by),) == group.values]
        assert group.count == len(inside)
        for name, total, number in zip(("worth", "on_hand"), group.sums, group.filled, strict=True):
            filled = [value for row in inside if (value := getattr(row, name)) is not None]
            assert (total, number) == (sum(filled) if filled else None, len(filled))
    assert not found.more


def test_groups_are_of_what_the_actor_may_see(full: Shop, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    some = replace(OWNER, all_branches=False, branch_ids=frozenset(BRANCHES[:1]))
    mine = [row for row in every(full, reader) if row.branch_id == BRANCHES[0]]
    inside = shelves_query(branch=Shelf.__table__.c.branch_id)
    found = grouped(full, reader, {}, by="name", sums=[], query=inside, actor=some)
    assert sum(group.count for group in found.rows) == found.whole.count == len(mine) > 0
    with pytest.raises(Forbidden):
        grouped(full, reader, {}, by="name", sums=[], actor=replace(OWNER, permissions=frozenset()))
    for by, sums, wrong in (("nonsense", [], "nonsense"), ("name", ["place"], "place"), ("id", [], "id")):
        with pytest.raises(Invalid) as refused:
            grouped(full, reader, {}, by=by, sums=sums)
        assert [fault.field for fault in refused.value.faults] == [wrong]
    monkeypatch.setattr(grouping, "MOST_GROUPS", 2)
    few = grouped(full, reader, {}, by="name", sums=["worth"], query=dataclasses.replace(shelves, _cache={}))
    assert (len(few.rows), few.more, few.whole.count) == (2, True, 60)


@pytest.mark.parametrize("grain", ["day", "week", "month", "year"])
def test_groups_are_of_pairs_and_of_spans_of_days_where_the_company_is(full: Shop, reader: Reader, grain: str) -> None:
    """Seen from Kiritimati, Monday afternoon in Greenwich is Tuesday."""
    begins = {"day": lambda d: d, "week": lambda d: d - dt.timedelta(days=d.weekday()),
              "month": lambda d: d.replace(day=1), "year": lambda d: d.replace(month=1, day=1)}  # fmt: skip
    for zone in ("UTC", "Pacific/Kiritimati"):
        wanted: dict[Any, list[ShelfRow]] = {}
        for row in every(full, reader):
            day = begins[grain](row.seen_at.astimezone(ZoneInfo(zone)).date()) if row.seen_at else None
            wanted.setdefault((day, row.place), []).append(row)
        for largest in (False, True):
            adding = grouping.Adding((By("seen_at", grain), By("place")), ("worth",), 0, largest, zone)
            found = grouping.groups(
                reader, full.store.dialect, shelves, Ask(), adding, OWNER, MONDAY, MONDAY.date()
            )  # fmt: skip
            assert {group.values: group.count for group in found.rows} == {
                key: len(rows) for key, rows in wanted.items()
            }
            for group in found.rows:
                worth = [row.worth for row in wanted[group.values] if row.worth is not None]
                assert (group.sums, group.filled) == ((sum(worth) if worth else None,), (len(worth),))
            if largest:
                sums = [group.sums[0] for group in found.rows if group.sums[0] is not None]
                assert sums == sorted(sums, reverse=True)
    for by in (By("seen_at"), By("place", "month"), By("filled_on", "hour"), By("moon")):
        with pytest.raises(Invalid) as refused:
            grouped(full, reader, {}, by=by, sums=[])
        assert [fault.field for fault in refused.value.faults] == [by.field]


def grouped(
    shop: Shop, reader: Reader, where: Mapping[str, Any], *, by: str | By, sums: Sequence[str], query: Query = shelves,
    actor: Actor = OWNER,
) -> Groups:  # fmt: skip
    adding = grouping.Adding((by if isinstance(by, By) else By(by),), sums)
    return grouping.groups(reader, shop.store.dialect, query, Ask(where), adding, actor, MONDAY, MONDAY.date())
