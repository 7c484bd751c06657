"""Goods that come back: into stock or held there, with a credit note; never more than has gone out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, cast

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Quantity, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.events import OrderReturned
from retaguarda.modules.sales.model import SalesReturn, SalesReturnLine

PAY_BACK = "sales.pay_back"
_ORDER_ID = bindparam("order_id", type_=Key())
_BACK = api.sales_return_line.c
# Two returns of one order take turns here, so that each sees what the other took back.
CONSUMER = Statement(select(api.counter_customer))
LOCK = Statement(select(api.sales_order.c.id).where(api.sales_order.c.id == _ORDER_ID).with_for_update(key_share=True))
BILLED = Statement(
    select(billing.invoice_line.c.id, billing.invoice_line.c.invoice_id, billing.invoice_line.c.source_line_id)
    .join(billing.invoice, billing.invoice.c.id == billing.invoice_line.c.invoice_id)
    .where(billing.invoice.c.source_table == api.DOCUMENT, billing.invoice.c.source_id == _ORDER_ID)
)
CAME_BACK = Statement(
    select(_BACK.line_id, func.sum(_BACK.quantity).label("quantity"))
    .where(_BACK.order_id == _ORDER_ID)
    .group_by(_BACK.line_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine(Part):
    """How much of a line comes back, and how it is: good goes on sale again, the rest is held back where it lies."""

    line_id: Annotated[str, Ref("sales_order_line")]
    quantity: Annotated[Decimal, Quantity()]
    condition: Annotated[str, Choice(rules.CONDITIONS, "sales.condition")] = rules.GOOD
    location_id: Annotated[str, Ref("location")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOrder(Command):
    """Takes delivered goods back and credits them: off what is still owed, the rest as credit or money.

    Good pieces go on sale again, the others are held back. Money back needs the right to it.
    """

    order_id: Annotated[str, Ref("sales_order")]
    lines: Annotated[tuple[ReturnedLine, ...], Rows(least=1)]
    reason: Annotated[str, Choice(rules.RETURN_REASONS, "sales.return_reason")]
    note: Annotated[str, Text(200)] = ""
    refund: Annotated[str, Choice(rules.REFUNDS, "billing.refund")] = "balance"
    money_account_id: Annotated[str, Ref("money_account")] | None = None
    version: Annotated[int, Version()] | None = None


def consumer_of(unit: Unit) -> str | None:
    """The party that stands for buyers without a name, once there is one; it never changes."""
    known: str | None = unit.kept.get("sales.consumer")
    if known is None and (row := unit.one(CONSUMER)) is not None:
        known = unit.kept["sales.consumer"] = row.party_id
    return known


class TakenBack:
    """A return in two moves: its goods first, its papers when everything that moves stock is done."""

    __slots__ = ("asked", "id", "note", "order", "reason", "unit")

    def __init__(self, unit: Unit, order_id: str, asked: Sequence[ReturnedLine], reason: str, note: str) -> None:
        self.unit, self.asked, self.reason, self.note = unit, asked, reason, note
        self.id = unit.new_id()
        self.order = api.load_order(unit, order_id)
        unit.one(LOCK, order_id=order_id)
        if self.order.invoiced_at is None:
            raise Refusal("sales.return_order.not_invoiced", field="order_id", number=self.order.number)

    def take(self) -> None:
        """Puts the goods back into stock and keeps what came back."""
        unit, order = self.unit, self.order
        lines = {line.id: line for line in api.order_lines(unit, order.id)}
        self._judge(lines)
        home = inventory.place_of(unit, order.warehouse_id).location_id
        kept = [line for line in self.asked if lines[line.line_id].kind == rules.STOCK]
        inventory.returned(
            unit,
            (api.RETURN, self.id),
            (api.DOCUMENT, order.id),
            [
                inventory.Returned(
                    line_id=line.line_id,
                    product_id=lines[line.line_id].product_id,
                    location_id=line.location_id or home,
                    quantity=line.quantity,
                    held_for="" if line.condition == rules.GOOD else f"sales.condition.{line.condition}",
                )
                for line in kept
            ],
        )
        unit.append(
            SalesReturnLine,
            [
                {
                    "return_id": self.id,
                    "order_id": order.id,
                    "line_id": line.line_id,
                    "product_id": lines[line.line_id].product_id,
                    "quantity": line.quantity,
                    "condition": line.condition,
                }
                for line in self.asked
            ],
        )

    def _judge(self, lines: Mapping[str, Any]) -> None:
        """Refuses lines that are not the order's, and more of one than went out and did not come back."""
        unit, order = self.unit, self.order
        still = dict(inventory.still_out(unit, (api.DOCUMENT, order.id)))
        back = {row.line_id: row.quantity for row in unit.all(CAME_BACK, order_id=order.id)}
        faults = []
        for place, asked in enumerate(self.asked, 1):
            line = lines.get(asked.line_id)
            if line is None:
                faults.append(Fault(f"lines.{place}.line_id", "sales.unknown_line"))
                continue
            done = line.quantity if line.kind != rules.STOCK and order.state == rules.CLOSED else Decimal(0)
            left = still.get(line.id, done - back.get(line.id, Decimal(0)))
            if asked.quantity > left:
                params = {"name": line.name, "left": max(left, Decimal(0))}
                faults.append(Fault(f"lines.{place}.quantity", "sales.returned_over_delivered", params))
            still[line.id] = left - asked.quantity
        if faults:
            raise Invalid(*faults)

    def credit(self, refund: str, money_account_id: str | None = None) -> billing.CreditMade:
        """The credit note for what came back, its reason a code; the note is the house's own."""
        quantities: dict[str, Decimal] = {}
        for line in self.asked:
            quantities[line.line_id] = quantities.get(line.line_id, Decimal(0)) + line.quantity
        billed = {row.source_line_id: row for row in self.unit.all(BILLED, order_id=self.order.id)}
        invoice_id = next(iter(billed.values())).invoice_id
        return billing.credit_note(
            self.unit,
            billing.CreditRequest(
                invoice_id=invoice_id,
                reason=f"sales.return_reason.{self.reason}",
                lines=[
                    billing.CreditLine(invoice_line_id=billed[line_id].id, quantity=quantity)
                    for line_id, quantity in quantities.items()
                ],
                refund=cast(Literal["balance", "money"], refund),
                refund_from=_from(money_account_id),
            ),
        )

    def write(self, made: billing.CreditMade, refund: str) -> int:
        """The return's head with its number, the last thing that is written."""
        unit, order = self.unit, self.order
        number = next_number(unit, SalesReturn, order.branch_id)
        head = {
            "id": self.id,
            "number": number,
            "branch_id": order.branch_id,
            "order_id": order.id,
            "customer_id": order.customer_id,
            "reason": self.reason,
            "note": self.note,
            "refund": refund,
            "value_amount": made.amount,
            "credit_note_id": made.id,
            "person_id": unit.actor.person_id,
        }
        unit.append(SalesReturn, [head])
        unit.emit(OrderReturned(order.id, self.id, made.id, made.amount))
        return number


def _from(money_account_id: str | None) -> billing.PaymentMoney | None:
    """Money goes back in cash from the open till unless an account is named."""
    if money_account_id is None:
        return None
    return billing.PaymentMoney(method="transfer", money_account_id=money_account_id)


def return_order(unit: Unit, command: ReturnOrder) -> Mapping[str, Any]:
    if command.refund == rules.MONEY:
        unit.demand(PAY_BACK)
    back = TakenBack(unit, command.order_id, command.lines, command.reason, command.note)
    unit.fresh(back.order, command.version, api.DOCUMENT)
    back.take()
    made = back.credit(command.refund, command.money_account_id)
    if made.rest > 0 and command.refund == rules.BALANCE and consumer_of(unit) == back.order.customer_id:
        raise Refusal("sales.return_order.nobody_to_credit", field="refund", rest=made.rest)
    number = back.write(made, command.refund)
    return {
        "id": back.id,
        "number": number,
        "order_number": back.order.number,
        "amount": str(made.amount),
        "rest": str(made.rest),
        "credit_note_id": made.id,
        "prints": {"settlement_id": made.id},
    }
