"""What purchasing does when something happens elsewhere."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.purchasing.commands.prices import SetReorderPoint, take_back


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """What an import said about buying again holds no longer; what was said before it does."""
    if event.brings == name_of(SetReorderPoint):
        take_back(unit, imports.answered_in(unit, event.batch_id))
