"""Credit notes: an invoice taken back, whole or by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, cast

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.kinds import Choice, Quantity, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.commands.receiving import Account, Method, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedPart(Part):
    """How much of a billed line is taken back."""

    invoice_line_id: Annotated[str, Ref("invoice_line")]
    quantity: Annotated[Decimal, Quantity()]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditInvoice(Command):
    """Issues a credit note for an invoice with the reason: the lines named, or all that is not credited yet.

    It goes off what is still owed of the invoice; what was paid already becomes the customer's credit or is paid back.
    The goods themselves come back by a return.
    """

    invoice_id: Annotated[str, Ref("invoice")]
    reason: Annotated[str, Text(200, least=3)]
    lines: tuple[CreditedPart, ...] = ()
    refund: Annotated[str, Choice(rules.REFUNDS, "billing.refund")] = "balance"
    method: Method = rules.CASH
    money_account_id: Account | None = None
    bank_reference: Reference | None = None


def credit_invoice(unit: Unit, command: CreditInvoice) -> Mapping[str, Any]:
    made = api.credit_note(
        unit,
        api.CreditRequest(
            invoice_id=command.invoice_id,
            reason=command.reason,
            lines=[api.CreditLine(invoice_line_id=x.invoice_line_id, quantity=x.quantity) for x in command.lines],
            refund=cast(Literal["balance", "money"], command.refund),
            refund_from=api.PaymentMoney(
                method=command.method,
                money_account_id=command.money_account_id,
                bank_reference=command.bank_reference,
            ),
        ),
    )
    return {
        "id": made.id,
        "number": made.number,
        "amount": str(made.amount),
        "rest": str(made.rest),
        "prints": {"settlement_id": made.id},
    }
