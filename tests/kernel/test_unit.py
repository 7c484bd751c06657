"""The verbs a handler writes with, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from retaguarda.kernel.errors import Forbidden, Missing, Refusal, Stale
from retaguarda.kernel.ids import is_id, new_id
from retaguarda.kernel.unit import Actor, Unit
from tests.helpers.raw import read
from tests.helpers.toyshop import ON_HAND, Play, RenameShelf, Shelf, Shop, ToyMove, playing


def play(shop: Shop, act: Callable[[Unit], Mapping[str, Any] | None], actor: Actor | None = None) -> Any:
    with playing("test", act):
        return shop.do(Play(what="test"), actor=actor)


def test_append_sorts_by_the_lock_key_whatever_the_handler_does(shop: Shop) -> None:
    shelves = sorted(shop.shelf(name) for name in "ABC")
    rows = [{"shelf_id": shelves[n], "quantity": Decimal(n + 1)} for n in (2, 0, 1, 2, 0)]
    tape: list[Any] = []
    shop.bus.statements.tape = tape
    outcome = play(shop, lambda unit: {"ids": unit.append(ToyMove, rows)})
    written = next(args for sql, args in tape if "toy_move" in sql)
    assert [next(read(a) for a in row if read(a) in shelves) for row in written] == [
        shelves[n] for n in (0, 0, 1, 2, 2)
    ]
    assert len(outcome.changes[0].ids) == 5
    on_hand = {str(r.id).replace("-", ""): r.on_hand for r in shop.sql("SELECT id, on_hand FROM toy_balance")}
    assert on_hand == {shelves[0]: 20000, shelves[1]: 20000, shelves[2]: 60000}


def test_append_takes_ledgers_only(shop: Shop) -> None:
    with pytest.raises(AssertionError):
        play(shop, lambda unit: {"ids": unit.append(Shelf, [{"name": "A"}])})


def test_added_rows_have_derived_keys_and_first_version(shop: Shop) -> None:
    outcome = play(shop, lambda unit: {"ids": unit.add_all(Shelf, [{"name": "A"}, {"name": "B"}])})
    ids = outcome.value["ids"]
    assert all(is_id(key) and key[:12] == outcome.command_id[:12] for key in ids)
    rows = shop.sql("SELECT name, version, command_id FROM toy_shelf ORDER BY id")
    assert [(r.name, r.version, str(r.command_id).replace("-", "")) for r in rows] == [
        ("A", 1, outcome.command_id),
        ("B", 1, outcome.command_id),
    ]
    assert play(shop, lambda unit: {"ids": unit.add_all(Shelf, [])}).changes == ()


def test_the_same_command_makes_the_same_keys(shop: Shop) -> None:
    made: list[str] = []

    def makes_and_falls(unit: Unit) -> None:
        made.append(unit.add(Shelf, name="A"))
        raise RuntimeError("again")

    key = new_id()
    with playing("test", makes_and_falls):
        for _ in range(2):
            with pytest.raises(RuntimeError):
                shop.do(Play(what="test"), key)
    assert made[0] == made[1]


def test_values_come_back_as_they_went_in(shop: Shop) -> None:
    moment = dt.datetime(2026, 3, 1, 23, 30, 15, 123456, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
    given = {
        "name": "ção % _ ' \" \\ 日本",
        "place": None,
        "filled_on": dt.date(2026, 2, 28),
        "seen_at": moment,
        "worth": Decimal("-123456789.01"),
        "open": False,
    }
    seen: list[Any] = []

    def writes_and_reads(unit: Unit) -> None:
        key = unit.add(Shelf, **given)
        seen.append(unit.get(Shelf, key))

    play(shop, writes_and_reads)
    row = seen[0]
    assert {name: getattr(row, name) for name in given} == given
    assert row.seen_at.utcoffset() == dt.timedelta(0)
    assert type(row.worth) is Decimal
    assert row.open is False


def test_revise_raises_the_version_and_says_who(shop: Shop) -> None:
    shelf = shop.shelf()
    outcome = shop.do(RenameShelf(shelf_id=shelf, name="B", version=1))
    row = shop.sql("SELECT name, version, command_id FROM toy_shelf")[0]
    assert (row.name, row.version, str(row.command_id).replace("-", "")) == ("B", 2, outcome.command_id)
    assert [(c.table, c.kind, c.ids) for c in outcome.changes] == [("toy_shelf", "revise", (shelf,))]


def test_revise_all_changes_several_in_one_statement_sorted_by_key(shop: Shop) -> None:
    shelves = [shop.shelf(name) for name in "ABC"]
    tape: list[Any] = []
    shop.bus.statements.tape = tape

    def closes_all(unit: Unit) -> None:
        rows = [(unit.get(Shelf, key), {"open": False}) for key in reversed(shelves)]
        unit.revise_all(Shelf, rows)
        unit.revise_all(Shelf, [])

    outcome = play(shop, closes_all)
    updates = [args for sql, args in tape if "UPDATE toy_shelf" in sql]
    assert len(updates) == 1
    assert [next(read(a) for a in row if read(a) in shelves) for row in updates[0]] == sorted(shelves)
    assert outcome.changes[0].ids == tuple(sorted(shelves))
    assert {bool(r.open) for r in shop.sql("SELECT open FROM toy_shelf")} == {False}


def test_one_stale_row_among_several_refuses_all(shop: Shop) -> None:
    one, two = shop.shelf(), shop.shelf()
    before = shop.contents()
    rows = [(SimpleNamespace(id=one, version=1), {"name": "X"}), (SimpleNamespace(id=two, version=2), {"name": "X"})]
    with pytest.raises(Stale):
        play(shop, lambda unit: unit.revise_all(Shelf, rows))
    assert shop.changed(before) == {"command_journal"}


def test_fresh_takes_the_latest_only_when_no_version_is_said(shop: Shop) -> None:
    shelf = shop.shelf()

    def checks(unit: Unit) -> None:
        row = unit.get(Shelf, shelf)
        unit.fresh(row, None, "toy_shelf")
        unit.fresh(row, 1, "toy_shelf")
        unit.fresh(row, 2, "toy_shelf")

    with pytest.raises(Stale) as stale:
        play(shop, checks)
    assert (stale.value.params["what"], stale.value.params["key"]) == ("toy_shelf", shelf)


def test_reading(shop: Shop) -> None:
    shelf = shop.shelf()

    def reads(unit: Unit) -> None:
        assert unit.one(ON_HAND, shelf_id=shelf) is None
        unit.append(ToyMove, [{"shelf_id": shelf, "quantity": Decimal("1.5")}])
        assert [row.on_hand for row in unit.all(ON_HAND, shelf_id=shelf)] == [Decimal("1.5")]
        with pytest.raises(Missing) as missing:
            unit.get(Shelf, new_id(), field="shelf_id")
        assert missing.value.field == "shelf_id"

    play(shop, reads)


def test_demand_asks_for_more_than_the_command_s_own_permission(shop: Shop) -> None:
    player = Actor(new_id(), "Player", frozenset({"toyshop.play"}))
    play(shop, lambda unit: unit.demand("toyshop.play"), player)
    with pytest.raises(Forbidden) as forbidden:
        play(shop, lambda unit: unit.demand("toyshop.boss"), player)
    assert forbidden.value.params["permission"] == "toyshop.boss"


def test_a_port_nobody_fills_is_our_defect(shop: Shop) -> None:
    with pytest.raises(KeyError):
        play(shop, lambda unit: {"port": unit.port(Shop)})


def test_warnings_come_with_the_outcome_and_with_the_stored_one(shop: Shop) -> None:
    key = new_id()
    with playing("test", lambda unit: unit.warn("toyshop.old", days=Decimal(3))):
        first = shop.do(Play(what="test"), key)
        again = shop.do(Play(what="test"), key)
    assert [(w.code, w.params) for w in first.warnings] == [("toyshop.old", {"days": Decimal(3)})]
    assert [(w.code, w.params) for w in again.warnings] == [("toyshop.old", {"days": "3"})]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"worth": 1.5}, TypeError),
        ({"worth": 1}, TypeError),
        ({"worth": Decimal("1.005")}, ValueError),
        ({"worth": Decimal("NaN")}, ValueError),
        ({"seen_at": dt.datetime(2026, 1, 1)}, TypeError),
        ({"nonsense": 1}, TypeError),
    ],
)
def test_what_a_column_does_not_take_is_our_defect_and_writes_nothing(
    shop: Shop, values: dict[str, Any], wrong: type[Exception]
) -> None:
    before = shop.contents()
    with pytest.raises(wrong):
        play(shop, lambda unit: {"id": unit.add(Shelf, name="A", **values)})
    assert shop.changed(before) == set()


def test_an_amount_that_no_column_can_hold_is_refused(shop: Shop) -> None:
    before = shop.contents()
    with pytest.raises(Refusal) as refused:
        play(shop, lambda unit: {"id": unit.add(Shelf, name="A", worth=Decimal(10) ** 17)})
    assert refused.value.code == "kernel.amount_too_large"
    assert shop.changed(before) == {"command_journal"}
