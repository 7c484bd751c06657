"""Words for the window: codes and values in the person's language, and how declared columns become table cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from retaguarda.kernel.screen import Column, Note, Phrase, Show
from retaguarda.kernel.text import Texts, format_quantity
from retaguarda.kernel.text.saying import said
from retaguarda.shell.theme import ROLE_ICON
from retaguarda.shell.widgets import table

_ROLES = {"": "neutral", "ok": "ok", "warn": "warn", "bad": "bad", "info": "info", "plan": "warn"}
_KINDS: Mapping[Show, table.Kind] = {
    "text": table.Kind.TEXT,
    "words": table.Kind.TEXT,
    "name": table.Kind.STRONG,
    "code": table.Kind.CODE,
    "codes": table.Kind.TEXT,
    "money": table.Kind.AMOUNT,
    "price": table.Kind.NUMBER,
    "quantity": table.Kind.NUMBER,
    "rate": table.Kind.NUMBER,
    "whole": table.Kind.NUMBER,
    "day": table.Kind.CODE,
    "instant": table.Kind.CODE,
    "pill": table.Kind.PILL,
    "flag": table.Kind.TEXT,
    "answer": table.Kind.AVAILABILITY,
}
LEAST_WIDTHS: Mapping[str, int] = {"instant": 144, "day": 100}
"""What a column needs at least for its values, in px: a cut date is no date."""
# What stands between the edges of the window and of a table while the navigation is a rail: rail and page margins.
_AROUND_TABLE = 60 + 2 * 24 + 2


def role_of(level: str) -> str:
    """The role of the theme that shows a level."""
    return _ROLES[level]


class Words:
    """Everything a view says, through the texts of one language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def say(self, code: str, /, **params: Any) -> str:
        """The text of a code."""
        return self.texts.say(code, **params)

    def phrase(self, phrase: Phrase | None) -> str:
        """A phrase in words; nothing for none."""
        return "" if phrase is None else self.texts.say(phrase.code, **phrase.params)

    def cause(self, phrase: Phrase) -> str:
        """What happened and why."""
        return self.texts.cause(phrase.code, **phrase.params)

    def action(self, phrase: Phrase) -> str:
        """What to do about it; empty for a text that is no refusal."""
        return self.texts.action(phrase.code, **phrase.params)

    def value(self, value: Any, show: Show | str = "text", texts: str = "", *, symbol: bool = False) -> str:
        """A value as it is shown; `texts` is the prefix of codes, `symbol` puts the currency before money."""
        return said(self.texts, value, show, texts, symbol=symbol)

    def count(self, count: int, capped: bool = False) -> str:
        """A count; `10.000+` where counting stopped."""
        return format_quantity(Decimal(count), self.texts.language) + ("+" if capped else "")

    # ---- tables ----
    def head(self, screen: str, column: Column, *, editable: bool = False, fixed: bool = False) -> table.Column:
        """A declared column as the table knows it; its title defaults to `<screen>.<field>`. A `fixed` width is taken
        as it is."""
        kind = table.Kind.TWO_LINE if column.sub and column.show != "pill" else _KINDS[column.show]
        if column.texts and column.show == "code" and not column.sub:
            kind = table.Kind.TEXT
        return table.Column(
            column.field,
            self.say(column.title or f"{screen}.{column.field}"),
            kind,
            column.width if fixed else max(column.width, LEAST_WIDTHS.get(column.show, 0)) or 120,
            stretch=column.width == 0,
            editable=editable,
            sortable=column.sortable,
            hide_below=max(0, column.hide_below - _AROUND_TABLE) if column.hide_below else 0,
            align=column.align if column.align in ("left", "right") else "",
            fixed=fixed,
        )

    def cell(self, column: Column, read: Callable[[str], Any]) -> table.Cell:
        """The cell of a column; `read(field)` gives the row's values."""
        value = read(column.field)
        if column.show == "answer":
            return self.answer(value)
        show = read(column.show_by) if column.show_by else column.show
        words = self.value(value, show, column.texts, symbol=bool(column.show_by))
        if column.show == "pill":
            if value is None or value == "":
                return None
            return table.State(words, role_of(column.levels.get(str(value), "")))
        if column.sub:
            sub = read(column.sub)
            return table.TwoLine(words, "" if sub in (None, "") else self.value(sub, column.sub_show))
        return words

    def answer(self, note: Note | None) -> table.Cell:
        """A judged line: two lines with the icon of its level."""
        if note is None:
            return None
        return table.Availability(role_of(note.level), self.phrase(note.text), self.phrase(note.sub))

    def row_of(self, columns: tuple[Column, ...], row: Any, key: Any) -> table.Row:
        """A row dataclass as a table row."""
        return table.Row(key, tuple(self.cell(column, lambda field: getattr(row, field, None)) for column in columns))


def icon_of(level: str) -> str:
    """The icon that stands for a level, because colour never stands alone."""
    return ROLE_ICON[role_of(level)]


def initials(name: str) -> str:
    """Two letters for a disc: `Auto Peças São Jorge` is AP."""
    words = [word for word in name.split() if word[0].isalnum()]
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return name[:2].upper()
