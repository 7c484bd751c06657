"""Order history comes in: one command for each past order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.case import CLOSED, DONE, CaseHead, CaseStep
from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Day, Instant, Money, Price, Quantity, Rate, Ref, Text, Whole
from retaguarda.kernel.model import table_of
from retaguarda.kernel.money import line_amount
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.imports import api as imports
from retaguarda.modules.process import rules
from retaguarda.modules.process.flows import FLOWS, ORDER, Flow
from retaguarda.modules.process.model import PastCase, PastItem, PastPayment, PastReview, PastTime

BY_NAME: Mapping[str, Flow] = {flow.name: flow for flow in FLOWS}
_CASE, _ROW = table_of(PastCase), imports.import_row.c
BROUGHT_BY = Statement(
    select(_CASE.c.id, _CASE.c.version)
    .join(imports.import_row, _ROW.id == _CASE.c.command_id)
    .where(_ROW.batch_id == bindparam("batch_id", type_=_ROW.batch_id.type), _CASE.c.archived.is_(False))
)
ONE, CENT = Decimal(1), Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine(Part):
    """What was ordered, by the keys of its source."""

    product_key: Annotated[str, Text(80)]
    description: Annotated[str, Text(160)] = ""
    seller_key: Annotated[str, Text(80)] = ""
    quantity: Annotated[Decimal, Quantity()] = ONE
    price: Annotated[Decimal, Price()]
    discount_rate: Annotated[Decimal, Rate()] = Decimal(0)
    freight_amount: Annotated[Decimal, Money(least=Decimal(0))] = Decimal(0)
    ship_by: Annotated[dt.datetime, Instant()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPaid(Part):
    """How a part of it was paid."""

    method: Annotated[str, Text(20)]
    instalments: Annotated[int, Whole(most=999)] = 1
    amount: Annotated[Decimal, Money()]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOpinion(Part):
    """What the customer said of it: a score from 1 to 5."""

    outside_key: Annotated[str, Text(80)] = ""
    score: Annotated[int, Whole(least=1, most=5)]
    title: Annotated[str, Text(120)] = ""
    message: Annotated[str, Text(2000, lines=True)] = ""
    asked_at: Annotated[dt.datetime, Instant()] | None = None
    answered_at: Annotated[dt.datetime, Instant()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep(Part):
    """A step of the flow that was done, and when."""

    step: Annotated[str, Text(40)]
    at: Annotated[dt.datetime, Instant()]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPastCase(Command):
    """Records an order of before the program: what it was, how it was paid and judged, and when each step was done.

    It counts in times, paths and opinions. Stock, books, numbers and messages know nothing of it. What is strange about
    it is taken as it is and said: a step that was done before the one it follows is "fora do roteiro". Freight is said
    of each line, of the whole order, or of both. Payments that are not said are unknown; an empty list says that
    nothing was paid. Without an outcome it was delivered on the day that is said; one without either is no past order.
    """

    outside_key: Annotated[str, Text(80)]
    ordered_at: Annotated[dt.datetime, Instant()]
    source: Annotated[str, Text(40)] = ""
    outcome: Annotated[str, Choice(rules.PAST_OUTCOMES, "process.past_outcome")] | None = None
    flow: Annotated[str, Choice(tuple(BY_NAME), "process.flow")] = ORDER.name
    branch_id: Annotated[str, Ref("branch")] | None = None
    channel: Annotated[str, Text(20)] = ""
    customer_key: Annotated[str, Text(80)] = ""
    customer_name: Annotated[str, Text(120)] = ""
    city: Annotated[str, Text(80)] = ""
    region: Annotated[str, Text(40)] = ""
    said_state: Annotated[str, Text(40)] = ""
    promised_on: Annotated[dt.date, Day()] | None = None
    freight_amount: Annotated[Decimal, Money(least=Decimal(0))] = Decimal(0)
    steps: tuple[PastStep, ...] = ()
    items: tuple[PastLine, ...] = ()
    payments: tuple[PastPaid, ...] | None = None
    reviews: tuple[PastOpinion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A recorded step with what it follows: `seconds` on the wall clock from there, `early` when it was before that."""

    name: str
    at: dt.datetime
    since: str
    since_at: dt.datetime
    seconds: int

    @property
    def early(self) -> bool:
        return self.seconds < 0


def record_past_case(unit: Unit, command: RecordPastCase) -> Mapping[str, Any]:
    flow = BY_NAME[command.flow]
    branch_id = company.branch_of(unit, command.branch_id)
    zone = company.calendar_of(unit, branch_id).zone
    _demand_order(unit, command, flow)
    command = replace(command, outcome=command.outcome or rules.DELIVERED)
    marks = _marks(command, flow, zone)
    key = _write_case(unit, command, branch_id, marks, zone)
    _write_parts(unit, command, key)
    unit.append(
        PastTime,
        [
            {"past_case_id": key, "flow": flow.name, "since": m.since, "step": m.name, "seconds": m.seconds}
            for m in marks
        ],
    )
    _write_steps(unit, command, key, branch_id, marks)
    _say_what_is_strange(unit, command, marks, zone)
    return {"id": key, "version": 1}


def _demand_order(unit: Unit, command: RecordPastCase, flow: Flow) -> None:
    """Refuses steps that the flow has not, that come twice, and what has not happened yet."""
    names, faults = [step.name for step in flow.steps], []
    for n, said in enumerate(command.steps, 1):
        if said.step not in names:
            known = ", ".join(names)
            faults.append(Fault(f"steps.{n}.step", "process.record_past_case.unknown_step", {"known": known}))
        elif said.step in [earlier.step for earlier in command.steps[: n - 1]]:
            faults.append(Fault(f"steps.{n}.step", "process.record_past_case.step_twice", {"step": said.step}))
        if said.at > unit.now:
            faults.append(Fault(f"steps.{n}.at", "process.record_past_case.not_past"))
    if command.ordered_at > unit.now:
        faults.append(Fault("ordered_at", "process.record_past_case.not_past"))
    if command.outcome is None and all(said.step != "deliver" for said in command.steps):
        faults.append(Fault("outcome", "process.record_past_case.still_open"))
    if faults:
        raise Invalid(*faults)


def _marks(command: RecordPastCase, flow: Flow, zone: dt.tzinfo) -> list[_Mark]:
    marks: list[_Mark] = []
    since, since_at = "", command.ordered_at
    for said in sorted(command.steps, key=lambda s: flow.position(s.step)):
        wall = said.at.astimezone(zone).replace(tzinfo=None) - since_at.astimezone(zone).replace(tzinfo=None)
        marks.append(_Mark(said.step, said.at, since, since_at, int(wall.total_seconds())))
        since, since_at = said.step, said.at
    return marks


def _write_case(unit: Unit, command: RecordPastCase, branch_id: str, marks: list[_Mark], zone: dt.tzinfo) -> str:
    delivered_at = next((mark.at for mark in marks if mark.name == "deliver"), None)
    return unit.add(
        PastCase,
        source=command.source,
        outside_key=command.outside_key,
        branch_id=branch_id,
        channel=command.channel,
        customer_key=command.customer_key,
        customer_name=command.customer_name,
        city=command.city,
        region=command.region,
        outcome=command.outcome,
        said_state=command.said_state,
        ordered_at=command.ordered_at,
        promised_on=command.promised_on,
        delivered_on=delivered_at and delivered_at.astimezone(zone).date(),
        items_amount=_items_of(command),
        freight_amount=_freight_of(command),
        paid_amount=_paid_of(command),
        folded=fold(f"{command.outside_key} {command.customer_name} {command.customer_key} {command.city}")[:400],
    )


def _write_parts(unit: Unit, command: RecordPastCase, key: str) -> None:
    unit.append(
        PastItem,
        [
            {
                "past_case_id": key,
                "position": n,
                "product_key": item.product_key,
                "description": item.description,
                "seller_key": item.seller_key,
                "quantity": item.quantity,
                "price": item.price,
                "discount_rate": item.discount_rate,
                "freight_amount": item.freight_amount,
                "ship_by": item.ship_by,
            }
            for n, item in enumerate(command.items, 1)
        ],
    )
    unit.append(
        PastPayment,
        [
            {"past_case_id": key, "position": n, "method": p.method, "instalments": p.instalments, "amount": p.amount}
            for n, p in enumerate(command.payments or (), 1)
        ],
    )
    unit.append(
        PastReview,
        [
            {
                "past_case_id": key,
                "outside_key": review.outside_key,
                "score": review.score,
                "title": review.title,
                "message": review.message,
                "asked_at": review.asked_at,
                "answered_at": review.answered_at,
            }
            for review in command.reviews
        ],
    )


def _write_steps(unit: Unit, command: RecordPastCase, key: str, branch_id: str, marks: list[_Mark]) -> None:
    """The case, closed, and its steps as they were recorded: one that came early waited for nothing."""
    flow = BY_NAME[command.flow]
    case_id = unit.add(
        CaseHead,
        flow=flow.name,
        subject_table=rules.PAST_CASE,
        subject_id=key,
        title=" · ".join(word for word in (command.source, command.outside_key) if word),
        branch_id=branch_id,
        state=CLOSED,
        outcome=command.outcome,
        opened_at=command.ordered_at,
        closed_at=max((command.ordered_at, *(mark.at for mark in marks))),
        off_script=any(mark.early for mark in marks),
    )
    unit.add_all(
        CaseStep,
        [
            {
                "case_id": case_id,
                "name": mark.name,
                "position": flow.position(mark.name),
                "department": flow.step(mark.name).department,
                "state": DONE,
                "opened_at": min(mark.at, mark.since_at),
                "closed_at": mark.at,
                "promised_on": command.promised_on,
            }
            for mark in marks
        ],
    )


def _say_what_is_strange(unit: Unit, command: RecordPastCase, marks: list[_Mark], zone: dt.tzinfo) -> None:
    for mark in marks:
        if mark.early:
            wall = f"{mark.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
            unit.warn("process.past.step_early", field=f"steps.{mark.name}", value=wall, since=mark.since)
    if command.outcome == rules.DELIVERED and all(mark.name != "deliver" for mark in marks):
        unit.warn("process.past.delivered_undated", field="steps.deliver", value="")
    if not command.items:
        unit.warn("process.past.no_items", field="items", value="")
        return
    owed = _items_of(command) + _freight_of(command)
    paid = _paid_of(command)
    if command.payments is not None and abs(paid - owed) > CENT:
        unit.warn("process.past.paid_differs", field="payments", value=format(paid, "f"), owed=format(owed, "f"))


def put_away(unit: Unit, batch_id: str) -> None:
    """The past cases that an import had brought count no more."""
    rows = unit.all(BROUGHT_BY, batch_id=batch_id)
    unit.revise_all(PastCase, [(row, {"archived": True}) for row in rows])


def _items_of(command: RecordPastCase) -> Decimal:
    """What the lines come to, each after its discount."""
    return sum((line_amount(item.quantity, item.price, item.discount_rate) for item in command.items), Decimal(0))


def _freight_of(command: RecordPastCase) -> Decimal:
    return command.freight_amount + sum((item.freight_amount for item in command.items), Decimal(0))


def _paid_of(command: RecordPastCase) -> Decimal:
    return sum((payment.amount for payment in command.payments or ()), Decimal(0))
