"""What reference tables do when the company is new."""

from __future__ import annotations

from retaguarda.kernel.unit import Unit
from retaguarda.modules.company.events import CompanyCreated
from retaguarda.modules.reference import api


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives a new company the tables that the program ships."""
    api.seed(unit)
