"""Bundled files are found in a checkout and in a frozen program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retaguarda.kernel.resource import find_resource, resource_roots


@pytest.fixture
def fresh_roots() -> Iterator[None]:
    resource_roots.cache_clear()
    yield
    resource_roots.cache_clear()


def test_a_checkout_finds_its_fonts() -> None:
    assert find_resource("resources", "fonts", "Inter-Regular.ttf").stat().st_size > 100_000


def test_a_frozen_program_looks_in_its_own_folder_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_roots: None
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert find_resource("resources") == tmp_path / "resources"
    assert find_resource("resources", "fonts").parent != tmp_path / "resources"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/nothing\.txt"):
        find_resource("resources", "nothing.txt")
