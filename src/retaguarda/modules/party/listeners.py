"""What the parties do when something happens elsewhere."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.party.commands import AddParty, put_away


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Whom an import had brought is put away with it; documents keep them."""
    if event.brings == name_of(AddParty):
        put_away(unit, imports.brought_in(unit, event.batch_id))
