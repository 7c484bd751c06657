"""What the catalog does when the company is created, and when an import is taken back."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api
from retaguarda.modules.catalog.commands import AddCode, AddProduct, ArchiveProduct, SetPrice
from retaguarda.modules.catalog.commands.codes import take_codes_back
from retaguarda.modules.catalog.commands.prices import take_prices_back
from retaguarda.modules.catalog.commands.products import bring_back, put_away
from retaguarda.modules.company.events import CompanyCreated
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives a new company its units and its price list."""
    api.seed_catalog(unit, event.language)


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Products that an import had brought are put away, and their codes are free; those it had put away come back if
    nobody has changed them since. Codes find their products no longer; the prices of before hold again."""
    if event.brings == name_of(AddProduct):
        put_away(unit, imports.brought_in(unit, event.batch_id))
    elif event.brings == name_of(ArchiveProduct):
        bring_back(unit, imports.answered_in(unit, event.batch_id))
    elif event.brings == name_of(AddCode):
        take_codes_back(unit, imports.undone_by(unit, event.brings), event.batch_id)
    elif event.brings == name_of(SetPrice):
        take_prices_back(unit, event.batch_id, event.brings)
