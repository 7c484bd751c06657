"""The ways that cases took and where they strayed: each counted by hand, of the program and of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting
from tests.modules.process.past import past, steps

if TYPE_CHECKING:
    from retaguarda.app.headless import Office
    from tests.modules.process.conftest import Work


def ways(office: Office, **given: str) -> dict[str, tuple[int, int]]:
    rows = office.show("process.paths_taken", given).rows
    return {" ".join(code.removeprefix("order.") for code in row.path): (row.cases, row.of) for row in rows}


def strayed(office: Office, **given: str) -> dict[tuple[str, str], tuple[int, int]]:
    rows = office.show("process.deviations", given).rows
    return {(row.kind, row.step.removeprefix("order.")): (row.times, row.cases) for row in rows}


def test_the_way_of_every_closed_case_and_what_was_late(work: Work) -> None:
    whole = "check invoice pick pack ship deliver"
    for late in (False, True):
        order = work.order("check")
        for step in whole.split()[1:]:
            if late and step == "pick":
                work.pass_time(days=30)
            work.step(step, order)
    assert ways(work.office) == {whole: (2, 2)}
    # Limits are counted back from the promised day, so what follows a late step is late too.
    assert strayed(work.office) == {("late", step): (1, 1) for step in ("pick", "pack", "ship", "deliver")}
    work.pass_time(days=10)
    assert ways(work.office, period="week") == {}
    assert ways(work.office, period="month") == {whole: (1, 1)}
    assert ways(work.office, origin="past") == {}
    assert strayed(work.office, origin="past") == {}


def test_past_orders_are_counted_by_themselves_until_they_are_undone(office: Office) -> None:
    past(office)
    past(office, outside_key="A-2", steps=steps(ship="2026-05-04T10:30:00-03:00"))
    assert ways(office, origin="past") == {"check ship deliver": (1, 2), "ship check deliver": (1, 2)}
    assert strayed(office, origin="past") == {("early", "ship"): (1, 1)}
    assert ways(office) == {}
    assert strayed(office) == {}
    north = office.do("company.add_branch", code="9", name="Filial Norte").value["id"]
    office.do("company.add_person", login="north", name="N", roles=["analyst"], branch_id=north)
    with acting(office, "north"):
        assert ways(office, origin="past") == {}
