"""What plan B covers: each standard situation is brought about in a company of its own, and what comes back is told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from retaguarda.app.compose import registry
from retaguarda.app.drill.scene import Failed, Scene
from retaguarda.app.drill.situations import SITUATIONS
from retaguarda.app.headless import Office, create_office
from retaguarda.modules.contingency.api import Ways

ENOUGH = 2
"""Fewer ways that count are an alarm by themselves (issue 5)."""
_COMPANY = {
    "name": "Simulação",
    "admin_name": "Ana",
    "admin_login": "ana",
    "admin_password": "exemplo2026",
    "language": "pt_BR",
    "zone": "America/Sao_Paulo",
}


def run() -> dict[str, Any]:
    """Every failure that the modules know, by its code: the ways that came back and how many count, and which have
    fewer than two (`without_plan`), for want of ways or because nobody answers them yet."""
    with tempfile.TemporaryDirectory(prefix="retaguarda-coverage-") as folder:
        office = create_office(f"sqlite:///{Path(folder) / 'company.db'}", _COMPANY)
        try:
            office.log_in("ana", _COMPANY["admin_password"])
            seen = {code: bring_about(office, code, f"S{n}") for n, code in enumerate(SITUATIONS, 1)}
        finally:
            office.close()
    known = {code for module in registry().modules for code in module.failures} | set(SITUATIONS)
    found = {code: told(seen[code]) if code in seen else _unanswered() for code in sorted(known)}
    return {
        "failures": found,
        "answered": len(seen),
        "without_plan": [code for code, facts in found.items() if facts["counting"] < ENOUGH],
    }


def bring_about(office: Office, code: str, mark: str) -> Failed:
    """Makes the shop of a failure and runs into it."""
    scene = Scene(office, mark)
    name, payload = SITUATIONS[code](scene)
    failed = scene.fails(name, payload)
    assert failed.code == code, f"{code} was expected, {failed.code} came"
    return failed


def told(failed: Failed) -> dict[str, Any]:
    """What came back, as data."""
    return {
        "remedies": [
            {
                "kind": remedy.reason.rsplit(".", 1)[1],
                "counts": remedy.counts,
                "day": remedy.day,
                "kept": remedy.kept,
                "extra_cost": remedy.extra_cost,
                "dearer": remedy.dearer,
                "margin": remedy.margin,
                "why": remedy.why.rsplit(".", 1)[1],
            }
            for remedy in failed.remedies
        ],
        "counting": failed.counting,
        "left_out": list(failed.left_out),
    }


def _unanswered() -> dict[str, Any]:
    return {"remedies": [], "counting": 0, "left_out": []}


def answered() -> frozenset[str]:
    """The failures that plan B is asked about."""
    ways: Ways = registry().ports[Ways]
    return ways.codes
