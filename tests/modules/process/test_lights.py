"""The lights of Home: each counts what a plain walk over the queue counts, and a press opens exactly those cases."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.text import Texts
from retaguarda.modules.process import rules
from tests.helpers.company import acting
from tests.helpers.desk import Desk
from tests.modules.process.conftest import Work
from tests.modules.process.handing import sent

MON, TUE, FAR = "2026-11-23", "2026-11-24", "2026-12-18"


def lights(work: Work) -> dict[str, Any]:
    return {row.id: row for row in work.office.show("process.lights").rows}


def busy(work: Work) -> dict[str, str]:
    """Orders in every process: some late, one held, some failing; the second day of them."""
    orders = {"late": work.order("check", promised_on=MON), "held": work.order("check", promised_on=MON)}
    work.office.do("sales.hold_order", order_id=orders["held"], reason="x")
    sent(work)
    work.pass_time(days=1)
    orders |= {step: work.order(step, promised_on=FAR) for step in ("check", "invoice", "pick", "pack", "ship")}
    for name, day in (("short", FAR), ("due", TUE)):
        orders[name] = work.order(quantity="5000", promised_on=day)
        with pytest.raises(Shortfall):
            work.step("check", orders[name])
    return orders


def by_hand(work: Work) -> Counter[tuple[str, str]]:
    """Open, late and failing of each process, from the rows of queue and failures alone."""
    now, today = work.office.clock.now(), work.office.today()
    failing = {row.subject_id for row in work.office.show("process.failures").rows}
    steps = {step: name for name, steps in rules.PROCESSES.items() for step in steps}
    found: Counter[tuple[str, str]] = Counter()
    for row in work.office.show("process.queue").rows:
        name, held = steps[row.step], row.next_command == "sales.resume_order"
        late = not held and ((row.due_at and row.due_at < now) or (row.promised_on and row.promised_on < today))
        found[name, "open"] += 1
        found[name, "late"] += bool(late)
        found[name, "failing"] += not late and row.subject_id in failing
    return found


def test_each_equals_an_independent_count(work: Work) -> None:
    busy(work)
    expected, found = by_hand(work), lights(work)
    assert set(found) == {*rules.PROCESSES, rules.STOCK}
    for name in rules.PROCESSES:
        row = found[name]
        assert (row.open, row.late, row.failing) == tuple(expected[name, of] for of in ("open", "late", "failing"))
        assert row.level == ("bad" if row.late else "warn" if row.failing else "ok")
    assert (found["invoicing"].open, found["invoicing"].late) == (3, 1), "a held order's clock does not run"
    assert (found["stock"].open, found["stock"].late, found["stock"].failing) == (2, 1, 1)
    assert (found["departments"].open, found["departments"].level) == (1, "bad")


def test_a_press_opens_exactly_what_it_counts(work: Work) -> None:
    orders = busy(work)
    desk = Desk(work.office, book(), Texts("pt_BR", strict=True))
    rows = work.office.show("process.lights").rows
    for place, light in enumerate(rows):
        desk.open("process.home")
        desk.call(partial(desk.page.open, "lights", place))
        assert desk.list.screen.name == light.opens
        assert len(desk.list.rows) == (light.late or light.failing or light.open), light.id
    desk.open("process.home")
    desk.call(lambda: desk.page.open("lights", [row.id for row in rows].index("invoicing")))
    assert [row.subject_id for row in desk.list.rows] == [orders["late"]]


def test_nothing_to_do_is_calm_and_other_branches_are_not_counted(work: Work) -> None:
    assert {(row.open, row.level) for row in lights(work).values()} == {(0, "ok")}
    busy(work)
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["sales"], branch_id=branch)
    with acting(work.office, "caio"):
        assert {row.open for row in lights(work).values()} == {0}
