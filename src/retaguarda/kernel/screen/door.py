"""The port through which a screen reaches the business: the same verbs as the scripting door, nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.outcome import Answer, Outcome
from retaguarda.kernel.page import Anchors, By, Groups, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is using the program. `permissions` are names (`*` is all of them); `language` is `pt_BR` or `en`."""

    id: str
    name: str
    permissions: frozenset[str] = frozenset()
    branch_id: str = ""
    branch_name: str = ""
    language: str = "pt_BR"
    roles: tuple[str, ...] = ()

    def may(self, permission: str) -> bool:
        """Whether the person holds the permission."""
        return permission in self.permissions or "*" in self.permissions


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

    def do_many(self, sent: Sequence[tuple[str, Mapping[str, Any], str]], stays: bool = True) -> Sequence[Answer]:
        """Carries out commands (name, payload, id) in one transaction, in order; what is refused is an answer, and the
        others go on. Unless it `stays`, all of it is taken back: the answers are what would have come of it."""

    def show(
        self,
        query_name: str,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = 200,
        after: Any = None,
        count: bool = False,
    ) -> Page:
        """Rows of a query; unknown keys of `where` are refused by name. `where` holds equality, lists, operators in
        the key (`"day >=": …`) and `text` for search; counting costs a second statement and is asked for."""

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        """Where the pages of all rows begin, and how many there are: what a list needs to stand anywhere at once."""

    def groups(
        self,
        query_name: str,
        where: Mapping[str, Any] | None,
        by: Sequence[By],
        sums: Sequence[str],
        most: int = 0,
        largest: bool = False,
    ) -> Groups:
        """All rows added up by columns: how many of each value, or pair of values, and the sums of theirs; `most`
        groups (0: as many as a person looks at), those of the greatest first sum first where `largest` is asked."""

    def one(self, query_name: str, key: str) -> Any:
        """The row of one record; raises `Missing`."""

    def print_document(self, name: str, params: Mapping[str, Any]) -> bytes:
        """A document as PDF bytes."""

    def today(self) -> dt.date:
        """The company's calendar day."""

    def now(self) -> dt.datetime:
        """The present instant, aware UTC."""


class JobDoor(Door, Protocol):
    """What timed work is given: the same verbs, and a report written in a person's name."""

    @property
    def station(self) -> str:
        """The computer that it runs on."""

    def write_report(self, person_id: str, saved_id: str, kind: str, mark: str) -> Path:
        """Writes a saved report, with the rights that the person has now, into this station's folder of reports, under
        its name and `mark`; gives its path. Refuses a person who may not log in any more."""


RequestKind = Literal["do", "do_many", "show", "one", "print_document", "work"]


@dataclass(slots=True, kw_only=True)
class Request:
    """One call of the Door as data: the shell runs it on a lane, Desk at once; the answer comes back by callback.

    `screen` and `topic` name who asks for what: a newer read of the same screen and topic makes the older one
    pointless. `on_result` takes what the Door gave, `on_problem` the refusal or trouble. `work` is something long (a
    report, a file): its argument is called with the Door; `token` gives it up and hears how far it is.
    """

    kind: RequestKind
    args: tuple[Any, ...]
    on_result: Callable[[Any], None]
    on_problem: Callable[[Problem], None]
    screen: str = ""
    topic: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    token: Token | None = None

    def run(self, door: Door) -> Any:
        """Calls the Door; raises what it raises."""
        if self.kind == "work":
            return self.args[0](door)
        return getattr(door, self.kind)(*self.args, **self.kwargs)


Ask = Callable[[Request], None]
