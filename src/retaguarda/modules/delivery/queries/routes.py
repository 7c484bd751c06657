"""Our own routes with their stops in order, and what may still be taken along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_S, _D, _R, _A = api.shipment, api.delivery_route, api.route_stop, api.delivery_attempt
_O, _P = sales.sales_order, party.party
_driver = company.person.alias("driver")


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route: whose, on which day, how many of its stops are done for good, and how many wait for a result."""

    id: str
    version: int
    number: int
    branch_id: str
    route_on: dt.date
    driver_name: str
    vehicle: str
    state: str
    stop_count: int
    done_count: int
    waiting_count: int
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    allowed: tuple[str, ...] = ()


def _offers(row: RouteRow) -> tuple[str, ...]:
    if row.state == rules.PLANNED:
        return ("delivery.start_route", "delivery.drop_route")
    return ("delivery.end_route",) if row.state == rules.OUT and not row.waiting_count else ()


_TRIES = select(func.count()).select_from(_A).where(_A.c.shipment_id == _S.c.id).scalar_subquery()
_STOPS = select(func.count()).select_from(_R.join(_S, _S.c.id == _R.c.shipment_id)).where(_R.c.route_id == _D.c.id)
_TRIED = select(_A.c.id).where(_A.c.shipment_id == _S.c.id, _A.c.at >= _D.c.started_at).exists()

routes = Query(
    "delivery.routes",
    RouteRow,
    select(
        _D.c.id,
        _D.c.version,
        _D.c.number,
        _D.c.branch_id,
        _D.c.route_on,
        _driver.c.name.label("driver_name"),
        _D.c.vehicle,
        _D.c.state,
        _STOPS.scalar_subquery().label("stop_count"),
        _STOPS.where(_S.c.state.in_((rules.DELIVERED, rules.RETURNED))).scalar_subquery().label("done_count"),
        _STOPS.where(_S.c.state == rules.SHIPPED, ~_TRIED).scalar_subquery().label("waiting_count"),
        _D.c.started_at,
        _D.c.ended_at,
    ).select_from(_D.join(_driver, _driver.c.id == _D.c.driver_id)),
    permission=READ,
    key=_D.c.id,
    order="-route_on",
    branch=_D.c.branch_id,
    allowed=_offers,
)


@dataclass(frozen=True, slots=True)
class RouteStopRow:
    """A stop: whom to see, where, what became of it. `version` is the order's, whose commands are pressed on it."""

    id: str
    order_id: str
    version: int
    route_id: str
    shipment_id: str
    branch_id: str
    position: int
    order_number: int
    customer_name: str
    street: str | None
    street_number: str | None
    city: str | None
    state: str
    attempt_count: int
    receiver_name: str
    billed: bool
    allowed: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where to go."""
        return ", ".join(word for word in (self.street, self.street_number, self.city) if word)


def _may(row: RouteStopRow) -> tuple[str, ...]:
    if row.state != rules.SHIPPED:
        return ()
    return ("delivery.deliver_order", "delivery.fail_delivery") if row.billed else ("delivery.fail_delivery",)


route_stops = Query(
    "delivery.route_stops",
    RouteStopRow,
    select(
        _R.c.id,
        _S.c.order_id,
        _O.c.version,
        _R.c.route_id,
        _R.c.shipment_id,
        _S.c.branch_id,
        _R.c.position,
        _O.c.number.label("order_number"),
        _P.c.name.label("customer_name"),
        party.main_address.c.street,
        party.main_address.c.number.label("street_number"),
        party.main_address.c.city,
        _S.c.state,
        _TRIES.label("attempt_count"),
        _S.c.receiver_name,
        _O.c.invoiced_at.is_not(None).label("billed"),
    ).select_from(
        party.with_main_address(
            _R.join(_S, _S.c.id == _R.c.shipment_id)
            .join(_O, _O.c.id == _S.c.order_id)
            .join(_P, _P.c.id == _O.c.customer_id)
        )
    ),
    permission=READ,
    key=_R.c.id,
    order="position",
    branch=_S.c.branch_id,
    allowed=_may,
)


@dataclass(frozen=True, slots=True)
class LoadChoiceRow:
    """A shipment that a driver of ours may take along: it is on no route yet."""

    id: str
    name: str
    sub: str | None
    branch_id: str


_ON_A_ROUTE = (
    select(_R.c.id)
    .join(_D, _D.c.id == _R.c.route_id)
    .where(_R.c.shipment_id == _S.c.id, _D.c.state.in_((rules.PLANNED, rules.OUT)))
    .exists()
)
_NAME: ColumnElement[Any] = cast(_O.c.number, String) + literal(" · ") + _P.c.name

load_choices = Query(
    "delivery.load_choices",
    LoadChoiceRow,
    select(_S.c.id, _NAME.label("name"), party.main_address.c.city.label("sub"), _S.c.branch_id)
    .select_from(party.with_main_address(_S.join(_O, _O.c.id == _S.c.order_id).join(_P, _P.c.id == _O.c.customer_id)))
    .where(and_(_S.c.state.in_((rules.PACKED, rules.SHIPPED)), _S.c.carrier_id.is_(None), ~_ON_A_ROUTE)),
    permission=READ,
    key=_S.c.id,
    order="name",
    search=_O.c.folded,
    branch=_S.c.branch_id,
)
