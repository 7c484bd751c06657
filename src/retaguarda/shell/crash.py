"""Our own defects: a report in a file, a code to name it by, and a dialog that says so; the program goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from retaguarda.kernel.clock import Clock
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.ids import new_id

MOST_REPORTS = 50


class Reports:
    """Reports of defects in a folder, the oldest removed. A report holds where it happened, never what was typed."""

    def __init__(self, folder: Path, clock: Clock, version: str = "") -> None:
        self._folder, self._clock, self._version = folder, clock, version

    def write(self, error: BaseException) -> str:
        """Writes a report; gives the code by which it is found. Nothing is raised: there is nobody left to tell."""
        code = new_id()[-8:].upper()
        lines = [f"{code} {self._clock.now().isoformat()} {self._version} Python {sys.version.split()[0]}\n"]
        for part in _chain(error):
            lines.append(f"{type(part).__module__}.{type(part).__name__}\n")
            lines += traceback.format_tb(part.__traceback__)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / f"{code}.txt").write_text("".join(lines), encoding="utf-8")
            for old in sorted(self._folder.glob("*.txt"), key=lambda path: path.stat().st_mtime)[:-MOST_REPORTS]:
                old.unlink(missing_ok=True)
        except OSError:
            sys.stderr.write("".join(lines))
        return code


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    part: BaseException | None = error
    while part is not None and part not in chain:
        chain.append(part)
        part = part.__cause__ or part.__context__
    return chain


def as_problem(error: Exception, reports: Reports) -> Problem:
    """What a screen shows for anything a lane raised: the problem itself, or our defect with its code."""
    if isinstance(error, Problem):
        return error
    return Problem("shell.crash", reference=reports.write(error))


def guard(reports: Reports, show: Callable[[str], object]) -> Callable[[], None]:
    """Catches what nobody caught, in the window's thread and in any other: a report, then `show(code)`.

    Gives back what undoes it.
    """
    before, before_thread = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        show(reports.write(error.with_traceback(trace)))

    def caught_in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            reports.write(told.exc_value)

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_thread

    sys.excepthook, threading.excepthook = caught, caught_in_thread
    return undo
