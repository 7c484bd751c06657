"""Goods that a buyer takes along: reserved and gone in one go."""

from __future__ import annotations

from collections.abc import Sequence

from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.costing import append_leaving
from retaguarda.modules.inventory.api.goods import pick_pieces, pieces_off
from retaguarda.modules.inventory.api.reserving import Need, Short, append_taken, needed_rows
from retaguarda.modules.inventory.api.shipping import from_places
from retaguarda.modules.inventory.rules import SHIP, Document


def take_along(unit: Unit, document: Document, needs: Sequence[Need]) -> tuple[Short, ...]:
    """Reserves what is on hand for every line of a new document and lets it leave, all or nothing: the short ones are
    returned and nothing is written.

    The same as `reserve` and `ship` after it, without reading back what was just written.
    """
    rows, short = needed_rows(unit, document, needs)
    if short or not rows:
        return short
    left = from_places(unit, rows)
    append_taken(unit, rows, SHIP)
    pick_pieces(unit, left)
    pieces_off(unit, left, SHIP)
    append_leaving(unit, left, rows)
    return ()
