"""What is to be done now on a screen worked by scanner: one thing at a time, in big type, and the way that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from retaguarda.kernel.screen.parts import Level, Note, Phrase

WAY = Phrase("shell.scan_way")
StopState = Literal["done", "now", "short", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Big:
    """A big value with its label above and a line under it, led by `icon`; `accent` draws it in the colour of what to
    do."""

    label: Phrase
    value: str
    sub: Phrase | None = None
    level: Level = ""
    accent: bool = False
    icon: str = "map-pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of the way at the right: where, what, how much, how it stands."""

    place: str
    name: str
    quantity: Decimal
    state: StopState = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Made by a pure function of the record and its rows. `row` is what the actions act on, `prompt` what to scan now,
    `said` how far it is (`done` of `of`), `following` the next stop. `finished` says that nothing is left to do:
    the screen closes with these words."""

    title: Phrase
    pill: Note | None = None
    where: Big
    amount: Big
    item: str = ""
    item_sub: str = ""
    item_code: str = ""
    prompt: Phrase
    done: Decimal
    of: Decimal
    said: Phrase
    stops: Sequence[Stop] = ()
    way: Phrase
    way_title: Phrase = WAY
    following: Stop | None = None
    row: Any = None
    finished: Note | None = None
