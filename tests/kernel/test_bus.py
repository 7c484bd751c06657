"""The one write path, on both engines: nine stages, one id one outcome, nothing half done."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import (
    Busy,
    Device,
    Fault,
    Forbidden,
    Invalid,
    Missing,
    Refusal,
    Remedy,
    Shortfall,
    Stale,
    Trouble,
)
from retaguarda.kernel.failure import Answer, FailureFacts, close_failures
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.unit import Actor, Unit
from tests.helpers import toyshop
from tests.helpers.toyshop import (
    HEARD,
    AddShelf,
    MoveGoods,
    Play,
    RenameShelf,
    Shelf,
    ShelfAdded,
    Shop,
    ToyMove,
    playing,
)

SELLER = Actor(new_id(), "Seller", frozenset({"toyshop.read"}), branch_id=new_id())


def refusal_of(shop: Shop, command: Command, command_id: str | None = None, actor: Actor | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        shop.do(command, command_id, actor)
    return caught.value


def journal(shop: Shop) -> list[tuple[str, str]]:
    return [(row.name, row.state) for row in shop.sql("SELECT name, state FROM command_journal ORDER BY id")]


def test_the_nine_stages_in_order(shop: Shop) -> None:
    stages: list[int] = []
    shop.bus.mark = stages.append
    shop.do(AddShelf(name="A"))
    assert stages == [2, 3, 4, 5, 6, 7, 8, 9]


def test_an_outcome_says_value_rows_and_changes(shop: Shop) -> None:
    outcome = shop.do(AddShelf(name="A"))
    assert [row.name for row in outcome.rows] == ["A"]
    assert outcome.rows[0].allowed == ("toyshop.rename_shelf", "toyshop.move_goods")
    assert next((c.table, c.kind, c.ids) for c in outcome.changes) == ("toy_shelf", "add", (outcome.value["id"],))
    assert not outcome.known


def test_rows_that_the_actor_may_not_see_do_not_refuse_the_command(shop: Shop) -> None:
    query = toyshop.shelves_query(branch=Shelf.__table__.c.place)
    shop.registry.queries["toyshop.shelves"], kept = query, shop.registry.queries["toyshop.shelves"]
    try:
        adder = Actor(new_id(), "Adder", frozenset({"toyshop.read", "toyshop.add_shelf"}), branch_id=new_id())
        assert shop.do(AddShelf(name="A"), actor=adder).rows == ()
    finally:
        shop.registry.queries["toyshop.shelves"] = kept


def test_a_known_id_returns_the_stored_outcome(shop: Shop) -> None:
    key = new_id()
    first = shop.do(AddShelf(name="A"), key)
    before = shop.contents()
    again = shop.do(AddShelf(name="A"), key)
    assert again.known
    assert (again.value, again.changes, again.warnings) == (first.value, first.changes, first.warnings)
    assert shop.changed(before) == set()


@pytest.mark.parametrize("kind", ["invalid", "forbidden", "missing", "stale", "refusal", "shortfall"])
def test_a_known_id_returns_the_stored_refusal(shop: Shop, kind: str) -> None:
    shelf = shop.shelf()
    commands: Mapping[str, Command] = {
        "invalid": AddShelf(name="x" * 200),
        "forbidden": AddShelf(name="A"),
        "missing": RenameShelf(shelf_id=new_id(), name="B"),
        "stale": RenameShelf(shelf_id=shelf, name="B", version=7),
        "refusal": MoveGoods(shelf_id=shelf, quantity=Decimal(-1), looks_first=True),
        "shortfall": Play(what="short"),
    }
    actor = SELLER if kind == "forbidden" else None
    key = new_id()
    with playing("short", lambda unit: _short(unit, shelf)):
        first = refusal_of(shop, commands[kind], key, actor)
        before = shop.contents()
        # A person who has been given the permission since still hears what was answered then.
        again = refusal_of(shop, commands[kind], key, actor)
    assert type(again) is type(first)
    assert (again.code, again.field) == (first.code, first.field)
    assert again.params == {**_json(first.params), "known": True}
    if isinstance(first, Invalid) and isinstance(again, Invalid):
        assert again.faults == first.faults
    if isinstance(first, Shortfall) and isinstance(again, Shortfall):
        assert (again.subject, again.cause_key, again.failure_id) == (
            first.subject,
            first.cause_key,
            first.failure_id,
        )
    assert shop.changed(before) == set()


def _json(params: Mapping[str, Any]) -> dict[str, Any]:
    return {k: str(v) if isinstance(v, Decimal) else v for k, v in params.items()}


def _short(unit: Unit, shelf: str, needed: int = 3) -> None:
    unit.append(ToyMove, [{"shelf_id": shelf, "quantity": Decimal(1)}])
    raise Shortfall("toyshop.short", subject=("toy_shelf", shelf), cause_key="stock", needed=Decimal(needed))


def test_an_id_used_by_another_command_is_refused(shop: Shop) -> None:
    key = new_id()
    shop.do(AddShelf(name="A"), key)
    assert refusal_of(shop, Play(), key).code == "kernel.command_id_reused"
    assert refusal_of(shop, Play(), "not an id").code == "kernel.bad_command_id"
    assert journal(shop) == [("toyshop.add_shelf", "done")]


def test_a_command_nobody_knows_is_refused(shop: Shop) -> None:
    class Stranger(Command):
        """Belongs to no module."""

    assert refusal_of(shop, Stranger()).code == "kernel.unknown_command"


def test_a_refusal_keeps_only_its_journal_row(shop: Shop) -> None:
    shelf = shop.shelf()
    before = shop.contents()

    def writes_and_refuses(unit: Unit) -> None:
        unit.add(Shelf, name="B")
        unit.append(ToyMove, [{"shelf_id": shelf, "quantity": Decimal(1)}])
        unit.emit(ShelfAdded(shelf, "A"))
        raise Refusal("toyshop.no", field="what")

    with playing("refuse", writes_and_refuses):
        assert refusal_of(shop, Play(what="refuse")).field == "what"
    assert shop.changed(before) == {"command_journal"}
    assert journal(shop)[-1] == ("toyshop.play", "refused")
    shop.shelf("C")  # and the next command works


@pytest.mark.parametrize("name", ["listener refuses", "forbidden"])
def test_a_refusal_of_a_listener_or_a_constraint_keeps_only_its_journal_row(shop: Shop, name: str) -> None:
    before = shop.contents()
    code = {"listener refuses": "toyshop.listener_refuses", "forbidden": "kernel.guard"}[name]
    assert refusal_of(shop, AddShelf(name=name)).code == code
    assert shop.changed(before) == {"command_journal"}


def test_forbidden_comes_before_the_values_are_judged(shop: Shop) -> None:
    refusal = refusal_of(shop, AddShelf(name="x" * 200), actor=SELLER)
    assert isinstance(refusal, Forbidden)
    assert refusal.params["permission"] == "toyshop.add_shelf"
    assert journal(shop) == [("toyshop.add_shelf", "refused")]


def test_values_that_cannot_be_written_down_still_leave_a_journal_row(shop: Shop) -> None:
    for name in ("\ud800", 7, None, float("nan")):
        assert isinstance(refusal_of(shop, AddShelf(name=name)), Invalid)  # type: ignore[arg-type]
    assert journal(shop) == [("toyshop.add_shelf", "refused")] * 4


def test_a_shortfall_leaves_one_failure_that_is_updated(shop: Shop) -> None:
    shelf, other = shop.shelf(), shop.shelf("B")
    asked: list[FailureFacts] = []

    class Remedies:
        def answer(self, unit: Unit, facts: FailureFacts) -> Answer:
            asked.append(facts)
            return Answer((Remedy("toyshop.play", {}, "toyshop.reason"),))

    shop.bus.remedies = Remedies()
    before = shop.contents()
    with playing("short", lambda unit: _short(unit, shelf)):
        first = refusal_of(shop, Play(what="short"))
    assert shop.changed(before) == {"command_journal", "failure"}
    with playing("short", lambda unit: _short(unit, shelf, needed=5)):
        second = refusal_of(shop, Play(what="short"))
    with playing("short", lambda unit: _short(unit, other)):
        third = refusal_of(shop, Play(what="short"))
    assert [len(r.remedies) for r in (first, second, third)] == [1, 1, 1]
    ids = [r.failure_id for r in (first, second, third) if isinstance(r, Shortfall)]
    assert ids[0] == ids[1] != ids[2]
    assert [facts.id for facts in asked] == ids
    rows = shop.sql("SELECT times, params, state FROM failure ORDER BY id")
    assert [(r.times, r.params, r.state) for r in rows] == [
        (2, '{"needed":"5"}', "open"),
        (1, '{"needed":"3"}', "open"),
    ]


def test_a_plan_b_that_breaks_is_named_and_keeps_no_refusal_back(shop: Shop) -> None:
    shelf = shop.shelf()

    class Broken:
        def answer(self, unit: Unit, facts: FailureFacts) -> Answer:
            unit.add(Shelf, name="half")
            raise ZeroDivisionError

    shop.bus.remedies = Broken()
    before = shop.contents()
    with playing("short", lambda unit: _short(unit, shelf)):
        refusal = refusal_of(shop, Play(what="short"))
    assert isinstance(refusal, Shortfall)
    assert (refusal.remedies, refusal.left_out) == ((), ("kernel.plan_b",))
    assert "ZeroDivisionError" in "".join(refusal.__notes__)
    assert shop.changed(before) == {"command_journal", "failure"}


def test_a_constraint_hit_by_somebody_faster_runs_the_handler_again(shop: Shop) -> None:
    """The handler saw goods; the database did not have them any more; the second look refuses with a reason."""
    shelf = shop.shelf()
    seen = []

    def blind_once(unit: Unit) -> None:
        seen.append(unit.command_id)
        if len(seen) > 1:
            raise Refusal("toyshop.empty", field="quantity")
        unit.append(ToyMove, [{"shelf_id": shelf, "quantity": Decimal(-1)}])

    before = shop.contents()
    with playing("race", blind_once):
        assert refusal_of(shop, Play(what="race")).field == "quantity"
    assert len(seen) == 2
    assert shop.changed(before) == {"command_journal"}


def test_a_constraint_hit_every_time_is_a_refusal_with_its_code(shop: Shop) -> None:
    shelf = shop.shelf()
    before = shop.contents()
    assert refusal_of(shop, MoveGoods(shelf_id=shelf, quantity=Decimal(-1))).code == "toyshop.empty"
    assert shop.changed(before) == {"command_journal"}
    shop.do(MoveGoods(shelf_id=shelf, quantity=Decimal(2)))
    assert shop.sql("SELECT on_hand FROM toy_balance")[0].on_hand == 20000


def test_a_stale_version_is_refused_whenever_it_is_found(shop: Shop) -> None:
    shelf = shop.shelf()
    shop.do(RenameShelf(shelf_id=shelf, name="B", version=1))
    assert isinstance(refusal_of(shop, RenameShelf(shelf_id=shelf, name="C", version=1)), Stale)

    class OldRow:
        id, version = shelf, 1

    before = shop.contents()
    with playing("old", lambda unit: unit.revise(Shelf, OldRow, name="D")):
        assert isinstance(refusal_of(shop, Play(what="old")), Stale)
    assert shop.changed(before) == {"command_journal"}
    assert shop.do(RenameShelf(shelf_id=shelf, name="C")).value["version"] == 3


def test_busy_runs_the_whole_handler_again(shop: Shop) -> None:
    tries = []

    def busy_twice(unit: Unit) -> Mapping[str, Any]:
        unit.add(Shelf, name="A")
        tries.append(1)
        if len(tries) < 3:
            raise Busy("kernel.busy")
        return {"tries": len(tries)}

    with playing("busy", busy_twice):
        assert shop.do(Play(what="busy")).value == {"tries": 3}
    assert (shop.bus.retries, len(shop.sql("SELECT id FROM toy_shelf"))) == (2, 1)


def test_busy_gives_up_after_ten_tries_and_nothing_stays(shop: Shop) -> None:
    tries = []

    def always(unit: Unit) -> None:
        tries.append(unit.add(Shelf, name="A"))
        raise Busy("kernel.busy")

    before = shop.contents()
    with playing("busy", always), pytest.raises(Busy):
        shop.do(Play(what="busy"))
    assert len(tries) == 10
    assert len(set(tries)) == 1  # the same command makes the same ids
    assert shop.changed(before) == set()


@pytest.mark.parametrize(
    "wrong", [Trouble("toyshop.down"), Device("kernel.disk_full"), RuntimeError("ours"), KeyboardInterrupt()]
)
def test_trouble_and_defects_leave_nothing(shop: Shop, wrong: BaseException) -> None:
    def falls(unit: Unit) -> None:
        unit.add(Shelf, name="A")
        unit.emit(ShelfAdded(new_id(), "A"))
        raise wrong

    before, key = shop.contents(), new_id()
    with playing("fall", falls), pytest.raises(type(wrong)):
        shop.do(Play(what="fall"), key)
    assert shop.changed(before) == set()
    assert not shop.do(Play(), key).known  # the same id may be sent again


def test_invariants_are_asserted_after_the_listeners(shop: Shop) -> None:
    def demands(unit: Unit) -> None:
        shelf = unit.add(Shelf, name="A")
        unit.emit(ShelfAdded(shelf, "A"))

        def heard_all() -> None:
            assert ("next", toyshop.ShelfSeen(shelf)) in HEARD
            raise Refusal("toyshop.invariant")

        unit.at_end(heard_all)

    before = shop.contents()
    with playing("demand", demands):
        assert refusal_of(shop, Play(what="demand")).code == "toyshop.invariant"
    assert shop.changed(before) == {"command_journal"}


def test_listeners_within_share_the_transaction_and_events_lead_on(shop: Shop) -> None:
    shelf = shop.shelf("A")
    assert [("within", ShelfAdded(shelf, "A")), ("next", toyshop.ShelfSeen(shelf))] == HEARD
    rows = shop.sql("SELECT listener, event, payload, state FROM outbox")
    payload = f'{{"shelf_id":"{shelf}","name":"A"}}'
    assert [tuple(r) for r in rows] == [("toyshop.after", "toyshop.ShelfAdded", payload, "due")]


def test_a_handler_has_clock_actor_and_ids_of_its_command(shop: Shop) -> None:
    seen: list[Any] = []

    def looks(unit: Unit) -> None:
        seen.append((unit.now, unit.today.isoformat(), unit.actor, unit.command_id, unit.new_id(), unit.new_id()))

    key = new_id()
    with playing("look", looks):
        shop.do(Play(what="look"), key)
    now, today, actor, command_id, one, two = seen[0]
    assert (now, today, actor, command_id) == (toyshop.MONDAY, "2026-11-23", shop.actor, key)
    assert key[:12] == one[:12] == two[:12]
    assert one < two


def test_a_missing_record_names_the_field(shop: Shop) -> None:
    refusal = refusal_of(shop, RenameShelf(shelf_id=new_id(), name="B"))
    assert isinstance(refusal, Missing)
    assert refusal.field == "shelf_id"


def test_faults_come_all_at_once(shop: Shop) -> None:
    refusal = refusal_of(shop, MoveGoods(shelf_id="x", quantity=Decimal("1.23456")))
    assert isinstance(refusal, Invalid)
    assert refusal.faults == (
        Fault("shelf_id", "kernel.not_an_id", {"table": "toy_shelf"}),
        Fault("quantity", "kernel.too_many_digits", {"scale": 4}),
    )


def test_a_failure_can_be_opened_again_after_it_was_closed(shop: Shop) -> None:
    shelf = shop.shelf()
    with playing("short", lambda unit: _short(unit, shelf)):
        refusal_of(shop, Play(what="short"))
        with playing("close", lambda unit: close_failures(unit, shelf, "toyshop.short")):
            shop.do(Play(what="close"))
        refusal_of(shop, Play(what="short"))
    assert [r.state for r in shop.sql("SELECT state FROM failure ORDER BY id")] == ["closed", "open"]
