"""What older databases lack of the parties: which record was merged into which."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, as_declared, new_column, new_constraint

MIGRATIONS: tuple[Step, ...] = (
    new_column("party", "merged_into_id"),
    new_constraint("party", "ck_party_merged_archived"),
    as_declared,  # party_merge, ix_party_merged_into_id and the triggers
)
