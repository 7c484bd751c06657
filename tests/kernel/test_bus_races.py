"""Two programs over one database at once: a failure is opened once, a number given once, an id carried out once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from retaguarda.kernel import series
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.unit import Unit
from tests.helpers.toyshop import Play, Shop, ToyPaper, playing

HANDS = 4


@pytest.fixture
def hands(toy_url: str, shop: Shop) -> Iterator[list[Shop]]:
    """As many programs over the toy shop; they meet inside the handler where the engine lets them."""
    found = [Shop(open_store(toy_url)) for _ in range(HANDS)]
    yield found
    for hand in found:
        hand.close()


def at_once(hands: list[Shop], act: Callable[[Unit], Mapping[str, Any] | None], ids: list[str]) -> list[Any]:
    """What each hand got, outcome or problem, from doing `act` together with the others."""
    meet = threading.Barrier(HANDS)
    met = threading.local()
    answers: list[Any] = [None] * HANDS

    def meets_and_acts(unit: Unit) -> Mapping[str, Any] | None:
        if not hasattr(met, "once"):
            met.once = True
            # On SQLite one writes at a time and the others cannot come this far.
            with contextlib.suppress(threading.BrokenBarrierError):
                meet.wait(0.2)
        return act(unit)

    def run(n: int) -> None:
        try:
            answers[n] = hands[n].do(Play(what="race"), ids[n])
        except Shortfall as shortfall:
            answers[n] = shortfall

    with playing("race", meets_and_acts):
        threads = [threading.Thread(target=run, args=(n,)) for n in range(HANDS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return answers


def number(unit: Unit, branch: str) -> int:
    return series.next_number(unit, ToyPaper, branch, by="order")


def test_a_failure_found_by_several_at_once_is_one(shop: Shop, hands: list[Shop]) -> None:
    shelf = shop.shelf()

    def short(unit: Unit) -> None:
        raise Shortfall("toyshop.short", subject=("toy_shelf", shelf), cause_key="stock")

    answers = at_once(hands, short, [new_id() for _ in hands])
    assert len({answer.failure_id for answer in answers}) == 1
    assert [(r.times, r.state) for r in shop.sql("SELECT times, state FROM failure")] == [(HANDS, "open")]
    assert shop.sql("SELECT count(*) AS n FROM command_journal WHERE state = 'refused'")[0].n == HANDS


def test_numbers_taken_at_once_run_without_a_gap(shop: Shop, hands: list[Shop]) -> None:
    branch = new_id()
    answers = at_once(hands, lambda unit: {"n": number(unit, branch)}, [new_id() for _ in hands])
    assert sorted(answer.value["n"] for answer in answers) == [1, 2, 3, 4]


def test_one_id_sent_by_several_at_once_is_carried_out_once(shop: Shop, hands: list[Shop]) -> None:
    key = new_id()
    branch = new_id()
    answers = at_once(hands, lambda unit: {"n": number(unit, branch)}, [key] * HANDS)
    assert [answer.value for answer in answers] == [{"n": 1}] * HANDS
    assert sorted(answer.known for answer in answers) == [False, True, True, True]
