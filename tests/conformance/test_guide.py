"""The guides for the shop say what stands on the screens: every name in bold, and every key of an action."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import Texts
from retaguarda.kernel.text.catalogue import read_catalogue
from retaguarda.shell.action_bar import key_of
from retaguarda.shell.first_run_view import SAMPLE_KEY
from tests.house.tree import ROOT

GUIDES = {"pt_BR": ROOT / "docs" / "guide.pt-BR.md", "en": ROOT / "docs" / "guide.md"}
BOLD = re.compile(r"\*\*([^*]+)\*\*(?:\s*\(`([^`]+)`\))?")
each_guide = pytest.mark.parametrize("language", GUIDES)


def named(language: str) -> list[tuple[str, str]]:
    """What a guide has in bold, with the key that stands behind it."""
    text = GUIDES[language].read_text(encoding="utf-8")
    return [(" ".join(name.split()), key) for name, key in BOLD.findall(text)]


def keys(language: str) -> Mapping[str, set[str]]:
    """The keys of all actions, by what stands on their buttons."""
    texts, found = Texts(language), {Texts(language).say("first.example"): {SAMPLE_KEY}}
    for screen in book():
        for action in book().actions(screen):
            said = texts.say(action.text or f"{screen.name}.{action.name}")
            found.setdefault(said, set()).add(key_of(action))
    return found


@each_guide
def test_what_is_in_bold_stands_on_a_screen(language: str) -> None:
    paths = find_resource("resources", "i18n").glob(f"*.{language}.toml")
    said = {entry.text["other"] for path in paths for entry in read_catalogue(path).values()}
    assert sorted({name for name, _ in named(language)} - said) == []


@each_guide
def test_the_key_behind_a_name_is_its_own(language: str) -> None:
    known = keys(language)
    asked = [(name, key) for name, key in named(language) if key]
    assert len(asked) > 25
    assert [pair for pair in asked if pair[1] not in known.get(pair[0], set())] == []


def test_both_guides_speak_of_the_same() -> None:
    shape = {language: [key for _, key in named(language)] for language in GUIDES}
    assert shape["pt_BR"] == shape["en"]
