"""The thread of a hand-off: both sides speak in it until it is over."""

from __future__ import annotations

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, row, sent, thread


def test_both_sides_speak_and_nothing_else_changes(work: Work) -> None:
    order, handoff = sent(work)
    before = row(work, handoff)
    does(work, "stock", "say_in", handoff, note="qual prateleira?")
    does(work, "sales", "say_in", handoff, note="a de cima")
    assert row(work, handoff) == before
    assert thread(work, handoff)[1:] == [("said", "qual prateleira?"), ("said", "a de cima")]
    rows = work.office.show("process.handoff_thread", {"subject_id": order}, "seq").rows
    assert [found.department for found in rows] == ["Vendas", "Estoque", "Vendas"]
    assert work.office.check() == []


def test_when_it_is_over(work: Work) -> None:
    _, handoff = sent(work)
    does(work, "sales", "withdraw", handoff, reason="x")
    with acting(work.office, "stock"), refused(work.office, "process.say_in_handoff.over"):
        work.office.do("process.say_in_handoff", handoff_id=handoff, note="x")
