"""Screens of billing: invoices, what is to be received, payments and credit notes, tills, recurring invoices."""

from retaguarda.kernel.screen import Action, Place, SlotFill
from retaguarda.modules.billing.screens import invoices, openings, receivables, recurring, reports, settlements, tills

SCREENS = (
    invoices.invoice_list,
    invoices.invoice_page,
    invoices.credit_form,
    *receivables.SCREENS,
    *openings.SCREENS,
    reports.receivable_report,
    *settlements.SCREENS,
    *tills.SCREENS,
    *recurring.SCREENS,
)
PLACES = (
    Place(name="billing", screen="billing.invoice_list", order=60),
    Place(
        name="receivables",
        screen="billing.receivable_list",
        order=62,
        badge="billing.receivables",
        badge_where={"state": ["overdue", "today"]},
    ),
    Place(name="tills", screen="billing.till_list", order=64),
    Place(name="settlements", screen="billing.settlement_list", order=66, shelf="more"),
    Place(name="ageing", screen="billing.ageing_list", order=67, shelf="more"),
    Place(name="opening_receivables", screen="billing.opening_list", order=67, shelf="more"),
    Place(name="recurring", screen="billing.recurring_list", order=68, shelf="more"),
)
SLOTS = (
    SlotFill("imports.wizard", "kinds", openings.KIND),
    SlotFill(
        "party.customer_list",
        "actions",
        Action(
            name="account",
            text="billing.customer.account",
            icon="wallet",
            opens="billing.account_page",
            shortcut="F9",
        ),
    ),
)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
