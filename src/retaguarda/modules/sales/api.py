"""The public door of sales: the order with its case in one load, its lines, closing it, judging its promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from retaguarda.kernel.case import case_columns, remember_case, with_case
from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.failure import fails
from retaguarda.kernel.model import table_of
from retaguarda.kernel.money import line_parts
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.events import OrderClosed, OrderShortened
from retaguarda.modules.sales.model import (
    Approval,
    CommissionEntry,
    CommissionRule,
    ContactLog,
    CounterCustomer,
    CounterSale,
    Promise,
    PromiseConsent,
    PromiseResult,
    SalesOrder,
    SalesOrderLine,
    SalesReturn,
    SalesReturnLine,
)

approval = table_of(Approval)
commission_entry = table_of(CommissionEntry)
commission_rule = table_of(CommissionRule)
contact_log = table_of(ContactLog)
counter_customer = table_of(CounterCustomer)
counter_sale = table_of(CounterSale)
sales_return = table_of(SalesReturn)
sales_return_line = table_of(SalesReturnLine)
sales_order = table_of(SalesOrder)
sales_order_line = table_of(SalesOrderLine)
promise = table_of(Promise)
promise_consent = table_of(PromiseConsent)
promise_result = table_of(PromiseResult)

DOCUMENT, RETURN = "sales_order", "sales_return"
CHANNELS = rules.CHANNELS
QUOTATION, CONFIRMED = rules.QUOTATION, rules.CONFIRMED
PAID = tuple(f"{way}_amount" for way in rules.WAYS)
PAID_CASH, PAID_CREDIT = f"{rules.CASH}_amount", f"{rules.ON_CREDIT}_amount"
"""The fields of a sale at the counter that say how it is paid."""
APPROVAL = ("approved_by", "approval_password", "approval_reason")
"""The fields by which somebody with more rights lets a command pass: said once, they hold for that one only."""
BILLED_CONFIRMED, BILLED_SHIPPED = rules.BILLED_CONFIRMED, rules.BILLED_SHIPPED

_ORDER_ID = bindparam("order_id", type_=sales_order.c.id.type)
ORDER_LOAD = (
    select(
        *sales_order.c,
        party.party.c.name.label("customer_name"),
        fails(sales_order.c.id).label("fails"),
        *case_columns(),
    )
    .select_from(
        with_case(sales_order.join(party.party, party.party.c.id == sales_order.c.customer_id), sales_order.c.id)
    )
    .where(sales_order.c.id == _ORDER_ID)
)
"""What `load_order` reads; a higher module may join what it needs of the order in the same statement."""
ORDER = Statement(ORDER_LOAD)
LINES = Statement(
    select(sales_order_line)
    .where(sales_order_line.c.order_id == _ORDER_ID, sales_order_line.c.active)
    .order_by(sales_order_line.c.position, sales_order_line.c.id)
)

_later = promise.alias("later")
last_turn = (
    select(func.max(_later.c.turn)).where(_later.c.line_id == promise.c.line_id).correlate(promise).scalar_subquery()
)
"""The turn that counts of a promise's line: join `promise` on `promise.c.turn == last_turn`."""
PROMISES = Statement(select(promise).where(promise.c.order_id == _ORDER_ID, promise.c.turn == last_turn))


def load_order(unit: Unit, order_id: str, field: str = "order_id", load: Statement = ORDER) -> Any:
    """The order's row with `customer_name`, whether something open `fails`, its case and open step (`case_…`,
    `step_…`), in one statement.

    `Missing` for an unknown order and for one of a branch that is not the actor's.
    """
    row = unit.one(load, order_id=order_id)
    actor = unit.actor
    if row is None or not (actor.all_branches or row.branch_id in actor.branch_ids):
        raise Missing(DOCUMENT, order_id, field=field)
    remember_case(unit, order_id, row)
    return row


def order_lines(reads: Reads, order_id: str) -> list[Any]:
    """The active lines of an order, in order."""
    return reads.all(LINES, order_id=order_id)


def step_to(row: Any, verb: str, refusal: str) -> str:
    """The state `verb` leads an order to; refuses with `refusal` when it has no place now."""
    billed = row.invoiced_at is not None
    state = rules.next_state(row.state, verb, billed)
    if state is None:
        stands = "invoiced" if billed and rules.next_state(row.state, verb) is not None else row.state
        raise Refusal(refusal, number=row.number, state=f"sales.order.state.{stands}")
    return state


def unbilled() -> ColumnElement[bool]:
    """Whether an order is agreed and has no invoice yet."""
    order = sales_order.c
    return and_(or_(order.state == rules.CONFIRMED, order.state == rules.HELD), order.invoiced_at.is_(None))


def ordered_by(party_id: ColumnElement[str], but: ColumnElement[str] | None = None) -> ColumnElement[Decimal]:
    """What a party, and who was merged into it, has ordered and was not invoiced, as a column of a select that has
    `party_id`; the order `but` is left out."""
    order = sales_order.c
    ordered = select(func.coalesce(func.sum(order.total_amount), Decimal("0.00"))).where(
        order.customer_id.in_(party.one_with(party_id)), unbilled()
    )
    found: ColumnElement[Decimal] = (ordered if but is None else ordered.where(order.id != but)).scalar_subquery()
    return found


def close_order(unit: Unit, row: Any) -> None:
    """Everything was handed over: the order (as `load_order` gave it) ends; refuses one that is not confirmed."""
    state = step_to(row, "close", "sales.close_order.not_in_state")
    unit.revise(SalesOrder, row, state=state, ended_at=unit.now)
    unit.emit(OrderClosed(row.id))


def keep_promises(unit: Unit, order_id: str, on: dt.date, lines: Sequence[Any]) -> bool:
    """Records for every promise of the order that its lines (those that stand) were handed over on that day; gives
    whether all were kept: in time, and as much as was promised."""
    handed = {line.id: line.quantity for line in lines}
    rows = [
        {
            "order_id": order_id,
            "promise_id": row.id,
            "line_id": row.line_id,
            "delivered_on": on,
            "kept": on <= row.promised_on and handed.get(row.line_id, 0) >= row.quantity,
        }
        for row in unit.all(PROMISES, order_id=order_id)
        if row.quantity > 0
    ]
    unit.append(PromiseResult, rows)
    return all(row["kept"] for row in rows)


def promise_row(
    unit: Unit, order: Mapping[str, Any], line: Any, *, turn: int = 1, consent_id: str | None = None
) -> dict[str, Any]:
    """A promise for a line; `order` says to whom, when, where and by which channel."""
    return {
        "order_id": order["id"],
        "line_id": line.id,
        "turn": turn,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "net_amount": line.net_amount,
        "promised_on": order["promised_on"],
        "place": order["handover"],
        "channel": order["channel"],
        "person_id": unit.actor.person_id,
        "customer_id": order["customer_id"],
        "consent_id": consent_id,
    }


def promised_by(row: Any) -> dict[str, Any]:
    """What a promise takes from an order's row."""
    return {name: getattr(row, name) for name in ("id", "promised_on", "handover", "channel", "customer_id")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A customer agreed to something: who, by which channel, and what they said."""

    given_by: str
    channel: str
    note: str = ""


def shorten(
    unit: Unit, row: Any, lines: Sequence[Any], found: Mapping[str, Decimal], consent: Consent | None = None
) -> list[Any]:
    """Takes out of an order (as `load_order` gave it) what was not found of its `lines`; gives those that stand.

    With the customer's consent what is promised from now on is what was found. Without it the promise stays as it was,
    and is judged by that. What was reserved for it the caller gives free.
    """
    short = [line for line in lines if line.id in found and found[line.id] < line.quantity]
    standing = [_with(line, found.get(line.id, line.quantity)) for line in lines]
    if consent is not None:
        _promise_less(unit, row, short, {line.id: line for line in standing}, consent)
    for gone in (True, False):
        own = [line for line in short if (found[line.id] == 0) == gone]
        unit.revise_all(SalesOrderLine, [(line, _less(line, found[line.id])) for line in own])
    standing = [line for line in standing if line.quantity > 0]
    total = sum((line.net_amount for line in standing), Decimal(0))
    unit.revise(SalesOrder, row, total_amount=total)
    unit.emit(OrderShortened(row.id, total))
    return standing


def _less(line: Any, quantity: Decimal) -> dict[str, Any]:
    if not quantity:
        return {"active": False}
    parts = line_parts(quantity, line.unit_price, line.discount_rate)
    amounts = {"gross_amount": parts.gross, "discount_amount": parts.discount, "net_amount": parts.net}
    return {"quantity": quantity, **amounts}


def _with(line: Any, quantity: Decimal) -> Any:
    """The line with another quantity, and what it comes to then."""
    facts = {column.key: getattr(line, column.key) for column in sales_order_line.c}
    if quantity != line.quantity:
        facts |= {"net_amount": Decimal(0), **_less(line, quantity), "quantity": quantity}
    return SimpleNamespace(**facts)


def _promise_less(unit: Unit, row: Any, short: Sequence[Any], standing: Mapping[str, Any], consent: Consent) -> None:
    said = {
        "order_id": row.id,
        "promised_on": row.promised_on,
        "given_by": consent.given_by,
        "channel": consent.channel,
        "shown": "; ".join(f"{line.name}: {line.quantity:f} > {standing[line.id].quantity:f}" for line in short),
        "note": consent.note,
        "person_id": unit.actor.person_id,
    }
    consent_id = unit.append(PromiseConsent, [said])[0]
    last = {old.line_id: old for old in unit.all(PROMISES, order_id=row.id)}
    promised = promised_by(row)
    unit.append(
        Promise,
        [
            promise_row(
                unit,
                {**promised, "promised_on": last[line.id].promised_on},
                standing[line.id],
                turn=last[line.id].turn + 1,
                consent_id=consent_id,
            )
            for line in short
        ],
    )
