"""The orders of the sample company: where each of them ends, and how it gets there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.people import PASSWORD
from retaguarda.app.sample.signatures import signature_of
from retaguarda.kernel.errors import Shortfall

CHANNELS = ("counter", "phone", "whatsapp", "email", "site")
TERMS = ("", "", "30", "30/60", "30/60/90", "3x")
NOTES = ("Entregar pela manhã.", "Deixar na portaria.", "Ligar antes de entregar.", "", "", "")
INTERNAL = ("Pediu desconto, já demos o máximo.", "Confere a fatura anterior.", "", "", "", "", "")
HOLDS = ("Cliente pediu para esperar a obra.", "Endereço de entrega por confirmar.")
CANCELS = ("Cliente desistiu.", "Comprou em duplicidade.", "Obra adiada.")
APPROVED = {"approved_by": "carla", "approval_password": PASSWORD, "approval_reason": "Cliente antigo, paga em dia."}
GOODS_ALONE = ("start", "fail", "return")
"""Orders of goods alone, no services: their story is about boxes."""
WALK = ("confirm", "invoice", "pick", "pack", "ship", "deliver")


@dataclass(frozen=True, slots=True)
class Plan:
    """`count` orders that end alike: `ends` names the last step (or hold, cancel, decline, short, quotation).

    They begin on working days from `first` to `last` before today; `steps` are the days after that of each step of
    the walk, `promised` the day of the promise counted the same way; `promised_today` promises for today instead.
    """

    ends: str
    count: int
    first: int
    last: int
    steps: Sequence[int] = ()
    promised: int = 2
    promised_today: bool = False


PLANS: tuple[Plan, ...] = (
    Plan("deliver", 20, -30, -4, (0, 0, 1, 1, 1, 2), promised=2),
    Plan("deliver", 4, -22, -6, (0, 1, 2, 3, 3, 4), promised=3),
    Plan("deliver", 3, -3, -2, (0, 0, 1, 1, 1, 2), promised=3),
    Plan("ship", 3, -2, -2, (0, 1, 1, 1, 2), promised_today=True),
    Plan("ship", 2, -4, -3, (0, 1, 1, 1, 2), promised=2),
    Plan("fail", 2, -3, -3, (0, 1, 1, 1, 2), promised=2),
    Plan("return", 1, -6, -6, (0, 1, 1, 1, 2), promised=3),
    Plan("pack", 3, -2, -1, (0, 0, 1, 1), promised_today=True),
    Plan("pick", 2, -2, -1, (0, 0, 1), promised_today=True),
    Plan("start", 2, -1, -1, (0, 0), promised_today=True),
    Plan("invoice", 4, -2, -1, (0, 1), promised=3),
    Plan("confirm", 3, -1, -1, (0,), promised=2),
    Plan("confirm", 2, 0, 0, (0,), promised=1),
    Plan("quotation", 5, -3, 0, promised=5),
    Plan("decline", 2, -12, -6),
    Plan("hold", 2, -5, -2, (0,), promised=4),
    Plan("cancel", 3, -15, -3, (0,), promised=3),
)


@dataclass(slots=True)
class Story:
    """One order on its way; `order_id` is known once it was entered."""

    customer: str
    channel: str
    lines: Sequence[Mapping[str, Any]]
    order: Mapping[str, Any]
    order_id: str = ""
    receiver: str = ""
    packed: bool = False


class Orders:
    """Puts every planned order into the agenda. `customers` maps keys to names, `products` lists what may be sold."""

    def __init__(
        self,
        crew: Crew,
        agenda: Agenda,
        chance: Chance,
        customers: Mapping[str, str],
        products: Sequence[str],
        carriers: Sequence[str],
    ) -> None:
        self.crew = crew
        self.agenda = agenda
        self.chance = chance
        self.customers = customers
        self.products = products
        self.carriers = carriers

    def plan(self) -> None:
        """Everything of PLANS."""
        for plan in PLANS:
            for n in range(plan.count):
                spread = plan.last - plan.first
                begin = plan.first + (spread * n // max(1, plan.count - 1))
                self._plan_one(plan, begin, n)

    def _plan_one(self, plan: Plan, begin: int, n: int) -> None:
        minutes = self.chance.between(20, 400)
        promised = self.agenda.today if plan.promised_today else self.agenda.day(begin + plan.promised)
        # Goods alone where a picker walks: services lie on no shelf.
        walked = (
            [self._line(product) for product in self.products[: 4 * n + 4][-4:]] if plan.ends in GOODS_ALONE else ()
        )
        story = self.story({"promised_on": promised.isoformat()}, walked)
        self.agenda.at(begin, minutes, partial(self.enter, story))
        last = begin
        for step, days in zip(WALK, plan.steps, strict=False):
            # Several steps of one day follow each other by half an hour at least.
            minutes = minutes + self.chance.between(30, 60) if begin + days == last else self.chance.between(30, 240)
            last = begin + days
            self.agenda.at(last, minutes, partial(getattr(self, step), story))
        after = {"start": self.start, "fail": self.fail, "return": self.give_back}.get(plan.ends)
        if after is not None:
            self.agenda.at(last, minutes + 40, partial(after, story))
        if plan.ends in ("hold", "cancel", "decline"):
            reasons = HOLDS if plan.ends == "hold" else CANCELS
            act = partial(getattr(self, plan.ends), story, reasons[n % len(reasons)])
            self.agenda.at(min(0, begin + 1), minutes + 60, act)

    def story(self, order: Mapping[str, Any], lines: Sequence[Mapping[str, Any]] = ()) -> Story:
        """An order to be told, with a customer and, unless given, lines by chance."""
        customer = self.chance.one_of(list(self.customers))
        chosen = self.chance.some_of(self.products, self.chance.between(1, 6))
        return Story(
            customer=customer,
            channel=self.chance.one_of(CHANNELS),
            lines=lines or [self._line(product) for product in chosen],
            order={
                "payment_terms": self.chance.one_of(TERMS),
                "customer_note": self.chance.one_of(NOTES),
                "internal_note": self.chance.one_of(INTERNAL),
                **order,
            },
            receiver=self.customers[customer],
        )

    def _line(self, product: str) -> dict[str, Any]:
        discount = "0.03" if self.chance.below(6) == 0 else "0"
        return {"product_id": product, "quantity": str(self.chance.between(1, 5)), "discount_rate": discount}

    # -- the steps, each in the name of who does it

    def enter(self, story: Story) -> None:
        """A contact that becomes an order."""
        contact = self.crew.do(
            "bruno", "sales.log_contact", channel=story.channel, customer_id=story.customer, note="Pedido de preço."
        )
        made = self.crew.do("bruno", "sales.create_order", contact_id=contact["id"], lines=story.lines, **story.order)
        story.order_id = made["id"]

    def confirm(self, story: Story) -> None:
        """The customer agrees; over the credit limit the head of sales comes to the counter and lets it pass."""
        try:
            self.crew.do("bruno", "sales.confirm_order", order_id=story.order_id)
        except Shortfall as short:
            if short.code != "sales.confirm_order.credit":
                raise
            self.crew.do("bruno", "sales.confirm_order", order_id=story.order_id, **APPROVED)

    def confirm_short(self, story: Story) -> None:
        """The customer agrees, and stock lacks: the refusal leaves its failure."""
        try:
            self.crew.do("bruno", "sales.confirm_order", order_id=story.order_id, **APPROVED)
        except Shortfall:
            return
        raise AssertionError("the sample's short order found stock")

    def invoice(self, story: Story) -> None:
        """Finance bills it."""
        self.crew.do("fabio", "sales.invoice_order", order_id=story.order_id)

    def pick(self, story: Story) -> None:
        """The goods come off their places."""
        story.packed = self.crew.do("gabi", "delivery.pick_order", order_id=story.order_id)["packed"]

    def start(self, story: Story) -> None:
        """A picker is on the way: the first stop is done, of the second some."""
        key = self.crew.do("gabi", "delivery.start_picking", order_id=story.order_id)["id"]
        office = self.crew.office
        for part in (1, 2):
            stops = office.show("delivery.pick_stops", {"pick_list_id": key}).rows
            stop = next(row for row in stops if row.left > 0)
            if not stop.place_known:
                self.crew.do("gabi", "delivery.scan_pick", pick_list_id=key, code=stop.location_code)
            quantity = stop.left if part == 1 else min(stop.left, 1)
            self.crew.do("gabi", "delivery.scan_pick", pick_list_id=key, code=stop.code, quantity=str(quantity))

    def pack(self, story: Story) -> None:
        """What was picked is packed by another person and weighed; services lie in no box."""
        if story.packed:
            return
        weight = f"{self.chance.between(4, 180) / 10}"
        box = {"length_cm": 40, "width_cm": 30, "height_cm": 10 * self.chance.between(1, 4)}
        self.crew.do("heitor", "delivery.pack_order", order_id=story.order_id, weight_kg=weight, **box)

    def ship(self, story: Story) -> None:
        """The goods leave, by a carrier or our own van."""
        carrier = self.chance.one_of((None, *self.carriers))
        self.crew.do("heitor", "delivery.ship_order", order_id=story.order_id, carrier_id=carrier)

    def deliver(self, story: Story) -> None:
        """The customer has the goods."""
        self.crew.do(
            "igor", "delivery.deliver_order", order_id=story.order_id, receiver_name=story.receiver[:80],
            signature=signature_of(story.receiver),
        )  # fmt: skip

    def fail(self, story: Story) -> None:
        """Nobody was there; it is tried again."""
        self.crew.do(
            "igor", "delivery.fail_delivery", order_id=story.order_id, reason="absent",
            note="Portão fechado, sem campainha.", next_on=self.agenda.day(1).isoformat(),
        )  # fmt: skip

    def give_back(self, story: Story) -> None:
        """The customer did not want it any more; it is looked at before it is sold again."""
        self.crew.do("igor", "delivery.fail_delivery", order_id=story.order_id, reason="refused")
        self.crew.do(
            "heitor", "delivery.return_shipment", order_id=story.order_id, condition="held",
            reason="Recusado pelo cliente: caixa amassada.",
        )  # fmt: skip

    def hold(self, story: Story, reason: str) -> None:
        """Nobody works on it for now."""
        self.crew.do("bruno", "sales.hold_order", order_id=story.order_id, reason=reason)

    def cancel(self, story: Story, reason: str) -> None:
        """It is not going to happen."""
        self.crew.do("bruno", "sales.cancel_order", order_id=story.order_id, reason=reason)

    def decline(self, story: Story, reason: str) -> None:
        """The customer does not want the quotation."""
        self.crew.do("bruno", "sales.decline_quotation", order_id=story.order_id, reason=reason)
