"""Choices that look like chance and are the same every time: for the sample company and for replays of real orders.

A Chance is a row of hashes of its seed; nothing of the business ever asks it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


class Chance:
    """A stream of choices that depends on nothing but its seed."""

    def __init__(self, seed: str | int) -> None:
        self._seed = str(seed)
        self._count = 0

    def below(self, most: int) -> int:
        """A whole number from 0 to `most` - 1."""
        self._count += 1
        digest = hashlib.blake2b(f"{self._seed}:{self._count}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) % most

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both among them."""
        return least + self.below(most - least + 1)

    def one_of[T](self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def some_of[T](self, items: Sequence[T], count: int) -> list[T]:
        """That many different items, in the order of the draw; all of them, shuffled, where there are fewer."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
