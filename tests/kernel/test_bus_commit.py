"""What the database asks only at COMMIT: a deferred constraint's no is a refusal like any other, journal row included,
though the whole transaction is gone by then. Killed anywhere around it, the same id gives the same answer."""

from __future__ import annotations

import os
import signal

import pytest

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.unit import Unit
from tests.helpers.apart import APART
from tests.helpers.toyshop import PLAYS, Play, Shelf, Shop, ToyLine, ToyPaper, playing

PAPER = {"device": "0", "kind": "order", "number": 1}


def without_its_paper(unit: Unit) -> None:
    unit.add(Shelf, name="B")
    unit.append(ToyLine, [{"paper_id": unit.new_id()}])


def refusal_of(shop: Shop, command_id: str | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        shop.do(Play(what="play"), command_id)
    return caught.value


def journal(shop: Shop) -> list[tuple[str, str]]:
    rows = shop.sql("SELECT id, state FROM command_journal ORDER BY id")
    return [(str(row.id).replace("-", ""), row.state) for row in rows]


def test_a_deferred_constraint_refuses_by_its_code_and_keeps_only_the_journal_row(shop: Shop) -> None:
    key, before = new_id(), shop.contents()
    with playing("play", without_its_paper):
        first = refusal_of(shop, key)
        assert (first.code, first.params) == ("toyshop.no_paper", {"guard": "fk_toy_line_paper_id"})
        assert shop.changed(before) == {"command_journal"}
        assert journal(shop) == [(key, "refused")]
        before = shop.contents()
        again = refusal_of(shop, key)
    assert (again.code, again.params) == (first.code, {**first.params, "known": True})
    assert shop.changed(before) == set()
    shop.shelf("C")  # and the next command works


def test_a_deferred_constraint_without_a_code_is_named(shop: Shop) -> None:
    def on_no_shelf(unit: Unit) -> None:
        paper = unit.append(ToyPaper, [{**PAPER, "branch_id": new_id()}])[0]
        unit.append(ToyLine, [{"paper_id": paper, "shelf_id": unit.new_id()}])

    with playing("play", on_no_shelf):
        refusal = refusal_of(shop)
    assert (refusal.code, refusal.params["guard"]) == ("kernel.guard", "fk_toy_line_shelf_id")


def test_the_handler_looks_again_before_it_is_refused(shop: Shop) -> None:
    tries: list[str] = []

    def late(unit: Unit) -> None:
        paper = unit.new_id()
        tries.append(paper)
        unit.append(ToyLine, [{"paper_id": paper}])
        if len(tries) == 3:
            unit.append(ToyPaper, [{**PAPER, "id": paper, "branch_id": new_id()}])

    key = new_id()
    with playing("play", late):
        assert not shop.do(Play(what="play"), key).known
        assert (len(tries), len(set(tries))) == (3, 1)
        assert shop.do(Play(what="play"), key).known
    assert journal(shop) == [(key, "done")]
    assert len(shop.sql("SELECT id FROM toy_line")) == 1


def test_a_deferred_trigger_refuses_with_its_own_code(shop: Shop) -> None:
    if shop.store.name == "sqlite":
        # SQLite defers foreign keys only; its triggers speak at once.
        return
    shop.sql(
        "CREATE FUNCTION toy_late() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'retaguarda:toyshop.late'; END$$"
    )
    shop.sql(
        "CREATE CONSTRAINT TRIGGER toy_late AFTER INSERT ON toy_paper DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION toy_late()"
    )
    key, before = new_id(), shop.contents()
    with playing("play", lambda unit: {"id": unit.append(ToyPaper, [{**PAPER, "branch_id": new_id()}])[0]}):
        assert [refusal_of(shop, key).code, refusal_of(shop, key).code] == ["toyshop.late"] * 2
    assert shop.changed(before) == {"command_journal"}
    assert journal(shop) == [(key, "refused")]


STAGES = [2, 3, 4, 5, 6, 7, 8, 9] * 3 + [2, 3]
"""Three tries, each refused at its COMMIT, and the transaction that completes the journal row."""
ANSWERED = len(STAGES)


def test_the_stages_of_a_refusal_at_commit(shop: Shop) -> None:
    stages: list[int] = []
    shop.bus.mark = stages.append
    with playing("play", without_its_paper):
        refusal_of(shop)
    assert stages == STAGES


def dies(url: str, command_id: str, at: int) -> None:
    """Sends the command and is killed at its stage number `at`, or once it has its answer."""
    shop = Shop(open_store(url))
    seen: list[int] = []

    def mark(stage: int) -> None:
        seen.append(stage)
        if len(seen) > at:
            os.kill(os.getpid(), signal.SIGKILL)

    shop.bus.mark = mark
    PLAYS["play"] = without_its_paper
    try:
        shop.do(Play(what="play"), command_id)
    except Refusal:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("at", [7, 8, 9, 15, 23, 24, 25, ANSWERED])
def test_killed_around_the_commit_the_same_id_gives_the_same_answer(shop: Shop, toy_url: str, at: int) -> None:
    key, before = new_id(), shop.contents()
    child = APART.Process(target=dies, args=(toy_url, key, at))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert journal(shop) == ([(key, "refused")] if at == ANSWERED else [])
    with playing("play", without_its_paper):
        first, again = refusal_of(shop, key), refusal_of(shop, key)
    assert (first.code, again.code) == ("toyshop.no_paper",) * 2
    assert (first.params.get("known", False), again.params["known"]) == (at == ANSWERED, True)
    assert shop.changed(before) == {"command_journal"}
    assert journal(shop) == [(key, "refused")]
