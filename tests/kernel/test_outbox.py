"""Effects outside the database: written with their command, carried out once, tried again, given up visibly."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from retaguarda.app.work import Worked, Worker
from retaguarda.kernel.clock import day_in
from retaguarda.kernel.errors import External, Refusal
from retaguarda.kernel.module import Listener
from retaguarda.kernel.outbox import DUE_ROWS, LEASE_S, TRIES_MOST, next_try
from retaguarda.kernel.reads import ReadOnly
from tests.helpers.toyshop import HEARD, AddShelf, Shop


class Desk:
    """As much of an office as a worker needs."""

    def __init__(self, shop: Shop) -> None:
        self.store, self.registry, self.bus, self.actor = shop.store, shop.registry, shop.bus, shop.actor
        self.clock, self.station = shop.clock, shop.actor.station
        self.reader = shop.store.reader()

    def now(self) -> dt.datetime:
        return self.clock.now()

    def today(self) -> dt.date:
        return day_in("America/Sao_Paulo", self.now())

    def reads(self) -> ReadOnly:
        return ReadOnly(self.reader, self.store.dialect)


@pytest.fixture
def desk(shop: Shop) -> Iterator[Desk]:
    found = Desk(shop)
    yield found
    found.reader.close()


def worker(desk: Desk, act: Any = None) -> Worker:
    made = Worker(cast(Any, desk))
    if act is not None:
        made.listeners = {"toyshop.after": Listener("toyshop.ShelfAdded", "toyshop.after", act, kind="after")}
    return made


def rows(shop: Shop) -> list[tuple[str, int]]:
    return [(r.state, r.tries) for r in shop.sql("SELECT state, tries FROM outbox ORDER BY id")]


def test_an_effect_is_carried_out_once(shop: Shop, desk: Desk) -> None:
    key = shop.do(AddShelf(name="A")).command_id
    shop.do(AddShelf(name="A"), key)  # sent twice, done once
    HEARD.clear()
    assert worker(desk).drain() == Worked(done=1, later=0, dead=0, left=0)
    assert [(kind, cast(Mapping[str, Any], heard)["name"]) for kind, heard in HEARD] == [("after", "A")]
    assert worker(desk).drain() == Worked(0, 0, 0, 0)
    assert rows(shop) == [("done", 1)]


def test_a_refused_command_has_no_effect(shop: Shop, desk: Desk) -> None:
    with pytest.raises(Refusal):
        shop.do(AddShelf(name="listener refuses"))
    assert rows(shop) == []
    assert worker(desk).drain().done == 0


def test_an_effect_that_fails_waits_longer_each_time_and_dies_visibly(shop: Shop, desk: Desk) -> None:
    shop.do(AddShelf(name="A"))
    calls = []

    def fails(_door: object, _payload: object) -> None:
        calls.append(desk.now())
        raise External("toyshop.mail_down")

    assert worker(desk, fails).drain() == Worked(done=0, later=1, dead=0, left=0)
    assert worker(desk, fails).drain().later == 0  # not due yet
    for number in range(1, TRIES_MOST):
        shop.clock.move(next_try(desk.now(), number) - desk.now())
        worker(desk, fails).drain()
    assert rows(shop) == [("dead", TRIES_MOST)]
    assert len(calls) == TRIES_MOST
    waits = [(b - a).total_seconds() for a, b in itertools.pairwise(calls)]
    assert waits == [5.0 * 2**n for n in range(TRIES_MOST - 1)]
    assert "toyshop.mail_down" in shop.sql("SELECT error FROM outbox")[0].error


def test_a_defect_gives_the_effect_up_and_a_stop_leaves_it(shop: Shop, desk: Desk) -> None:
    for name in "AB":
        shop.do(AddShelf(name=name))

    def breaks(_door: object, payload: Mapping[str, Any]) -> None:
        raise RuntimeError("ours") if payload["name"] == "A" else KeyboardInterrupt

    with pytest.raises(RuntimeError):
        worker(desk, breaks).drain()
    with pytest.raises(KeyboardInterrupt):
        worker(desk, breaks).drain()
    assert rows(shop) == [("dead", 1), ("due", 1)]
    shop.clock.move(dt.timedelta(seconds=5))
    assert worker(desk).drain().done == 1


def test_an_effect_nobody_listens_for_is_dead_not_lost(shop: Shop, desk: Desk) -> None:
    shop.do(AddShelf(name="A"))
    lonely = worker(desk)
    lonely.listeners = {}
    assert lonely.drain().dead == 1
    assert "toyshop.after" in shop.sql("SELECT error FROM outbox")[0].error


def test_what_one_has_claimed_the_other_leaves_alone_until_its_lease_is_over(shop: Shop, desk: Desk) -> None:
    shop.do(AddShelf(name="A"))
    row = desk.reads().all(DUE_ROWS, now=desk.now(), station="main")[0]
    first, second = worker(desk), worker(desk)
    assert first._claim(row.id)
    assert not second._claim(row.id)
    assert second.drain().done == 0
    shop.clock.move(dt.timedelta(seconds=LEASE_S + 1))
    assert second.drain().done == 1  # the first one died with it
    assert rows(shop) == [("done", 2)]


def test_an_effect_for_another_station_is_left_to_it(shop: Shop, desk: Desk) -> None:
    shop.do(AddShelf(name="A"))
    shop.sql("UPDATE outbox SET target = 'counter'")
    assert worker(desk).drain() == Worked(0, 0, 0, 0)
    desk.station = "counter"
    assert worker(desk).drain().done == 1


def test_no_time_no_work(shop: Shop, desk: Desk) -> None:
    shop.do(AddShelf(name="A"))
    assert worker(desk).drain(0) == Worked(0, 0, 0, left=1)
