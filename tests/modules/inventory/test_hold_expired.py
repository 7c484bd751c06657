"""What has expired is held back, and whoever counted on it hears of it."""

from __future__ import annotations

from retaguarda.app.jobs import JobsRun
from tests.helpers.by_itself import by_itself
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_expired_goods_are_free_for_nobody(depot: Depot) -> None:
    office = depot.office
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-11-22")
    depot.receive(depot.pen, "5", lot="TODAY", expires_on="2026-11-23")
    order = depot.reserve((depot.pen, "7"))
    done = office.do("inventory.hold_expired").value
    assert done == {"held": 1, "broken": 1}
    stock = depot.stock(depot.pen)
    assert (stock["held"], stock["reserved"], stock["free"]) == ("5", "5", "0")
    assert [p[2] for p in depot.step("pick", order)["picked"]] == [5]
    (row,) = office.show("inventory.holds").rows
    assert (row.lot, row.reason) == ("OLD", "inventory.expired_reason")
    assert office.do("inventory.hold_expired").value == {"held": 0, "broken": 0}
    with refused(office, "inventory.release_hold.expired"):
        office.do("inventory.release_hold", hold_id=row.id)
    office.do("inventory.allow_expired", lot_id=depot.lot("OLD").id, reason="cliente sabe")
    office.do("inventory.release_hold", hold_id=row.id)
    assert depot.stock(depot.pen)["free"] == "5"
    depot.clean()


def test_it_is_done_with_nobody_at_the_desk_and_only_where_something_expired(depot: Depot) -> None:
    office = depot.office
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-11-22")
    with by_itself(office, "inventory.job.expired") as jobs:
        assert jobs.run() == JobsRun(done=1)
        assert depot.stock(depot.pen)["held"] == "5"
        office.do("company.run_job", job_id=next(r.id for r in office.show("company.jobs").rows if r.did))
        assert jobs.run() == JobsRun(done=1)
    assert [row.did for row in office.show("company.job_runs", sort="number").rows] == [1, 0]


def test_nothing_expired_nothing_held(depot: Depot) -> None:
    assert depot.office.do("inventory.hold_expired").value == {"held": 0, "broken": 0}
