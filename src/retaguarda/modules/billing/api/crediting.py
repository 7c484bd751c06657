"""Credit notes: an invoice taken back whole or by line; what was still owed of it goes first, the rest is credit or
money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.api.settling import TABLE, ZERO, Money, Settling, settle
from retaguarda.modules.billing.api.tables import credited_line, invoice, invoice_line
from retaguarda.modules.billing.api.tills import PaymentMoney, money_back
from retaguarda.modules.billing.events import InvoiceCredited
from retaguarda.modules.billing.model import CreditNoteLine
from retaguarda.modules.catalog import api as catalog

_L, _C = invoice_line.c, credited_line.c
_ID = bindparam("invoice_id", type_=invoice.c.id.type)
INVOICE = Statement(select(invoice).where(invoice.c.id == _ID))
LINES = Statement(
    select(
        _L.id,
        _L.position,
        _L.name,
        _L.quantity,
        _L.net_amount,
        _L.source_line_id,
        _L.product_id,
        catalog.product.c.kind,
        _C.credited_quantity,
        _C.credited_amount,
    )
    .select_from(
        invoice_line.outerjoin(credited_line, _C.invoice_line_id == _L.id).join(
            catalog.product, catalog.product.c.id == _L.product_id
        )
    )
    .where(_L.invoice_id == _ID)
    .order_by(_L.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """How much of a billed line is taken back."""

    invoice_line_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRequest:
    """A credit note. Without `lines` all that is not credited yet is. `refund` says what becomes of what was paid
    already: kept as the customer's credit (`balance`) or paid back (`money`, from `refund_from`)."""

    invoice_id: str
    reason: str
    lines: Sequence[CreditLine] = ()
    refund: Literal["balance", "money"] = "balance"
    refund_from: PaymentMoney | None = None


@dataclass(frozen=True, slots=True)
class CreditMade:
    """A credit note that was issued: of its `amount` so much went off what was owed, the `rest` was credit or money."""

    id: str
    number: int
    amount: Decimal
    rest: Decimal


def credit_note(unit: Unit, request: CreditRequest) -> CreditMade:
    """Issues the credit note; refuses more than was billed (`billing.credited_over`)."""
    head = unit.one(INVOICE, invoice_id=request.invoice_id)
    if head is None or not (unit.actor.all_branches or head.branch_id in unit.actor.branch_ids):
        raise Missing("invoice", request.invoice_id, field="invoice_id")
    if not request.reason.strip():
        raise Invalid(Fault("reason", "kernel.required"))
    note_id = unit.new_id()
    lines = _lines(unit.all(LINES, invoice_id=head.id), request, note_id, head.number)
    goods = sum((row["net_amount"] for row, kept in lines if kept), ZERO)
    total = sum((row["net_amount"] for row, _ in lines), ZERO)
    unit.append(CreditNoteLine, [row for row, _ in lines])
    shared, rest = _off_what_is_owed(unit, head.id, total)
    moneys = _paid_back(unit, head.branch_id, request, rest)
    number = settle(
        unit,
        Settling(
            id=note_id,
            kind=rules.CREDIT_NOTE,
            branch_id=head.branch_id,
            party_id=head.party_id,
            occurred_on=unit.today,
            shared=shared,
            moneys=moneys,
            credit=ZERO if moneys else rest,
            value=total,
            invoice_id=head.id,
            reason=request.reason.strip(),
            movement="refunded",
            bookings=_bookings(head, note_id, {"goods": goods, "services": total - goods, "credit": rest}, moneys),
        ),
    )
    unit.emit(InvoiceCredited(note_id, number, head.id, head.source_table, head.source_id, head.party_id, total))
    return CreditMade(note_id, number, total, rest)


def _lines(
    billed: Sequence[Any], request: CreditRequest, note_id: str, number: int
) -> list[tuple[dict[str, Any], bool]]:
    """The note's lines, each with whether it is goods."""
    left = {line.id: line.quantity - (line.credited_quantity or ZERO) for line in billed}
    asked = {line.invoice_line_id: line.quantity for line in request.lines}
    if len(asked) < len(request.lines):
        raise Invalid(Fault("lines", "billing.line_twice"))
    for place, line in enumerate(request.lines, 1):
        if line.invoice_line_id not in left:
            raise Missing("invoice_line", line.invoice_line_id, field=f"lines.{place}.invoice_line_id")
        if line.quantity > left[line.invoice_line_id]:
            most = left[line.invoice_line_id]
            raise Invalid(Fault(f"lines.{place}.quantity", "billing.credited_over", {"left": most}))
    wanted = asked or {key: quantity for key, quantity in left.items() if quantity > 0}
    if not wanted:
        raise Refusal("billing.nothing_to_credit", field="invoice_id", number=number)
    chosen = [line for line in billed if line.id in wanted]
    return [
        (
            {
                "settlement_id": note_id,
                "invoice_line_id": line.id,
                "position": place,
                "quantity": wanted[line.id],
                "net_amount": rules.lines_credited(
                    line.quantity,
                    line.net_amount,
                    line.credited_quantity or ZERO,
                    line.credited_amount or ZERO,
                    wanted[line.id],
                ),
            },
            line.kind == catalog.STOCK,
        )
        for place, line in enumerate(chosen, 1)
    ]


def _off_what_is_owed(unit: Unit, invoice_id: str, total: Decimal) -> tuple[list[rules.Shared], Decimal]:
    """What the note takes off the invoice's open instalments, the one due last first, and what is beyond them."""
    open_ids = debts.open_of_invoice(unit, invoice_id)
    shared = []
    for fact in reversed(debts.lock_receivables(unit, open_ids, "invoice_id")):
        taken = min(total, fact.owing.open_amount)
        if taken > 0:
            shared.append(rules.Shared(fact.id, taken))
            total -= taken
    return shared, total


def _paid_back(unit: Unit, branch_id: str, request: CreditRequest, rest: Decimal) -> list[Money]:
    if request.refund != "money" or rest <= 0:
        return []
    how = request.refund_from or PaymentMoney(method=rules.CASH, amount=rest)
    back = PaymentMoney(
        method=how.method,
        amount=rest,
        money_account_id=how.money_account_id,
        bank_reference=how.bank_reference,
    )
    return money_back(unit, branch_id, back)


def _bookings(
    head: Any, note_id: str, amounts: dict[str, Decimal], moneys: Sequence[Money]
) -> list[accounting.Booking]:
    common: dict[str, Any] = {"source": (TABLE, note_id), "branch_id": head.branch_id, "party_id": head.party_id}
    note = accounting.Booking(rule="billing.credit_note", amounts=amounts, **common)
    return [note, *(refund_booking(money, **common) for money in moneys)]


def refund_booking(money: Money, **common: Any) -> accounting.Booking:
    """What the books say of credit paid back out of an account."""
    return accounting.Booking(
        rule="billing.refunded",
        amounts={"money": -money.amount},
        accounts={"money": money.account.account_id},
        **common,
    )
