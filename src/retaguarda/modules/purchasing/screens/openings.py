"""What suppliers were owed when the company began with the program: the list, one title with what became of it, one
recorded, one taken back; and the file that brings them."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FactsPanel,
    FieldView,
    FormScreen,
    ImportField,
    ImportKind,
    Level,
    ListScreen,
    PageScreen,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.modules.purchasing.commands import openings
from retaguarda.modules.purchasing.screens.parts import column, field

_TABLES = ("opening_payable", "payable_entry")
_LEVELS: dict[str, Level] = {"open": "info", "settled": "ok", "reversed": ""}
_STATE = column("state", show="pill", width=120, texts="purchasing.opening_state", levels=_LEVELS)
_PAY = Action(
    name="pay",
    icon="banknote",
    opens="purchasing.payment_entry",
    key="supplier_id",
    given={"supplier_id": "supplier_id"},
    shortcut="F10",
)
_REVERSE = Action(name="reverse", icon="undo-2", opens="purchasing.reverse_opening_form", key="payable_id", danger=True)

OPENING_LIST = ListScreen(
    name="purchasing.opening_list",
    icon="file-plus",
    query="purchasing.openings",
    sort="-at",
    opens="purchasing.opening_page",
    found=("number", "supplier_name", "due_on", "amount"),
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="settled", where={"state": "settled"}, counted=False),
        Tab(name="all", counted=False),
    ),
    columns=(
        column("number", show="code", width=120, sortable=True, title_of="payable_number"),
        column("supplier_name", show="name", sub="note", sortable=True),
        _STATE,
        column("issued_on", show="day", width=110, hide_below=1200),
        column("due_on", show="day", width=110, sortable=True),
        column("amount", show="money", width=120, sortable=True),
        column("open_amount", show="money", width=120),
    ),
    actions=(
        Action(
            name="new",
            icon="plus",
            opens="purchasing.opening_form",
            shortcut="Ctrl+N",
            primary=True,
            on_row=False,
        ),
        _PAY,
        _REVERSE,
    ),
    refreshed_by=_TABLES,
)
OPENING_PAGE = PageScreen(
    name="purchasing.opening_page",
    icon="file-plus",
    load="purchasing.openings",
    record_title="number",
    pills=(_STATE,),
    context=(column("supplier_name", show="name"), column("issued_on", show="day")),
    panels=(
        TablePanel(
            name="entries",
            query="purchasing.payable_entries",
            where={"payable_id": "id"},
            sort="at",
            permission="purchasing.read_payables",
            columns=(
                column("at", show="instant", width=150, title_of="entry_at"),
                column("kind", show="code", texts="purchasing.entry_kind", title_of="entry_kind"),
                column("amount", show="money", width=130),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("amount", show="money"),
                column("open_amount", show="money"),
                column("due_on", show="day"),
                column("branch_name"),
                column("person_name"),
                column("note"),
                column("reason", show="words"),
            ),
        ),
    ),
    actions=(_PAY, _REVERSE),
    refreshed_by=_TABLES,
)
OPENING_FORM = FormScreen(
    name="purchasing.opening_form",
    icon="file-plus",
    command=openings.RecordOpeningPayable,
    fields=(
        field("supplier_id", suggestions="party.supplier_choices", adds="party.supplier_form", width=2),
        FieldView(name="number", label="purchasing.field.payable_number", help="purchasing.field.opening_number.help"),
        FieldView(name="amount", label="purchasing.field.open_amount", help="purchasing.field.opening_amount.help"),
        field("issued_on"),
        field("due_on"),
        field("note", width=2),
    ),
)
REVERSE_OPENING_FORM = FormScreen(
    name="purchasing.reverse_opening_form",
    icon="undo-2",
    command=openings.ReverseOpeningPayable,
    fields=(field("reason", width=2, help="purchasing.field.opening_reverse.help"),),
    refreshed_by=_TABLES,
)
SCREENS = (OPENING_LIST, OPENING_PAGE, OPENING_FORM, REVERSE_OPENING_FORM)
SLOTS = (
    SlotFill(
        "imports.wizard",
        "kinds",
        ImportKind(
            name="purchasing.opening_payables",
            command="purchasing.record_opening_payable",
            key=("key", "number"),
            beside=("supplier_id",),
            fields=(
                ImportField(name="key", is_key=True),
                ImportField(
                    name="supplier_id", required=True, looks_in="party.suppliers", by=("name", "legal_name", "tax_id")
                ),
                ImportField(name="number", required=True),
                ImportField(name="issued_on", required=True, read="day"),
                ImportField(name="due_on", required=True, read="day"),
                ImportField(name="amount", required=True, read="number"),
                ImportField(name="note"),
            ),
            opens="purchasing.opening_list",
        ),
    ),
)
