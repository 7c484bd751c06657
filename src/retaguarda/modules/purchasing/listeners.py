"""What purchasing does when something happens elsewhere."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.purchasing.commands.prices import SetReorderPoint, put_away


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """What an import said about buying again holds no longer."""
    if event.brings == name_of(SetReorderPoint):
        put_away(unit, imports.brought_in(unit, event.batch_id))
