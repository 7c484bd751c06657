"""What is left of a document whose goods were not all found: what was picked stays, the rest is given free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from retaguarda.kernel.reads import Reads
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.reserving import append_less, reservations_of
from retaguarda.modules.inventory.api.shipping import append_unpicks, by_line, picked_of
from retaguarda.modules.inventory.rules import ZERO, Document, Picked, Reserved

Part = tuple[str, str]
"""A line and one product of it: the product itself, or a part of a kit."""


def picked_by_line(reads: Reads, document: Document) -> Mapping[str, Decimal]:
    """How much lies picked for each line of a document, in what the line sells: whole kits."""
    picked = _by_part(picked_of(reads, document))
    return by_line(
        replace(row, quantity=min(row.quantity, picked.get((row.line_id, row.product_id), ZERO)))
        for row in reservations_of(reads, document).rows
        if row.expected_id is None
    )


def keep_picked(unit: Unit, document: Document, kept: Mapping[str, Decimal]) -> None:
    """Gives free what is reserved for some lines of a document beyond what is `kept` of each (in what the line sells,
    as `picked_by_line` says). Picked parts of a kit that is not whole go back to their places."""
    own = [row for row in reservations_of(unit, document).parts if row.line_id in kept]
    stays = {(row.line_id, row.product_id): kept[row.line_id] * (row.per_kit or 1) for row in own}
    append_less(unit, _beyond(own, stays), "release")
    append_unpicks(unit, _surplus(picked_of(unit, document), stays), "unpick")


def _by_part(picked: Iterable[Picked]) -> dict[Part, Decimal]:
    found: dict[Part, Decimal] = {}
    for row in picked:
        found[row.line_id, row.product_id] = found.get((row.line_id, row.product_id), ZERO) + row.quantity
    return found


def _beyond(rows: Sequence[Reserved], stays: Mapping[Part, Decimal]) -> list[Reserved]:
    left, rest = dict(stays), []
    for row in rows:
        part = (row.line_id, row.product_id)
        stay = min(row.quantity, left[part]) if row.expected_id is None else ZERO
        left[part] -= stay
        if row.quantity > stay:
            rest.append(replace(row, quantity=row.quantity - stay))
    return rest


def _surplus(picked: Sequence[Picked], stays: Mapping[Part, Decimal]) -> list[Picked]:
    left, surplus = dict(stays), []
    for row in picked:
        part = (row.line_id, row.product_id)
        if part not in left:
            continue
        stay = min(row.quantity, left[part])
        left[part] -= stay
        if row.quantity > stay:
            surplus.append(replace(row, quantity=row.quantity - stay))
    return surplus
