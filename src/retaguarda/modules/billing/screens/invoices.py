"""The list of invoices with what is still owed, the page of one, the form of a credit note."""

from __future__ import annotations

from dataclasses import replace

from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    FieldView,
    FormScreen,
    LinesView,
    ListScreen,
    PageScreen,
    Tab,
    TablePanel,
)
from retaguarda.modules.billing import commands
from retaguarda.modules.billing.screens.parts import INVOICE_LEVELS, METHOD, PAYING_ACCOUNT, REFERENCE, not_for_cash

TABLES = ("invoice", "settlement")
_STATE = Column(field="state", show="pill", width=130, texts="billing.invoice_state", levels=INVOICE_LEVELS)
_CREDIT = Action(name="credit", icon="undo-2", opens="billing.credit_form", key="invoice_id")
_PRINT = Action(name="print", icon="printer", prints="billing.invoice", key="invoice_id", shortcut="Ctrl+P")

invoice_list = ListScreen(
    name="billing.invoice_list",
    icon="receipt-text",
    query="billing.invoices",
    sort="-number",
    found=("number", "buyer_name", "issued_on", "source_number"),
    opens="billing.invoice_page",
    tabs=(
        Tab(name="all", counted=False),
        Tab(name="open", where={"state": ["open", "overdue"]}),
        Tab(name="overdue", where={"state": "overdue"}),
        Tab(name="paid", where={"state": "paid"}, counted=False),
    ),
    columns=(
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="issued_on", show="day", width=110, sortable=True),
        Column(field="buyer_name", show="name", sortable=True),
        _STATE,
        Column(field="next_due_on", show="day", width=110, sortable=True),
        Column(field="source_number", show="code", width=80, hide_below=1200),
        Column(field="payment_terms", width=110, hide_below=1400),
        Column(field="open_amount", show="money", width=120, sortable=True),
        Column(field="total_amount", show="money", width=120, sortable=True),
    ),
    actions=(
        _PRINT,
        _CREDIT,
        Action(name="account", icon="wallet", opens="billing.account_page", key="id", given={"id": "party_id"}),
    ),
    refreshed_by=TABLES,
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
    pills=(_STATE,),
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
                Column(field="unit_code", width=60, hide_below=1600),
                Column(field="unit_price", show="price", width=100),
                Column(field="discount_amount", show="money", width=100, hide_below=1200),
                Column(field="net_amount", show="money", width=120),
                Column(field="credited_quantity", show="quantity", width=90, hide_below=1300),
            ),
        ),
        TablePanel(
            name="settled",
            query="billing.settled",
            where={"invoice_id": "id"},
            sort="occurred_on",
            opens="billing.settlement_page",
            opens_key="settlement_id",
            columns=(
                Column(field="kind", show="code", texts="billing.kind"),
                Column(field="settlement_number", show="code", width=90),
                Column(field="document", show="code", width=90),
                Column(field="occurred_on", show="day", width=110),
                Column(field="principal_amount", show="money", width=120),
                Column(field="interest_amount", show="money", width=100, hide_below=1200),
                Column(field="fine_amount", show="money", width=100, hide_below=1200),
            ),
        ),
        FactsPanel(
            name="totals",
            place="side",
            facts=(
                Column(field="gross_amount", show="money"),
                Column(field="discount_amount", show="money"),
                Column(field="total_amount", show="money"),
                Column(field="open_amount", show="money"),
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
            opens="billing.receive_form",
            opens_key="leads_to",
            columns=(
                Column(field="position", show="whole", width=48),
                Column(field="due_on", show="day"),
                Column(field="amount", show="money", width=104),
                Column(field="open_amount", show="money", width=104),
            ),
        ),
    ),
    actions=(replace(_PRINT, primary=True), _CREDIT),
    refreshed_by=TABLES,
)

credit_form = FormScreen(
    name="billing.credit_form",
    icon="undo-2",
    revise=commands.CreditInvoice,
    load="billing.credit_draft",
    key="invoice_id",
    record_name="number",
    fields=(
        FieldView(name="reason", width=2),
        LinesView(
            name="lines",
            columns=(
                FieldView(name="invoice_line_id", suggestions="billing.invoice_line_choices", shown_by="name"),
                FieldView(name="quantity", width=120),
            ),
        ),
        FieldView(name="refund"),
        METHOD,
        replace(PAYING_ACCOUNT, gated_by=not_for_cash),
        replace(REFERENCE, gated_by=not_for_cash),
    ),
    actions=(
        Action(
            name="credit",
            icon="check",
            does="save",
            shortcut="F10",
            primary=True,
            then="close",
            prints_after="billing.credit_note",
            key="settlement_id",
        ),
    ),
    refreshed_by=TABLES,
)
