"""What the catalog does when the company is created."""

from __future__ import annotations

from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api
from retaguarda.modules.company.events import CompanyCreated


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives a new company its units and its price list."""
    api.seed_catalog(unit, event.language)
