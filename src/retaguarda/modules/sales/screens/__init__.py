"""Screens of sales: the order entry, lists, the order's page, dialogs, contacts, the counter."""

from retaguarda.modules.sales.screens.approvals import APPROVAL_FORMS
from retaguarda.modules.sales.screens.brought import SLOTS as BROUGHT_SLOTS
from retaguarda.modules.sales.screens.commissions import COMMISSION_PLACES, COMMISSION_SCREENS
from retaguarda.modules.sales.screens.contacts import CONTACT_SCREENS
from retaguarda.modules.sales.screens.counter import COUNTER_PLACES, COUNTER_SCREENS
from retaguarda.modules.sales.screens.customers import SLOTS as CUSTOMER_SLOTS
from retaguarda.modules.sales.screens.dialogs import DIALOGS
from retaguarda.modules.sales.screens.entry import ORDER_AMEND, ORDER_ENTRY
from retaguarda.modules.sales.screens.lineage import SLOTS as LINEAGE_SLOTS
from retaguarda.modules.sales.screens.orders import ORDER_LIST, ORDER_PAGE, ORDER_PLACES
from retaguarda.modules.sales.screens.reports import REPORT_PLACES, REPORT_SCREENS

_ORDERS = (ORDER_LIST, ORDER_ENTRY, ORDER_AMEND, ORDER_PAGE)
_LISTS = (*CONTACT_SCREENS, *COUNTER_SCREENS, *COMMISSION_SCREENS, *REPORT_SCREENS)
SCREENS = (*_ORDERS, *DIALOGS, *APPROVAL_FORMS, *_LISTS)
PLACES = (*ORDER_PLACES, *COUNTER_PLACES, *COMMISSION_PLACES, *REPORT_PLACES)
SLOTS = (*CUSTOMER_SLOTS, *LINEAGE_SLOTS, *BROUGHT_SLOTS)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
