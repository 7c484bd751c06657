"""Writes the first `.ui` of every form that has none: `python build/forms.py [screen …]`; never overwrites one.

`--again SCREEN` writes a named form's file anew; what was changed in it by hand is lost.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from retaguarda.app.compose import book
from retaguarda.kernel.screen import EntryScreen, FormScreen
from retaguarda.shell.form_layout import write_form

UI = Path(__file__).resolve().parent.parent / "ui"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("screens", nargs="*", help="names of forms; all of them when none is named")
    options.add_argument("--again", action="store_true", help="write the named forms anew")
    given = options.parse_args()
    for screen in book():
        if not isinstance(screen, FormScreen) or isinstance(screen, EntryScreen):
            continue
        if given.screens and screen.name not in given.screens:
            continue
        module, _, name = screen.name.partition(".")
        path = UI / module / f"{name}.ui"
        if path.exists() and not (given.again and given.screens):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_form(screen), encoding="utf-8")
        print(path.relative_to(UI.parent))


if __name__ == "__main__":
    main()
