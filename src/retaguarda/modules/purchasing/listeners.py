"""What purchasing does when something happens elsewhere."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.merging import products_merged, products_unmerged
from retaguarda.modules.purchasing.commands.openings import IMPORT_UNDONE, RecordOpeningPayable
from retaguarda.modules.purchasing.commands.prices import SetReorderPoint, SetSupplierPrice, take_back, take_prices_back

__all__ = ["products_merged", "products_unmerged", "undo_import"]


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """What an import said about buying again or of suppliers' prices holds no longer, what was said before it does; and
    what it said was owed already is taken back, or all of it stands where something was built on a part."""
    if event.brings == name_of(SetReorderPoint):
        take_back(unit, imports.answered_in(unit, event.batch_id))
    elif event.brings == name_of(RecordOpeningPayable):
        titles = [api.load_opening(unit, key) for key in imports.brought_in(unit, event.batch_id)]
        standing = [row for row in titles if row.state == rules.STANDS]
        api.reverse_openings(unit, standing, IMPORT_UNDONE)
    elif event.brings == name_of(SetSupplierPrice):
        take_prices_back(unit, event.batch_id, event.brings)
