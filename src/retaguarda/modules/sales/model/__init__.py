"""Tables of sales."""

from retaguarda.modules.sales.model.approvals import Approval
from retaguarda.modules.sales.model.commissions import CommissionEntry, CommissionRule
from retaguarda.modules.sales.model.counter import CounterCustomer, CounterSale
from retaguarda.modules.sales.model.orders import ContactLog, SalesOrder, SalesOrderLine
from retaguarda.modules.sales.model.promises import Promise, PromiseConsent, PromiseResult
from retaguarda.modules.sales.model.returns import SalesReturn, SalesReturnLine

__all__ = [
    "Approval",
    "CommissionEntry",
    "CommissionRule",
    "ContactLog",
    "CounterCustomer",
    "CounterSale",
    "Promise",
    "PromiseConsent",
    "PromiseResult",
    "SalesOrder",
    "SalesOrderLine",
    "SalesReturn",
    "SalesReturnLine",
]
