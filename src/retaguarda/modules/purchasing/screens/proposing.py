"""What should be bought: the list, the sheet that turns it into orders, requisitions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from retaguarda.kernel.money import line_amount
from retaguarda.kernel.screen import (
    Action,
    EntryLines,
    EntryScreen,
    EntryValues,
    Fact,
    FormScreen,
    Level,
    LineColumn,
    LineValues,
    ListScreen,
    Phrase,
    Scan,
    SlotFill,
    Summary,
    Tab,
)
from retaguarda.modules.purchasing.commands import requests
from retaguarda.modules.purchasing.screens.entry import GRID_KEYS
from retaguarda.modules.purchasing.screens.parts import PRODUCT, WAREHOUSE, column, field, new

ZERO = Decimal(0)
_KINDS: dict[str, Level] = {"point": "info", "requisition": "warn"}
_STATES: dict[str, Level] = {"open": "info", "ordered": "ok", "refused": ""}

PROPOSAL_LIST = ListScreen(
    name="purchasing.proposal_list",
    icon="shopping-basket",
    query="purchasing.proposals",
    sort="name",
    opens="catalog.product_page",
    opens_key="product_id",
    tabs=(
        Tab(name="all"),
        Tab(name="points", where={"kind": "point"}),
        Tab(name="requisitions", where={"kind": "requisition"}),
        Tab(name="without", where={"supplier_id": None}),
    ),
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("kind", show="pill", width=124, texts="purchasing.proposal", levels=_KINDS),
        column("free", show="quantity", width=90),
        column("incoming", show="quantity", width=100, hide_below=1100),
        column("minimum_quantity", show="quantity", width=90, hide_below=1100),
        column("quantity", show="quantity", width=110, title_of="proposed"),
        column("supplier_name", width=240, sortable=True),
        column("unit_price", show="price", width=100, hide_below=1200),
        column("needed_on", show="day", width=110, hide_below=1300),
    ),
    actions=(
        Action(
            name="order",
            icon="shopping-cart",
            opens="purchasing.proposal_entry",
            shortcut="F10",
            primary=True,
            on_row=False,
        ),
        Action(name="point", icon="refresh-cw", opens="purchasing.point_form", on_row=False),
    ),
    refreshed_by=("requisition", "purchase_order", "reorder_point", "expected_entry", "stock_move"),
)


def derive(line: LineValues) -> Mapping[str, Any]:
    """What a proposed line costs, where the supplier's price is known."""
    quantity, price = line.values.get("quantity"), line.info.get("price")
    return {} if quantity is None or price is None else {"net_amount": line_amount(quantity, price)}


def totals(values: EntryValues) -> Summary:
    """How many suppliers get an order, and what all of it costs."""
    total = sum((line.derived.get("net_amount", ZERO) for line in values.lines), ZERO)
    suppliers = {line.info.get("supplier_name") for line in values.lines} - {None}
    return Summary(
        name="totals",
        title=Phrase("purchasing.totals.title"),
        facts=(
            Fact(label="purchasing.totals.lines", value=len(values.lines), show="whole"),
            Fact(label="purchasing.totals.suppliers", value=len(suppliers), show="whole"),
            Fact(label="purchasing.totals.net", value=total, show="money", strong=True),
        ),
    )


PROPOSAL_ENTRY = EntryScreen(
    name="purchasing.proposal_entry",
    icon="shopping-cart",
    revise=requests.OrderProposals,
    load="purchasing.proposal_sheet",
    single=True,
    scan=Scan(query="purchasing.products_to_buy", by="code"),
    lines=EntryLines(
        name="lines",
        item="product_id",
        quantity="quantity",
        fills={"proposal_id": "proposal_id"},
        keeps=("name", "code", "unit_code"),
        derive=derive,
        columns=(
            LineColumn(field="name", title="purchasing.field.name", show="name", sub="code", sub_show="code"),
            LineColumn(field="free", title="purchasing.field.free", show="quantity", width=80),
            LineColumn(field="incoming", title="purchasing.field.incoming", show="quantity", width=90, hide_below=1600),
            LineColumn(
                field="minimum_quantity",
                title="purchasing.field.minimum_quantity",
                show="quantity",
                width=80,
                hide_below=1600,
            ),
            LineColumn(field="quantity", title="purchasing.field.proposed", show="quantity", width=90, editable=True),
            LineColumn(field="supplier_name", title="purchasing.field.supplier_name", width=236),
            LineColumn(field="price", title="purchasing.field.unit_price", show="price", width=90),
            LineColumn(field="net_amount", title="purchasing.field.net_amount", show="money", width=110),
        ),
    ),
    side=(totals,),
    fields=(),
    actions=(
        Action(name="save", icon="shopping-cart", does="save", shortcut="F10", primary=True, then="close"),
        *GRID_KEYS,
    ),
)
REQUISITION_LIST = ListScreen(
    name="purchasing.requisition_list",
    icon="clipboard-pen",
    query="purchasing.requisitions",
    sort="-number",
    tabs=(
        Tab(name="open", where={"state": "open"}),
        Tab(name="ordered", where={"state": "ordered"}, counted=False),
        Tab(name="refused", where={"state": "refused"}, counted=False),
    ),
    columns=(
        column("number", show="code", width=80, sortable=True, title_of="requisition_number"),
        column("name", show="name", sub="reason", sortable=True),
        column("quantity", show="quantity", width=90),
        column("needed_on", show="day", width=110, sortable=True),
        column("person_name", width=150),
        column("state", show="pill", width=130, texts="purchasing.requisition.state", levels=_STATES),
        column("order_number", show="code", width=90),
        column("answer", hide_below=1200),
    ),
    actions=(
        new("purchasing.requisition_form"),
        Action(
            name="refuse",
            icon="circle-x",
            opens="purchasing.refuse_requisition_form",
            key="requisition_id",
            danger=True,
        ),
    ),
    refreshed_by=("requisition",),
)
REQUISITION_FORM = FormScreen(
    name="purchasing.requisition_form",
    icon="clipboard-list",
    command=requests.RequestGoods,
    fields=(PRODUCT, field("quantity"), field("needed_on"), WAREHOUSE, field("reason", width=2)),
)
REFUSE_REQUISITION_FORM = FormScreen(
    name="purchasing.refuse_requisition_form",
    icon="circle-x",
    command=requests.RefuseRequisition,
    fields=(field("answer", width=2),),
    refreshed_by=("requisition",),
)
SCREENS = (PROPOSAL_LIST, PROPOSAL_ENTRY, REQUISITION_LIST, REQUISITION_FORM, REFUSE_REQUISITION_FORM)
# Whoever sees that something runs short asks for it where they see it.
SLOTS = (
    SlotFill(
        "inventory.stock_list",
        "actions",
        Action(
            name="request",
            text="purchasing.request_goods",
            icon="shopping-cart",
            opens="purchasing.requisition_form",
            given={"product_id": "product_id", "warehouse_id": "warehouse_id"},
            labels={"product_id": "name", "warehouse_id": "warehouse_name"},
            enabled=lambda row: None,
        ),
    ),
)
