"""How a company of an older version becomes one of this version."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, as_declared

MIGRATIONS: tuple[Step, ...] = (
    as_declared,  # saved_view
)
