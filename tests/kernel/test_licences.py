"""Nothing becomes a part of the program whose licence would bind the program too, and every part brings its text."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec
import pytest

from retaguarda.kernel import licences
from tests.house.tree import ROOT

# What the lock has for Windows alone is not installed here; read from its own description.
ELSEWHERE = {"pywin32-ctypes": "BSD-3-Clause"}


def locked() -> dict[str, str]:
    """What is locked to run the program, with the systems it is for."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = dict(re.findall(r"^([\w.-]+)==\S+\s*(.*?)\\?$", "\n".join(lines), re.MULTILINE))
    assert len(found) > 25, "the lock was not understood"
    return found


def test_no_locked_library_binds_the_program() -> None:
    bound = {}
    for name, marker in locked().items():
        try:
            offered = licences.offered_by(distribution(name))
        except PackageNotFoundError:
            assert "win32" in marker, f"{name} is locked and not installed"
            offered = ELSEWHERE[name]
        try:
            licences.permitted(offered)
        except ValueError as refused:
            bound[name] = str(refused)
    assert bound == {}


@pytest.mark.parametrize("offered", ["GPL-3.0-only", "AGPL-3.0-or-later", "GPL-2.0-only OR GPL-3.0-only", ""])
def test_a_licence_that_binds_the_program_is_refused(offered: str) -> None:
    with pytest.raises(ValueError, match=offered or "no licence"):
        licences.permitted(offered)


def test_of_several_licences_that_is_taken_which_asks_nothing() -> None:
    assert licences.permitted("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only") == "LGPL-3.0-only"


def test_every_locked_library_is_named_with_its_text() -> None:
    found = licences.gathered()
    assert [part.name for part in found[:4]] == ["Retaguarda", "Python", "Inter", "Lucide"]
    assert [part.name for part in found if not part.text or not part.licence] == []
    named = {re.sub(r"[-_.]+", "-", part.name).lower() for part in found}
    assert {name for name, marker in locked().items() if "win32" not in marker} <= named


def test_a_bundle_shows_what_was_collected_when_it_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [licences.Part("Retaguarda", "9.9", "Apache-2.0", "text")]
    (tmp_path / licences.COLLECTED).write_bytes(msgspec.json.encode(kept))
    monkeypatch.setattr(licences, "find_resource", lambda *parts: tmp_path.joinpath(*parts))
    assert licences.parts() == kept
