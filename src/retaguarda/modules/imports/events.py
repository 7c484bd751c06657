"""What happened to what was brought in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BatchUndone:
    """A batch is taken back: the module of the command `brings` puts its records away, or refuses because something is
    built on them. `imports.api.import_row` has the ids of the commands that brought them."""

    batch_id: str
    brings: str
