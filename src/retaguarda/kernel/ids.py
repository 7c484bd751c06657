"""Keys: UUIDv7 as 32 hex digits, made by whoever sends a command, derived inside it.

A derived id starts with the command's own time and a running number, so that the rows of one command sort in
the order they were made and a replay of the command gives the same ids again.
"""

from __future__ import annotations

import hashlib
import re
from typing import NewType

from uuid_utils import uuid7

Id = NewType("Id", str)

_HEX32 = re.compile(r"[0-9a-f]{32}\Z")


def new_id() -> str:
    """A fresh UUIDv7 as 32 lower-case hex digits (for command ids; handlers use `unit.new_id`)."""
    return uuid7().hex


def id_from(*words: str) -> str:
    """The key that stands for these words (a source, and what it calls a record): the same for the same."""
    digest = hashlib.blake2b("\0".join(words).encode(), digest_size=16).hexdigest()
    return f"{digest[:12]}8{digest[13:16]}8{digest[17:]}"


def is_id(value: object) -> bool:
    """Whether `value` is a key as this program writes it: 32 lower-case hex digits."""
    return isinstance(value, str) and _HEX32.match(value) is not None


class IdMaker:
    """Derives the ids of one command: UUIDv7-shaped, same command id and number give the same id."""

    __slots__ = ("_count", "_head", "_tail")

    def __init__(self, command_id: str) -> None:
        self._head = command_id[:12] + "7"
        self._tail = hashlib.blake2b(command_id.encode(), digest_size=6).hexdigest()
        self._count = 0

    def __call__(self) -> str:
        n = self._count
        self._count = n + 1
        return self.id_of(n)

    def id_of(self, number: int) -> str:
        """The id with this running number."""
        return f"{self._head}{number >> 12:03x}8{number & 0xFFF:03x}{self._tail}"

    def number_of(self, key: str) -> int | None:
        """The running number of an id of this command; None for any other."""
        return int(key[13:16] + key[17:20], 16) if key[20:] == self._tail and key[:13] == self._head else None
