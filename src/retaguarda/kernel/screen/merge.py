"""Two people changed one record: what each changed goes together, only the same field is asked about (U43)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a three-way comparison by field name.

    `taken` are fields only the other person changed (their value holds now), `kept` those only this person changed,
    `agreed` those both set to the same, `asked` those both changed differently.
    """

    taken: tuple[str, ...]
    kept: tuple[str, ...]
    agreed: tuple[str, ...]
    asked: tuple[str, ...]


def merge(
    names: Iterable[str], original: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Merge:
    """Compares field by field; a name that `theirs` does not know counts as unchanged there."""
    taken: list[str] = []
    kept: list[str] = []
    agreed: list[str] = []
    asked: list[str] = []
    for name in names:
        before, here = original.get(name), mine.get(name)
        there = theirs.get(name, before)
        if here == there:
            if here != before:
                agreed.append(name)
        elif there == before:
            kept.append(name)
        elif here == before:
            taken.append(name)
        else:
            asked.append(name)
    return Merge(tuple(taken), tuple(kept), tuple(agreed), tuple(asked))
