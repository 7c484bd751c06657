"""Pure rules of imports: the states of a batch and of what came in."""

from __future__ import annotations

from retaguarda.kernel.ids import id_from

TAKEN_BACK: tuple[str, ...] = (
    "billing.record_opening_receivable",
    "catalog.add_code",
    "catalog.add_product",
    "catalog.archive_product",
    "catalog.set_price",
    "inventory.record_opening_stock",
    "party.add_party",
    "process.record_past_case",
    "purchasing.record_opening_payable",
    "purchasing.set_reorder_point",
    "purchasing.set_supplier_price",
    "sales.place_order",
)
"""The commands whose modules put away what an import had brought by them."""
OPEN, DONE, UNDONE = "open", "done", "undone"
BATCH_STATES: tuple[str, ...] = (OPEN, DONE, UNDONE)
RECORDED, REFUSED, UNREADABLE = "recorded", "refused", "unreadable"
ROW_STATES: tuple[str, ...] = (RECORDED, REFUSED, UNREADABLE)
"""What came of a record: its command went through, said no, or could not be made of what stands in the file."""
WORDS_MOST, KEY_MOST, DIGITS = 200, 80, 12


def shown(text: str, most: int = WORDS_MOST) -> str:
    """What stands in a cell as it can be kept and shown: on one line, without control characters, not too long."""
    plain = "".join(char if char.isprintable() else " " for char in text[: most * 4])
    return " ".join(plain.split())[:most]


def outside_key(key: str) -> str:
    """A key of the source as it is kept: itself; one that cannot be shown whole ends in digits of its own, so that no
    two keys are one."""
    plain = shown(key, KEY_MOST)
    return plain if plain == key else f"{shown(key, KEY_MOST - DIGITS - 1)} {id_from(key)[:DIGITS]}".strip()


def may_be_undone(state: str, brings: str) -> bool:
    """Whether what a batch brought can be taken back."""
    return state != UNDONE and brings in TAKEN_BACK
