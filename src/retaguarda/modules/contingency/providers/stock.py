"""Ways forward when an order cannot be confirmed because goods lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from retaguarda.kernel.calendar import WorkingCalendar
from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.steps import Step
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency.rules import ZERO, Way
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api as purchasing
from retaguarda.modules.sales import api as sales

CONFIRM = "sales.confirm_order"
TRANSFER_DAYS = 1
"""Working days that goods are on their way between two warehouses of the same company."""
_HEAD = ("customer_id", "handover", "payment_terms", "customer_note", "internal_note", "channel")


def no_stock(unit: Unit, failure: FailureFacts) -> Iterator[Way]:
    """What would get the customer the goods of an order that is short: all of it, part of it, something as good."""
    order = sales.load_order(unit, failure.subject_id)
    if order.state != sales.QUOTATION:
        return
    lack = Lack(unit, order, sales.order_lines(unit, order.id))
    if not lack.missing:
        yield Way("available", (lack.confirm(),), day=order.promised_on)
        return
    yield from _from_arrivals(lack)
    yield from _from_elsewhere(lack)
    yield from _bought(lack)
    yield from _substituted(lack)
    yield from _shortened(lack)
    yield from _by_others(lack)


@dataclass(frozen=True)
class Lack:
    """An order that is short, and what is known about what it lacks."""

    unit: Unit
    order: Any
    lines: Sequence[Any]

    @cached_property
    def needed(self) -> Mapping[str, Decimal]:
        """How much of each stock-kept product it needs."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            if line.kind == catalog.STOCK:
                found[line.product_id] = found.get(line.product_id, ZERO) + line.quantity
        return found

    def free(self, warehouse_id: str) -> Mapping[str, Decimal]:
        """What a warehouse has of what it needs."""
        found = inventory.free(self.unit, tuple(self.needed), warehouse_id)
        return {key: max(ZERO, facts.free) for key, facts in found.items()}

    @cached_property
    def there(self) -> Mapping[str, Decimal]:
        """What its own warehouse has."""
        return self.free(self.order.warehouse_id)

    @cached_property
    def missing(self) -> Mapping[str, Decimal]:
        """How much of each product is not there."""
        return {key: needed - self.there[key] for key, needed in self.needed.items() if needed > self.there[key]}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The missing products as the lines call them."""
        return {line.product_id: line.name for line in self.lines if line.product_id in self.missing}

    @cached_property
    def costs(self) -> Mapping[str, Decimal]:
        """What each missing product costs on average."""
        return inventory.unit_costs(self.unit, tuple(self.missing))

    @cached_property
    def complete_on(self) -> dt.date | None:
        """The first working day by which all that is missing has come; None where nothing expected is enough."""
        days = inventory.complete_on(self.unit, self.missing, self.order.warehouse_id)
        last = [day for day in days.values() if day is not None]
        return self.calendar.working_day_from(max(last)) if len(last) == len(days) else None

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """When the branch works."""
        return company.calendar_of(self.unit, self.order.branch_id)

    def day_from(self, arrival: dt.date) -> dt.date:
        """The day that can be promised of what arrives on that one: never an earlier one than was asked for."""
        promised: dt.date = self.order.promised_on
        return max(promised, arrival)

    def confirm(self, **more: Any) -> Step:
        """The step that confirms the order."""
        return CONFIRM, {"order_id": self.order.id, **more}

    def revise(self, lines: Sequence[Mapping[str, Any]] | None = None, **changed: Any) -> Step:
        """The step that writes the order anew, with other lines or another head."""
        order = self.order
        head = {name: getattr(order, name) for name in _HEAD}
        days = {
            "promised_on": order.promised_on,
            "valid_until": order.valid_until,
            "warehouse_id": order.warehouse_id,
        }
        payload = {**head, **days, **changed, "order_id": order.id, "version": order.version}
        payload["lines"] = [line_of(line) for line in self.lines] if lines is None else list(lines)
        return "sales.revise_quotation", {key: _plain(value) for key, value in payload.items()}

    def on_day(self, day: dt.date) -> tuple[Step, ...]:
        """The steps that promise that day, where it is another one, and reserve also what comes until then."""
        later = (self.revise(promised_on=day),) if day != self.order.promised_on else ()
        return (*later, self.confirm(arriving=True))


def line_of(line: Any, quantity: Decimal | None = None) -> dict[str, Any]:
    """A stored line as a command says it, with all of its quantity or less."""
    return {
        "line_id": line.id,
        "product_id": line.product_id,
        "quantity": str(line.quantity if quantity is None else quantity),
        "unit_price": str(line.unit_price),
        "discount_rate": str(line.discount_rate),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_arrivals(lack: Lack) -> Iterator[Way]:
    """What is on its way already and promised to nobody."""
    if lack.complete_on is None:
        return
    day = lack.day_from(lack.complete_on)
    kept = day == lack.order.promised_on
    params = {"day": lack.complete_on, "names": list(lack.names.values())}
    yield Way("arriving" if kept else "later", lack.on_day(day), params, day, kept=kept, counts=kept)


def _from_elsewhere(lack: Lack) -> Iterator[Way]:
    """Another warehouse of the same branch that has it all; one that has what is missing, and sends it."""
    order = lack.order
    others = [place for place in inventory.warehouses(lack.unit) if place.id != order.warehouse_id]
    arrival = lack.calendar.add_working_days(lack.unit.today, TRANSFER_DAYS)
    day = lack.day_from(arrival)
    for place in others:
        free = lack.free(place.id)
        if place.branch_id == order.branch_id and all(free[key] >= needed for key, needed in lack.needed.items()):
            moved = (lack.revise(warehouse_id=place.id), lack.confirm())
            yield Way("other_warehouse", moved, {"warehouse": place.name}, order.promised_on, group="other_warehouse")
        if all(free[key] >= missing for key, missing in lack.missing.items()):
            sent = {
                "from_warehouse_id": place.id,
                "to_warehouse_id": order.warehouse_id,
                "expected_on": arrival.isoformat(),
                "lines": _amounts(lack.missing),
            }
            steps = (("inventory.send_transfer", sent), *lack.on_day(day))
            params = {"warehouse": place.name, "day": arrival}
            kept = day == order.promised_on
            yield Way("transfer", steps, params, day, kept=kept, group="transfer")


def _amounts(quantities: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    return [{"product_id": key, "quantity": str(quantity)} for key, quantity in quantities.items()]


def _bought(lack: Lack) -> Iterator[Way]:
    """One supplier who sells all that is missing, each that does."""
    offers = purchasing.offers_for(lack.unit, tuple(lack.missing), lack.unit.today)
    for supplier_id, by_product in offers.items():
        if by_product.keys() != lack.missing.keys():
            continue
        lines, extra, arrival = [], ZERO, lack.unit.today
        for key, missing in lack.missing.items():
            offer = purchasing.pick_offer(by_product[key], missing)
            assert offer is not None, "who stands there sells it"
            bought = purchasing.whole_packs(missing, offer.pack_quantity, offer.least_quantity)
            lines.append({"product_id": key, "quantity": str(bought)})
            extra += max(ZERO, offer.unit_price - lack.costs.get(key, offer.unit_price)) * missing
            arrival = max(arrival, lack.calendar.add_working_days(lack.unit.today, offer.lead_days))
        day = lack.day_from(arrival)
        buy = {
            "supplier_id": supplier_id,
            "warehouse_id": lack.order.warehouse_id,
            "expected_on": arrival.isoformat(),
            "lines": lines,
        }
        params = {"supplier": party.party_of(lack.unit, supplier_id).name, "day": arrival}
        extra = extra.quantize(Decimal("0.01"))
        steps = (("purchasing.place_order", buy), *lack.on_day(day))
        kept = day == lack.order.promised_on
        margin = -extra if lack.costs.keys() >= lack.missing.keys() else None
        yield Way("buy", steps, params, day, kept=kept, extra_cost=extra, margin=margin, group="buy")


def _substituted(lack: Lack) -> Iterator[Way]:
    """What lacks replaced by what may stand in for it: at the line's price where that is lower, or at the list's."""
    stands_in = catalog.substitutes(lack.unit, tuple(lack.missing))
    keys = tuple(one.substitute_id for some in stands_in.values() for one in some)
    there = inventory.free(lack.unit, keys, lack.order.warehouse_id)
    chosen = {}
    for key, missing in lack.missing.items():
        fit = [one for one in stands_in.get(key, ()) if there[one.substitute_id].free >= missing]
        if not fit:
            return
        chosen[key] = fit[0]
    prices = {key: facts.price for key, facts in catalog.price_on(lack.unit, keys, lack.unit.today).items()}
    costs = inventory.unit_costs(lack.unit, keys)
    for own_price in (True, False):
        if all(one.substitute_id in prices for one in chosen.values()):
            yield _replaced(lack, chosen, prices, costs, own_price=own_price)


def _replaced(
    lack: Lack,
    chosen: Mapping[str, catalog.SubstituteFacts],
    prices: Mapping[str, Decimal],
    costs: Mapping[str, Decimal],
    *,
    own_price: bool,
) -> Way:
    lines, dearer, margin, known = [], ZERO, ZERO, True
    left = dict(lack.missing)
    for line in lack.lines:
        less = min(line.quantity, left.get(line.product_id, ZERO))
        if line.quantity > less:
            lines.append(line_of(line, line.quantity - less))
        if less == ZERO:
            continue
        left[line.product_id] -= less
        other = chosen[line.product_id].substitute_id
        price = min(line.unit_price, prices[other]) if own_price else prices[other]
        lines.append(
            {
                "product_id": other,
                "quantity": str(less),
                "unit_price": str(price),
                "discount_rate": str(line.discount_rate),
            }
        )
        share = less * (1 - line.discount_rate)
        dearer += (price - line.unit_price) * share
        known = known and other in costs and line.product_id in lack.costs
        margin += (price - line.unit_price) * share
        margin -= (costs.get(other, ZERO) - lack.costs.get(line.product_id, ZERO)) * less
    cents = Decimal("0.01")
    params = {"names": list(lack.names.values()), "others": [one.name for one in chosen.values()]}
    return Way(
        "substitute",
        (lack.revise(lines), lack.confirm()),
        params,
        lack.order.promised_on,
        dearer=max(ZERO, dearer).quantize(cents),
        margin=margin.quantize(cents) if known else None,
        group="substitute",
    )


def _shortened(lack: Lack) -> Iterator[Way]:
    """What is there goes now; the rest comes as an order of its own when it has arrived, or not at all."""
    now, rest, left = [], [], dict(lack.there)
    for line in lack.lines:
        there = line.quantity
        if line.kind == catalog.STOCK:
            there = min(line.quantity, left[line.product_id])
            left[line.product_id] -= there
        if there:
            now.append(line_of(line, there))
        if line.quantity > there:
            rest.append({k: v for k, v in line_of(line, line.quantity - there).items() if k != "line_id"})
    if not now:
        return
    first = (lack.revise(now), lack.confirm())
    params = {"names": list(lack.names.values()), "day": lack.order.promised_on}
    yield Way("less", first, params, lack.order.promised_on, complete=False, group="less")
    if lack.complete_on is not None and lack.day_from(lack.complete_on) != lack.order.promised_on:
        order, day = lack.order, lack.day_from(lack.complete_on)
        second = {
            **{name: getattr(order, name) for name in _HEAD},
            "warehouse_id": order.warehouse_id,
            "branch_id": order.branch_id,
            "promised_on": day.isoformat(),
            "lines": rest,
            "arriving": True,
        }
        params = {**params, "day": day}
        steps = (*first, ("sales.place_order", second))
        yield Way("split", steps, params, day, kept=False, group="split")


def _by_others(lack: Lack) -> Iterator[Way]:
    """What somebody else has to go on with: goods that are there but not booked, goods that are asked for."""
    place = lack.order.warehouse_id
    reason = f"# {lack.order.number}"
    allow = tuple(
        ("inventory.authorise_negative", {**one, "warehouse_id": place, "reason": reason})
        for one in _amounts(lack.missing)
    )
    params = {"names": list(lack.names.values())}
    yield Way("negative", (*allow, lack.confirm()), params, lack.order.promised_on, counts=False)
    needed = lack.order.promised_on.isoformat()
    ask = tuple(
        (
            "purchasing.request_goods",
            {**one, "warehouse_id": place, "needed_on": needed, "reason": reason},
        )
        for one in _amounts(lack.missing)
    )
    yield Way("request", ask, params, None, kept=False, counts=False)
