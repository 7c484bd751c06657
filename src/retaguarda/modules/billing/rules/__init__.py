"""Pure rules of billing: what paying late costs, how money is shared out, what a credit gives back."""

from retaguarda.modules.billing.rules.charges import Charges, Late, Owing, Settled, charges_of
from retaguarda.modules.billing.rules.sharing import (
    PARTS,
    Shared,
    Sums,
    Wanted,
    booked_by_money,
    lines_credited,
    share_money,
)

SOURCES = ("sales_order", "recurring_period")
"""The documents an invoice may stand for."""
PAYMENT, REFUND, CREDIT_NOTE = "payment", "refund", "credit_note"
WRITE_OFF, RENEGOTIATION, REVERSAL = "write_off", "renegotiation", "reversal"
ANNULMENT = "annulment"
"""Takes an opening receivable back that nothing was built on."""
SETTLEMENTS = (PAYMENT, REFUND, CREDIT_NOTE, WRITE_OFF, RENEGOTIATION, REVERSAL, ANNULMENT)
REVERSIBLE = (PAYMENT, WRITE_OFF)
"""What a reversal may take back: money that did not come after all, a debt that is paid after all."""
STANDS, REVERSED = "stands", "reversed"
OPENING_STATES = (STANDS, REVERSED)
CASH = "cash"
METHODS = (CASH, "pix", "debit", "card", "transfer", "boleto", "cheque")
TILL_ENTRIES = ("supply", "withdrawal", "difference", "emptied")
REFUNDS = ("balance", "money")
"""What becomes of a credit note beyond what is still owed: kept as the customer's credit, or paid back."""

__all__ = [
    "ANNULMENT",
    "CASH",
    "CREDIT_NOTE",
    "METHODS",
    "OPENING_STATES",
    "PARTS",
    "PAYMENT",
    "REFUND",
    "REFUNDS",
    "RENEGOTIATION",
    "REVERSAL",
    "REVERSED",
    "REVERSIBLE",
    "SETTLEMENTS",
    "SOURCES",
    "STANDS",
    "TILL_ENTRIES",
    "WRITE_OFF",
    "Charges",
    "Late",
    "Owing",
    "Settled",
    "Shared",
    "Sums",
    "Wanted",
    "booked_by_money",
    "charges_of",
    "lines_credited",
    "share_money",
]
