"""What the database itself refuses about hand-offs, past every handler."""

from __future__ import annotations

from tests.helpers.guards import refused_by_database
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, sent


def test_states_walk_their_way_and_the_document_stays(work: Work) -> None:
    _, handoff = sent(work)
    does(work, "sales", "withdraw", handoff, reason="x")
    for state in ("sent", "accepted", "ended"):
        moved = f"UPDATE handoff SET state = '{state}' WHERE id = '{handoff}'"
        assert refused_by_database(work.office, moved) == "process.unknown_move"
    other = "UPDATE handoff SET subject_id = branch_id"
    assert refused_by_database(work.office, other) == "process.other_handoff"


def test_a_thread_is_told_once_and_never_changed(work: Work) -> None:
    sent(work)
    assert refused_by_database(work.office, "UPDATE handoff_entry SET note = 'x'") == "kernel.append_only"
    assert refused_by_database(work.office, "DELETE FROM handoff_entry") == "kernel.append_only"
    assert refused_by_database(work.office, "DELETE FROM handoff") == "kernel.never_deleted"
