"""What older databases have of the catalog that is declared otherwise now."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, gone

MIGRATIONS: tuple[Step, ...] = (gone("product", constraint="uq_product_code"),)
