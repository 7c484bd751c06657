"""What accounting needs from a country's pack: the chart of accounts that businesses keep there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Planned:
    """An account of a ready-made chart. Codes say the tree: `1.1.3` is below `1.1`; `roles` are what it is for, and a
    `node` is not posted to though it has no account below it yet."""

    code: str
    name: str
    kind: str
    roles: tuple[str, ...] = ()
    node: bool = False


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a ready-made report: of the kind `accounts` with an account's code, or a sum with its words."""

    kind: str
    label: str = ""
    code: str = ""


class CountryChart(Protocol):
    """The ready-made chart of one country; every role that the posting rules name has its account in it."""

    country: str

    def accounts(self) -> Sequence[Planned]:
        """The accounts, parents before their children."""

    def layouts(self) -> Mapping[str, Sequence[PlannedLine]]:
        """The lines of the income statement (`income`) and of the balance sheet (`balance`)."""
