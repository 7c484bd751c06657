"""A number is found with and without the zeros before it, by the index and by walking alike."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel import query as kernel_query
from retaguarda.kernel.fold import spelled
from tests.scenarios.test_searched import told


def test_how_a_number_may_stand() -> None:
    assert spelled("05128") == ["5128", "005128", "0005128", "00005128"]
    assert spelled("5128") == ["05128", "005128", "0005128", "00005128"]
    assert (spelled("07"), spelled("7"), spelled("0"), spelled("a12"), spelled("１２")) == (["7"], [], [], [], [])


def test_zeros_before_a_number_say_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Loja 5128", "Loja 05128", "Loja 051280", "Loja 15128", "Loja 512", "Loja 0005128-A"):
        office.do("party.add_party", name=name, kind="company", customer=True)
    asked = {
        "05128": {"5128", "05128", "051280", "0005128-A"},
        "5128": {"5128", "05128", "0005128-A"},
        "005128": {"5128", "05128", "0005128-A"},
        "loja 0512": {"512", "05128", "051280"},
    }
    for most in (10_000, 0):
        monkeypatch.setattr(kernel_query, "COUNT_CAP", most)
        for typed, numbers in asked.items():
            page = told(office, office.actor, typed, sort="id", limit=50)
            assert {row.name.removeprefix("Loja ") for row in page.rows} == numbers, (most, typed)
