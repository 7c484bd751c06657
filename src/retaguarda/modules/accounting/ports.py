"""What accounting needs from a country's pack: the chart of accounts that businesses keep there."""

from __future__ import annotations

from collections.abc import Sequence
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


class CountryChart(Protocol):
    """The ready-made chart of one country; every role that the posting rules name has its account in it."""

    country: str

    def accounts(self) -> Sequence[Planned]:
        """The accounts, parents before their children."""
