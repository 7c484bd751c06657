"""What the journal keeps of a command gives the same outcome again; what was not said is not kept."""

from __future__ import annotations

import json

from retaguarda.kernel.command import dump
from retaguarda.kernel.ids import IdMaker, new_id
from retaguarda.kernel.journal import changes_of, outcome_text, read_outcome
from retaguarda.kernel.outcome import Change, Outcome, Warned
from tests.helpers.toyshop import AddShelf, RenameShelf


def test_ids_that_run_on_are_kept_as_a_range_and_come_back_as_they_were() -> None:
    command_id, foreign = new_id(), new_id()
    make = IdMaker(command_id)
    own = [make() for _ in range(12)]
    changes = (
        Change("a_run", "append", tuple(own)),
        Change("two", "add", tuple(own[:2])),
        Change("with_a_gap", "add", (own[0], own[2], own[3])),
        Change("backwards", "add", (own[2], own[1], own[0])),
        Change("somebody_elses", "revise", (foreign, own[1], own[2])),
        Change("none", "add", ()),
    )
    outcome = Outcome(command_id, {"id": own[0]}, changes=changes, warnings=(Warned("toyshop.hm", {"n": 1}),))
    stored = outcome_text(outcome)
    kept = {table: ids for table, _kind, ids in json.loads(stored)["changes"]}
    assert (kept["a_run"], kept["two"], kept["somebody_elses"]) == ("0-11", [0, 1], [foreign, 1, 2])
    assert changes_of(command_id, stored) == changes
    again = read_outcome(command_id, stored)
    assert (again.value, again.changes, again.warnings) == (outcome.value, changes, outcome.warnings)


def test_an_outcome_without_warnings_reads_without_them() -> None:
    outcome = Outcome(new_id(), {})
    assert "warnings" not in json.loads(outcome_text(outcome))
    assert read_outcome(outcome.command_id, outcome_text(outcome)).warnings == ()


def test_what_was_not_said_is_not_kept() -> None:
    assert dump(AddShelf(name="A")).keys() >= {"name"}
    said = dump(RenameShelf(shelf_id=new_id(), name="B"))
    assert "version" not in said
    assert dump(RenameShelf(shelf_id=new_id(), name="B", version=3))["version"] == 3
