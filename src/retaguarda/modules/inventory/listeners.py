"""What the inventory does when the company or a branch of it is new."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.company.events import BranchAdded, CompanyCreated
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands import RecordOpeningStock
from retaguarda.modules.inventory.commands.opening import take_back


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives the first branch its main warehouse."""
    api.seed_warehouse(unit, event.branch_id, "1", event.language)


def branch_added(unit: Unit, event: BranchAdded) -> None:
    """Gives a further branch its main warehouse."""
    facts = company.the_company(unit)
    assert facts is not None, "a branch belongs to a company"
    api.seed_warehouse(unit, event.branch_id, event.code, facts.language)


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Opening stock that an import had brought is as if it had never been; refused where something was built on it."""
    if event.brings == name_of(RecordOpeningStock):
        take_back(unit, imports.brought_in(unit, event.batch_id))
