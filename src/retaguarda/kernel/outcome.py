"""What a command gives back: its value, the rows its screen declared, what changed, and warnings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Mishap, Refusal


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that a command touched: `kind` is add, revise or append."""

    table: str
    kind: str
    ids: tuple[str, ...]

    def touches(self, tables: Collection[str]) -> bool:
        """Whether it may concern one of these tables (none named: any)."""
        return not tables or self.table in tables or self is ANYTHING

    def concerns(self, key: str) -> bool:
        """Whether it may concern the record with this key."""
        return key in self.ids or self is ANYTHING


ANYTHING = Change("*", "any", ())
"""Nobody can say what changed (the connection was away for a while): whoever shows something reads it again."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the person should know though the command went through."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a command. `known` is true when the same command id had been carried out before; `mishap` is what
    went wrong and has to be decided now, with the ways out of it."""

    command_id: str
    value: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Any] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[Warned, ...] = ()
    known: bool = False
    mishap: Mishap | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a command changed, here or at another desk; `command_id` is empty where anything may have changed."""

    command_id: str
    changes: tuple[Change, ...]


Sent = tuple[Command, str]
"""A command and its id."""
Answer = Outcome | Refusal


def answer_of(act: Callable[[], Outcome]) -> Answer:
    """What comes of a command, a refusal as a value: where one of many is no reason to stop."""
    try:
        return act()
    except Refusal as refusal:
        return refusal
