"""The queue: one deterministic order, each place with its reason, to each person their own part."""

from __future__ import annotations

import datetime as dt

import pytest

from retaguarda.kernel.errors import Shortfall
from retaguarda.modules.process import rules
from tests.helpers.company import acting
from tests.modules.process.conftest import Work

MON, TUE, WED = "2026-11-23", "2026-11-24", "2026-11-25"


def queue(work: Work, name: str = "process.queue", **where: object) -> list[tuple[str, str]]:
    return [(row.subject_id, row.why) for row in work.office.show(name, where).rows]


def test_every_reason_in_its_place(work: Work) -> None:
    past = work.order("check", promised_on=MON)
    late = work.order("check", promised_on=WED)
    held = work.order("check", promised_on=MON)
    work.office.do("sales.hold_order", order_id=held, reason="x")
    work.pass_time(days=1)
    turn = work.order("check", promised_on=WED)
    failing = work.order(quantity="5000", promised_on=TUE)
    with pytest.raises(Shortfall):
        work.step("check", failing)
    flagged = work.order(promised_on=WED)
    work.office.do("process.set_priority", case_id=work.row(flagged).case_id, priority="high", reason="x")
    today = work.order("check", promised_on=TUE)
    snoozed = work.order("check", promised_on=TUE)
    work.office.do("process.snooze_step", step_id=work.row(snoozed).id, until="hour")
    found = queue(work)
    wanted = (today, past, flagged, late, failing, turn, held, snoozed)
    assert found == list(zip(wanted, rules.WHYS, strict=True))
    assert [row.rank for row in work.office.show("process.queue").rows] == list(range(1, 9))
    assert queue(work) == found, "asked again it is the same"
    states = {row.subject_id: row.state for row in work.office.show("process.queue").rows}
    assert [states[o] for o in wanted] == ["today", "late", "ok", "late", "ok", "ok", "held", "snoozed"]


def test_a_quotation_promises_nothing_yet(work: Work) -> None:
    order = work.order(promised_on=MON)
    assert (work.row(order).why, work.row(order).promised_on) == ("turn", None)


def test_within_a_reason_the_nearest_deadline_comes_first(work: Work) -> None:
    first = work.order("check")
    work.pass_time(minutes=1)
    quotation = work.order()
    second = work.order("check")
    # The check has eight hours, the invoice four: the younger invoice is due before the older check.
    assert [order for order, _ in queue(work)] == [first, second, quotation]


def test_pages_follow_on_one_another(work: Work) -> None:
    orders = [work.order("check") for _ in range(5)]
    seen, after = [], None
    while True:
        page = work.office.show("process.queue", limit=2, after=after, count=True)
        seen += [row.subject_id for row in page.rows]
        assert page.count == 5
        after = page.after
        if after is None:
            break
    assert seen == orders


def test_narrowed_by_department_step_words_and_mine(work: Work) -> None:
    quotation, confirmed = work.order(), work.order("check")
    assert [o for o, _ in queue(work, department="finance")] == [confirmed]
    assert [o for o, _ in queue(work, step="check")] == [quotation]
    assert len(queue(work, search="maria")) == 2
    assert queue(work, search="josé") == []
    with acting(work.office, "finance"):
        assert [o for o, _ in queue(work, mine=True)] == [confirmed]
        assert [o for o, _ in queue(work, mine=False)] == [quotation]


def test_each_role_finds_its_own_work(work: Work) -> None:
    steps = ("check", "invoice", "pick", "ship", "deliver")
    orders = {step: work.order(before) for before, step in zip(("", *steps), steps, strict=False)}
    mine = {
        "sales": ["check"],
        "commercial": ["check"],
        "relations": ["check"],
        "finance": ["invoice"],
        "picking": ["pick"],
        "shipping": ["ship"],
        "delivery": ["deliver"],
        "stock": [],
        "analyst": ["check", "invoice", "pick", "ship", "deliver"],
        "legal": [],
    }
    for role, own in mine.items():
        with acting(work.office, role):
            found = {order for order, _ in queue(work, "process.my_queue")}
        assert found == {orders[step] for step in own}, role


def test_the_department_of_a_place_counts_as_a_role_does(work: Work) -> None:
    work.office.do("company.add_person", login="caio", name="Caio", roles=["hr"], department="finance")
    order = work.order("check")
    with acting(work.office, "caio"):
        assert [o for o, _ in queue(work, "process.my_queue")] == [order]


def test_what_the_row_allows_depends_on_the_person(work: Work) -> None:
    order = work.order("check")
    hands = ("process.take_step", "process.snooze_step", "process.send_handoff")
    with acting(work.office, "finance"):
        assert work.row(order).allowed == (*hands, "sales.invoice_order")
    with acting(work.office, "picking"):
        assert work.row(order).allowed == hands


def test_waiting_promised_and_ways_on_are_rows_of_data(work: Work) -> None:
    order = work.order("invoice", promised_on=WED)
    row = work.row(order)
    assert (row.number, row.customer_name, row.step_key, row.department_name) == (
        1,
        "Maria Souza",
        "order.pick",
        "Separação",
    )
    assert (row.promised_on, row.next_command) == (dt.date(2026, 11, 25), "delivery.pick_order")
    assert row.subject_version == work.office.one("sales.orders", order).version
