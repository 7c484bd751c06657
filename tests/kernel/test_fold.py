"""The search form of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.fold import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" São  PAULO ", "sao paulo"),
        ("AÇÃO", "acao"),
        ("Coração de Mãe", "coracao de mae"),
        ("Straße", "strasse"),
        ("a\u00a0b\tc\n", "a b c"),
        ("ﬁo nº 2", "fio no 2"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
