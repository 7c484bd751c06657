"""The Brazilian chart of accounts: a whole tree, every purpose once, and what a Brazilian company starts with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from retaguarda.app.headless import create_office
from retaguarda.modules.accounting import rules
from retaguarda.packs.br.chart import BrazilianChart

PLANNED = BrazilianChart().accounts()
NEUTRAL = tuple((code, role) for code, _, _, role in rules.NEUTRAL)
BOTH = [tuple((p.code, r) for p in PLANNED for r in p.roles or ("",)), NEUTRAL]


@pytest.mark.parametrize("chart", BOTH, ids=["br", "neutral"])
def test_every_purpose_has_one_account(chart: tuple[tuple[str, str], ...]) -> None:
    assert Counter(role for _, role in chart if role) == Counter(dict.fromkeys(rules.ROLES, 1))


@pytest.mark.parametrize("chart", BOTH, ids=["br", "neutral"])
def test_parents_come_before_their_children_and_codes_once(chart: tuple[tuple[str, str], ...]) -> None:
    seen: set[str] = set()
    for code, _ in chart:
        assert code not in seen
        above = rules.parent_code(code)
        assert above is None or above in seen
        seen.add(code)


def test_kinds_are_those_of_the_purposes() -> None:
    assert [p.code for p in PLANNED for role in p.roles if p.kind != rules.ROLES[role]] == []
    assert [code for code, _, kind, role in rules.NEUTRAL if role and kind != rules.ROLES[role]] == []


@pytest.mark.parametrize(("country", "name"), [("BR", "Duplicatas a receber"), ("PT", "Clientes a receber")])
def test_a_company_starts_with_the_chart_of_its_country(tmp_path: Path, country: str, name: str) -> None:
    asked = {
        "name": "Casa", "admin_name": "Ana", "admin_login": "ana", "admin_password": "segredo123",
        "country": country, "sample": True,
    }  # fmt: skip
    office = create_office(f"sqlite:///{tmp_path / 'c.db'}", asked)
    try:
        names = {row.name for row in office.show("accounting.accounts").rows}
        assert name in names
        assert len(names) > 50
        assert office.check() == []
    finally:
        office.close()
