"""Pure rules of imports: the states of a batch and of what came in."""

from __future__ import annotations

TAKEN_BACK: tuple[str, ...] = (
    "catalog.add_product",
    "catalog.archive_product",
    "party.add_party",
    "process.record_past_case",
    "purchasing.set_reorder_point",
)
"""The commands whose modules put away what an import had brought by them."""
OPEN, DONE, UNDONE = "open", "done", "undone"
BATCH_STATES: tuple[str, ...] = (OPEN, DONE, UNDONE)
RECORDED, REFUSED, UNREADABLE = "recorded", "refused", "unreadable"
ROW_STATES: tuple[str, ...] = (RECORDED, REFUSED, UNREADABLE)
"""What came of a record: its command went through, said no, or could not be made of what stands in the file."""


def may_be_undone(state: str, brings: str) -> bool:
    """Whether what a batch brought can be taken back."""
    return state != UNDONE and brings in TAKEN_BACK
