"""Many commands in one transaction: each has its own answer, and all stand or fall with what nobody refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.errors import Busy, Invalid, Refusal
from retaguarda.kernel.ids import id_from, is_id, new_id
from retaguarda.kernel.outcome import Answer, Outcome, Sent
from retaguarda.kernel.unit import Unit
from tests.helpers.toyshop import HEARD, AddShelf, MoveGoods, Play, RenameShelf, Shop, ToyLine, playing


def sent(*commands: Any) -> list[Sent]:
    return [(command, new_id()) for command in commands]


def names(shop: Shop) -> list[str]:
    return sorted(row.name for row in shop.sql("SELECT name FROM toy_shelf"))


def test_each_has_its_journal_row_its_listeners_and_its_answer(shop: Shop) -> None:
    some = sent(AddShelf(name="A"), AddShelf(name=" "), AddShelf(name="forbidden"), AddShelf(name="B"))
    first, blank, guarded, last = shop.bus.do_many(some, shop.actor)
    assert isinstance(first, Outcome)
    assert isinstance(last, Outcome)
    assert (first.command_id, last.known) == (some[0][1], False)
    assert isinstance(blank, Invalid)
    assert isinstance(guarded, Refusal)
    assert guarded.params["guard"] == "ck_toy_shelf_name"
    assert names(shop) == ["A", "B"]
    states = [row.state for row in shop.sql("SELECT state FROM command_journal ORDER BY id")]
    assert states == ["done", "refused", "refused", "done"]
    assert {said.name for kind, said in HEARD if kind == "within"} >= {"A", "B"}
    assert len(shop.sql("SELECT id FROM outbox")) == 2


def test_what_is_known_answers_as_it_did(shop: Shop) -> None:
    some = sent(AddShelf(name="A"), AddShelf(name=" "))
    shop.bus.do_many(some, shop.actor)
    before = shop.contents()
    again = shop.bus.do_many([*some, *sent()], shop.actor)
    assert shop.contents() == before
    assert isinstance(again[0], Outcome)
    assert again[0].known
    assert isinstance(again[1], Refusal)
    assert again[1].params["known"]
    assert shop.do(some[0][0], some[0][1]).known


def test_one_sees_what_the_one_before_has_done(shop: Shop) -> None:
    shelf = shop.shelf()
    moves = [MoveGoods(shelf_id=shelf, quantity=Decimal(n)) for n in (5, -3, -3, -2)]
    answers = shop.bus.do_many(sent(*moves), shop.actor)
    assert [answer.code if isinstance(answer, Refusal) else "done" for answer in answers] == [
        "done", "done", "toyshop.empty", "done",
    ]  # fmt: skip
    stale = RenameShelf(shelf_id=shelf, name="C", version=1)
    renamed, refused = shop.bus.do_many(sent(RenameShelf(shelf_id=shelf, name="B", version=1), stale), shop.actor)
    assert isinstance(renamed, Outcome)
    assert isinstance(refused, Refusal)
    assert refused.code == "kernel.stale"


def test_the_account_of_the_answers_is_kept_with_them(shop: Shop) -> None:
    def account(answers: Sequence[Answer]) -> Sent:
        done = sum(isinstance(answer, Outcome) for answer in answers)
        return AddShelf(name=f"{done} of {len(answers)}"), new_id()

    shop.bus.do_many(sent(AddShelf(name="A"), AddShelf(name="")), shop.actor, account)
    assert names(shop) == ["1 of 2", "A"]


def test_an_account_that_is_refused_takes_all_with_it(shop: Shop) -> None:
    before = shop.contents()
    with pytest.raises(Invalid):
        shop.bus.do_many(sent(AddShelf(name="A")), shop.actor, lambda answers: (AddShelf(name=""), new_id()))
    assert shop.contents() == before
    shop.do(AddShelf(name="after"))
    assert names(shop) == ["after"]


def test_a_defect_takes_all_with_it(shop: Shop) -> None:
    def defect(unit: Unit) -> None:
        raise ZeroDivisionError

    before = shop.contents()
    with playing("defect", defect), pytest.raises(ZeroDivisionError):
        shop.bus.do_many(sent(AddShelf(name="A"), Play(what="defect")), shop.actor)
    assert shop.contents() == before


def test_who_is_too_busy_begins_again(shop: Shop) -> None:
    met: list[int] = []

    def busy(unit: Unit) -> None:
        met.append(1)
        if len(met) < 3:
            raise Busy("kernel.busy")

    with playing("busy", busy):
        answers = shop.bus.do_many(sent(AddShelf(name="A"), Play(what="busy")), shop.actor)
    assert [type(answer) for answer in answers] == [Outcome, Outcome]
    assert names(shop) == ["A"]
    assert len(met) == 3


def test_what_is_asked_at_commit_only_refuses_its_own_command(shop: Shop) -> None:
    def lost_line(unit: Unit) -> None:
        unit.append(ToyLine, [{"paper_id": new_id(), "shelf_id": None}])

    def account(answers: Sequence[Answer]) -> Sent:
        return AddShelf(name="account"), new_id()

    with playing("lost", lost_line):
        some = sent(AddShelf(name="A"), Play(what="lost"), AddShelf(name="B"))
        answers = shop.bus.do_many(some, shop.actor, account)
    assert [answer.code if isinstance(answer, Refusal) else "done" for answer in answers] == [
        "done", "toyshop.no_paper", "done",
    ]  # fmt: skip
    assert names(shop) == ["A", "B", "account"]


def test_the_account_of_nothing_is_kept_too(shop: Shop) -> None:
    assert shop.bus.do_many([], shop.actor, lambda answers: (AddShelf(name="none"), new_id())) == []
    assert names(shop) == ["none"]


def test_nothing_sent_is_nothing_done(shop: Shop) -> None:
    before = shop.contents()
    assert shop.bus.do_many([], shop.actor) == []
    assert shop.contents() == before


def test_an_id_from_words_is_theirs_alone() -> None:
    assert is_id(id_from("olist", "7"))
    assert id_from("olist", "7") == id_from("olist", "7")
    assert len({id_from("olist", "7"), id_from("olist7"), id_from("olist", "", "7"), id_from("7", "olist")}) == 4
