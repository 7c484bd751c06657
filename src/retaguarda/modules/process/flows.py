"""Flows as data: the steps of a case, who owns each, how long it may take, what ends it, which command does it.

Events and commands are named by string, so that no module knows its successor; a further flow is one more value. Why a
step is there, what it needs and what it gives are texts: `process.step.<flow>.<step>.purpose`, `.input`, `.output`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

TOLD = ("purpose", "input", "output")
"""What the texts say about every step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `limit` is working time, `ends_by` the event that ends it, `failures` what can go wrong in it.

    `command` is the way on that the queue offers. A step that `lasts` (it posts a paper) is not done again when work
    begins again at an earlier one.
    """

    name: str
    department: str
    limit: dt.timedelta
    ends_by: str
    command: str
    failures: tuple[str, ...] = ()
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow: opened by an event, walked along its steps, ended by its last step or by an event in `ends`.

    Of several flows about one table the opening event chooses: that whose `when` (an attribute of the event and its
    value) holds. A case keeps its flow, whatever is chosen for later ones.

    `subject` is the table the case is about, `page` the screen that shows it, `key` the attribute of every event that
    holds its id, `title` the attributes of the opening event that name it. Events that carry the attribute `promise`
    say the day that is promised from now on, `moved_by` says nothing else. No clock runs from `held_by` to
    `resumed_by`. `outcome` says how the case ended when all steps are done, or when `closed_by` says that all is;
    `ends` says it for the events that end it early. `returns` names events after which work begins again at a step.
    """

    name: str
    subject: str
    page: str
    key: str
    opens_by: str
    title: tuple[str, ...]
    promise: str
    steps: tuple[Step, ...]
    outcome: str
    ends: Mapping[str, str]
    moved_by: str
    held_by: str
    resumed_by: str
    closed_by: str
    returns: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, str] = ("", "")

    def events(self) -> tuple[str, ...]:
        """Every event the flow listens to, each once."""
        rest = (self.moved_by, self.held_by, self.resumed_by, self.closed_by)
        return tuple(dict.fromkeys((self.opens_by, *(s.ends_by for s in self.steps), *self.ends, *self.returns, *rest)))

    def position(self, name: str) -> int:
        """The place of a step, from 1 on."""
        return next(i for i, s in enumerate(self.steps, 1) if s.name == name)

    def step(self, name: str) -> Step:
        """The step of that name."""
        return self.steps[self.position(name) - 1]

    def ended_by(self, event: str) -> Step | None:
        """The step that an event ends."""
        return next((s for s in self.steps if s.ends_by == event), None)

    def limit_after(self, name: str, done: Collection[str]) -> dt.timedelta:
        """The limits of the steps behind that one, together, without those that are done already."""
        later = self.steps[self.position(name) :]
        return sum((s.limit for s in later if s.name not in done), dt.timedelta(0))

    def lasting(self) -> frozenset[str]:
        """The steps that are done once, however often work begins again."""
        return frozenset(s.name for s in self.steps if s.lasts)

    def comes_back_to(self, name: str) -> bool:
        """Whether a case may be at that step again although a later one is done for good."""
        again = min((self.position(step) for step in self.returns.values()), default=0)
        return 0 < again <= self.position(name) < max((self.position(n) for n in self.lasting()), default=0)

    def next_after(self, done: Collection[str]) -> Step | None:
        """The first step that is not done; None when there is none left."""
        return next((s for s in self.steps if s.name not in done), None)


HOUR = dt.timedelta(hours=1)

ORDER = Flow(
    name="order",
    subject="sales_order",
    page="sales.order_page",
    key="order_id",
    opens_by="sales.OrderQuoted",
    title=("number", "customer_name"),
    promise="promised_on",
    steps=(
        Step(
            "check", "sales", 8 * HOUR, "sales.OrderConfirmed", "sales.confirm_order", ("sales.confirm_order.no_stock",)
        ),
        Step(
            "invoice",
            "finance",
            4 * HOUR,
            "sales.OrderInvoiced",
            "sales.invoice_order",
            ("sales.invoice_order.not_reserved", "sales.amend_order.no_stock", "inventory.reservation_broken"),
        ),
        Step(
            "pick",
            "picking",
            4 * HOUR,
            "delivery.OrderPicked",
            "delivery.pick_order",
            ("delivery.pick_order.not_reserved", "delivery.goods_missing", "inventory.reservation_broken"),
        ),
        Step("pack", "shipping", 4 * HOUR, "delivery.OrderPacked", "delivery.pack_order"),
        Step(
            "ship",
            "shipping",
            4 * HOUR,
            "delivery.OrderShipped",
            "delivery.ship_order",
            ("delivery.ship_order.not_reserved",),
        ),
        Step(
            "deliver",
            "delivery",
            16 * HOUR,
            "delivery.OrderDelivered",
            "delivery.deliver_order",
            ("delivery.attempt_failed", "delivery.came_back"),
        ),
    ),
    outcome="delivered",
    ends={"sales.OrderCancelled": "cancelled", "sales.QuotationDeclined": "declined"},
    moved_by="sales.OrderAmended",
    held_by="sales.OrderHeld",
    resumed_by="sales.OrderResumed",
    closed_by="sales.OrderClosed",
    returns={"delivery.ShipmentReturned": "pick"},
    when=("invoice_policy", "confirmed"),
)
_CHECK, _INVOICE, _PICK, _PACK, _SHIP, _DELIVER = ORDER.steps
ORDER_BILLED_SHIPPED = replace(
    ORDER,
    name="order_shipped",
    steps=(
        _CHECK,
        replace(_PICK, failures=(*_PICK.failures, "sales.amend_order.no_stock")),
        _PACK,
        _SHIP,
        replace(_INVOICE, failures=(), lasts=True),
        _DELIVER,
    ),
    when=("invoice_policy", "shipped"),
)
"""The same way of an order whose company bills what has left: the invoice comes after the shipping."""

FLOWS: tuple[Flow, ...] = (ORDER, ORDER_BILLED_SHIPPED)

HANDOFF = "handoff"
HANDOFF_STEPS: Mapping[str, tuple[int, str]] = {
    "answer": (1, "process.accept_handoff"),
    "mend": (2, "process.resend_handoff"),
    "fulfil": (3, "process.end_handoff"),
}
"""The steps of a hand-off's case, with their place and the way on: who receives it answers and fulfils it, who sent it
mends what was refused. It goes back and forth, so its commands walk it and no event does."""
