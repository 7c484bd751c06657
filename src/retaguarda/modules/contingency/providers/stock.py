"""Ways forward when goods lack for what a customer wants: in a new order, an agreed one, a sale at the counter."""

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
from retaguarda.modules.contingency.api import Ground, Provider
from retaguarda.modules.contingency.providers.wanted import Wanted, wanted
from retaguarda.modules.contingency.rules import ZERO, Way
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api as purchasing
from retaguarda.modules.sales import api as sales

TRANSFER_DAYS = 1
"""Working days that goods are on their way between two warehouses of the same company."""


@dataclass(frozen=True)
class Lack:
    """What somebody wants and is short, and what is known about what lacks."""

    unit: Unit
    want: Wanted

    @cached_property
    def needed(self) -> Mapping[str, Decimal]:
        """How much of each stock-kept product it needs."""
        found: dict[str, Decimal] = {}
        for line in self.want.lines:
            if line.kind == catalog.STOCK:
                found[line.product_id] = found.get(line.product_id, ZERO) + line.quantity
        return found

    def free(self, warehouse_id: str) -> Mapping[str, Decimal]:
        """What a warehouse has of what it needs."""
        found = inventory.free(self.unit, tuple(self.needed), warehouse_id)
        return {key: max(ZERO, facts.free) for key, facts in found.items()}

    @cached_property
    def there(self) -> Mapping[str, Decimal]:
        """What its own warehouse has, with what is kept for it already."""
        own = self.want.own
        return {key: free + own.get(key, ZERO) for key, free in self.free(self.want.warehouse_id).items()}

    @cached_property
    def missing(self) -> Mapping[str, Decimal]:
        """How much of each product is not there."""
        return {key: needed - self.there[key] for key, needed in self.needed.items() if needed > self.there[key]}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The missing products as the lines call them."""
        return {line.product_id: line.name for line in self.want.lines if line.product_id in self.missing}

    @cached_property
    def costs(self) -> Mapping[str, Decimal]:
        """What each missing product costs on average."""
        return inventory.unit_costs(self.unit, tuple(self.missing))

    @cached_property
    def complete_on(self) -> dt.date | None:
        """The first working day by which all that is missing has come; None where nothing expected is enough."""
        days = inventory.complete_on(self.unit, self.missing, self.want.warehouse_id)
        last = [day for day in days.values() if day is not None]
        return self.calendar.working_day_from(max(last)) if len(last) == len(days) else None

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """When the branch works."""
        return company.calendar_of(self.unit, self.want.branch_id)

    def day_from(self, arrival: dt.date) -> dt.date:
        """The day that can be promised of what arrives on that one: never an earlier one than was asked for."""
        return max(self.want.promised_on, arrival)

    def on_day(self, day: dt.date) -> tuple[Step, ...] | None:
        """The steps that promise that day, and reserve also what comes until then."""
        return self.want.write(arriving=True, promised_on=day)


def lack(unit: Unit, failure: FailureFacts) -> Lack | None:
    """What lacks for what the failure is about; None where nothing does any more, or nobody wants it."""
    want = wanted(unit, failure)
    return None if want is None else Lack(unit, want)


def _lacking(ground: Ground) -> Lack | None:
    found = ground.once(lack)
    return found if found is not None and found.missing else None


def there_after_all(ground: Ground) -> Iterator[Way]:
    """Nothing lacks any more."""
    found = ground.once(lack)
    steps = None if found is None or found.missing else found.want.write()
    if found is not None and steps:
        yield Way("available", steps, day=found.want.promised_on)


def from_arrivals(ground: Ground) -> Iterator[Way]:
    """What is on its way already and promised to nobody."""
    lack = _lacking(ground)
    if lack is None or lack.complete_on is None:
        return
    day = lack.day_from(lack.complete_on)
    kept = day == lack.want.promised_on
    params = {"day": lack.complete_on, "names": list(lack.names.values())}
    steps = lack.on_day(day)
    if steps:
        yield Way("arriving" if kept else "later", steps, params, day, kept=kept, counts=kept)


def from_another(ground: Ground) -> Iterator[Way]:
    """Another warehouse of the same branch that has it all."""
    lack = _lacking(ground)
    if lack is None:
        return
    want = lack.want
    for place in _others(lack):
        free = lack.free(place.id)
        if place.branch_id == want.branch_id and all(free[key] >= needed for key, needed in lack.needed.items()):
            steps = want.write(warehouse_id=place.id)
            if steps:
                params = {"warehouse": place.name}
                yield Way("other_warehouse", steps, params, want.promised_on, group="other_warehouse")


def sent_over(ground: Ground) -> Iterator[Way]:
    """Another warehouse that has what is missing, and sends it."""
    lack = _lacking(ground)
    if lack is None:
        return
    arrival = lack.calendar.add_working_days(lack.unit.today, TRANSFER_DAYS)
    day = lack.day_from(arrival)
    then = lack.on_day(day)
    if not then:
        return
    for place in _others(lack):
        free = lack.free(place.id)
        if all(free[key] >= missing for key, missing in lack.missing.items()):
            sent = {
                "from_warehouse_id": place.id,
                "to_warehouse_id": lack.want.warehouse_id,
                "expected_on": arrival.isoformat(),
                "lines": _amounts(lack.missing),
            }
            params = {"warehouse": place.name, "day": arrival}
            kept = day == lack.want.promised_on
            steps = (("inventory.send_transfer", sent), *then)
            yield Way("transfer", steps, params, day, kept=kept, group="transfer")


def _others(lack: Lack) -> list[inventory.WarehouseFacts]:
    return [place for place in inventory.warehouses(lack.unit) if place.id != lack.want.warehouse_id]


def _amounts(quantities: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    return [{"product_id": key, "quantity": str(quantity)} for key, quantity in quantities.items()]


def exchanged(ground: Ground) -> Iterator[Way]:
    """What is kept for an order that is promised later, and can wait for what comes: both stay in time."""
    lack = _lacking(ground)
    arrival = lack.complete_on if lack else None
    steps = lack.want.write() if lack else None
    if lack is None or arrival is None or not steps:
        return
    numbers, give = list[str](), list[Step]()
    kept = inventory.kept_for_others(lack.unit, tuple(lack.missing), lack.want.warehouse_id)
    for key, missing in lack.missing.items():
        order_id = _who_can_wait(lack, [row for row in kept if row.product_id == key], missing, arrival)
        if order_id is None:
            return
        order = sales.load_order(lack.unit, order_id)
        numbers.append(str(order.number))
        give.append(("sales.await_goods", {"order_id": order_id, "product_id": key, "quantity": str(missing)}))
    params = {"numbers": numbers, "day": arrival}
    yield Way("swap", (*give, *steps), params, lack.want.promised_on)


def _who_can_wait(lack: Lack, kept: Sequence[Any], missing: Decimal, arrival: dt.date) -> str | None:
    """The order with the latest promise for which so much is kept and which is promised no sooner than it comes."""
    held: dict[str, Decimal] = {}
    for row in kept:
        table, order_id = row.document
        waits = row.promised_on is not None and row.promised_on >= arrival
        if table == sales.DOCUMENT and order_id != lack.want.order_id and waits:
            held[order_id] = held.get(order_id, ZERO) + row.quantity
            if held[order_id] >= missing:
                return str(order_id)
    return None


def bought(ground: Ground) -> Iterator[Way]:
    """One supplier who sells all that is missing, each that does."""
    lack = _lacking(ground)
    if lack is None:
        return
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
        then = lack.on_day(day)
        if not then:
            continue
        buy = {
            "supplier_id": supplier_id,
            "warehouse_id": lack.want.warehouse_id,
            "expected_on": arrival.isoformat(),
            "lines": lines,
        }
        params = {"supplier": party.party_of(lack.unit, supplier_id).name, "day": arrival}
        extra = extra.quantize(Decimal("0.01"))
        steps = (("purchasing.place_order", buy), *then)
        kept = day == lack.want.promised_on
        margin = -extra if lack.costs.keys() >= lack.missing.keys() else None
        yield Way("buy", steps, params, day, kept=kept, extra_cost=extra, margin=margin, group="buy")


def substituted(ground: Ground) -> Iterator[Way]:
    """What lacks replaced by what may stand in for it: at the line's price where that is lower, or at the list's."""
    lack = _lacking(ground)
    if lack is None:
        return
    stands_in = catalog.substitutes(lack.unit, tuple(lack.missing))
    keys = tuple(one.substitute_id for some in stands_in.values() for one in some)
    there = inventory.free(lack.unit, keys, lack.want.warehouse_id)
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
            yield from _replaced(lack, chosen, prices, costs, own_price=own_price)


def _replaced(
    lack: Lack,
    chosen: Mapping[str, catalog.SubstituteFacts],
    prices: Mapping[str, Decimal],
    costs: Mapping[str, Decimal],
    *,
    own_price: bool,
) -> Iterator[Way]:
    lines, dearer, margin, known = [], ZERO, ZERO, True
    left = dict(lack.missing)
    for line in lack.want.lines:
        less = min(line.quantity, left.get(line.product_id, ZERO))
        if line.quantity > less:
            lines.append(line.of(line.quantity - less))
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
    steps = lack.want.write(lines)
    if not steps:
        return
    yield Way(
        "substitute",
        steps,
        params,
        lack.want.promised_on,
        counts=lack.want.agreed,
        dearer=max(ZERO, dearer).quantize(cents),
        margin=margin.quantize(cents) if known else None,
        group="substitute",
    )


def shortened(ground: Ground) -> Iterator[Way]:
    """What is there goes now, without the rest."""
    lack = _lacking(ground)
    steps = lack.want.write(_now_and_rest(lack)[0]) if lack and _now_and_rest(lack)[0] else None
    if lack and steps:
        day = lack.want.promised_on
        params = {"names": list(lack.names.values()), "day": day}
        yield Way("less", steps, params, day, complete=False, counts=lack.want.agreed, group="less")


def split(ground: Ground) -> Iterator[Way]:
    """What is there goes now, the rest comes as an order of its own when it has arrived."""
    lack = _lacking(ground)
    if lack is None or lack.complete_on is None or lack.day_from(lack.complete_on) == lack.want.promised_on:
        return
    now, rest = _now_and_rest(lack)
    day = lack.day_from(lack.complete_on)
    first, second = lack.want.write(now) if now else None, lack.want.rest(rest, day)
    if first and second:
        params = {"names": list(lack.names.values()), "day": day}
        yield Way("split", (*first, second), params, day, kept=False, counts=lack.want.agreed, group="split")


def _now_and_rest(lack: Lack) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines with as much as is there, and those with what is left of them."""
    now, rest, left = [], [], dict(lack.there)
    for line in lack.want.lines:
        there = line.quantity
        if line.kind == catalog.STOCK:
            there = min(line.quantity, left[line.product_id])
            left[line.product_id] -= there
        if there:
            now.append(line.of(there))
        if line.quantity > there:
            rest.append(line.of(line.quantity - there))
    return now, rest


def before_its_entry(ground: Ground) -> Iterator[Way]:
    """Goods that are there but not booked: whoever books them has to go on, where the customer does not hold them."""
    lack = _lacking(ground)
    steps = lack.want.write() if lack else None
    if lack and steps:
        want = lack.want
        allow = tuple(
            ("inventory.authorise_negative", {**one, "warehouse_id": want.warehouse_id, "reason": want.named})
            for one in _amounts(lack.missing)
        )
        params = {"names": list(lack.names.values())}
        yield Way("negative", (*allow, *steps), params, want.promised_on, counts=want.at_hand)


def asked_for(ground: Ground) -> Iterator[Way]:
    """Goods that somebody else is asked to buy."""
    lack = _lacking(ground)
    if lack is None:
        return
    want = lack.want
    about = {
        "warehouse_id": want.warehouse_id,
        "needed_on": want.promised_on.isoformat(),
        "reason": want.named,
    }
    ask = tuple(("purchasing.request_goods", {**one, **about}) for one in _amounts(lack.missing))
    yield Way("request", ask, {"names": list(lack.names.values())}, None, kept=False, counts=False)


STOCK: Mapping[str, Provider] = {
    "available": there_after_all,
    "arriving": from_arrivals,
    "other_warehouse": from_another,
    "transfer": sent_over,
    "swap": exchanged,
    "buy": bought,
    "substitute": substituted,
    "less": shortened,
    "split": split,
    "negative": before_its_entry,
    "request": asked_for,
}
"""Who knows what lacking goods could be answered with, by the kind of way that is named where they cannot say."""
