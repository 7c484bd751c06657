"""What older databases have of the catalog that is declared otherwise now."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, as_declared, gone, new_column, new_constraint

MIGRATIONS: tuple[Step, ...] = (
    gone("product", constraint="uq_product_code"),
    new_column("product", "merged_into_id"),
    new_constraint("product", "ck_product_merged_archived"),
    as_declared,  # product_merge, ix_product_merged_into_id and the triggers
)
