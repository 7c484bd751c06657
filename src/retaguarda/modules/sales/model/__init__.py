"""Tables of sales."""

from retaguarda.modules.sales.model.approvals import Approval
from retaguarda.modules.sales.model.orders import ContactLog, SalesOrder, SalesOrderLine
from retaguarda.modules.sales.model.promises import Promise, PromiseConsent, PromiseResult

__all__ = ["Approval", "ContactLog", "Promise", "PromiseConsent", "PromiseResult", "SalesOrder", "SalesOrderLine"]
