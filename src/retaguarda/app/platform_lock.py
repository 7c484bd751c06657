"""One window per SQLite file: a lock of the operating system, which death releases, not the existence of a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from retaguarda.kernel.errors import Trouble


class WindowLock:
    """Held from construction to `release` or the end of the process; raises `Trouble` when another window has it.

    The command line and jobs do not take it: they may open the same file beside the window.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".window")
        self.handle: int | None = None
        try:
            self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return  # where no lock can be put, nothing can be written either; opening the file says what is wrong
        try:
            _lock(self.handle)
        except OSError:
            os.close(self.handle)
            raise Trouble("kernel.window_open", database=str(database)) from None

    def release(self) -> None:
        """Lets another window open the file."""
        if self.handle is not None:
            os.close(self.handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
