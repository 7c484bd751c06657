"""Editions of a table for the tests: brought in, put in force, looked at."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

BANKS = (("001", "Banco do Brasil"), ("104", "Caixa"), ("999", "Banco Novo"))
NAMED = {"label": "Novembro", "dated_on": "2026-11-20", "source": "Banco Central"}


def loaded(office: Office, *codes: tuple[str, str], table: str = "bank", **more: Any) -> str:
    """The key of an edition with these codes, which waits."""
    rows = [{"code": code, "name": name} for code, name in codes or BANKS]
    return str(office.do("reference.load_table", table=table, rows=rows, **more).value["id"])


def in_force(office: Office, *codes: tuple[str, str]) -> str:
    """The key of an edition with these codes, which is in force."""
    key = loaded(office, *codes)
    office.do("reference.put_in_force", edition_id=key, **NAMED)
    return key


def table(office: Office, name: str = "bank") -> Any:
    """The table as the list has it."""
    return office.one("reference.tables", name)


def edition(office: Office, key: str) -> Any:
    """The edition as its page has it."""
    return office.one("reference.editions", key)


def codes(office: Office, name: str = "bank") -> dict[str, str]:
    """The names in force by their codes."""
    return {row.code: row.name for row in office.show("reference.codes", {"table_name": name}, limit=500).rows}


def changes(office: Office, key: str) -> dict[str, set[str]]:
    """The codes that an edition makes new, changes and takes away."""
    found: dict[str, set[str]] = {"new": set(), "changed": set(), "gone": set()}
    for row in office.show("reference.edition_changes", {"edition_id": key}, limit=500).rows:
        found[row.change].add(row.code)
    return found
