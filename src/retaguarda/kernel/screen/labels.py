"""Declarations whose words follow from the module: a field and a column of one name are called the same."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen.parts import Action, Column, FieldView


class Labels:
    """The words of one module: what is called `name` has the text `<module>.field.<name>`."""

    def __init__(self, module: str) -> None:
        self._prefix = f"{module}.field."

    def field(self, name: str, **more: Any) -> FieldView:
        """A field with its label of the module."""
        return FieldView(name=name, label=self._prefix + name, **more)

    def column(self, field: str, title_of: str = "", **more: Any) -> Column:
        """A column with its title of the module; `title_of` names what it is called after instead."""
        return Column(field=field, title=self._prefix + (title_of or field), **more)


def new_record(opens: str, text: str = "") -> Action:
    """The action that opens a form for a new record."""
    return Action(name="new", text=text, icon="plus", opens=opens, shortcut="Ctrl+N", primary=True, on_row=False)
