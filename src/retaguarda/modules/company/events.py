"""What happened in the company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompanyCreated:
    """The company exists; modules seed what they ship."""

    company_id: str
    branch_id: str
    country: str
    language: str


@dataclass(frozen=True, slots=True)
class BranchAdded:
    """The company has a further branch; modules give it what every branch has."""

    branch_id: str
    code: str
