"""Deliveries: the receipt entry for the scanner, lists of receipts and returns, their pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from retaguarda.kernel.screen import (
    Action,
    EntryLines,
    EntryScreen,
    EntryValues,
    Fact,
    FactsPanel,
    FormScreen,
    Level,
    LineColumn,
    LinesView,
    LineValues,
    ListScreen,
    Note,
    PageScreen,
    Phrase,
    Scan,
    Summary,
    Tab,
    TablePanel,
)
from retaguarda.modules.purchasing.commands import receiving, returns
from retaguarda.modules.purchasing.screens.entry import GRID_KEYS
from retaguarda.modules.purchasing.screens.parts import column, field

ZERO = Decimal(0)
_LINE = "purchasing.came"
DIFFERENCES: dict[str, Level] = {"more": "warn", "damaged": "bad", "wrong": "bad", "unordered": "warn", "other": "warn"}


def judge(lines: Sequence[LineValues]) -> tuple[Note | None, ...]:
    """How each line of the delivery stands to the order, while it is counted."""
    return tuple(_judged(line) for line in lines)


def _judged(line: LineValues) -> Note | None:
    if line.values.get("product_id") is None:
        return None
    came, refused = line.values.get("quantity") or ZERO, line.values.get("refused_quantity") or ZERO
    still = line.info.get("open")
    reason = line.values.get("reason") or ""
    if still is None:
        return Note(Phrase(f"{_LINE}.unordered"), "warn" if reason else "bad")
    if came > still:
        return Note(Phrase(f"{_LINE}.more", {"n": came - still}), "warn" if reason else "bad")
    if refused > 0:
        return Note(Phrase(f"{_LINE}.refused", {"n": refused}), "warn" if reason else "bad")
    if came == still:
        return Note(Phrase(f"{_LINE}.whole"), "ok")
    return Note(Phrase(f"{_LINE}.less", {"n": still - came}), "" if came == 0 else "info")


def totals(values: EntryValues) -> Summary:
    """How much has been counted, and what is still lacking."""
    whole = sum(1 for line in values.lines if (line.values.get("quantity") or ZERO) >= line.info.get("open", ZERO))
    unsaid = sum(1 for note in values.notes if note is not None and note.level == "bad")
    notes = (Note(Phrase(f"{_LINE}.unsaid", {"n": unsaid}), "bad"),) if unsaid else ()
    return Summary(
        name="totals",
        title=Phrase("purchasing.came.title"),
        notes=notes,
        facts=(
            Fact(label="purchasing.came.lines", value=len(values.lines), show="whole"),
            Fact(label="purchasing.came.complete", value=whole, show="whole", strong=True),
        ),
    )


RECEIPT_ENTRY = EntryScreen(
    name="purchasing.receipt_entry",
    icon="package-check",
    revise=receiving.ReceiveOrder,
    load="purchasing.receipt_draft",
    key="order_id",
    record_name="number",
    scan=Scan(query="catalog.products_to_sell", by="code", search="catalog.products_to_find"),
    lines=EntryLines(
        name="lines",
        item="product_id",
        quantity="quantity",
        keeps=("name", "code", "unit_code"),
        judge=judge,
        columns=(
            LineColumn(field="name", title="purchasing.field.name", show="name", sub="code", sub_show="code"),
            LineColumn(field="open", title="purchasing.field.open", show="quantity", width=80, hide_below=1600),
            LineColumn(field="quantity", title="purchasing.field.came", show="quantity", width=76, editable=True),
            LineColumn(
                field="refused_quantity",
                title="purchasing.field.refused_quantity",
                show="quantity",
                width=84,
                editable=True,
            ),
            LineColumn(field="reason", title="purchasing.field.reason", width=100, editable=True),
            LineColumn(field="lot", title="purchasing.field.lot", width=76, editable=True),
            LineColumn(field="expires_on", title="purchasing.field.expires_on", show="day", width=100, editable=True),
            LineColumn(field="serials", title="purchasing.field.serials", width=90, editable=True),
            LineColumn(field="stock", title="purchasing.field.standing", show="answer", width=124),
        ),
    ),
    side=(totals,),
    fields=(
        field("supplier_document", help="purchasing.field.supplier_document.help", source="blank"),
        field("rest_comes", help="purchasing.field.rest_comes.help"),
        field("reason", help="purchasing.field.reason.help_rest", source="blank"),
        field("note", width=2, source="blank"),
    ),
    actions=(
        Action(name="save", icon="package-check", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
    refreshed_by=("purchase_order", "purchase_receipt"),
)
_RECEIPT = column("number", show="code", width=110, sortable=True, title_of="receipt_number")
_RETURN = column("number", show="code", width=110, sortable=True, title_of="return_number")
_ORDER = column("order_number", show="code", width=90, sortable=True)
_LINES = (
    column("position", show="whole", width=44),
    column("name", show="name", sub="code", sub_show="code"),
    column("quantity", show="quantity", width=90),
)
RECEIPT_LIST = ListScreen(
    name="purchasing.receipt_list",
    icon="package-open",
    query="purchasing.receipts",
    sort="-number",
    opens="purchasing.receipt_page",
    tabs=(Tab(name="all", counted=False), Tab(name="differing", where={"differences>": 0})),
    columns=(
        _RECEIPT,
        column("supplier_name", show="name", sub="supplier_document", sub_show="code", sortable=True),
        _ORDER,
        column("received_on", show="day", width=120, sortable=True),
        column("lines", show="whole", width=80),
        column("differences", show="whole", width=110),
        column("person_name", width=160, hide_below=1200),
    ),
    refreshed_by=("purchase_receipt",),
)
RECEIPT_PAGE = PageScreen(
    name="purchasing.receipt_page",
    icon="package-check",
    load="purchasing.receipts",
    context=(column("supplier_name", show="name"), column("received_on", show="day"), column("person_name")),
    panels=(
        TablePanel(
            name="items",
            query="purchasing.receipt_lines",
            where={"receipt_id": "id"},
            sort="position",
            limit=1000,
            opens="catalog.product_page",
            opens_key="product_id",
            columns=(
                *_LINES,
                column("refused_quantity", show="quantity", width=90),
                column(
                    "difference",
                    show="pill",
                    width=150,
                    texts="purchasing.difference",
                    levels=DIFFERENCES,
                ),
                column("reason", width=180, hide_below=1600),
                column("location_code", show="code", width=100),
                column("lot", show="code", width=100),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("order_number", show="code"),
                column("supplier_document", show="code"),
                column("warehouse_name"),
                column("note"),
            ),
        ),
    ),
    refreshed_by=("purchase_receipt",),
)
RETURN_FORM = FormScreen(
    name="purchasing.return_form",
    icon="undo-2",
    command=returns.ReturnGoods,
    fields=(
        LinesView(
            name="lines",
            label="purchasing.field.lines",
            columns=(
                field("product_id", suggestions="catalog.product_choices"),
                field("quantity", width=110),
                field("location_id", width=150, suggestions="inventory.location_choices"),
                field("lot", width=120),
                field("serials", width=160),
            ),
        ),
        field("reason", width=2),
    ),
    refreshed_by=("supplier_return",),
)
RETURN_LIST = ListScreen(
    name="purchasing.return_list",
    icon="undo-2",
    query="purchasing.returns",
    sort="-number",
    opens="purchasing.return_page",
    columns=(
        _RETURN,
        column("supplier_name", show="name", sortable=True),
        _ORDER,
        column("returned_on", show="day", width=120, sortable=True),
        column("reason"),
        column("credit_amount", show="money", width=120),
    ),
    refreshed_by=("supplier_return",),
)
RETURN_PAGE = PageScreen(
    name="purchasing.return_page",
    icon="undo-2",
    load="purchasing.returns",
    context=(column("supplier_name", show="name"), column("returned_on", show="day"), column("person_name")),
    panels=(
        TablePanel(
            name="items",
            query="purchasing.return_lines",
            where={"return_id": "id"},
            sort="position",
            limit=1000,
            columns=(
                *_LINES,
                column("credited_quantity", show="quantity", width=110),
                column("unit_price", show="price", width=110),
                column("credit_amount", show="money", width=120),
                column("location_code", show="code", width=100),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(column("order_number", show="code"), column("reason"), column("credit_amount", show="money")),
        ),
    ),
    refreshed_by=("supplier_return",),
)
SCREENS = (RECEIPT_ENTRY, RECEIPT_LIST, RECEIPT_PAGE, RETURN_FORM, RETURN_LIST, RETURN_PAGE)
