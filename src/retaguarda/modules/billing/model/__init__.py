"""Tables of billing: invoices, what customers owe and how it is settled, tills, recurring invoices."""

from retaguarda.modules.billing.model.invoices import Instalment, Invoice, InvoiceLine
from retaguarda.modules.billing.model.openings import OpeningReceivable
from retaguarda.modules.billing.model.receivables import (
    CreditedLine,
    CreditNoteLine,
    CustomerCredit,
    CustomerCreditEntry,
    Receivable,
    ReceivableEntry,
    Settlement,
    SettlementMoney,
)
from retaguarda.modules.billing.model.recurring import RecurringInvoice, RecurringLine, RecurringPeriod
from retaguarda.modules.billing.model.tills import TillBalance, TillClosing, TillEntry, TillSession

__all__ = [
    "CreditNoteLine",
    "CreditedLine",
    "CustomerCredit",
    "CustomerCreditEntry",
    "Instalment",
    "Invoice",
    "InvoiceLine",
    "OpeningReceivable",
    "Receivable",
    "ReceivableEntry",
    "RecurringInvoice",
    "RecurringLine",
    "RecurringPeriod",
    "Settlement",
    "SettlementMoney",
    "TillBalance",
    "TillClosing",
    "TillEntry",
    "TillSession",
]
