"""What happened to a party."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerBlocked:
    """A customer buys nothing until unblocked; work under way for it may have to stop."""

    party_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CustomerUnblocked:
    """A customer may buy again."""

    party_id: str
