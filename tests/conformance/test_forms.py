"""Every form's `.ui`: it is there, binds every field its commands have, names nothing else, says no word."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.screen import EntryScreen, FieldView, FormScreen, LinesView
from retaguarda.shell.form_layout import specs_of

UI = Path(__file__).resolve().parents[2] / "ui"
FORMS = [screen for screen in book() if isinstance(screen, FormScreen) and not isinstance(screen, EntryScreen)]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


def _tree(form: FormScreen) -> ElementTree.Element:
    module, _, name = form.name.partition(".")
    path = UI / module / f"{name}.ui"
    assert path.exists(), f"python build/forms.py {form.name} writes it"
    return ElementTree.parse(path).getroot()


def _named(tree: ElementTree.Element, name: str) -> list[str]:
    found = []
    for one in tree.iter("property"):
        if one.get("name") == name:
            found += [text.text or "" for text in one.iter("string")]
    return found


@each_form
def test_every_field_is_bound_once_and_nothing_else(form: FormScreen) -> None:
    tree, specs = _tree(form), specs_of(form)
    fields = [view.name for view in form.fields if isinstance(view, FieldView) and view.name in specs]
    grids = [view.name for view in form.fields if isinstance(view, LinesView) and view.name in specs]
    assert sorted(_named(tree, "bind")) == sorted(fields)
    assert sorted(_named(tree, "hint_of")) == sorted(fields)
    assert sorted(_named(tree, "lines")) == sorted(grids)


@each_form
def test_every_press_is_an_action_of_the_form(form: FormScreen) -> None:
    actions = {name for action in book().actions(form) for name in (action.name, action.press)}
    assert set(_named(_tree(form), "press")) <= actions


@each_form
def test_no_string_waits_for_a_translator(form: FormScreen) -> None:
    strings = [text for text in _tree(form).iter("string") if text.get("notr") != "true"]
    assert strings == []


def test_every_ui_file_belongs_to_a_form() -> None:
    known = {f"{form.name.replace('.', '/')}.ui" for form in FORMS}
    found = {str(path.relative_to(UI)) for path in UI.rglob("*.ui")} if UI.exists() else set()
    assert found - known == set()
