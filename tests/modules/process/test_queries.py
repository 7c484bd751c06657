"""Paths, timelines, situations, promises of the day and the catalogue of steps; every query by every column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.text import Texts
from retaguarda.modules.process import queries
from tests.helpers.company import acting
from tests.modules.process.conftest import Work
from tests.modules.process.handing import sent
from tests.modules.process.past import past

MON, TUE, WED = "2026-11-23", "2026-11-24", "2026-11-25"


def test_a_path_shows_done_now_and_still_to_come(work: Work) -> None:
    order = work.order()
    work.pass_time(minutes=4)
    work.step("check", order)
    work.pass_time(minutes=10)
    work.office.do("process.take_step", step_id=work.row(order).id)
    work.pass_time(minutes=3)
    work.step("invoice", order)
    work.pass_time(minutes=20)
    rows = work.office.show("process.order_path", {"subject_id": order}).rows
    assert [(r.step, r.state) for r in rows] == [
        ("check", "done"),
        ("invoice", "done"),
        ("pick", "now"),
        ("pack", "waiting"),
        ("ship", "waiting"),
        ("deliver", "waiting"),
    ]
    assert [r.wait_minutes for r in rows] == [4, 10, 20, None, None, None]
    assert [r.work_minutes for r in rows] == [None, 3, None, None, None, None]
    assert [r.who for r in rows] == ["Ana Prado", "Ana Prado", None, None, None, None]
    assert rows[3].at is None
    assert rows[0].name == "process.step.order.check"


def test_a_path_shows_where_it_failed_or_ended(work: Work) -> None:
    order = work.order(quantity="5000")
    with pytest.raises(Shortfall):
        work.step("check", order)
    assert work.office.show("process.order_path", {"subject_id": order}).rows[0].state == "failed"
    cancelled = work.order("check")
    work.office.do("sales.cancel_order", order_id=cancelled, reason="x")
    path = work.office.show("process.order_path", {"subject_id": cancelled}).rows
    assert [r.state for r in path] == ["done", "failed", "waiting", "waiting", "waiting", "waiting"]


def test_situations_of_a_page_of_orders(work: Work) -> None:
    orders = {name: work.order(until) for name, until in
              (("check", ""), ("invoice", "check"), ("pick", "invoice"), ("pack", "pick"), ("ship", "pack"),
               ("deliver", "ship"), ("delivered", "deliver"), ("held", "check"), ("declined", ""),
               ("cancelled", "check"))}  # fmt: skip
    work.office.do("sales.hold_order", order_id=orders["held"], reason="x")
    work.office.do("sales.decline_quotation", order_id=orders["declined"], reason="x")
    work.office.do("sales.cancel_order", order_id=orders["cancelled"], reason="x")
    found = {r.id: r.situation for r in work.office.show("process.situations", {"id": tuple(orders.values())}).rows}
    assert found == {order: name for name, order in orders.items()}


def test_a_timeline_tells_everything_newest_first(work: Work) -> None:
    contact = work.office.do("sales.log_contact", channel="phone", customer_id=work.customer, note="vela").value["id"]
    work.pass_time(minutes=1)
    order = work.order(contact_id=contact, promised_on=TUE, internal_note="margem baixa")
    steps: list[tuple[str, Any]] = [
        ("sales.confirm_order", {}),
        ("sales.hold_order", {"reason": "endereço errado"}),
        ("sales.resume_order", {}),
    ]
    for name, more in steps:
        work.pass_time(minutes=1)
        work.office.do((name, {"order_id": order, **more}))
    work.pass_time(minutes=1)
    work.office.do("process.take_step", step_id=work.row(order).id)
    for step in ("invoice", "pick", "pack", "ship", "deliver"):
        work.pass_time(minutes=1)
        work.step(step, order)
    rows = work.office.show("process.timeline", {"subject_id": order}).rows
    assert [r.code.removeprefix("process.timeline.") for r in reversed(rows)] == [
        "contact.phone",
        "quoted",
        "done.order.check",
        "sales.hold_order",
        "sales.resume_order",
        "process.take_step",
        "done.order.invoice",
        "done.order.pick",
        "done.order.pack",
        "done.order.ship",
        "done.order.deliver",
    ]
    assert {r.who for r in rows} == {"Ana Prado"}
    held = next(r for r in rows if r.code.endswith("hold_order"))
    assert (held.level, held.detail_code, held.detail_params) == (
        "warn",
        "process.timeline.reason",
        {"reason": "endereço errado"},
    )
    assert not any("margem" in str(r) for r in rows), "what is internal stays where it is asked for"
    for language in ("pt_BR", "en"):
        texts = Texts(language, strict=True)
        for row in rows:
            assert texts.say(row.code, **row.params)
            assert row.detail_code is None or texts.say(row.detail_code, **row.detail_params)


def test_a_timeline_tells_what_failed(work: Work) -> None:
    order = work.order(quantity="5000")
    work.pass_time(minutes=1)
    with pytest.raises(Shortfall):
        work.step("check", order)
    row = work.office.show("process.timeline", {"subject_id": order}).rows[0]
    assert (row.code, row.level, row.who) == ("process.timeline.failed", "bad", None)
    assert "Vela" in Texts("pt_BR", strict=True).say(row.detail_code, **row.detail_params)


def figures(work: Work) -> tuple[int, ...]:
    row = work.office.show("process.promises_today").rows[0]
    return (row.due, row.kept, row.on_way, row.at_risk)


def test_promises_of_the_day_add_up(work: Work) -> None:
    assert figures(work) == (0, 0, 0, 0)
    work.order(promised_on=MON)
    work.order("check", promised_on=TUE)
    assert figures(work) == (0, 0, 0, 0), "a quotation and tomorrow promise nothing for today"
    work.order("deliver", promised_on=MON)
    work.order("ship", promised_on=MON)
    held = work.order("check", promised_on=MON)
    work.office.do("sales.hold_order", order_id=held, reason="x")
    assert figures(work) == (3, 1, 1, 1)
    rows = work.office.show("process.promises_open_today").rows
    assert [(r.state, r.situation) for r in rows] == [("at_risk", "held"), ("on_way", "deliver")]
    work.pass_time(days=1)
    assert figures(work) == (3, 0, 0, 3), "what was not delivered yesterday, and a step that is over its limit"


def test_figures_count_the_branches_one_sees(work: Work) -> None:
    work.order("check", promised_on=MON)
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["sales"], branch_id=branch)
    with acting(work.office, "sales"):
        assert figures(work) == (1, 0, 1, 0)
        assert sum(r.open for r in work.office.show("process.step_counts").rows) == 1
    with acting(work.office, "caio"):
        assert figures(work) == (0, 0, 0, 0)
        assert sum(r.open for r in work.office.show("process.step_counts").rows) == 0


def test_steps_with_their_light(work: Work) -> None:
    work.order()
    work.order("check", promised_on=WED)
    failing = work.order(quantity="5000", promised_on=WED)
    with pytest.raises(Shortfall):
        work.step("check", failing)
    rows = {r.step: r for r in work.office.show("process.step_counts").rows}
    assert [(r.step, r.open, r.late, r.failed, r.level) for r in rows.values()][:3] == [
        ("check", 2, 0, 1, "warn"),
        ("invoice", 1, 0, 0, "ok"),
        ("pick", 0, 0, 0, "ok"),
    ]
    work.pass_time(hours=6)
    late = {r.step: (r.late, r.level) for r in work.office.show("process.step_counts").rows}
    assert late["invoice"] == (1, "bad")
    assert late["check"] == (0, "warn")


def every_column() -> Iterator[tuple[str, str]]:
    for name in queries.__all__:
        query = getattr(queries, name)
        yield from ((query.name, column) for column in query.names())


def test_every_query_is_narrowed_and_sorted_by_every_column(work: Work) -> None:
    work.order("deliver", promised_on=MON)
    work.order("check", promised_on=MON)
    failing = work.order(quantity="5000")
    with pytest.raises(Shortfall):
        work.step("check", failing)
    sent(work)
    past(work.office, reviews=[{"score": 4}])
    late = work.order("check", promised_on=MON)
    work.pass_time(days=9)
    work.step("invoice", late)
    seen = 0
    for name, column in every_column():
        row = work.office.show(name).rows[0]
        found = work.office.show(name, {column: getattr(row, column)}, f"-{column}", count=True)
        assert row.id in [r.id for r in found.rows], (name, column)
        seen += 1
    assert seen > 80
