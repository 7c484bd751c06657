"""What a list and a report have in common: their present view goes into a file, on a lane of its own."""

from __future__ import annotations

from pathlib import Path

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.export import FileKind
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.screen.gathering import Exporting
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Toast
from retaguarda.kernel.screen.working import WorkingState


class ExportingState(WorkingState):
    """`written` says how far the file is (done, of how many); None while nothing is being written. Topic: `export`."""

    written: tuple[int, int] | None = None
    _writing: Token | None = None

    def view(self) -> Exporting:
        """What is shown, ready to be written."""
        raise NotImplementedError

    def export(self, kind: FileKind, path: Path) -> None:
        """Writes the present view into a file; one at a time."""
        if self._writing is not None:
            return
        self.written = (0, 0)
        self._writing = self.work("export", self.view().into(kind, path), self._done, self._not_done, self._wrote)
        self.changed("export")

    def stop_export(self) -> None:
        """Gives the file up; nothing of it stays."""
        if self._writing is not None:
            self._writing.cancel()
            self._end()

    def close(self) -> bool:
        """A closed screen writes no further: nobody would hear of its file."""
        self.stop_export()
        return super().close()

    def _end(self) -> None:
        self.written, self._writing = None, None
        self.changed("export")

    def _wrote(self, done: int, whole: int) -> None:
        if self._writing is not None:
            self.written = (done, whole)
            self.changed("export")

    def _done(self, path: Path) -> None:
        self._end()
        self.seat.tell(Toast(Phrase("shell.export.done", {"path": str(path)})))

    def _not_done(self, problem: Problem) -> None:
        self._end()
        self.failed(problem)
