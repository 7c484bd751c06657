"""Screens of sales: the order entry, lists, the order's page, dialogs, contacts."""

from retaguarda.modules.sales.screens.approvals import APPROVAL_FORMS
from retaguarda.modules.sales.screens.contacts import CONTACT_SCREENS
from retaguarda.modules.sales.screens.customers import SLOTS as CUSTOMER_SLOTS
from retaguarda.modules.sales.screens.dialogs import DIALOGS
from retaguarda.modules.sales.screens.entry import ORDER_AMEND, ORDER_ENTRY
from retaguarda.modules.sales.screens.lineage import SLOTS as LINEAGE_SLOTS
from retaguarda.modules.sales.screens.orders import ORDER_LIST, ORDER_PAGE, PLACES

SCREENS = (ORDER_LIST, ORDER_ENTRY, ORDER_AMEND, ORDER_PAGE, *DIALOGS, *APPROVAL_FORMS, *CONTACT_SCREENS)
SLOTS = (*CUSTOMER_SLOTS, *LINEAGE_SLOTS)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
