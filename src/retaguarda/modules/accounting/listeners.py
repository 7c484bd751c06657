"""What accounting does when the company or a branch of it is new."""

from __future__ import annotations

from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api
from retaguarda.modules.company import api as company
from retaguarda.modules.company.events import BranchAdded, CompanyCreated


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Opens the books and gives the first branch its cash box."""
    api.seed_books(unit, event.country, event.language)
    api.seed_cash(unit, event.branch_id, "1", event.language)


def branch_added(unit: Unit, event: BranchAdded) -> None:
    """Gives a further branch its cash box."""
    facts = company.the_company(unit)
    assert facts is not None, "a branch belongs to a company"
    api.seed_cash(unit, event.branch_id, event.code, facts.language)
