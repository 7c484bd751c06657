"""What the inventory does when the company is created."""

from __future__ import annotations

from retaguarda.kernel.unit import Unit
from retaguarda.modules.company.events import CompanyCreated
from retaguarda.modules.inventory import api


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives the first branch its main warehouse."""
    api.seed_warehouse(unit, event.branch_id, "1", event.language)
