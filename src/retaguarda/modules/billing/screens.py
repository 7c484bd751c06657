"""Screens of billing: the list of invoices and the page of one."""

from __future__ import annotations

from dataclasses import replace

from retaguarda.kernel.screen import Action, Column, FactsPanel, ListScreen, PageScreen, Place, TablePanel

_PRINT = Action(name="print", icon="printer", prints="billing.invoice", key="invoice_id", shortcut="Ctrl+P")

invoice_list = ListScreen(
    name="billing.invoice_list",
    icon="receipt-text",
    query="billing.invoices",
    sort="-number",
    opens="billing.invoice_page",
    columns=(
        Column(field="number", show="code", width=90, sortable=True),
        Column(field="issued_on", show="day", width=110, sortable=True),
        Column(field="buyer_name", show="name", sortable=True),
        Column(field="source_number", show="code", width=90, hide_below=1100),
        Column(field="payment_terms", width=120, hide_below=1200),
        Column(field="branch_name", width=120, hide_below=1400),
        Column(field="total_amount", show="money", width=130, sortable=True),
    ),
    actions=(_PRINT,),
    refreshed_by=("invoice",),
)

invoice_page = PageScreen(
    name="billing.invoice_page",
    icon="receipt-text",
    load="billing.invoice_card",
    record_title="number",
    context=(
        Column(field="buyer_name", show="name"),
        Column(field="issued_on", show="day"),
        Column(field="branch_name"),
    ),
    panels=(
        TablePanel(
            name="lines",
            query="billing.invoice_lines",
            where={"invoice_id": "id"},
            limit=1000,
            columns=(
                Column(field="position", show="whole", width=48),
                Column(field="name", show="name", sub="code", sub_show="code"),
                Column(field="quantity", show="quantity", width=90),
                Column(field="unit_code", width=60),
                Column(field="unit_price", show="price", width=110),
                Column(field="discount_amount", show="money", width=100, hide_below=1200),
                Column(field="net_amount", show="money", width=120),
            ),
        ),
        FactsPanel(
            name="totals",
            place="side",
            facts=(
                Column(field="gross_amount", show="money"),
                Column(field="discount_amount", show="money"),
                Column(field="total_amount", show="money"),
                Column(field="payment_terms"),
            ),
        ),
        FactsPanel(
            name="buyer",
            place="side",
            facts=(
                Column(field="buyer_name", show="name"),
                Column(field="buyer_tax_id", show="code"),
                Column(field="buyer_address"),
                Column(field="source_number", show="code"),
            ),
        ),
        TablePanel(
            name="instalments",
            query="billing.instalments",
            where={"invoice_id": "id"},
            sort="position",
            place="side",
            limit=100,
            columns=(
                Column(field="position", show="whole", width=48),
                Column(field="due_on", show="day"),
                Column(field="amount", show="money", width=120),
            ),
        ),
    ),
    actions=(replace(_PRINT, primary=True),),
    refreshed_by=("invoice",),
)

PLACE = Place(name="billing", screen="billing.invoice_list", icon="receipt-text", order=60)
