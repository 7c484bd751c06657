"""The port through which the window reaches an office: what `connect` gives back, whatever stands behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from retaguarda.kernel.imports.port import Importing
from retaguarda.kernel.outcome import Change, News
from retaguarda.kernel.screen import Door, ScreenBook
from retaguarda.shell.login_view import Base, LoginPerson
from retaguarda.shell.printing.choices import PrintChoice
from retaguarda.shell.printing.ports import NoPrinters, Printers


class Front(Protocol):
    """An opened company. Everything here but plain attributes, `listen` and `work` is called on the write lane."""

    book: ScreenBook
    company: str
    place: str
    zone: dt.tzinfo
    currency: str
    people: Sequence[LoginPerson]
    base: Base
    last_backup: dt.datetime | None
    logged_in: bool
    """Whether somebody is logged in already (a start with `--as`), so that no log-in is shown."""

    @property
    def door(self) -> Door:
        """The door of whoever is logged in."""

    @property
    def importing(self) -> Importing | None:
        """Through which files are brought in, as whoever is logged in; None where there is no office."""

    def log_in(self, login: str, password: str) -> None:
        """Logs in, or raises the refusal."""

    def listen(self, tell: Callable[[Sequence[News]], object]) -> None:
        """From now on tells what is changed, here and at other desks, from a thread of its own. Returns at once."""

    def work(self) -> Sequence[Change]:
        """Carries out what waits with nobody at the desk (timed work, effects), on the work lane; gives what changed
        that no command tells of."""

    def close(self) -> None:
        """Gives every connection back and ends the telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationFacts:
    """What the window knows of this computer before it is connected to anything.

    `folder` holds drafts, papers and reports of defects; `keep(**values)` keeps a changed setting (`theme`, `person`,
    `geometry`, `language`, `printing`); `theme` is light, dark or system; `printers` makes the door to the printers.
    """

    name: str
    folder: Path
    language: str = "pt_BR"
    theme: str = "light"
    person: str = ""
    geometry: tuple[int, int, int, int] | None = None
    version: str = ""
    printing: Mapping[str, PrintChoice] = field(default_factory=dict)
    printers: Callable[[], Printers] = NoPrinters
    keep: Callable[..., object] = lambda **values: None


Connect = Callable[[], Front]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompany:
    """A company to be founded, and the person who administers it."""

    name: str
    admin_name: str
    admin_login: str
    admin_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What can be done where `connect` did not find a company it can open. All of it gives the opened company or raises
    the refusal, and is called on the write lane.

    `create` and `sample` are for `kernel.not_a_company`, with somebody logged in afterwards; `mend` takes the code of
    another trouble out of `MENDABLE`.
    """

    create: Callable[[NewCompany], Front]
    sample: Callable[[], Front]
    mend: Callable[[str], Front]


MENDABLE = ("kernel.older_database", "sample.half_made")
"""Troubles of a database that the program can mend when it is told to; `login.mend.<the last word>` names how."""
