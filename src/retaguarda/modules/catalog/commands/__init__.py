"""What changes the catalog, one file per thing it keeps."""

from retaguarda.modules.catalog.commands.codes import AddCode, RetireCode, add_code, retire_code
from retaguarda.modules.catalog.commands.merging import (
    ChooseValue,
    DropMerge,
    MergeProducts,
    ProposeMerge,
    UnmergeProducts,
    choose_value,
    drop_merge,
    merge_products,
    propose_merge,
    unmerge_products,
)
from retaguarda.modules.catalog.commands.prices import SetPrice, SetTaxRate, set_price, set_tax_rate
from retaguarda.modules.catalog.commands.products import (
    AddProduct,
    ArchiveProduct,
    RestoreProduct,
    ReviseProduct,
    add_product,
    archive_product,
    restore_product,
    revise_product,
)
from retaguarda.modules.catalog.commands.substitutes import (
    AddSubstitute,
    RemoveSubstitute,
    add_substitute,
    remove_substitute,
)
from retaguarda.modules.catalog.commands.units import AddUnit, add_unit

__all__ = [
    "AddCode", "AddProduct", "AddSubstitute", "AddUnit", "ArchiveProduct", "ChooseValue", "DropMerge", "MergeProducts",
    "ProposeMerge", "RemoveSubstitute", "RestoreProduct", "RetireCode", "ReviseProduct", "SetPrice", "SetTaxRate",
    "UnmergeProducts", "add_code", "add_product", "add_substitute", "add_unit", "archive_product", "choose_value",
    "drop_merge", "merge_products", "propose_merge", "remove_substitute", "restore_product", "retire_code",
    "revise_product", "set_price", "set_tax_rate", "unmerge_products",
]  # fmt: skip
