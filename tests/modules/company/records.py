"""What the company's tests start from."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

SECRET = "uma senha nova"


def person(office: Office, login: str) -> Any:
    """A person's row by log-in name."""
    return office.show("company.people", {"login": login}).rows[0]


def record_of(office: Office, login: str) -> dict[str, Any]:
    """What `revise_person` takes to leave a person as they are."""
    row = person(office, login)
    fields = ("login", "name", "roles", "email", "branch_id", "branches", "department", "boss_id", "language")
    return {
        "person_id": row.id,
        "version": row.version,
        "all_branches": row.all_branches,
        **{f: getattr(row, f) for f in fields},
    }


def role(office: Office, code: str) -> Any:
    """A role's row by code."""
    return office.show("company.roles", {"code": code}).rows[0]


def branch(office: Office, code: str = "1") -> Any:
    """A branch's row by code."""
    return office.show("company.branches", {"code": code}).rows[0]
