"""Pure rules of the catalog: search forms, the units a company starts with."""

from __future__ import annotations

from collections.abc import Sequence

from retaguarda.kernel.fold import fold

STOCK, SERVICE = "stock", "service"
OWN, GTIN = "own", "gtin"
STANDARD_LIST = "standard"

PROPOSED, MERGED, UNDONE, DROPPED = MERGE_STATES = ("proposed", "merged", "undone", "dropped")
KEPT_SIDE, MERGED_SIDE = SIDES = ("kept", "merged")
BOTH_SIDES = "both"
MERGED_FIELDS = ("name", "tax_code", "note")
"""What is chosen when two records of one product become one; kind and unit are the same, the own code and the prices
are those of the record that is kept."""

UNITS: tuple[tuple[str, int], ...] = (
    ("UN", 0),
    ("CX", 0),
    ("PC", 0),
    ("PAR", 0),
    ("KG", 3),
    ("G", 0),
    ("L", 3),
    ("ML", 0),
    ("M", 3),
    ("M2", 4),
    ("M3", 4),
    ("H", 2),
)
"""The units of a new company with their digits; names are texts `catalog.unit.<code in small letters>`."""


def product_fold(name: str, codes: Sequence[str]) -> str:
    """What a search for a product looks in: its name and its codes."""
    return fold(" ".join((name, *codes)))[:400]
