"""Asking another department: sent, refused with a reason and sent again, each told and each in the right queue."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, queue_of, row, sent, thread


def test_it_stands_in_the_queue_of_who_is_asked(work: Work) -> None:
    order, handoff = sent(work, due_on="2026-11-25")
    found = row(work, handoff)
    assert (found.state, found.from_department, found.to_department) == ("sent", "sales", "stock")
    assert (found.waits_for, found.due_on, found.late) == ("stock", dt.date(2026, 11, 25), False)
    assert found.due_at == MONDAY + dt.timedelta(hours=2), "an answer is due within two hours of work"
    assert queue_of(work, "stock") == [(handoff, "answer")]
    assert queue_of(work, "sales") == []
    with acting(work.office, "stock"):
        found = work.office.show("process.my_queue").rows[0]
    assert (found.subject_id, found.number, found.next_command) == (order, 1, "process.accept_handoff")
    assert {"process.accept_handoff", "process.refuse_handoff"} < set(found.allowed)
    assert work.office.check() == []


def test_sent_refused_and_sent_again_is_told_three_times_and_changes_both_queues(work: Work) -> None:
    order, handoff = sent(work)
    does(work, "stock", "refuse", handoff, reason="sem escada")
    assert (queue_of(work, "stock"), queue_of(work, "sales")) == ([], [(handoff, "mend")])
    does(work, "sales", "resend", handoff, note="a escada chegou")
    assert (queue_of(work, "stock"), queue_of(work, "sales")) == ([(handoff, "answer")], [])
    told = [
        (r.code.removeprefix("process.timeline.handoff."), r.who, r.detail_params)
        for r in work.office.show("process.timeline", {"subject_id": order}, "at").rows
        if ".handoff." in r.code
    ]
    assert told == [
        ("sent", "Pessoa sales", {"note": "Reservar 5 da prateleira alta"}),
        ("refused", "Pessoa stock", {"note": "sem escada"}),
        ("resent", "Pessoa sales", {"note": "a escada chegou"}),
    ]
    assert [kind for kind, _ in thread(work, handoff)] == ["sent", "refused", "resent"]
    assert work.office.check() == []


def test_a_step_of_it_is_taken_like_any_other(work: Work) -> None:
    _, handoff = sent(work)
    with acting(work.office, "stock"):
        step = work.office.show("process.my_queue").rows[0]
        taken = work.office.do("process.take_step", step_id=step.id).rows[0]
    assert (taken.person_name, taken.handoff_id) == ("Pessoa stock", handoff)


def test_it_goes_on_while_the_order_is_held(work: Work) -> None:
    order = work.order("check")
    with acting(work.office, "finance"):
        work.office.do("process.send_handoff", subject_id=order, to_department="sales", what="Endereço certo")
    work.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    whys = {r.step: (r.why, r.next_command) for r in work.office.show("process.queue", {"subject_id": order}).rows}
    assert whys == {"invoice": ("held", "sales.resume_order"), "answer": ("turn", "process.accept_handoff")}


def test_the_sender_is_who_works_on_it_or_the_actors_own_department(work: Work) -> None:
    order = work.order("check")
    with acting(work.office, "finance"):
        first = work.office.do("process.send_handoff", subject_id=order, to_department="sales", what="Endereço certo")
    with acting(work.office, "picking"):
        second = work.office.do("process.send_handoff", subject_id=order, to_department="sales", what="Cor certa")
    third = work.office.do("process.send_handoff", subject_id=order, to_department="sales", what="Tudo certo")
    senders = [row(work, made.value["id"]).from_department for made in (first, second, third)]
    assert senders == ["finance", "picking", "finance"]


def test_to_oneself_to_nobody_and_for_yesterday(work: Work) -> None:
    order = work.order()
    with refused(work.office, "process.send_handoff.same_department"):
        work.office.do("process.send_handoff", subject_id=order, to_department="sales", what="x")
    with refused(work.office, "company.unknown_department"):
        work.office.do("process.send_handoff", subject_id=order, to_department="lua", what="x")
    with refused(work.office, "process.send_handoff.day_passed"):
        work.office.do("process.send_handoff", subject_id=order, to_department="stock", what="x", due_on="2026-11-20")


def test_about_what_is_over_and_about_nothing(work: Work) -> None:
    order = work.order()
    work.office.do("sales.decline_quotation", order_id=order, reason="caro")
    with refused(work.office, "process.send_handoff.case_closed"):
        work.office.do("process.send_handoff", subject_id=order, to_department="stock", what="x")
    _, handoff = sent(work)
    for subject in (new_id(), handoff):
        with refused(work.office, "kernel.missing"):
            work.office.do("process.send_handoff", subject_id=subject, to_department="finance", what="x")


def test_another_branch_sees_nothing_of_it(work: Work) -> None:
    order, handoff = sent(work)
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["stock"], branch_id=branch)
    with acting(work.office, "caio"):
        assert work.office.show("process.handoffs").rows == ()
        with refused(work.office, "kernel.missing"):
            work.office.do("process.send_handoff", subject_id=order, to_department="finance", what="x")
        with refused(work.office, "kernel.missing"):
            work.office.do("process.accept_handoff", handoff_id=handoff)
