"""What a customer wants and cannot have as it stands, as plan B sees it, and the commands that would write it anew.

One kind for each way in which an order can stand there: not confirmed yet, placed in one go, changed once agreed,
agreed but robbed of its goods, sold at the counter.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.money import line_parts
from retaguarda.kernel.steps import Step
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency.rules import ZERO
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

_HEAD = ("customer_id", "handover", "payment_terms", "customer_note", "internal_note", "channel")
_LEAD_DAYS = 2
"""Working days from today that an order has which names no day, as sales has it."""


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A line of it; `said` is how a command says it."""

    product_id: str
    kind: str
    name: str
    quantity: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    said: Mapping[str, Any]

    def of(self, quantity: Decimal) -> dict[str, Any]:
        """The same line with less in it, as a command says it."""
        return {**self.said, "quantity": str(quantity)}


@dataclass(frozen=True, slots=True)
class _Changed:
    """What is to be written otherwise; None where it stays."""

    lines: Sequence[Mapping[str, Any]] | None
    arriving: bool
    promised_on: dt.date | None
    warehouse_id: str | None

    def other_day(self, day: dt.date) -> bool:
        """Whether it is promised for another day than that."""
        return self.promised_on not in (None, day)

    def other_warehouse(self, warehouse_id: str) -> bool:
        """Whether it comes from another warehouse than that."""
        return self.warehouse_id not in (None, warehouse_id)


class Wanted(ABC):
    """What is wanted: of which branch, out of which warehouse, by which day, which lines."""

    agreed: ClassVar[bool] = True
    """Whether the customer is asked anyway: else another product or less of it needs their consent first."""
    at_hand: ClassVar[bool] = False
    """Whether the goods are in the customer's hand already."""
    branch_id: str
    warehouse_id: str
    promised_on: dt.date
    named: str
    """How papers for others name it."""

    order_id: str = ""
    """The order that stands there, where one does."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    @cached_property
    @abstractmethod
    def lines(self) -> Sequence[WantedLine]:
        """Its lines."""

    @property
    def own(self) -> Mapping[str, Decimal]:
        """What is kept for it already or has left for it, by product."""
        return {}

    def write(
        self,
        lines: Sequence[Mapping[str, Any]] | None = None,
        *,
        arriving: bool = False,
        promised_on: dt.date | None = None,
        warehouse_id: str | None = None,
    ) -> tuple[Step, ...] | None:
        """The steps that bring it about, with other lines, from what comes, on another day, from another warehouse;
        None where that cannot be."""
        return self._steps(_Changed(lines, arriving, promised_on, warehouse_id))

    @abstractmethod
    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        """The same, of all that is changed."""

    def rest(self, lines: Sequence[Mapping[str, Any]], day: dt.date) -> Step | None:
        """The step that orders what was left out for that day, from what comes; None where that cannot be."""
        return None


class Quotation(Wanted):
    """An order that is not confirmed yet."""

    def __init__(self, unit: Unit, order: Any) -> None:
        super().__init__(unit)
        self.order = order
        self.order_id, self.branch_id, self.warehouse_id = order.id, order.branch_id, order.warehouse_id
        self.promised_on, self.named = order.promised_on, f"# {order.number}"

    @cached_property
    def lines(self) -> Sequence[WantedLine]:
        return _stored(self.unit, self.order.id)

    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        order = self.order
        more = {"arriving": True} if changed.arriving else {}
        confirm: Step = ("sales.confirm_order", {"order_id": order.id, **more})
        moved = changed.other_day(order.promised_on) or changed.other_warehouse(order.warehouse_id)
        if changed.lines is None and not moved:
            return (confirm,)
        head = {
            **{name: getattr(order, name) for name in _HEAD},
            "promised_on": (changed.promised_on or order.promised_on).isoformat(),
            "valid_until": order.valid_until.isoformat(),
            "warehouse_id": changed.warehouse_id or order.warehouse_id,
            "order_id": order.id,
            "version": order.version,
            "lines": [dict(line.said) for line in self.lines] if changed.lines is None else list(changed.lines),
        }
        return ("sales.revise_quotation", head), confirm

    def rest(self, lines: Sequence[Mapping[str, Any]], day: dt.date) -> Step | None:
        head = {name: getattr(self.order, name) for name in _HEAD}
        return _placed({**head, "warehouse_id": self.warehouse_id, "branch_id": self.branch_id}, lines, day)


class _Asked(Wanted):
    """What a command asked for that was refused: nothing of it stands yet but what it was sent with."""

    def __init__(self, unit: Unit, asked: Mapping[str, Any], customer: str) -> None:
        super().__init__(unit)
        self.asked, self.named = asked, customer

    @cached_property
    def lines(self) -> Sequence[WantedLine]:
        return _said(self.unit, self.asked["lines"])


class Placing(_Asked):
    """An order made and confirmed in one go."""

    def __init__(self, unit: Unit, asked: Mapping[str, Any], customer: str) -> None:
        super().__init__(unit, asked, customer)
        self.branch_id = company.branch_of(unit, asked.get("branch_id"))
        self.warehouse_id = asked.get("warehouse_id") or inventory.warehouse_of(unit, self.branch_id).id
        said = asked.get("promised_on")
        calendar = company.calendar_of(unit, self.branch_id)
        self.promised_on = dt.date.fromisoformat(said) if said else calendar.add_working_days(unit.today, _LEAD_DAYS)

    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        said: dict[str, Any] = {"promised_on": (changed.promised_on or self.promised_on).isoformat()}
        if changed.lines is not None:
            said["lines"] = list(changed.lines)
        if changed.arriving:
            said["arriving"] = True
        if changed.warehouse_id is not None:
            said["warehouse_id"] = changed.warehouse_id
        return (("sales.place_order", {**self.asked, **said}),)

    def rest(self, lines: Sequence[Mapping[str, Any]], day: dt.date) -> Step | None:
        return _placed(self.asked, lines, day)


class AtCounter(_Asked):
    """A sale at the counter: the goods leave at once, and what is paid is said with it."""

    at_hand = True

    def __init__(self, unit: Unit, asked: Mapping[str, Any], customer: str) -> None:
        super().__init__(unit, asked, customer)
        self.branch_id = company.branch_of(unit, asked.get("branch_id"))
        self.warehouse_id = inventory.warehouse_of(unit, self.branch_id).id
        self.promised_on = unit.today

    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        moved = changed.other_day(self.promised_on) or changed.other_warehouse(self.warehouse_id)
        if changed.arriving or moved:  # what is taken along is taken now, from here
            return None
        sold = self.asked["lines"] if changed.lines is None else list(changed.lines)
        paid = self._paid(_total(_said(self.unit, sold)))
        return None if paid is None else (("sales.sell_at_counter", {**self.asked, **paid, "lines": sold}),)

    def _paid(self, total: Decimal) -> Mapping[str, Any] | None:
        """What each way pays of that total: less where it is less than was said, None where it is not enough."""
        ways = [name for name in sales.PAID if self.asked.get(name) is not None]
        left, paid = total, dict[str, str]()
        for name in (name for name in ways if name != sales.PAID_CASH):
            part = min(Decimal(str(self.asked[name])), left)
            paid[name] = str(part)
            left -= part
        if sales.PAID_CASH in ways:
            # Cash that was counted stays as it was: what is too much is given back.
            left -= Decimal(str(self.asked[sales.PAID_CASH]))
        return paid if left <= 0 or not [name for name in ways if name != sales.PAID_CREDIT] else None

    def rest(self, lines: Sequence[Mapping[str, Any]], day: dt.date) -> Step | None:
        customer_id = self.asked.get("customer_id")
        if customer_id is None:
            return None
        head = {"customer_id": customer_id, "branch_id": self.branch_id, "handover": "pickup", "channel": "counter"}
        return _placed(head, lines, day)


class Standing(Wanted):
    """An order that was agreed and has lost goods to a count, a hold or a late receipt: nothing of it may move without
    the customer."""

    agreed = False

    def __init__(self, unit: Unit, order: Any) -> None:
        super().__init__(unit)
        self.order = order
        self.order_id, self.branch_id, self.warehouse_id = order.id, order.branch_id, order.warehouse_id
        self.promised_on, self.named = order.promised_on, f"# {order.number}"

    @cached_property
    def lines(self) -> Sequence[WantedLine]:
        return _stored(self.unit, self.order.id)

    @cached_property
    def own(self) -> Mapping[str, Decimal]:
        document, found = (sales.DOCUMENT, self.order.id), dict[str, Decimal]()
        kept = [(row.line_id, row.quantity) for row in inventory.reserved_of(self.unit, document)]
        product_of = {line.id: line.product_id for line in sales.order_lines(self.unit, self.order.id)}
        for line_id, quantity in (*kept, *inventory.still_out(self.unit, document).items()):
            if line_id in product_of:
                found[product_of[line_id]] = found.get(product_of[line_id], ZERO) + quantity
        return found

    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        order = self.order
        if changed.other_day(order.promised_on):
            return None
        if changed.lines is not None:
            return None if order.invoiced_at is not None else (_amended(order, changed.lines, order.version),)
        more: dict[str, Any] = {"arriving": True} if changed.arriving else {}
        if changed.warehouse_id is not None:
            more["warehouse_id"] = changed.warehouse_id
        return (("sales.reserve_again", {"order_id": order.id, "version": order.version, **more}),)


class Amending(Standing):
    """An agreed order that the customer wants changed."""

    agreed = True

    def __init__(self, unit: Unit, order: Any, asked: Mapping[str, Any]) -> None:
        super().__init__(unit, order)
        self.asked = asked
        said = asked.get("promised_on")
        self.promised_on = dt.date.fromisoformat(said) if said else order.promised_on

    @cached_property
    def lines(self) -> Sequence[WantedLine]:
        return _said(self.unit, self.asked["lines"])

    def _steps(self, changed: _Changed) -> tuple[Step, ...] | None:
        if changed.other_day(self.promised_on):
            return None
        order, more = self.order, {"arriving": True} if changed.arriving else {}
        asked = {**self.asked, **more, **({} if changed.lines is None else {"lines": list(changed.lines)})}
        if not changed.other_warehouse(order.warehouse_id):
            return (("sales.amend_order", asked),)
        moved = {"order_id": order.id, "version": order.version, "warehouse_id": changed.warehouse_id}
        if "version" in asked:
            asked["version"] = order.version + 1
        return ("sales.reserve_again", moved), ("sales.amend_order", asked)


def wanted(unit: Unit, failure: FailureFacts) -> Wanted | None:
    """What the failure keeps the customer from; None where it stands so no more."""
    said = failure.asked
    asked = None if said is None else {name: value for name, value in said.items() if name not in sales.APPROVAL}
    if failure.subject_table == "party":
        kind = AtCounter if failure.code.startswith("sales.sell_at_counter.") else Placing
        return None if asked is None else kind(unit, asked, str(failure.params["customer"]))
    order = sales.load_order(unit, failure.subject_id)
    if order.state == sales.QUOTATION:
        return Quotation(unit, order)
    if order.state != sales.CONFIRMED:
        return None
    if not failure.code.startswith("sales.amend_order."):
        return Standing(unit, order)
    return None if asked is None or not asked.get("lines") else Amending(unit, order, asked)


def _amended(order: Any, lines: Sequence[Mapping[str, Any]], version: int) -> Step:
    return "sales.amend_order", {"order_id": order.id, "version": version, "lines": list(lines)}


def _placed(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], day: dt.date) -> Step:
    new = [{name: value for name, value in line.items() if name != "line_id"} for line in lines]
    return "sales.place_order", {**head, "promised_on": day.isoformat(), "lines": new, "arriving": True}


def _total(lines: Sequence[WantedLine]) -> Decimal:
    return sum((line_parts(line.quantity, line.unit_price, line.discount_rate).net for line in lines), ZERO)


def _stored(unit: Unit, order_id: str) -> Sequence[WantedLine]:
    return [
        WantedLine(
            line.product_id,
            line.kind,
            line.name,
            line.quantity,
            line.unit_price,
            line.discount_rate,
            {
                "line_id": line.id,
                "product_id": line.product_id,
                "quantity": str(line.quantity),
                "unit_price": str(line.unit_price),
                "discount_rate": str(line.discount_rate),
            },
        )
        for line in sales.order_lines(unit, order_id)
    ]


def _said(unit: Unit, lines: Sequence[Mapping[str, Any]]) -> Sequence[WantedLine]:
    """Lines as a command said them; what it left to the list has the list's price."""
    keys = tuple(dict.fromkeys(line["product_id"] for line in lines))
    products, prices = catalog.products(unit, keys), catalog.price_on(unit, keys, unit.today)
    found = []
    for line in lines:
        facts, said = products[line["product_id"]], line.get("unit_price")
        price = Decimal(str(said)) if said is not None else prices[facts.id].price
        rate = Decimal(str(line.get("discount_rate") or 0))
        found.append(WantedLine(facts.id, facts.kind, facts.name, Decimal(str(line["quantity"])), price, rate, line))
    return found
