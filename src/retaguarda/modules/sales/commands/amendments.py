"""Changing a confirmed order: lines, quantities, the promised day; a later day needs the customer's consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.errors import Fault, Invalid, Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Choice, Day, Flag, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.approving import Approvable, Approving
from retaguarda.modules.sales.commands.credit import demand_credit
from retaguarda.modules.sales.commands.drafting import OrderLine, granted_by, price_lines, total_of
from retaguarda.modules.sales.commands.writing import (
    NO_STOCK,
    Line,
    LinePlan,
    plan_lines,
    reserve,
    revised,
    short_params,
    stepped,
)
from retaguarda.modules.sales.events import OrderAmended
from retaguarda.modules.sales.model import Promise, PromiseConsent, SalesOrder

AMEND_CREDIT = "sales.amend_order.credit"
AMEND_SHORT = "sales.amend_order.no_stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOrder(Approvable):
    """Changes a confirmed order that was not billed yet: its lines, its quantities, its promised day.

    Without lines they stay as they are. An earlier day needs nothing; a later one needs who agreed to it and how.
    `arriving` takes what lacks from what comes by the promised day and is promised to nobody.
    """

    order_id: Annotated[str, Ref("sales_order")]
    lines: tuple[OrderLine, ...] = ()
    promised_on: Annotated[dt.date, Day()] | None = None
    arriving: Annotated[bool, Flag()] = False
    consent_by: Annotated[str, Text(120)] = ""
    consent_channel: Annotated[str, Choice(rules.CHANNELS, "sales.channel")] | None = None
    consent_note: Annotated[str, Text(2000, lines=True)] = ""
    version: Annotated[int, Version()] | None = None


def amend_order(unit: Unit, command: AmendOrder) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "amend", "sales.amend_order.not_in_state")
    promised_on = command.promised_on or row.promised_on
    _check_day(unit, command, row, promised_on)
    stored = api.order_lines(unit, row.id)
    approving = Approving(unit, command, row.branch_id)
    plan, total = LinePlan(stored, (), (), ()), row.total_amount
    if command.lines:
        priced, faults = price_lines(unit, approving, command.lines, row.warehouse_id, granted_by(stored))
        if faults:
            raise Invalid(*faults)
        total = total_of(priced)
        if total > row.total_amount:
            _demand_credit(unit, approving, row, total)
        plan = plan_lines(unit, row.id, stored, command.lines, priced)
        if _kept(plan.standing) != _kept(stored):
            inventory.release(unit, (api.DOCUMENT, row.id))
            _reserve(unit, row, plan.standing, promised_on, arriving=command.arriving)
    consent_id = _consent(unit, command, row, promised_on)
    _promise_again(unit, {**api.promised_by(row), "promised_on": promised_on}, stored, plan.standing, consent_id)
    plan.write(unit)
    approving.write(unit, row.id, plan.line_ids)
    unit.revise(SalesOrder, row, state=state, promised_on=promised_on, total_amount=total)
    if row.fails:
        close_failures(unit, row.id, AMEND_SHORT, AMEND_CREDIT)
    unit.emit(OrderAmended(row.id, total, promised_on))
    return revised(row)


def _kept(lines: Sequence[Any]) -> dict[str, Decimal]:
    """What the stock has to keep for each line; while it is the same, what is reserved stays untouched."""
    return {line.id: line.quantity for line in lines if line.kind == rules.STOCK}


def _check_day(unit: Unit, command: AmendOrder, row: Any, promised_on: dt.date) -> None:
    if promised_on != row.promised_on and promised_on < unit.today:
        raise Invalid(Fault("promised_on", "sales.day_passed", {"day": promised_on, "today": unit.today}))
    if promised_on > row.promised_on and not (command.consent_by and command.consent_channel):
        raise Refusal(
            "sales.amend_order.needs_consent",
            field="consent_by",
            number=row.number,
            promised_on=row.promised_on,
            asked=promised_on,
        )


def _demand_credit(unit: Unit, approving: Approving, row: Any, total: Decimal) -> None:
    customer = party.may_buy(unit, row.customer_id, "customer_id")
    subject = (api.DOCUMENT, row.id)
    demand_credit(
        unit, approving, customer, total, code=AMEND_CREDIT, order_id=row.id, subject=subject, number=row.number
    )


def _reserve(unit: Unit, row: Any, lines: Sequence[Line], promised_on: dt.date, *, arriving: bool) -> None:
    short = reserve(unit, row.id, lines, promised_on, arriving=arriving)
    if short:
        raise Shortfall(
            AMEND_SHORT,
            subject=(api.DOCUMENT, row.id),
            cause_key=NO_STOCK,
            number=row.number,
            **short_params(unit, short, lines),
        )


def _consent(unit: Unit, command: AmendOrder, row: Any, promised_on: dt.date) -> str | None:
    if promised_on <= row.promised_on:
        return None
    consent = {
        "order_id": row.id,
        "promised_on": promised_on,
        "given_by": command.consent_by,
        "channel": command.consent_channel,
        "shown": f"{row.promised_on.isoformat()} > {promised_on.isoformat()}",
        "note": command.consent_note,
        "person_id": unit.actor.person_id,
    }
    return unit.append(PromiseConsent, [consent])[0]


def _promise_again(
    unit: Unit, order: Mapping[str, Any], stored: Sequence[Any], standing: Sequence[Any], consent_id: str | None
) -> None:
    """One more promise for every line whose quantity, price or day changed, none left for one that was taken out."""
    last = {row.line_id: row for row in unit.all(api.PROMISES, order_id=order["id"])}
    rows = []
    for line in standing:
        old = last.get(line.id)
        same = old is not None and (old.quantity, old.net_amount, old.promised_on) == (
            line.quantity,
            line.net_amount,
            order["promised_on"],
        )
        if not same:
            turn = 1 if old is None else old.turn + 1
            rows.append(api.promise_row(unit, order, line, turn=turn, consent_id=consent_id))
    stands = {line.id for line in standing}
    for line in stored:
        old = last.get(line.id)
        if line.id not in stands and old is not None:
            nothing = api.promise_row(unit, {**order, "promised_on": old.promised_on}, line, turn=old.turn + 1)
            rows.append({**nothing, "quantity": old.quantity * 0, "net_amount": old.net_amount * 0})
    unit.append(Promise, rows)
