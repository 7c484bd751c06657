"""What reference tables need from a country's pack: which tables there are, and what of them the program ships."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from retaguarda.kernel.reference import ReferenceTable


class CountryTables(Protocol):
    """The reference tables of one country."""

    country: str

    def tables(self) -> Sequence[ReferenceTable]:
        """All of them, in the order in which people see them."""
