"""Our own routes: planned with their stops in order, out once everything is loaded, ended when every stop has its
result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Day, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.model import DeliveryRoute, RouteStop
from retaguarda.modules.sales import api as sales

_S, _R, _A, _O = api.shipment.c, api.route_stop.c, api.delivery_attempt.c, sales.sales_order.c
DRIVER = Statement(
    select(company.person.c.id).where(
        company.person.c.id == bindparam("driver_id", type_=Key()), ~company.person.c.archived
    )
)
SHIPMENTS = ForKeys(
    lambda keys: (
        select(_S.id, _S.state, _S.branch_id, _S.carrier_id, _O.number)
        .join(sales.sales_order, _O.id == _S.order_id)
        .where(_S.id.in_(keys))
    )
)
_TRIED = (
    select(_A.id)
    .where(_A.shipment_id == _S.id, _A.at >= bindparam("since", type_=_A.at.type))
    .correlate(api.shipment)
    .exists()
)
STOPS = Statement(
    select(_R.position, _S.state, _O.number, _O.invoiced_at, _TRIED.label("tried"))
    .join(api.shipment, _S.id == _R.shipment_id)
    .join(sales.sales_order, _O.id == _S.order_id)
    .where(_R.route_id == bindparam("route_id", type_=Key()))
    .order_by(_R.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Part):
    """A shipment that is handed over on the way."""

    shipment_id: Annotated[str, Ref("shipment")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRoute(Command):
    """Plans what our driver takes along on a day, the stops in the order of the way. Packed orders and those that are
    loaded already may be taken, each on one route."""

    driver_id: Annotated[str, Ref("person")]
    stops: Annotated[tuple[Stop, ...], Rows(least=1)]
    route_on: Annotated[dt.date, Day()] | None = None
    vehicle: Annotated[str, Text(40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRoute(Command):
    """Says that the driver is out. Everything on the route has to be loaded, that is shipped, and invoiced before."""

    route_id: Annotated[str, Ref("delivery_route")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRoute(Command):
    """Says that the driver is back. Every stop must have its result: delivered, tried without success, or returned."""

    route_id: Annotated[str, Ref("delivery_route")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRoute(Command):
    """Gives up a route that has not left; its shipments may be planned again."""

    route_id: Annotated[str, Ref("delivery_route")]
    version: Annotated[int, Version()] | None = None


def plan_route(unit: Unit, command: PlanRoute) -> Mapping[str, Any]:
    on = command.route_on or unit.today
    if on < unit.today:
        raise Invalid(Fault("route_on", "delivery.day_passed"))
    if unit.one(DRIVER, driver_id=command.driver_id) is None:
        raise Missing("person", command.driver_id, field="driver_id")
    branch_id = _same_branch(unit, [stop.shipment_id for stop in command.stops])
    route_id = unit.new_id()
    unit.append(
        RouteStop,
        [
            {"route_id": route_id, "position": position, "shipment_id": stop.shipment_id}
            for position, stop in enumerate(command.stops, 1)
        ],
    )
    number = next_number(unit, DeliveryRoute, branch_id)
    unit.add(
        DeliveryRoute,
        id=route_id,
        number=number,
        branch_id=branch_id,
        route_on=on,
        driver_id=command.driver_id,
        vehicle=command.vehicle,
        state=rules.PLANNED,
    )
    return {"id": route_id, "version": 1, "number": number}


def start_route(unit: Unit, command: StartRoute) -> Mapping[str, Any]:
    route = _route(unit, command, rules.PLANNED)
    stops = _stops(unit, route)
    waits = [row.number for row in stops if row.state != rules.SHIPPED]
    if waits:
        raise Refusal("delivery.start_route.not_loaded", number=route.number, orders=waits)
    unbilled = [row.number for row in stops if row.invoiced_at is None]
    if unbilled:
        raise Refusal("delivery.start_route.not_invoiced", number=route.number, orders=unbilled)
    return _move(unit, route, rules.OUT, started_at=unit.now)


def end_route(unit: Unit, command: EndRoute) -> Mapping[str, Any]:
    route = _route(unit, command, rules.OUT)
    waits = [row.number for row in _stops(unit, route) if row.state == rules.SHIPPED and not row.tried]
    if waits:
        raise Refusal("delivery.end_route.stops_open", number=route.number, orders=waits)
    return _move(unit, route, rules.ENDED, ended_at=unit.now)


def drop_route(unit: Unit, command: DropRoute) -> Mapping[str, Any]:
    return _move(unit, _route(unit, command, rules.PLANNED), rules.DROPPED, ended_at=unit.now)


def _same_branch(unit: Unit, keys: Sequence[str]) -> str:
    """The branch of all these shipments; names what may not be taken along."""
    statement, values = SHIPMENTS.of(tuple(dict.fromkeys(keys)))
    found = {row.id: row for row in unit.all(statement, **values)}
    faults = []
    for n, key in enumerate(keys, 1):
        row, field = found.get(key), f"stops.{n}.shipment_id"
        if row is None:
            faults.append(Fault(field, "kernel.missing", {"what": "shipment", "key": key}))
        elif key in keys[: n - 1]:
            faults.append(Fault(field, "delivery.plan_route.twice", {"number": row.number}))
        elif row.state not in (rules.PACKED, rules.SHIPPED) or row.carrier_id is not None:
            state = f"delivery.shipment.state.{row.state}"
            faults.append(Fault(field, "delivery.plan_route.not_ours", {"number": row.number, "state": state}))
    branches = {row.branch_id for row in found.values()}
    if not faults and len(branches) > 1:
        faults.append(Fault("stops", "delivery.plan_route.branches"))
    if faults:
        raise Invalid(*faults)
    branch_id = branches.pop()
    company.reachable_branch(unit, branch_id, field="stops")
    return str(branch_id)


def _route(unit: Unit, command: StartRoute | EndRoute | DropRoute, state: str) -> Any:
    route = unit.get(DeliveryRoute, command.route_id, field="route_id")
    company.reachable_branch(unit, route.branch_id, field="route_id")
    unit.fresh(route, command.version, DeliveryRoute.__tablename__)
    if route.state != state:
        raise Refusal("delivery.route_not_now", number=route.number, state=f"delivery.route.state.{route.state}")
    return route


def _stops(unit: Unit, route: Any) -> list[Any]:
    return unit.all(STOPS, route_id=route.id, since=route.started_at or unit.now)


def _move(unit: Unit, route: Any, state: str, **when: dt.datetime) -> Mapping[str, Any]:
    unit.revise(DeliveryRoute, route, state=state, **when)
    return {"id": route.id, "version": route.version + 1, "number": route.number}
