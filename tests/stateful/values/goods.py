"""Values of commands that move and buy goods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stateful.standing import Standing
from tests.stateful.values.declaring import bins, lying, money_of, of, of_a_walk


@of("inventory.add_warehouse")
def warehouse(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"code": s.word()[-6:], "first_location": "A-1"}


@of("inventory.receive_stock")
def receipt(s: Standing, _row: Any) -> Mapping[str, Any]:
    rows = s.rows("inventory.care", lambda r: r.tracking == "none")
    stocked = {r.product_id for r in s.rows("inventory.stock")}
    plain = [r.id for r in rows if r.id in stocked]
    keys = [s.one_of(plain) for _ in range(2)]
    lost = [key for key in lost_products(s) if key in plain]
    if lost and s.one_of(["lost", "any"]) == "lost":
        keys = lost  # what orders have lost comes first, and enough of it
    cost = {"unit_cost": s.whole(40)}
    quantity = "90" if keys is lost else s.whole(30)
    return {"lines": [{"product_id": key, "quantity": quantity, **cost} for key in dict.fromkeys(keys)]}


@of("inventory.expect_stock")
def expected(s: Standing, _row: Any) -> Mapping[str, Any]:
    """What an order that can wait is kept of comes again soon; where there is none, anything."""
    soon = s.day(1, 2)
    waits = s.rows("sales.orders", lambda r: r.promised_on.isoformat() > soon, state="confirmed")
    lines = [line for row in waits if not row.invoiced_at for line in s.rows("sales.order_lines", order_id=row.id)]
    wanted = sorted({line.product_id for line in lines if line.kind == "stock"})
    product_id = s.one_of(wanted) if wanted else s.row("inventory.stock").product_id
    return {"product_id": product_id, "quantity": "5", "expected_on": soon}


def lost_products(s: Standing) -> list[str]:
    """The products of confirmed orders that something has taken goods from."""
    broken = {r.subject_id for r in s.rows("process.failures", lambda r: r.code == "inventory.reservation_broken")}
    orders = [row for row in s.rows("sales.orders", state="confirmed") if row.id in broken]
    return [line.product_id for row in orders for line in s.rows("sales.order_lines", order_id=row.id)]


@of("inventory.count_stock", "inventory.write_off_stock")
def piece(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = bins(s)
    return {"lines": [lying(row)], "warehouse_id": row.warehouse_id}


@of("inventory.move_stock")
def moved(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = bins(s)
    line = lying(row)
    line["from_location_id"] = line.pop("location_id")
    there = s.row("inventory.locations", lambda r: r.id != row.location_id, warehouse_id=row.warehouse_id)
    return {"lines": [{**line, "to_location_id": there.id}]}


@of("inventory.hold_stock", "inventory.report_non_conformity")
def held(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = bins(s)
    return {**lying(row), "warehouse_id": row.warehouse_id}


@of("inventory.send_transfer")
def sent(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = bins(s)
    there = s.row("inventory.warehouses", lambda r: r.id != row.warehouse_id and not r.archived).id
    return {"lines": [lying(row)], "from_warehouse_id": row.warehouse_id, "to_warehouse_id": there}


def unstocked(s: Standing, query: str) -> list[str]:
    """The products of a walk of which nothing lies anywhere."""
    stocked = {r.product_id for r in s.rows(query, lambda r: r.on_hand)}
    rows = s.rows("catalog.products", lambda r: r.kind == "stock" and not r.archived and of_a_walk(r.code))
    return [row.id for row in rows if row.id not in stocked]


@of("inventory.record_opening_stock")
def opening(s: Standing, _row: Any) -> Mapping[str, Any]:
    key = s.one_of(unstocked(s, "inventory.stock"))
    tracking = next((r.tracking for r in s.rows("inventory.care") if r.id == key), "none")
    said = {"lot": {"lot": s.word(), "quantity": s.whole()}, "serial": {"serials": s.word(), "quantity": "1"}}
    line = said.get(tracking, {"quantity": s.whole(20)})
    return {"lines": [{"product_id": key, "unit_cost": s.one_of(["0", s.whole(40)]), **line}]}


@of("inventory.set_kit")
def kit(s: Standing, _row: Any) -> Mapping[str, Any]:
    part = {"component_id": bins(s).product_id, "quantity": s.whole()}
    return {"product_id": s.one_of(unstocked(s, "inventory.stock")), "parts": [part]}


@of("inventory.open_count")
def count(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"product_id": bins(s).product_id}


@of("inventory.enter_count")
def counted(s: Standing, row: Any) -> Mapping[str, Any]:
    line = s.row("inventory.count_sheet_lines", sheet_id=row.id)
    place = {"product_id": line.product_id, "location_id": line.location_id, "lot": line.lot}
    lying_there = sum(row.on_hand for row in s.rows("inventory.bins", **place))
    entered = {"product_id": line.product_id, "lot": line.lot, "quantity": format(lying_there, "f")}
    return {"location_id": line.location_id, "lines": [entered]}


@of("inventory.track_product")
def tracked(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"product_id": s.one_of(unstocked(s, "inventory.bins")), "tracking": s.one_of(["lot", "serial", "none"])}


def bought(s: Standing) -> list[dict[str, Any]]:
    """Products to buy, with price."""
    keys = {s.row("purchasing.products_to_buy").id for _ in range(s.chance.randint(1, 2))}
    return [{"product_id": key, "quantity": s.whole(20), "unit_price": s.whole(30)} for key in sorted(keys)]


@of("purchasing.create_order", "purchasing.place_order")
def purchase(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"supplier_id": s.row("party.suppliers", lambda r: not r.archived).id, "lines": bought(s)}


@of("purchasing.revise_order", "purchasing.amend_order")
def purchase_again(s: Standing, row: Any) -> Mapping[str, Any]:
    old = s.rows("purchasing.order_lines", order_id=row.id)
    lines = {r.product_id: {"product_id": r.product_id, "quantity": format(r.quantity + 1, "f")} for r in old}
    return {"lines": list(lines.values()) or bought(s)}


@of("purchasing.order_proposals")
def proposals(s: Standing, _row: Any) -> Mapping[str, Any]:
    supplier = s.row("party.suppliers", lambda r: not r.archived).id
    return {"lines": [{"product_id": s.row("purchasing.products_to_buy").id, "quantity": "3", "supplier_id": supplier}]}


@of("purchasing.return_goods")
def sent_back(s: Standing, row: Any) -> Mapping[str, Any]:
    line = s.row("purchasing.order_lines", lambda r: r.received - r.returned >= 1, order_id=row.id)
    lying_there = bins(s, lambda r: r.product_id == line.product_id)
    return {"order_id": row.id, "lines": [lying(lying_there)]}


@of("purchasing.record_invoice")
def bill(s: Standing, row: Any) -> Mapping[str, Any]:
    line = s.row("purchasing.order_lines", lambda r: r.received - r.invoiced >= 1, order_id=row.id)
    dearer = {"product_id": line.product_id, "quantity": "1", "unit_price": format(line.unit_price + 9, "f")}
    lines = s.one_of([{}, {"lines": [dearer], "reason": "mais caro"}])
    return {"order_id": row.id, "supplier_number": s.word(), **lines}


@of("purchasing.request_goods")
def wanted(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"product_id": s.row("purchasing.products_to_buy").id}


@of("purchasing.pay_payables")
def paying(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"parts": [{"payable_id": row.id}], "money_account_id": money_of(s)}


@of("purchasing.set_supplier_price")
def supplier_price(s: Standing, _row: Any) -> Mapping[str, Any]:
    supplier = s.row("party.suppliers", lambda r: not r.archived).id
    return {"supplier_id": supplier, "product_id": s.row("purchasing.products_to_buy").id}


@of("purchasing.set_reorder_point")
def reorder(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"product_id": s.row("purchasing.products_to_buy").id, "minimum_quantity": "2", "maximum_quantity": "9"}
