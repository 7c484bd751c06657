"""What a table's rows must be, and their checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from retaguarda.kernel.errors import Fault
from retaguarda.kernel.reference import Code, ReferenceTable

MOST_FAULTS = 500
"""Of a file in which nearly everything is wrong the first of it is told."""


def faults(table: ReferenceTable, rows: Sequence[Code]) -> Iterator[Fault]:
    """What is wrong with rows, each by its place (the first is 1)."""
    first: dict[tuple[str, str], int] = {}
    for place, one in enumerate(rows, 1):
        if not table.valid(one):
            yield Fault(f"rows.{place}.code", table.refusal, {"value": one.code})
        before = first.setdefault((one.code, "" if table.alone else one.within), place)
        if before != place:
            yield Fault(f"rows.{place}.code", "reference.code_twice", {"value": one.code, "first": before})


def checksum(rows: Iterable[Code]) -> str:
    """SHA-256 over all rows, in the order of their codes."""
    said = sorted((one.code, one.within, one.name, one.note) for one in rows)
    return hashlib.sha256("\n".join("\t".join(one) for one in said).encode()).hexdigest()
