"""What the screens of accounting share: labels, fields, the spans of the reports."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen import Action, Column, FieldView, Level, Tab

STATE_LEVELS: dict[str, Level] = {"open": "info", "closed": "ok"}
SPANS = tuple(Tab(name=name, where={"span": name}, counted=False) for name in ("month", "last_month", "year", "all"))


def field(name: str, **more: Any) -> FieldView:
    """A field with its label of the module."""
    return FieldView(name=name, label=f"accounting.field.{name}", **more)


def column(field: str, **more: Any) -> Column:
    """A column with its title of the module."""
    return Column(field=field, title=f"accounting.field.{field}", **more)


def new(opens: str) -> Action:
    """The action that opens a form for a new record."""
    return Action(name="new", icon="plus", opens=opens, shortcut="Ctrl+N", primary=True, on_row=False)


ACCOUNT = field("account_id", suggestions="accounting.account_choices", shown_by="account_name")
CENTRE = field("cost_centre_id", width=150, suggestions="accounting.cost_centre_choices")
BRANCH = field("branch_id", suggestions="company.branch_choices")
