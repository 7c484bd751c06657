"""Flagging a case: it goes before the others, and its timeline says why."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work


def test_the_flagged_beats_the_older_unflagged(work: Work) -> None:
    older, newer = work.order("check"), work.order("check")
    assert [row.subject_id for row in work.office.show("process.queue").rows] == [older, newer]
    row = work.row(newer)
    done = work.office.do(
        "process.set_priority", case_id=row.case_id, priority="high", reason="cliente antigo", version=row.case_version
    )
    assert done.value["version"] == row.case_version + 1
    rows = work.office.show("process.queue").rows
    assert [(r.subject_id, r.why) for r in rows] == [(newer, "flagged"), (older, "turn")]
    work.office.do("process.set_priority", case_id=work.row(older).case_id, priority="urgent", reason="médico")
    assert [r.subject_id for r in work.office.show("process.queue").rows] == [older, newer]
    told = work.office.show("process.timeline", {"subject_id": newer}).rows
    assert ("process.timeline.process.set_priority", "cliente antigo") in [(r.code, r.detail) for r in told]


def test_a_case_that_is_closed(work: Work) -> None:
    order = work.order("check")
    case = work.row(order).case_id
    work.office.do("sales.cancel_order", order_id=order, reason="desistiu")
    with refused(work.office, "process.set_priority.not_open"):
        work.office.do("process.set_priority", case_id=case, priority="high", reason="x")


def test_values_and_versions(work: Work) -> None:
    row = work.row(work.order("check"))
    with refused(work.office, "kernel.not_a_choice"):
        work.office.do("process.set_priority", case_id=row.case_id, priority="highest", reason="x")
    with refused(work.office, "kernel.required"):
        work.office.do("process.set_priority", case_id=row.case_id, priority="high", reason=" ")
    with refused(work.office, "kernel.stale"):
        work.office.do("process.set_priority", case_id=row.case_id, priority="high", reason="x", version=7)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.set_priority", case_id=new_id(), priority="high", reason="x")


def test_a_seller_flags_nothing(work: Work) -> None:
    row = work.row(work.order("check"))
    with acting(work.office, "sales"), refused(work.office, "kernel.forbidden"):
        work.office.do("process.set_priority", case_id=row.case_id, priority="high", reason="x")
