"""The papers of billing: invoice, receipt, credit note, a customer's statement, a till's closing.

They are for customers and drawers of cash, so they show posted rows only and nothing internal.
"""

from retaguarda.modules.billing.documents.invoice import invoice
from retaguarda.modules.billing.documents.settlements import credit_note, receipt
from retaguarda.modules.billing.documents.statement import statement
from retaguarda.modules.billing.documents.till import till_closing

__all__ = ["credit_note", "invoice", "receipt", "statement", "till_closing"]
