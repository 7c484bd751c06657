"""Lists, page and forms of the catalog."""

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
    Place,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.labels import Labels, new_record
from retaguarda.kernel.screen.parts import CellEdit
from retaguarda.modules.catalog import commands

TABLES = ("product", "product_code", "product_price")
_PRICE_STATE: dict[str, Level] = {"current": "ok", "coming": "info", "past": "", "replaced": ""}
_PRODUCT = {"product_id": "id"}
_CALLED = {"product_id": "name"}
_PRICE = CellEdit(command="catalog.set_price", key="product_id")


LABELS = Labels("catalog")
_field, _column = LABELS.field, LABELS.column
_new = new_record


_PRODUCT_FIELD = _field("product_id", width=2, suggestions="catalog.product_choices")

_MERGE = Action(
    name="merge",
    text="catalog.action.merge",
    icon="git-merge",
    opens="catalog.propose_form",
    given=_PRODUCT,
    labels=_CALLED,
)

PRODUCT_LIST = ListScreen(
    name="catalog.product_list",
    icon="package",
    query="catalog.products",
    sort="name",
    columns=(
        _column("name", show="name", sub="code", sub_show="code", sortable=True),
        _column("gtin", show="code", width=140, hide_below=1100),
        _column("kind", show="pill", width=100, texts="catalog.kind"),
        _column("unit_code", show="code", width=70),
        _column("price", show="price", width=120, sortable=True, edits=_PRICE),
        _column("price_since", show="day", width=110, hide_below=1200),
    ),
    tabs=(
        Tab(name="on_sale", where={"archived": False}),
        Tab(name="without_price", where={"archived": False, "price": None}),
        Tab(name="archived", where={"archived": True}, counted=False),
        Tab(name="all", counted=False),
    ),
    found=("name", "code", "gtin", "price"),
    opens="catalog.product_page",
    refreshed_by=TABLES,
    actions=(
        _new("catalog.product_form"),
        Action(name="revise", icon="pencil", opens="catalog.product_form", key="product_id"),
        Action(name="price", icon="tag", opens="catalog.price_form", given=_PRODUCT, labels=_CALLED),
        Action(
            name="archive",
            press="catalog.archive_product",
            key="product_id",
            icon="archive",
            asks="catalog.ask.archive",
        ),
        Action(name="restore", press="catalog.restore_product", key="product_id", icon="undo-2"),
        _MERGE,
        Action(name="merges", text="catalog.action.merges", icon="history", opens="catalog.merge_list", on_row=False),
    ),
)

PRODUCT_FORM = FormScreen(
    name="catalog.product_form",
    icon="package",
    command=commands.AddProduct,
    revise=commands.ReviseProduct,
    load="catalog.products",
    key="product_id",
    fields=(
        _field("name", width=2),
        _field("code", help="catalog.field.code.help"),
        _field("gtin", help="catalog.field.gtin.help"),
        _field("kind"),
        _field("unit_code", suggestions="catalog.unit_choices", shown_by="unit_code"),
        _field("price", help="catalog.field.price.help"),
        _field("tax_code", help="catalog.field.tax_code.help"),
        _field("note", width=2),
    ),
    refreshed_by=TABLES,
)

PRODUCT_PAGE = PageScreen(
    name="catalog.product_page",
    icon="package",
    load="catalog.product_card",
    record_title="name",
    pills=(_column("kind", show="pill", texts="catalog.kind"),),
    context=(
        _column("code", show="code"),
        _column("unit_code", show="code"),
        _column("gtin", show="code"),
    ),
    panels=(
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(
                _column("price", show="price"),
                _column("price_since", show="day"),
                _column("tax_code", show="code"),
                _column("note"),
                _column("merged_into"),
            ),
        ),
        TablePanel(
            name="prices",
            icon="tag",
            query="catalog.prices",
            where={"product_id": "id"},
            columns=(
                _column("price", show="price", width=120),
                _column("valid_from", show="day", width=120),
                _column("valid_to", show="day", width=120),
                _column("list_name"),
                _column("state", show="pill", width=120, texts="catalog.price_state", levels=_PRICE_STATE),
            ),
        ),
        TablePanel(
            name="codes",
            icon="barcode",
            query="catalog.codes",
            where={"product_id": "id"},
            always={"active": True},
            columns=(
                _column("code", show="code"),
                _column("kind", width=160, texts="catalog.code_kind", show="pill"),
            ),
        ),
        TablePanel(
            name="substitutes",
            icon="replace",
            query="catalog.substitutes",
            where={"product_id": "id"},
            always={"active": True},
            columns=(
                _column("position", show="whole", width=70),
                _column("name", show="name", sub="code", sub_show="code"),
                _column("price", show="price", width=120),
            ),
            opens="catalog.product_page",
            opens_key="substitute_id",
        ),
    ),
    actions=(
        Action(name="revise", icon="pencil", opens="catalog.product_form", key="product_id", primary=True),
        Action(name="price", icon="tag", opens="catalog.price_form", given=_PRODUCT, labels=_CALLED),
        Action(name="code", icon="barcode", opens="catalog.code_form", given=_PRODUCT, labels=_CALLED),
        Action(name="substitute", icon="replace", opens="catalog.substitute_form", given=_PRODUCT, labels=_CALLED),
        Action(
            name="archive",
            press="catalog.archive_product",
            key="product_id",
            icon="archive",
            asks="catalog.ask.archive",
        ),
        Action(name="restore", press="catalog.restore_product", key="product_id", icon="undo-2"),
        _MERGE,
    ),
    refreshed_by=(*TABLES, "product_substitute"),
)

PRICE_FORM = FormScreen(
    name="catalog.price_form",
    icon="tag",
    command=commands.SetPrice,
    fields=(_PRODUCT_FIELD, _field("price"), _field("valid_from", help="catalog.field.valid_from.help")),
)
CODE_FORM = FormScreen(
    name="catalog.code_form",
    icon="barcode",
    command=commands.AddCode,
    fields=(_PRODUCT_FIELD, _field("code"), FieldView(name="kind", label="catalog.field.code_kind")),
)
SUBSTITUTE_FORM = FormScreen(
    name="catalog.substitute_form",
    icon="replace",
    command=commands.AddSubstitute,
    fields=(
        _PRODUCT_FIELD,
        _field("substitute_id", width=2, suggestions="catalog.product_choices"),
        _field("position", help="catalog.field.position.help"),
    ),
)

UNIT_LIST = ListScreen(
    name="catalog.unit_list",
    icon="ruler",
    query="catalog.units",
    sort="code",
    search="",
    columns=(
        _column("code", show="code", width=120, sortable=True),
        _column("name", show="name"),
        _column("decimals", show="whole", width=160),
    ),
    refreshed_by=("measure_unit",),
    actions=(_new("catalog.unit_form"),),
)
UNIT_FORM = FormScreen(
    name="catalog.unit_form",
    icon="scale",
    command=commands.AddUnit,
    fields=(
        _field("code", suggestions="reference.unit_choices", offers="code"),
        _field("name"),
        _field("decimals", help="catalog.field.decimals.help"),
    ),
)
TAX_RATE_LIST = ListScreen(
    name="catalog.tax_rate_list",
    icon="percent",
    query="catalog.tax_rates",
    sort="tax_code",
    search="",
    columns=(
        _column("tax_code", show="code", sortable=True),
        _column("rate", show="rate", width=140),
        _column("valid_from", show="day", width=160),
    ),
    refreshed_by=("tax_rate",),
    actions=(_new("catalog.tax_rate_form"),),
)
TAX_RATE_FORM = FormScreen(
    name="catalog.tax_rate_form",
    icon="calculator",
    command=commands.SetTaxRate,
    fields=(_field("tax_code"), _field("rate"), _field("valid_from", help="catalog.field.valid_from.help")),
)

RECORDS = (
    PRODUCT_LIST,
    PRODUCT_FORM,
    PRODUCT_PAGE,
    PRICE_FORM,
    CODE_FORM,
    SUBSTITUTE_FORM,
    UNIT_LIST,
    UNIT_FORM,
    TAX_RATE_LIST,
    TAX_RATE_FORM,
)
PLACES = (
    Place(name="products", screen="catalog.product_list", group="work", order=50),
    Place(name="units", screen="catalog.unit_list", group="manage", order=70, shelf="more"),
    Place(name="tax_rates", screen="catalog.tax_rate_list", group="manage", order=72, shelf="more"),
)
_WHICH = ImportField(name="product_id", looks_in="catalog.products", by=("code", "gtin", "name"), required=True)
_LOST_UNITS = TablePanel(
    name="units",
    title="catalog.lost_units",
    query="reference.lost_units",
    where={"edition_id": "id"},
    permission="catalog.read",
    sort="code",
    columns=(_column("code", show="code", width=110), _column("name", show="name")),
)
SLOTS = (
    SlotFill("reference.edition_page", "panels", _LOST_UNITS),
    *(
        SlotFill("imports.wizard", "kinds", kind)
        for kind in (
            ImportKind(
                name="catalog.products",
                command="catalog.add_product",
                key=("code",),
                fields=(
                    ImportField(name="code", required=True),
                    ImportField(name="name", required=True),
                    ImportField(name="gtin"),
                    ImportField(name="price", read="number"),
                    ImportField(name="unit_code"),
                    ImportField(name="tax_code"),
                    ImportField(name="note"),
                ),
                opens="catalog.product_list",
            ),
            ImportKind(
                name="catalog.prices",
                command="catalog.set_price",
                key=("product_id",),
                fields=(
                    _WHICH,
                    ImportField(name="price", read="number", required=True),
                    ImportField(name="valid_from", read="day"),
                ),
                opens="catalog.product_list",
            ),
            ImportKind(
                name="catalog.barcodes",
                command="catalog.add_code",
                key=("code",),
                fields=(_WHICH, ImportField(name="code", required=True)),
                opens="catalog.product_list",
            ),
        )
    ),
)
