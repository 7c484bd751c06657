"""The state of a file on its way in: chosen and mapped, checked, brought in, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from retaguarda.kernel.errors import Problem, Refusal
from retaguarda.kernel.imports.port import Checked
from retaguarda.kernel.imports.record import Finding
from retaguarda.kernel.screen.import_choices import folder_of
from retaguarda.kernel.screen.import_mapping import MappingState
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.pressing import BUSY
from retaguarda.kernel.screen.screens import ImportScreen
from retaguarda.kernel.screen.state import Banner, Go, Seat, Toast, refusal_of

Step = Literal["file", "columns", "check", "done"]
STEPS: tuple[Step, ...] = ("file", "columns", "check", "done")
NOTHING_COMES = Phrase("imports.wizard.nothing_comes")
NOT_HERE = Phrase("shell.reason.not_now")


class ImportState(MappingState):
    """Topics besides those of the mapping: `step`, `check` (what would come in, or came), `faults` (going on was
    refused). What is under way is
    `look`, `check` or `bring`."""

    def __init__(self, screen: ImportScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.step: Step = "file"
        self.checked: Checked | None = None
        self.came: Checked | None = None
        self.undone = False

    # ---- on and back ----
    def reason(self, action: Action) -> Phrase | None:
        """Why an action cannot be pressed; None when it can."""
        if self.doing in ("check", "bring"):
            return BUSY
        if action.does == "undo":
            refused = refusal_of(self.seat, self.screen.undo)
            batch = self.came.batch if self.came is not None and self.goes_back and not self.undone else ""
            return refused or (None if batch else NOT_HERE)
        if action.does == "back":
            return None if self.step in ("columns", "check") else NOT_HERE
        if action.does == "choose_file":
            return None if self.step == "file" else NOT_HERE
        if action.does == "save_refused":
            return None if self.result is not None and self.result.out else NOT_HERE
        if action.does == "go_on" and self.step == "check" and not (self.checked and self.checked.recorded):
            return NOTHING_COMES
        return super().reason(action)

    def reason_of(self, name: str) -> Phrase | None:
        """Why the action of that name cannot be pressed."""
        return self.reason(next(action for action in self.screen.actions if action.name == name))

    @property
    def goes_back(self) -> bool:
        """Whether what such a file brings can be taken back all at once."""
        return self.kind is not None and self.kind.command in self.screen.takes_back

    def does(self, what: str) -> None:
        if what == "go_on":
            {"file": self._on_to_columns, "columns": self._on_to_check, "check": self.bring, "done": self._leave}[
                self.step
            ]()
        elif what == "back":
            self._stand("file" if self.step == "columns" else "columns")
        elif what == "undo":
            self.ask(Phrase("imports.ask.undo_batch"), ("back", "go"), self._undo)
        else:
            super().does(what)

    def _stand(self, step: Step) -> None:
        self.step, self.banner = step, None
        self.changed("step", "banner", "actions")

    def _on_to_columns(self) -> None:
        self.faults |= {name: Phrase("kernel.required") for name in self.choice.lacking if name not in self.faults}
        if self.faults or self.looked is None:
            self.changed("file", "faults")
        else:
            self._stand("columns")
            self.changed("columns")

    def _on_to_check(self) -> None:
        self.faults = self.column_faults()
        if self.faults:
            fault = self.faults.get("columns")
            self.banner = Banner(fault) if fault is not None else None
            self.changed("columns", "banner", "faults")
            return
        self._stand("check")
        self.check()

    def check(self) -> None:
        """Keeps the mapping, then has all of it carried out and taken back."""
        port, mapped = self.seat.importing, self.mapped
        assert port is not None
        assert mapped is not None
        rows, folder = self.looked.count if self.looked else 0, folder_of(self.choice.path)
        self.checked = None

        def work(_door: Any) -> Checked:
            port.keep(mapped.name, mapped.written())
            return port.check(mapped.profile(), folder, rows)

        self._begin("check", work, self._checked, self._not_done)

    def _checked(self, checked: Checked) -> None:
        self._end()
        self.checked = checked
        self.saved |= {self.name: mapped} if (mapped := self.mapped) is not None else {}
        self.changed("check", "actions")

    def bring(self) -> None:
        """Brings in what can come in."""
        port, mapped = self.seat.importing, self.mapped
        assert port is not None
        assert mapped is not None
        rows, folder = self.looked.count if self.looked else 0, folder_of(self.choice.path)
        self._begin("bring", lambda _door: port.bring(mapped.profile(), folder, rows), self._brought, self._not_done)

    def _brought(self, came: Checked) -> None:
        self._end()
        self.came = came
        self._stand("done")
        self.changed("check")

    def _not_done(self, problem: Problem) -> None:
        bringing = self.doing == "bring"
        self._end()
        if not bringing:
            self._stand("columns")
        self.failed(problem, again=None if isinstance(problem, Refusal) else self.bring if bringing else self.check)
        self.changed("check", "actions")

    def stop(self) -> None:
        """Gives up what is under way: a look or a check for good; of an import what is in stays, and the rest can come
        in later."""
        doing = self.doing
        if self._token is None:
            return
        self._token.cancel()
        self._end()
        if doing == "check":
            self._stand("columns")
        elif doing == "bring":
            self.warn(Phrase("imports.wizard.stopped"))
        else:
            self._read_by = ()
        self.changed("file", "check", "actions")

    # ---- what came ----
    @property
    def result(self) -> Checked | None:
        """What came in, or else what would."""
        return self.came if self.step == "done" else self.checked

    def save_refused(self, path: Path, say: Callable[[Sequence[Finding]], str]) -> None:
        """Writes the rows that stay out, with the reason before each, into a file."""
        port, mapped, result, folder = self.seat.importing, self.mapped, self.result, folder_of(self.choice.path)
        assert port is not None
        assert mapped is not None
        assert result is not None
        title = self.seat.texts.say("imports.errors")

        def write(_door: Any) -> int:
            kept_out = ((row, say(result.out[row])) for row in sorted(result.out))
            return port.write_errors(path, mapped.profile(), folder, kept_out, title)

        def wrote(count: int) -> None:
            self.seat.tell(Toast(Phrase("imports.wizard.refused_saved", {"n": count, "path": str(path)})))

        self.work("refused", write, wrote, self.failed, lambda _done, _whole: None)

    def _undo(self, answer: str) -> None:
        if answer == "go" and self.came is not None:
            self.send((self.screen.undo, {self.screen.key: self.came.batch}), lambda _outcome: self._undone())

    def _undone(self) -> None:
        self.undone = True
        self.seat.tell(Toast(Phrase(f"{self.screen.undo}.done")))
        self.changed("check", "actions")

    def _leave(self) -> None:
        """To the list in which what came stands."""
        kind = self.kind
        if kind is not None and kind.opens in self.seat.book:
            self.seat.tell(Go(kind.opens, self.came.made if self.came is not None else ""))
        self.close()

    def close(self) -> bool:
        """A closed screen brings no further; while it does, it asks first."""
        if self.doing == "bring" and not self.closed:

            def take(answer: str) -> None:
                if answer == "go":
                    self.stop()
                    self.close()

            self.ask(Phrase("imports.wizard.ask_close"), ("back", "go"), take)
            return False
        self.stop()
        return super().close()
