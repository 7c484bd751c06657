"""Contracts that are billed again and again: the list with what is due, and the form."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    Column,
    FieldView,
    FormScreen,
    Level,
    LinesView,
    ListScreen,
    Tab,
)
from retaguarda.modules.billing import commands

TABLES = ("recurring_invoice", "recurring_period")
_LEVELS: dict[str, Level] = {"due": "warn", "running": "ok", "ended": ""}

recurring_list = ListScreen(
    name="billing.recurring_list",
    icon="refresh-cw",
    query="billing.recurring",
    sort="next_on",
    opens="billing.recurring_form",
    tabs=(
        Tab(name="running", where={"state": ["running", "due"]}),
        Tab(name="due", where={"state": "due"}),
        Tab(name="ended", where={"state": "ended"}, counted=False),
    ),
    columns=(
        Column(field="name", show="name", sub="customer_name", sortable=True),
        Column(field="state", show="pill", width=120, texts="billing.recurring_state", levels=_LEVELS),
        Column(field="next_on", show="day", width=120, sortable=True),
        Column(field="every_months", show="whole", width=110),
        Column(field="billed", show="whole", width=100, hide_below=1100),
        Column(field="payment_terms", width=120, hide_below=1200),
        Column(field="ends_on", show="day", width=120, hide_below=1300),
    ),
    actions=(
        Action(name="new", icon="plus", opens="billing.recurring_form", shortcut="Ctrl+N", on_row=False),
        Action(
            name="issue",
            icon="receipt-text",
            press="billing.issue_recurring",
            key="recurring_id",
            shortcut="F10",
            primary=True,
            prints_after="billing.invoice",
        ),
        Action(
            name="end",
            icon="ban",
            press="billing.end_recurring",
            key="recurring_id",
            danger=True,
            asks="billing.ask.end_recurring",
        ),
    ),
    refreshed_by=TABLES,
)

recurring_form = FormScreen(
    name="billing.recurring_form",
    icon="refresh-cw",
    command=commands.AddRecurring,
    revise=commands.ReviseRecurring,
    load="billing.recurring",
    key="recurring_id",
    fields=(
        FieldView(name="party_id", suggestions="party.customer_choices", shown_by="customer_name"),
        FieldView(name="name"),
        FieldView(name="starts_on", initial="d"),
        FieldView(name="ends_on"),
        FieldView(name="every_months"),
        FieldView(name="payment_terms", help="billing.field.payment_terms.help"),
        LinesView(
            name="lines",
            columns=(
                FieldView(name="product_id", suggestions="catalog.product_choices", shown_by="product_name"),
                FieldView(name="quantity", width=100),
                FieldView(name="unit_price", width=120),
                FieldView(name="discount_rate", width=100),
            ),
        ),
    ),
    refreshed_by=TABLES,
)

SCREENS = (recurring_list, recurring_form)
