"""The catalog: everything that is ordered, stocked, invoiced and delivered is a product of it."""

from __future__ import annotations

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.module import Handled, Listener, Module
from retaguarda.modules.catalog import commands, events, listeners, migrations, model, queries, screens

_PRODUCT = ("catalog.products", "id")
_MERGE = ("catalog.merges", "id")
_MERGES = "catalog.merge_products"
_KEEPS_PRODUCTS = (
    "catalog.read",
    "catalog.add_product",
    "catalog.revise_product",
    "catalog.add_code",
    "catalog.retire_code",
    "catalog.add_substitute",
    "catalog.remove_substitute",
    "catalog.archive_product",
    "catalog.restore_product",
)

_LISTED = ("catalog.products",)
_PRICE = Bulk(
    queries=_LISTED,
    text="catalog.field.price",
    given={"product_id": "id"},
    field="price",
    show="price",
    by_percent=True,
)
_KNOWN = {name: name for name in ("code", "name", "unit_code", "tax_code", "note")} | {"product_id": "id"}
_FACTS = (
    Bulk(
        queries=_LISTED, text="catalog.field.unit_code", given=_KNOWN, field="unit_code", show="code",
        choices="catalog.unit_choices",
    ),
    Bulk(queries=_LISTED, text="catalog.field.tax_code", given=_KNOWN, field="tax_code", show="code"),
)  # fmt: skip
_ARCHIVE, _RESTORE = (
    (Bulk(queries=_LISTED, text=f"catalog.product_list.{name}", given={"product_id": "id"}),)
    for name in ("archive", "restore")
)

MODULE = Module(
    name="catalog",
    needs=("company", "imports", "reference"),
    models=(
        model.MeasureUnit,
        model.Product,
        model.ProductCode,
        model.PriceList,
        model.ProductPrice,
        model.TaxRate,
        model.ProductSubstitute,
        model.ProductMerge,
    ),
    commands=(
        Handled(commands.AddUnit, commands.add_unit),
        Handled(commands.AddProduct, commands.add_product, rows=_PRODUCT, undo="catalog.archive_product"),
        Handled(commands.ReviseProduct, commands.revise_product, rows=_PRODUCT, bulk=_FACTS),
        Handled(
            commands.ArchiveProduct,
            commands.archive_product,
            rows=_PRODUCT,
            undo="catalog.restore_product",
            bulk=_ARCHIVE,
        ),
        Handled(
            commands.RestoreProduct,
            commands.restore_product,
            rows=_PRODUCT,
            undo="catalog.archive_product",
            bulk=_RESTORE,
        ),
        Handled(commands.AddCode, commands.add_code, rows=_PRODUCT, undo="catalog.retire_code"),
        Handled(commands.RetireCode, commands.retire_code, rows=_PRODUCT, undo="catalog.add_code"),
        Handled(commands.SetPrice, commands.set_price, rows=_PRODUCT, bulk=(_PRICE,)),
        Handled(commands.SetTaxRate, commands.set_tax_rate),
        Handled(commands.AddSubstitute, commands.add_substitute, rows=_PRODUCT, undo="catalog.remove_substitute"),
        Handled(commands.RemoveSubstitute, commands.remove_substitute, rows=_PRODUCT, undo="catalog.add_substitute"),
        Handled(
            commands.ProposeMerge, commands.propose_merge, rows=_MERGE, undo="catalog.drop_merge", permission=_MERGES
        ),
        Handled(commands.ChooseValue, commands.choose_value, rows=_MERGE, permission=_MERGES),
        Handled(commands.DropMerge, commands.drop_merge, rows=_MERGE, permission=_MERGES),
        Handled(commands.MergeProducts, commands.merge_products, rows=_MERGE, undo="catalog.unmerge_products"),
        Handled(commands.UnmergeProducts, commands.unmerge_products, rows=_MERGE, permission=_MERGES),
    ),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=(
        Listener("company.CompanyCreated", "catalog.company_created", listeners.company_created),
        Listener("imports.BatchUndone", "catalog.undo_import", listeners.undo_import),
    ),
    events=(
        events.ProductAdded,
        events.ProductArchived,
        events.PriceSet,
        events.ProductsMerged,
        events.ProductsUnmerged,
    ),
    permissions=("catalog.read",),
    grants={
        "sales": ("catalog.read",),
        "commercial": (*_KEEPS_PRODUCTS, "catalog.set_price", "catalog.add_unit", _MERGES),
        "relations": ("catalog.read",),
        "stock": _KEEPS_PRODUCTS,
        "finance": ("catalog.read", "catalog.set_tax_rate"),
        "picking": ("catalog.read",),
        "shipping": ("catalog.read",),
        "delivery": ("catalog.read",),
        "analyst": (*_KEEPS_PRODUCTS, "catalog.set_price", "catalog.set_tax_rate", "catalog.add_unit", _MERGES),
        "marketing": ("catalog.read",),
        "accounting": ("catalog.read", "catalog.set_tax_rate"),
    },
    migrations=migrations.MIGRATIONS,
    guards={
        "ck_product_substitute_other": "catalog.add_substitute.itself",
        "uq_product_code": "catalog.code_taken",
        "uq_product_code_code": "catalog.code_taken",
        "uq_product_price_list_id_product_id": "catalog.price_overlap",
    },
    proofs=queries.PROOFS,
    subjects=(queries.SUBJECT,),
    code_uses=(queries.UNIT_CODES,),
    data_rules=queries.DATA_RULES,
)
