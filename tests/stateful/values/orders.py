"""Values of commands that sell and bring."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.failure import Failure, facts_of
from retaguarda.kernel.model import table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.steps import Steps
from retaguarda.modules.contingency.providers import WAYS
from tests.stateful.standing import NO_ROW, Standing
from tests.stateful.values.declaring import money_of, of, wares


def customer_of(s: Standing) -> str:
    """A customer to whom is sold."""
    return str(s.row("party.customers", lambda r: not r.archived and not r.blocked).id)


@of("sales.log_contact")
def contact(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"customer_id": customer_of(s)}


@of("sales.create_quotation", "sales.place_order")
def order(s: Standing, _row: Any) -> Mapping[str, Any]:
    handover = s.one_of(["delivery", "delivery", "pickup"])
    lines, day = wares(s), dict[str, str]()
    comes = s.rows("inventory.expected", lambda r: r.quantity - r.pegged >= 1)
    if comes and s.chance.random() < 0.5:
        # What is on its way and not needed before: it may give way to others.
        lines, day = [{"product_id": s.one_of(comes).product_id, "quantity": "1"}], {"promised_on": s.day(30, 40)}
    return {"customer_id": customer_of(s), "lines": lines, "handover": handover, **day}


@of("sales.create_order")
def order_of_contact(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"contact_id": row.id, "customer_id": customer_of(s), "lines": wares(s)}


@of("sales.revise_quotation")
def quotation(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"order_id": row.id, "customer_id": row.customer_id, "lines": wares(s)}


@of("sales.amend_order")
def amendment(s: Standing, row: Any) -> Mapping[str, Any]:
    old = s.rows("sales.order_lines", order_id=row.id)
    asked = [{"line_id": r.id, "product_id": r.product_id, "quantity": s.whole()} for r in old]
    return {"order_id": row.id, "lines": asked}


@of("sales.reserve_again")
def robbed(s: Standing, _row: Any) -> Mapping[str, Any]:
    """An order that a count or a hold has taken something from, now and then out of another warehouse."""
    broken = {r.subject_id for r in s.rows("process.failures", lambda r: r.code == "inventory.reservation_broken")}
    there = [row for row in s.rows("sales.orders", state="confirmed") if row.id in broken and _all_free(s, row.id)]
    failure = s.one_of(there)
    elsewhere = s.one_of([{}, {}, {}, {"arriving": True}, {"warehouse_id": s.row("inventory.warehouses").id}])
    return {"order_id": failure.id, **elsewhere}


def _all_free(s: Standing, order_id: str) -> bool:
    """Whether a warehouse has now what the lines of an order are."""
    free = {(row.product_id, row.warehouse_name): row.free for row in s.rows("inventory.availability")}
    lines = s.rows("sales.order_lines", order_id=order_id, kind="stock")
    return all(free.get((line.product_id, line.warehouse_name), 0) >= line.quantity for line in lines)


@of("sales.await_goods")
def waiting(s: Standing, _row: Any) -> Mapping[str, Any]:
    """An order that is promised late enough, of a product that comes before and is promised to nobody."""
    comes = s.rows("inventory.expected", lambda r: r.quantity - r.pegged >= 1)
    orders = [one for one in s.rows("sales.orders", state="confirmed") if not one.invoiced_at]
    lines = [(one, line) for one in orders for line in s.rows("sales.order_lines", order_id=one.id)]
    waits = [
        line
        for one, line in lines
        for row in comes
        if (row.product_id, row.warehouse_name) == (line.product_id, line.warehouse_name)
        and row.expected_on <= one.promised_on
    ]
    line = s.one_of(waits)
    return {"order_id": line.order_id, "product_id": line.product_id, "quantity": "1"}


@of("process.record_past_case")
def past(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"outcome": s.one_of(["cancelled", "delivered"])}


def of_ended(s: Standing) -> tuple[str, list[dict[str, Any]]]:
    """An order that is through, and one piece of a line of it."""
    row = s.row("sales.orders", lambda r: r.state == "closed")
    line = s.row("sales.order_lines", order_id=row.id)
    condition = s.one_of(["good", "damaged", "inspect"])
    return row.id, [{"line_id": line.id, "quantity": "1", "condition": condition}]


@of("sales.return_order")
def returned(s: Standing, _row: Any) -> Mapping[str, Any]:
    key, lines = of_ended(s)
    way = s.one_of([{}, {"refund": "money", "money_account_id": money_of(s)}])
    return {"order_id": key, "lines": lines, **way}


@of("sales.sell_at_counter")
def counter_sale(s: Standing, _row: Any) -> Mapping[str, Any]:
    lines = wares(s)
    prices = {r.id: r.price for r in s.rows("catalog.products_to_sell")}
    total = sum(prices[line["product_id"]] * Decimal(line["quantity"]) for line in lines)
    way = s.one_of([{"pix_amount": format(total, ".2f")}, {"cash_amount": "9000"}, {}])
    return {"lines": lines, **way}


@of("sales.exchange_goods")
def exchange(s: Standing, _row: Any) -> Mapping[str, Any]:
    key, back = of_ended(s)
    return {"order_id": key, "returned": back, "lines": wares(s), "cash_amount": "9000"}


@of("sales.set_commission")
def commission(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"role": s.one_of(["sales", "commercial"]), "rate": "0.02", "basis": s.one_of(["sale", "receipt"])}


@of("delivery.scan_pick")
def picked(s: Standing, row: Any) -> Mapping[str, Any]:
    key = getattr(row, "pick_list_id", row.id)
    stops = s.rows("delivery.pick_stops", lambda r: r.left > 0, pick_list_id=key)
    now = min(stops, key=lambda r: (r.turn, r.position), default=NO_ROW)
    return {"pick_list_id": key, "code": s.one_of([now.location_code, now.code])}


@of("delivery.type_pick")
def typed(_s: Standing, row: Any) -> Mapping[str, Any]:
    return {"quantity": format(row.left, "f")}


@of("delivery.short_pick")
def missed(_s: Standing, row: Any) -> Mapping[str, Any]:
    # Of a list on which something was found work may go on: one piece is left to be taken.
    return {"quantity": format(row.left - 1, "f")} if row.left >= 2 else {}


@of("delivery.scan_pack")
def packed(s: Standing, row: Any) -> Mapping[str, Any]:
    line = s.row("delivery.packing_lines", lambda r: r.picked - r.packed >= 1, shipment_id=row.id)
    return {"shipment_id": row.id, "code": line.code, "quantity": format(line.picked - line.packed, "f")}


@of("delivery.take_out")
def taken_out(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"code": s.row("delivery.volume_contents", volume_id=row.id).code, "quantity": "1"}


@of("delivery.plan_route")
def route(s: Standing, _row: Any) -> Mapping[str, Any]:
    # What is loaded already can leave at once, so that a walk sees routes end.
    loaded = {r.id for r in s.rows("delivery.shipments", lambda r: r.state == "shipped")}
    choices = s.rows("delivery.load_choices")
    return {"stops": [{"shipment_id": s.one_of([c for c in choices if c.id in loaded] or choices).id}]}


@of("delivery.end_route")
def ended_route(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"route_id": s.row("delivery.routes", lambda r: "delivery.end_route" in r.allowed).id}


@of("delivery.check_volume")
def checked(s: Standing, _row: Any) -> Mapping[str, Any]:
    # Somebody else sends it than who is shown the rows here.
    return {"volume_id": s.row("delivery.volumes", lambda r: r.in_work and r.checking == "waits").id}


@of("delivery.set_carrier_terms")
def terms(_s: Standing, row: Any) -> Mapping[str, Any]:
    return {"party_id": row.party_id, "weekdays": ["1", "3"]}


@of("delivery.pick_order", "delivery.start_picking", "delivery.pack_order", "delivery.ship_order",
    "delivery.return_shipment", "delivery.fail_delivery", "delivery.accept_short", "sales.confirm_order",
    "sales.invoice_order")  # fmt: skip
def on_its_way(_s: Standing, row: Any) -> Mapping[str, Any]:
    return {"order_id": getattr(row, "order_id", row.id)}


@of("delivery.forward_shipment")
def handed_on(s: Standing, _row: Any) -> Mapping[str, Any]:
    carrier = s.one_of([*(r.party_id for r in s.rows("delivery.carriers")), None])
    return {"order_id": s.row("delivery.orders_to_deliver").id, "carrier_id": carrier}


@of("sales.cancel_billed_order")
def ended_billed(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"order_id": s.row("delivery.orders_to_pick", lambda r: r.invoiced_at is not None).id}


@of("delivery.hold_missing")
def not_found(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"order_id": s.row("delivery.orders_to_pick", lambda r: r.short).id}


@of("delivery.deliver_order")
def brought(s: Standing, row: Any) -> Mapping[str, Any]:
    out = {route.id for route in s.rows("delivery.routes", state="out")}
    stops = s.rows("delivery.route_stops", lambda r: r.route_id in out and "delivery.deliver_order" in r.allowed)
    return {"order_id": s.one_of(stops).order_id if stops else getattr(row, "order_id", row.id)}


@of("process.snooze_step")
def snoozed(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"until": s.one_of(["hour", "tomorrow", "week"])}


@of("process.send_handoff")
def handoff(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"subject_id": row.subject_id, "to_department": s.one_of(["management", "finance"])}


@of("process.set_priority")
def priority(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"case_id": row.case_id, "priority": s.one_of(["normal", "high", "urgent"])}


_FAILURE = table_of(Failure).c
_SAID_BY = Statement(select(_FAILURE.command_id).where(_FAILURE.id == bindparam("failure_id", type_=_FAILURE.id.type)))


def _last_said(s: Standing, failure_id: str) -> str:
    (row,) = s.office.reads().all(_SAID_BY, failure_id=failure_id)
    return str(row.command_id)


@of("contingency.find_ways")
def looked_for(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"order_id": s.row("process.failures", lambda r: r.subject_table == "sales_order").subject_id}


@of("contingency.apply_remedy")
def way_forward(s: Standing, _row: Any) -> Mapping[str, Any]:
    """A way out of a shortage, as plan B would offer it now."""
    failure = s.row("process.failures", lambda r: r.code in WAYS.codes)
    office = s.office
    # In the name of a command that the journal knows: who said last that goods lack.
    with office.bus.aside(office.actor, _last_said(s, failure.id)) as unit:
        steps = unit.port(Steps)
        ways = WAYS.of(unit, facts_of(unit, unit.get(Failure, failure.id)))
        tried = steps.tried(unit, (way.steps for way in ways))
        passed = [way.key for way, goes in zip(ways, tried, strict=True) if goes]
    return {"failure_id": failure.id, "remedy": s.one_of(passed)}
