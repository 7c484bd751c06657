"""Ways forward when a shipment does not reach the customer, or has come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, or_, select

from retaguarda.kernel.calendar import WorkingCalendar
from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.steps import Step
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency.api import Ground, Provider
from retaguarda.modules.contingency.rules import Way
from retaguarda.modules.delivery import api as delivery
from retaguarda.modules.sales import api as sales

AT_THE_DOOR = ("absent", "closed", "no_access", "other")
"""Why an attempt failed that another one may mend."""
SPOILT = ("damaged", "lost")
"""Why the customer needs other goods."""
REFUSED = "refused"
_DRIVES = "delivery.deliver_order"
_P, _PR, _PB, _A, _S = (
    company.person.c,
    company.person_role.c,
    company.person_branch.c,
    delivery.delivery_attempt.c,
    delivery.shipment.c,
)
_BRANCH_ID = bindparam("branch_id", type_=Key())
_WORKS_THERE = select(_PB.person_id).where(_PB.person_id == _P.id, _PB.branch_id == _BRANCH_ID, _PB.active).exists()
DRIVERS = Statement(
    select(_P.id, _P.name)
    .join(company.person_role, _PR.person_id == _P.id)
    .join(company.role, company.role.c.id == _PR.role_id)
    .where(
        company.role.c.code == "delivery",
        _PR.active,
        ~_P.archived,
        ~_P.locked,
        or_(_P.branch_id == _BRANCH_ID, _P.all_branches, _WORKS_THERE),
    )
    .order_by(_P.name, _P.id)
    .limit(1)
)
LAST_REASON = Statement(
    select(_A.reason)
    .join(delivery.shipment, _S.id == _A.shipment_id)
    .where(_S.order_id == bindparam("order_id", type_=Key()))
    .order_by(_A.at.desc(), _A.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Trip:
    """An order whose goods did not reach the customer, and what is known about how they could."""

    unit: Unit
    order: Any
    shipment: Any | None
    reason: str

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """When the branch works."""
        return company.calendar_of(self.unit, self.order.branch_id)

    @property
    def next_day(self) -> dt.date:
        """The next day on which we go there ourselves: tomorrow, or today where today was promised."""
        today, promised = self.unit.today, self.order.promised_on
        tomorrow = self.calendar.add_working_days(today, 1)
        return min(promised, tomorrow) if promised >= today else tomorrow

    @cached_property
    def driver(self) -> tuple[str, str] | None:
        """Who drives: whoever asks, where they may, else the first whose work it is."""
        actor = self.unit.actor
        if actor.person_id is not None and actor.may(_DRIVES):
            return actor.person_id, actor.name
        row = self.unit.one(DRIVERS, branch_id=self.order.branch_id)
        return None if row is None else (row.id, row.name)

    def said(self, code: str) -> str:
        """Words that stay in the books, in the language of whoever takes the way."""
        return Texts(self.unit.actor.language).say(code)

    def back(self, condition: str = "good") -> Step:
        """The step that takes the goods back: to be sold, held where they are spoilt, or lost."""
        condition = {"damaged": "held", "lost": "lost"}.get(self.reason, condition)
        why = self.said(f"delivery.fail_reason.{self.reason}")
        return "delivery.return_shipment", {"order_id": self.order.id, "reason": why, "condition": condition}

    def ended(self) -> tuple[Step, ...]:
        """The step that ends the order without goods: what was billed is credited."""
        why = self.said(f"delivery.fail_reason.{self.reason}")
        name = "sales.cancel_order" if self.order.invoiced_at is None else "sales.cancel_billed_order"
        return ((name, {"order_id": self.order.id, "reason": why}),)

    @cached_property
    def names(self) -> Sequence[str]:
        """The goods, as the lines call them."""
        return [line.name for line in sales.order_lines(self.unit, self.order.id) if line.kind == catalog.STOCK]


def trip(unit: Unit, failure: FailureFacts) -> Trip | None:
    """The order that the failure is about, as far as its goods are under way or have come back."""
    order, shipment = delivery.load_both(unit, failure.subject_id)
    if order.state != sales.CONFIRMED:
        return None
    last = unit.one(LAST_REASON, order_id=order.id)
    if failure.code == delivery.FAILED:
        under_way = shipment is not None and shipment.state == delivery.SHIPPED
        return Trip(unit, order, shipment, last.reason) if under_way and last is not None else None
    return Trip(unit, order, None, "other" if last is None else last.reason) if shipment is None else None


def own_route(ground: Ground) -> Iterator[Way]:
    """Our own driver takes it there."""
    found = ground.once(trip)
    if found is None or found.shipment is None or found.reason not in AT_THE_DOOR or found.driver is None:
        return
    driver_id, name = found.driver
    day, order = found.next_day, found.order
    taken: tuple[Step, ...] = ()
    if found.shipment.carrier_id is not None:
        taken = (("delivery.forward_shipment", {"order_id": order.id}),)
    stops = [{"shipment_id": found.shipment.id}]
    route = {"driver_id": driver_id, "route_on": day.isoformat(), "stops": stops}
    kept = day <= order.promised_on
    steps = (*taken, ("delivery.plan_route", route))
    yield Way("own_route", steps, {"driver": name, "day": day}, day, kept=kept, counts=kept)


def other_carrier(ground: Ground) -> Iterator[Way]:
    """Another carrier that comes and is there on a day that is known."""
    found = ground.once(trip)
    if found is None or found.shipment is None or found.reason not in AT_THE_DOOR:
        return
    order = found.order
    for carrier in delivery.carriers(found.unit, order.branch_id):
        if carrier.expected_on is None or carrier.id == found.shipment.carrier_id:
            continue
        kept = carrier.expected_on <= order.promised_on
        step = ("delivery.forward_shipment", {"order_id": order.id, "carrier_id": carrier.id})
        params = {"carrier": carrier.name, "day": carrier.expected_on}
        day = carrier.expected_on
        yield Way("other_carrier", (step,), params, day, kept=kept, counts=kept, group="other_carrier")


def sent_anew(ground: Ground) -> Iterator[Way]:
    """The same goods out of stock once more, for those that are spoilt, lost or were not wanted as they came."""
    found = ground.once(trip)
    if found is None or found.shipment is None or found.reason not in (*SPOILT, REFUSED):
        return
    day = found.next_day
    # What was not wanted as it came is looked at before anybody else gets it.
    back, again = found.back("held"), ("sales.reserve_again", {"order_id": found.order.id})
    steps = (back, again)
    kept = day <= found.order.promised_on
    yield Way("resend", steps, {"names": found.names, "day": day}, day, kept=kept, counts=kept)


def picked_again(ground: Ground) -> Iterator[Way]:
    """What came back goes out again; where it is held back, the same goods out of stock."""
    found = ground.once(trip)
    if found is None or found.shipment is not None:
        return
    day, order = found.next_day, found.order
    again: Step = ("delivery.start_picking", {"order_id": order.id})
    held = bool(ground.failure.params.get("held"))
    kept_for: tuple[Step, ...] = (("sales.reserve_again", {"order_id": order.id}),) if held else ()
    kept = day <= order.promised_on
    yield Way("send_again", (*kept_for, again), {"names": found.names, "day": day}, day, kept=kept, counts=kept)


def refunded(ground: Ground) -> Iterator[Way]:
    """The goods stay with us, and the customer has their money's worth: who refused them has agreed to that."""
    found = ground.once(trip)
    if found is None:
        return
    back: tuple[Step, ...] = ()
    if found.shipment is not None:
        back = (found.back(),)
    agreed = found.reason == REFUSED
    params = {"amount": found.order.total_amount}
    yield Way("refund", (*back, *found.ended()), params, None, kept=False, complete=False, counts=agreed)


def brought_back(ground: Ground) -> Iterator[Way]:
    """Back to the house, kept for the customer, who fetches it or says where it goes."""
    found = ground.once(trip)
    if found is None or found.shipment is None or found.reason in SPOILT:
        return
    yield Way("bring_back", (found.back(),), {"names": found.names}, None, kept=False, counts=False)


ON_THE_WAY: Mapping[str, Provider] = {
    "own_route": own_route,
    "other_carrier": other_carrier,
    "resend": sent_anew,
    "refund": refunded,
    "bring_back": brought_back,
}
BACK: Mapping[str, Provider] = {"send_again": picked_again, "refund": refunded}
"""Who knows what a failed delivery and goods that came back could be answered with, by the kind of way."""
