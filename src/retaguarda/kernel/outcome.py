"""What a command gives back: its value, the rows its screen declared, what changed, and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that a command touched: `kind` is add, revise or append."""

    table: str
    kind: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the person should know though the command went through."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a command. `known` is true when the same command id had been carried out before."""

    command_id: str
    value: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Any] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[Warned, ...] = ()
    known: bool = False
