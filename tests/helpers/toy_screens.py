"""The toy shop's screens, one of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from retaguarda.kernel.money import line_amount
from retaguarda.kernel.screen import (
    Action,
    BoardScreen,
    Column,
    EntryLines,
    EntryScreen,
    EntryValues,
    Fact,
    FactsPanel,
    FieldView,
    FiguresPanel,
    Filter,
    FormScreen,
    JoinedColumn,
    LineColumn,
    LinesView,
    LineValues,
    ListScreen,
    Note,
    PageScreen,
    Phrase,
    Place,
    Scan,
    ScreenBook,
    SlotFill,
    StepperPanel,
    Summary,
    Tab,
    TablePanel,
    TimelinePanel,
)
from tests.helpers import toy


def derive(line: LineValues) -> dict[str, Decimal]:
    quantity, price = line.values.get("quantity"), line.values.get("unit_price")
    if quantity is None or price is None:
        return {}
    return {"total": line_amount(quantity, price, line.values.get("discount") or Decimal(0))}


def judge(lines: Sequence[LineValues]) -> Sequence[Note | None]:
    need: dict[str, Decimal] = {}
    for line in lines:
        key = line.values.get("product_id")
        if key:
            need[key] = need.get(key, Decimal(0)) + (line.values.get("quantity") or Decimal(0))
    notes: list[Note | None] = []
    for line in lines:
        if line.answer is None:
            notes.append(None)
            continue
        short = need[line.values["product_id"]] - line.answer.free
        if short > 0:
            notes.append(
                Note(
                    Phrase("toy.short", {"missing": short}), "bad", Phrase("toy.reserved"), Phrase("toy.ways"), "plan_b"
                )
            )
        else:
            notes.append(Note(Phrase("toy.free", {"free": line.answer.free}), "ok", Phrase("toy.reserved")))
    return notes


def totals(entry: EntryValues) -> Summary:
    total = sum((line.derived.get("total", Decimal(0)) for line in entry.lines), Decimal(0))
    return Summary(
        name="totals",
        title=Phrase("toy.totals"),
        facts=(
            Fact(label="toy.goods", value=total, show="money"),
            Fact(label="toy.total", value=total, show="money", strong=True),
        ),
        foot=Phrase("toy.foot"),
    )  # fmt: skip


def promise(entry: EntryValues) -> Summary:
    short = [note for note in entry.notes if note is not None and note.level == "bad"]
    pill = Note(Phrase("toy.at_risk"), "bad") if short else Note(Phrase("toy.kept"), "ok")
    return Summary(name="promise", title=Phrase("toy.promise"), icon="calendar", pill=pill, notes=tuple(short[:2]))


ORDER_ENTRY = EntryScreen(
    name="toy.order_entry",
    command=toy.AddOrder,
    revise=toy.ReviseOrder,
    load="toy.orders",
    key="order_id",
    record_name="number",
    fields=(
        FieldView(name="customer_id", suggestions="toy.customers", shown_by="customer_name", adds="toy.customer_form"),
        FieldView(name="due_on"),
        FieldView(name="note"),
    ),
    partner="customer_id",
    card="toy.customers",
    card_facts=(Column(field="free_limit", show="money"),),
    scan=Scan(query="toy.products", search="toy.products"),
    lines=EntryLines(
        name="lines",
        item="product_id",
        quantity="quantity",
        fills={"unit_price": "price"},
        answers="toy.stock",
        answers_by="product_id",
        derive=derive,
        judge=judge,
        columns=(
            LineColumn(field="name", sub="code", show="name", editable=False),
            LineColumn(field="quantity", show="quantity", width=64, editable=True),
            LineColumn(field="unit", show="code", width=46, texts="toy.unit"),
            LineColumn(field="unit_price", show="price", width=74, editable=True),
            LineColumn(field="discount", show="rate", width=62, editable=True),
            LineColumn(field="available", show="answer", width=262),
            LineColumn(field="total", show="money", width=98),
        ),
    ),
    side=(promise, totals),
    actions=(
        Action(name="save", does="save", icon="save", shortcut="Ctrl+S"),
        Action(name="confirm", press="toy.confirm_order", key="order_id", icon="check", shortcut="F10", primary=True,
               then="open", opens="toy.order_page"),
        Action(name="remove_line", does="remove_line", shortcut="Ctrl+Del"),
        Action(name="repeat_above", does="repeat_above", shortcut="Ctrl+D"),
        Action(name="undo_scan", does="undo_scan", shortcut="Ctrl+Z"),
        Action(name="plan_b", does="plan_b", shortcut="Ctrl+B"),
    ),
)  # fmt: skip

ORDER_LIST = ListScreen(
    name="toy.order_list",
    icon="shopping-cart",
    query="toy.orders",
    columns=(
        Column(field="number", width=90, sortable=True),
        Column(field="customer_name", show="name"),
        Column(field="due_on", show="day", width=120, hide_below=1200),
        Column(field="total", show="money", width=130, sortable=True),
        Column(
            field="state", show="pill", width=140, texts="toy.state", levels={"confirmed": "ok", "quotation": "info"}
        ),
    ),
    sort="-number",
    tabs=(Tab(name="all"), Tab(name="open", where={"state": "quotation"})),
    filters=(Filter(key="state", options=("quotation", "confirmed"), texts="toy.state"),),
    opens="toy.order_page",
    actions=(
        Action(name="new", opens="toy.order_entry", icon="plus", shortcut="Ctrl+N", primary=True, on_row=False),
        Action(name="confirm", press="toy.confirm_order", key="order_id", icon="check", shortcut="F10"),
        Action(name="cancel", opens="toy.cancel_form", key="order_id", icon="x"),
    ),
)

CANCEL_FORM = FormScreen(name="toy.cancel_form", command=toy.CancelOrder, fields=(FieldView(name="reason", width=2),))

PRODUCT_FORM = FormScreen(
    name="toy.product_form",
    command=toy.AddProduct,
    revise=toy.ReviseProduct,
    load="toy.products",
    key="product_id",
    fields=(
        FieldView(name="name", width=2),
        FieldView(name="price"),
        FieldView(name="unit"),
        FieldView(name="sold_from", initial="d"),
        FieldView(name="limit_amount"),
        FieldView(name="supplier_id", suggestions="toy.customers", shown_by="supplier_name", width=2),
        FieldView(name="active"),
        LinesView(name="barcodes", columns=(FieldView(name="gtin"), FieldView(name="kind", width=110))),
    ),
)

PRODUCT_LIST = ListScreen(
    name="toy.product_list",
    icon="package",
    query="toy.products",
    columns=(Column(field="code", width=90), Column(field="name", show="name", sub="gtin"),
             Column(field="price", show="price", width=120)),
    opens="toy.product_form",
    page_size=7,
    actions=(Action(name="new", opens="toy.product_form", icon="plus", primary=True, on_row=False, shortcut="Ctrl+N"),),
)  # fmt: skip

PASSWORD_FORM = FormScreen(
    name="toy.password_form", command=toy.ChangePassword, fields=(FieldView(name="password"), FieldView(name="grants"))
)

CUSTOMER_FORM = FormScreen(
    name="toy.customer_form", command=toy.AddProduct, fields=(FieldView(name="name"), FieldView(name="price"))
)

EMPTY_LIST = ListScreen(name="toy.empty_list", query="toy.nothing", columns=(Column(field="name"),))

ORDER_PAGE = PageScreen(
    name="toy.order_page",
    load="toy.orders",
    pills=(Column(field="state", show="pill", texts="toy.state", levels={"confirmed": "ok"}),),
    context=(Column(field="customer_name"), Column(field="due_on", show="day")),
    panels=(
        TablePanel(
            name="lines", query="toy.order_lines", where={}, opens="toy.product_form", opens_key="product_id",
            columns=(Column(field="name", show="name", sub="code"),
                     Column(field="quantity", show="quantity", width=90)),
        ),
        TablePanel(name="others", query="toy.nothing", columns=(Column(field="name"),)),
        FactsPanel(name="terms", place="side",
                   facts=(Column(field="customer_name"), Column(field="total", show="money"))),
        TimelinePanel(name="timeline", query="toy.events", where={"order_id": "id"}, place="side"),
    ),
    actions=(
        Action(name="confirm", press="toy.confirm_order", key="order_id", icon="check", shortcut="F10", primary=True),
        Action(name="print", prints="toy.order", key="order_id", icon="printer", shortcut="Ctrl+P"),
        Action(name="edit", opens="toy.order_entry", icon="pencil"),
    ),
)  # fmt: skip

HOME = BoardScreen(
    name="toy.home",
    icon="house",
    panels=(
        FiguresPanel(
            name="figures", query="toy.orders", figures=(Column(field="total", show="money"), Column(field="number")),
            rows=TablePanel(name="late", query="toy.orders", columns=(Column(field="number"),), opens="toy.order_page"),
        ),
        TablePanel(
            name="queue", query="toy.orders", opens="toy.order_page",
            columns=(Column(field="number", width=90), Column(field="customer_name", show="name")),
            actions=(Action(name="confirm", press="toy.confirm_order", key="order_id", shortcut="F10"),),
        ),
        TablePanel(name="none", query="toy.nothing", place="side", columns=(Column(field="name"),)),
    ),
)  # fmt: skip

SCREENS = (
    HOME, ORDER_LIST, ORDER_ENTRY, ORDER_PAGE, CANCEL_FORM, PRODUCT_LIST, PRODUCT_FORM, PASSWORD_FORM, CUSTOMER_FORM,
    EMPTY_LIST,
)  # fmt: skip
FILLS = (
    SlotFill(
        "toy.order_list",
        "columns",
        JoinedColumn(column=Column(field="step", show="pill", texts="toy.step", width=150), query="toy.situations"),
    ),
    SlotFill(
        "toy.order_page",
        "panels",
        StepperPanel(name="path", query="toy.events", where={"order_id": "id"}, place="top"),
    ),
)
PLACES = (
    Place(name="home", screen="toy.home", order=1),
    Place(name="sales", screen="toy.order_list", order=2, badge="toy.orders"),
    Place(name="products", screen="toy.product_list", order=3),
)


KINDS = {"toy.orders": {"number": "text", "customer_name": "text", "due_on": "day", "total": "number"}}


def toy_book() -> ScreenBook:
    """All the toy's screens."""
    return ScreenBook(SCREENS, FILLS, PLACES, (toy.ConfirmOrder,), kinds=lambda query: KINDS.get(query, {}))
