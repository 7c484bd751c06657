"""Opening stock: goods that were there before anything moved, by lot, with cost and entry; what it refuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.statement import Statement
from retaguarda.modules.accounting import api as accounting
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot

_E, _L, _R = accounting.entry.c, accounting.entry_line.c, accounting.account_role.c
BOOKED = Statement(
    select(_R.role, _E.occurred_on, func.sum(_L.amount).label("amount"))
    .join(accounting.entry, _E.id == _L.entry_id)
    .join(accounting.account_role, _R.account_id == _L.account_id)
    .where(_E.rule == "inventory.opening")
    .group_by(_R.role, _E.occurred_on)
)
JANUARY = dt.date(2026, 1, 31)


def opened(depot: Depot, *lines: dict[str, Any], **more: Any) -> Any:
    """Opening stock of lines, a minute after whatever was before; what the command answered."""
    depot.office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    whole = [{"unit_cost": "1", "quantity": "1", **line} for line in lines]
    return depot.office.do(("inventory.record_opening_stock", {"lines": whole, **more}))


def faults_of(caught: list[Refusal]) -> tuple[Fault, ...]:
    """What is wrong, fault by fault."""
    (invalid,) = caught
    assert isinstance(invalid, Invalid)
    return invalid.faults


def booked(depot: Depot) -> dict[str, tuple[str, Decimal]]:
    """What openings have put on each account, with its day."""
    rows = depot.office.reads().all(BOOKED)
    return {row.role: (str(row.occurred_on), row.amount) for row in rows if row.amount}


def tracked(depot: Depot, code: str, how: str) -> str:
    """A new product that is tracked."""
    product = depot.product(code, f"Produto {code}")
    depot.office.do("inventory.track_product", product_id=product, tracking=how)
    return product


def test_what_was_there_is_there_by_lot_at_its_cost_on_its_day(depot: Depot) -> None:
    milk, saw, place = tracked(depot, "LEITE", "lot"), tracked(depot, "SERRA", "serial"), depot.location("B-1")
    outcome = opened(
        depot,
        {"product_id": milk, "quantity": "6", "unit_cost": "4", "lot": "L1", "expires_on": "2027-01-31"},
        {"product_id": milk, "quantity": "4", "unit_cost": "5", "lot": "L2", "location_id": place},
        {"product_id": saw, "quantity": "2", "unit_cost": "30.50", "serials": "S1 S2"},
        on_day=JANUARY.isoformat(),
        reason="planilha",
    )
    (row,) = outcome.rows
    assert (row.kind, row.number, row.on_day, row.lines, row.reason) == ("opening", 1, JANUARY, 3, "planilha")
    assert row.allowed == ("inventory.reverse_opening_stock",)
    assert (depot.value(milk), depot.value(saw)) == (("10", "4.4", "44"), ("2", "30.5", "61"))
    assert depot.stock(milk)["free"] == "10"
    bins = depot.office.show("inventory.bins", {"product_id": milk}, "lot").rows
    assert [(b.lot, b.on_hand, b.location_code) for b in bins] == [("L1", 6, "01"), ("L2", 4, "B-1")]
    assert depot.lot("L1").expires_on == dt.date(2027, 1, 31)
    assert booked(depot) == {"stock": ("2026-01-31", Decimal(105)), "opening": ("2026-01-31", Decimal(-105))}
    (history,) = depot.office.show("inventory.stock_history", {"product_id": milk}).rows
    assert (history.since_on, history.quantity) == (JANUARY, Decimal(10))
    (change,) = depot.office.show("inventory.value_changes", {"product_id": saw}).rows
    assert (change.kind, change.on_day, change.amount) == ("opening", JANUARY, Decimal(61))
    # Another lot, another place and further pieces may follow while nothing else has moved.
    opened(depot, {"product_id": milk, "lot": "L3"}, {"product_id": saw, "serials": "S3"})
    depot.step("ship", depot.reserve((saw, "1")))
    depot.clean()


def test_expired_lots_and_goods_without_cost_come_in_with_a_warning(depot: Depot) -> None:
    milk = tracked(depot, "LEITE", "lot")
    line = {"product_id": milk, "quantity": "3", "lot": "V", "expires_on": "2026-01-02", "unit_cost": "0"}
    outcome = opened(depot, line, {"product_id": depot.pen})
    assert [(w.code, w.params["field"]) for w in outcome.warnings] == [
        ("inventory.opening_expired", "lines.1.expires_on"),
        ("inventory.opening_costs_nothing", "lines.1.unit_cost"),
    ]
    assert depot.value(milk) == ("3", "0", "0")
    # What nobody wrote down of a lot is what is known of it.
    other = depot.office.do("inventory.add_warehouse", code="7", name="Anexo").value["id"]
    outcome = opened(depot, {"product_id": milk, "lot": "V"}, warehouse_id=other)
    assert [w.code for w in outcome.warnings] == ["inventory.opening_expired"]
    depot.clean()


def test_every_wrong_line_is_named_and_nothing_comes_in(depot: Depot) -> None:
    office = depot.office
    milk, service = tracked(depot, "LEITE", "lot"), depot.product("SRV", "Montagem", kind="service")
    opened(depot, {"product_id": depot.pen, "quantity": "5"})
    with refused(office, "kernel.invalid") as caught:
        opened(
            depot,
            {"product_id": service},
            {"product_id": new_id()},
            {"product_id": depot.pen, "quantity": "1.5"},
            {"product_id": milk, "location_id": new_id(), "lot": "X"},
        )
    assert [(f.field, f.code) for f in faults_of(caught)] == [
        ("lines.1.product_id", "inventory.not_kept"),
        ("lines.2.product_id", "inventory.unknown_product"),
        ("lines.3.quantity", "catalog.whole_quantity"),
        ("lines.4.location_id", "inventory.unknown_location"),
    ]
    with refused(office, "kernel.invalid") as caught:
        opened(depot, {"product_id": depot.paper}, {"product_id": depot.pen})
    assert [(f.field, f.code) for f in faults_of(caught)] == [
        ("lines.1.product_id", "inventory.record_opening_stock.moved"),
        ("lines.2.quantity", "inventory.record_opening_stock.there"),
    ]
    assert faults_of(caught)[0].params["what"] == "inventory.move.receipt"
    with refused(office, "kernel.invalid") as caught:
        opened(depot, {"product_id": milk})
    assert [f.code for f in faults_of(caught)] == ["inventory.lot_needed"]
    with refused(office, "kernel.invalid") as caught:
        opened(depot, {"product_id": milk, "lot": "A"}, {"product_id": milk, "lot": "A"})
    assert [(f.field, f.code) for f in faults_of(caught)] == [("lines.2.product_id", "inventory.twice")]
    with refused(office, "kernel.invalid") as caught:
        office.do("inventory.record_opening_stock", lines=[{"product_id": milk, "quantity": "1", "lot": "A"}])
    assert [f.code for f in faults_of(caught)] == ["kernel.required"]
    with acting(office, "picking"), refused(office, "kernel.forbidden"):
        opened(depot, {"product_id": milk, "lot": "A"})


def test_its_day_has_come_and_its_month_is_open(depot: Depot) -> None:
    office = depot.office
    with refused(office, "kernel.invalid") as caught:
        opened(depot, {"product_id": depot.pen}, on_day="2030-01-01")
    assert [f.code for f in faults_of(caught)] == ["inventory.record_opening_stock.not_yet"]
    opened(depot, {"product_id": depot.pen}, on_day=JANUARY.isoformat())
    (month,) = office.show("accounting.periods", {"starts_on": dt.date(2026, 1, 1)}).rows
    office.do("accounting.close_period", period_id=month.id)
    before = {"product_id": tracked(depot, "SEM", "none"), "unit_cost": "0"}
    with refused(office, "accounting.period_closed"):
        opened(depot, before, on_day=JANUARY.isoformat())
    (row,) = office.show("inventory.documents", {"kind": "opening"}).rows
    with refused(office, "accounting.period_closed"):
        office.do("inventory.reverse_opening_stock", document_id=row.id)


def test_goods_of_another_branch_are_its_people_s(depot: Depot) -> None:
    branch = depot.office.do("company.add_branch", code="2", name="Filial").value["id"]
    (there,) = (w.id for w in depot.office.show("inventory.warehouses").rows if w.branch_id == branch)
    with acting(depot.office, "stock"), refused(depot.office, "company.other_branch"):
        opened(depot, {"product_id": depot.pen}, warehouse_id=there)
