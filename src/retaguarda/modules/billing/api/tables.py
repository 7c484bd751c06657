"""The tables of billing as selectables, for statements here and for joins of higher modules."""

from __future__ import annotations

from sqlalchemy import ColumnElement, type_coerce

from retaguarda.kernel.model import Minor, table_of
from retaguarda.modules.billing import model

invoice = table_of(model.Invoice)
invoice_line = table_of(model.InvoiceLine)
instalment = table_of(model.Instalment)
opening_receivable = table_of(model.OpeningReceivable)
receivable = table_of(model.Receivable)
receivable_entry = table_of(model.ReceivableEntry)
settlement = table_of(model.Settlement)
settlement_money = table_of(model.SettlementMoney)
customer_credit = table_of(model.CustomerCredit)
customer_credit_entry = table_of(model.CustomerCreditEntry)
credited_line = table_of(model.CreditedLine)
credit_note_line = table_of(model.CreditNoteLine)
till_session = table_of(model.TillSession)
till_balance = table_of(model.TillBalance)
till_entry = table_of(model.TillEntry)
till_closing = table_of(model.TillClosing)
recurring_invoice = table_of(model.RecurringInvoice)
recurring_line = table_of(model.RecurringLine)
recurring_period = table_of(model.RecurringPeriod)


def money(value: ColumnElement[object]) -> ColumnElement[object]:
    """A sum or difference of amounts, read as an amount."""
    return type_coerce(value, Minor(2))


open_amount = money(receivable.c.due_amount - receivable.c.settled_amount)
"""What is still owed of a receivable."""
is_open = receivable.c.settled_amount < receivable.c.due_amount
