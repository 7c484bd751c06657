"""The port through which a screen reaches the business: the same verbs as the scripting door, nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is using the program. `permissions` are command and query names; `locale` is `pt_BR` or `en`."""

    id: str
    name: str
    permissions: frozenset[str] = frozenset()
    branch_id: str = ""
    branch_name: str = ""
    locale: str = "pt_BR"
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows of a query: frozen row dataclasses, the cursor of the next page, how many there are (None: not asked
    or not known; `count_capped`: at least so many), and when the store answered."""

    rows: Sequence[Any]
    at: dt.datetime
    after: Any = None
    count: int | None = None
    count_capped: bool = False


class Door(Protocol):
    """What a screen may ask for. Refusals and troubles are raised as the exceptions of `kernel.errors`."""

    @property
    def person(self) -> Person:
        """Who asks."""

    def do(
        self,
        command: Command | tuple[str, Mapping[str, Any]],
        accept: Sequence[str] = (),
        command_id: str | None = None,
    ) -> Outcome:
        """Carries out a command, or its name with a payload; the same `command_id` again gives the same outcome.

        Commands that make or change a record give `value` with `id`, `version` and, where it has one, `number`.
        """

    def show(
        self,
        query_name: str,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = 200,
        after: Any = None,
    ) -> Page:
        """Rows of a query; unknown keys of `where` are refused by name."""

    def one(self, query_name: str, key: str) -> Any:
        """The row of one record; raises `Missing`."""

    def print_document(self, name: str, params: Mapping[str, Any]) -> bytes:
        """A document as PDF bytes."""

    def today(self) -> dt.date:
        """The company's calendar day."""

    def now(self) -> dt.datetime:
        """The present instant, aware UTC."""


RequestKind = Literal["do", "show", "one", "print_document"]


@dataclass(slots=True, kw_only=True)
class Request:
    """One call of the Door as data: the shell runs it on a lane, Desk at once; the answer comes back by callback.

    `screen` and `topic` name who asks for what: a newer read of the same screen and topic makes the older one
    pointless. `on_result` takes what the Door gave, `on_problem` the refusal or trouble.
    """

    kind: RequestKind
    args: tuple[Any, ...]
    on_result: Callable[[Any], None]
    on_problem: Callable[[Problem], None]
    screen: str = ""
    topic: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def run(self, door: Door) -> Any:
        """Calls the Door; raises what it raises."""
        return getattr(door, self.kind)(*self.args, **self.kwargs)


Ask = Callable[[Request], None]
