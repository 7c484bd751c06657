"""What customers owed when the company began with the program: the list, one title recorded, one taken back; and the
file that brings them."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    Column,
    FieldView,
    FormScreen,
    ImportField,
    ImportKind,
    Level,
    ListScreen,
    Tab,
)
from retaguarda.modules.billing import commands

TABLES = ("opening_receivable", "settlement")
_LEVELS: dict[str, Level] = {"open": "info", "settled": "ok", "reversed": ""}

opening_list = ListScreen(
    name="billing.opening_list",
    icon="file-down",
    query="billing.openings",
    sort="-at",
    opens="billing.account_page",
    opens_key="party_id",
    found=("number", "customer_name", "due_on", "amount"),
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="settled", where={"state": "settled"}, counted=False),
        Tab(name="all", counted=False),
    ),
    columns=(
        Column(field="number", show="code", width=120, sortable=True),
        Column(field="customer_name", show="name", sub="note", sortable=True),
        Column(field="state", show="pill", width=120, texts="billing.opening_state", levels=_LEVELS),
        Column(field="issued_on", show="day", width=110, hide_below=1200),
        Column(field="due_on", show="day", width=110, sortable=True),
        Column(field="amount", show="money", width=120, sortable=True),
        Column(field="open_amount", show="money", width=120),
        Column(field="person_name", width=140, hide_below=1300),
    ),
    actions=(
        Action(name="new", icon="plus", opens="billing.opening_form", shortcut="Ctrl+N", primary=True, on_row=False),
        Action(name="reverse", icon="undo-2", opens="billing.reverse_opening_form", key="receivable_id", danger=True),
    ),
    refreshed_by=TABLES,
)
opening_form = FormScreen(
    name="billing.opening_form",
    icon="file-down",
    command=commands.RecordOpeningReceivable,
    fields=(
        FieldView(name="party_id", suggestions="party.customer_choices", adds="party.customer_form", width=2),
        FieldView(name="number", help="billing.field.opening_number.help"),
        FieldView(name="amount", help="billing.field.opening_amount.help"),
        FieldView(name="issued_on"),
        FieldView(name="due_on"),
        FieldView(name="note", width=2),
    ),
)
reverse_opening_form = FormScreen(
    name="billing.reverse_opening_form",
    icon="undo-2",
    command=commands.ReverseOpeningReceivable,
    fields=(FieldView(name="reason", width=2, help="billing.field.opening_reverse.help"),),
    refreshed_by=TABLES,
)
SCREENS = (opening_list, opening_form, reverse_opening_form)
KIND = ImportKind(
    name="billing.opening_receivables",
    command="billing.record_opening_receivable",
    key=("key", "number"),
    beside=("party_id",),
    fields=(
        ImportField(name="key", is_key=True),
        ImportField(name="party_id", required=True, looks_in="party.customers", by=("name", "legal_name", "tax_id")),
        ImportField(name="number", required=True),
        ImportField(name="issued_on", required=True, read="day"),
        ImportField(name="due_on", required=True, read="day"),
        ImportField(name="amount", required=True, read="number"),
        ImportField(name="note"),
    ),
    opens="billing.opening_list",
)
