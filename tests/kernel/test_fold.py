"""The search form of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.fold import begun_in, fold


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


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Padaria São João", ["sao", "jo"], ["São", "Jo"]),
        ("12.345.678/0001-90", ["345", "9"], ["345", "9"]),
        ("Ação_Ltda", ["ltda", "acao"], ["Ação", "Ltda"]),
        ("Straße", ["strass"], ["Straß"]),
        ("ﬁlé", ["fi"], ["ﬁ"]),
        ("Sao Sebastiao", ["s", "sao"], ["Sao", "S"]),
        ("Maria", ["ria"], []),
        ("Maria", [], []),
    ],
)
def test_what_was_typed_is_marked_where_a_word_begins_with_it(text: str, typed: list[str], marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in begun_in(text, typed)] == marked


@given(st.text(), st.text())
def test_a_mark_never_leaves_the_text(text: str, typed: str) -> None:
    spans = begun_in(text, fold(typed).split())
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
