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


@dataclass(frozen=True, slots=True)
class PartiesMerged:
    """Two records are one party now; whoever cannot have that refuses."""

    kept_id: str
    merged_id: str


@dataclass(frozen=True, slots=True)
class PartiesUnmerged:
    """Two records that were one party are two again."""

    kept_id: str
    merged_id: str
