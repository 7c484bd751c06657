"""Plan B has all the time it needs here, whatever else the machine does: what it does without time has its own test."""

from __future__ import annotations

import pytest

from retaguarda.modules.contingency.providers import PlanB


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlanB, "seconds", 60)
