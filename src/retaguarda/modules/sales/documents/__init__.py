"""What sales prints."""

from retaguarda.modules.sales.documents.commissions import commission_report
from retaguarda.modules.sales.documents.orders import counter_receipt, order

__all__ = ["commission_report", "counter_receipt", "order"]
