"""Taking back what nobody accepted."""

from __future__ import annotations

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, queue_of, row, sent, thread


def test_nobody_has_to_answer_any_more(work: Work) -> None:
    _, handoff = sent(work)
    does(work, "sales", "withdraw", handoff, reason="o cliente desistiu")
    assert (row(work, handoff).state, queue_of(work, "stock")) == ("withdrawn", [])
    assert thread(work, handoff)[-1] == ("withdrawn", "o cliente desistiu")
    assert work.office.check() == []


def test_what_was_accepted_and_what_others_asked_for(work: Work) -> None:
    _, handoff = sent(work)
    with acting(work.office, "stock"), refused(work.office, "process.withdraw_handoff.not_yours"):
        work.office.do("process.withdraw_handoff", handoff_id=handoff, reason="x")
    does(work, "stock", "accept", handoff)
    with acting(work.office, "sales"), refused(work.office, "process.withdraw_handoff.not_in_state"):
        work.office.do("process.withdraw_handoff", handoff_id=handoff, reason="x")
