"""What a person is told when something goes wrong: a code, with cause and action in both languages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.text import LANGUAGES, Texts


def words_of(problem: Problem) -> None:
    """The problem has cause and action in both languages, with everything that they name."""
    for language in LANGUAGES:
        texts = Texts(language, strict=True)
        assert texts.cause(problem.code, **problem.params)
        assert texts.action(problem.code, **problem.params)


@contextlib.contextmanager
def fault(kind: type[Problem], code: str) -> Iterator[None]:
    """What runs inside ends in this problem, which is told in both languages."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code, caught.value.params
    words_of(caught.value)
