"""The catalog: everything that is ordered, stocked, invoiced and delivered is a product of it."""

from __future__ import annotations

from retaguarda.kernel.module import Listener, Module
from retaguarda.modules.catalog import events, listeners, model

MODULE = Module(
    name="catalog",
    needs=("company",),
    models=(
        model.MeasureUnit,
        model.Product,
        model.ProductCode,
        model.PriceList,
        model.ProductPrice,
        model.TaxRate,
        model.ProductSubstitute,
    ),
    listeners=(Listener("company.CompanyCreated", "catalog.company_created", listeners.company_created),),
    events=(events.ProductAdded, events.ProductArchived, events.PriceSet),
    permissions=("catalog.read",),
    guards={
        "ck_product_substitute_other": "catalog.add_substitute.itself",
        "uq_product_code": "catalog.code_taken",
        "uq_product_code_code": "catalog.code_taken",
        "uq_product_price_list_id_product_id": "catalog.price_overlap",
    },
)
