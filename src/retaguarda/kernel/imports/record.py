"""What comes of a file's row: a record, which is a command's payload with its key in the source, and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dc_field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """What is strange about one value: the row of the file (the heading is row 1), the column or field, the value as it
    stands there, and the code of the reason with what its text needs."""

    row: int
    field: str
    value: str
    reason: str
    params: Mapping[str, Any] = dc_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to bring in: its row in the main file, its key there, the payload of the profile's command.

    `out` says that a value could not be read: the record as a whole stays out, and the findings say why. `further`
    are the other rows of the main file that are parts of it.
    """

    row: int
    key: str
    payload: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()
    out: bool = False
    further: tuple[int, ...] = ()
