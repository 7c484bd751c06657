"""The third step and the last: what would come in or came, and every finding with its row, value, reason and what to
do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from retaguarda.kernel.imports.port import Checked
from retaguarda.kernel.imports.record import Finding
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.importing import ImportState
from retaguarda.shell.theme.tokens import BASE, ROW_TWO_LOW, SEMIBOLD
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Panel
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.labels import Label, Pill, section, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.messages import EmptyState, Skeleton
from retaguarda.shell.widgets.table import Availability, Column, Kind, Row, Table

_HEADS = (
    ("row", 70, Kind.NUMBER),
    ("field", 170, Kind.STRONG),
    ("value", 190, Kind.TEXT),
    ("reason", 0, Kind.AVAILABILITY),
)


class CheckPage(QWidget):
    """The page of the steps `check` and `done`."""

    def __init__(self, state: ImportState, words: Words, save: object) -> None:
        super().__init__()
        self._state, self._words = state, words
        self._lead, self._why = section(""), small("", "text2", wrap=True)
        self.undo = Button(words.say("imports.undo_batch"), icon="undo-2")
        self.undo.clicked.connect(lambda _on=False: state.press("undo"))
        self._head = Card(row((boxed(column(self._lead, self._why, gap=2)), 1), self.undo))
        self._doing, self._far = Label("", BASE, SEMIBOLD), small("", "text2")
        self._bar = SegmentBar(name="")
        self.stop = Button(words.say("imports.wizard.stop"), size="small", key="Esc")
        self.stop.clicked.connect(lambda _on=False: state.stop())
        self._progress = Card(column(row(self._doing, None, self._far, self.stop), self._bar, gap=8))
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        self.save = Button(words.say("imports.wizard.save_refused"), icon="file-down", size="small")
        self.save.clicked.connect(lambda _on=False: save())  # type: ignore[operator]
        self.table = self._make_table()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._other: QWidget | None = None
        self._part = small("", "text2")
        panel = Panel(self._stack, header=(self._pills, self._part, None, self.save), head=52)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        for part in (self._head, self._progress):
            outer.addWidget(part)
        outer.addWidget(panel, 1)

    def _make_table(self) -> Table:
        say = self._words.say
        columns = [
            Column(key, say(f"imports.wizard.{key}"), kind, wide or 200, stretch=not wide) for key, wide, kind in _HEADS
        ]
        return Table(columns, name=say("imports.wizard.findings"), row_high=ROW_TWO_LOW)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        if self._state.doing:
            return self.stop
        return self.table if self._stack.currentWidget() is self.table else self.save if self.save.isEnabled() else self

    # ---- the state speaks ----
    def show_check(self) -> None:
        """Shows the result as far as it is there."""
        state = self._state
        running = state.doing in ("check", "bring")
        self._progress.setVisible(running)
        self._head.setVisible(state.step == "done")
        self.save.setEnabled(state.reason_of("save_refused") is None)
        self.undo.setEnabled(state.reason_of("undo") is None)
        if running:
            self._doing.setText(
                self._words.say(f"imports.wizard.{'checking' if state.doing == 'check' else 'bringing'}")
            )
            self.show_progress()
        if state.step == "done":
            self._show_done()
        self._show_result(state.result)

    def show_progress(self) -> None:
        """How far what is under way has come."""
        done, whole = self._state.progress
        whole = whole or (self._state.looked.count if self._state.looked is not None else 0)
        said = self._words.say("imports.wizard.far", n=done, whole=whole)
        self._far.setText(said)
        self._bar.set_parts([(done, "accent")], said, float(whole or 1))

    def _show_done(self) -> None:
        state, say = self._state, self._words.say
        came = state.came.recorded if state.came is not None else 0
        if state.undone:
            lead, why = say("imports.wizard.was_undone"), say("imports.wizard.was_undone_why")
        elif came:
            lead = say("imports.wizard.done", n=came)
            whole = state.kind is not None and state.kind.whole
            code = "done_whole" if whole else "done_why" if state.goes_back else "done_stays"
            why = say(f"imports.wizard.{code}")
        else:
            lead, why = say("imports.wizard.done_nothing"), say("imports.wizard.done_nothing_why")
        self._lead.setText(lead)
        self._why.setText(why)
        self.undo.setVisible(state.goes_back and bool(came))

    def _show_result(self, result: Checked | None) -> None:
        empty(self._pills)
        words = self._words
        if result is not None:
            come = "came_in" if self._state.step == "done" else "come_in"
            for code, n, role, icon in (
                (come, result.recorded, "ok", "circle-check"), ("known", result.known, "info", "info"),
                ("left_out", result.left_out, "bad", "circle-x"),
            ):  # fmt: skip
                if n or code == come:
                    role = role if n else "neutral"
                    self._pills.addWidget(Pill(words.say(f"imports.wizard.{code}", n=n), role, icon=icon))
            self.table.rows.set_rows([self._row(n, one) for n, one in enumerate(result.findings)])
            if result.findings:
                self.table.go_to(0)
        self._show_other(result)

    def _show_other(self, result: Checked | None) -> None:
        say = self._words.say
        other: QWidget | None = None
        if result is None:
            other = Skeleton([70, 160, 180, 0], name=say("shell.loading"))
        elif not result.findings:
            lead, why = say("imports.wizard.findings.none"), say("imports.wizard.findings.none_why")
            other = EmptyState("circle-check", lead, why, role="ok")
        if self._other is not None:
            self._stack.removeWidget(self._other)
            self._other.hide()
            self._other.deleteLater()
        self._other = other
        if other is not None:
            self._stack.addWidget(other)
        self._stack.setCurrentWidget(other or self.table)
        cut = result is not None and result.found > len(result.findings)
        part = say("imports.wizard.findings.part", shown=len(result.findings), n=result.found) if cut and result else ""
        self._part.setText(part)

    def _row(self, key: int, one: Finding) -> Row:
        said = Phrase(one.reason, one.params)
        out = self._state.result is not None and one.row in self._state.result.out
        why = Availability("bad" if out else "warn", self._words.cause(said), self._words.action(said))
        return Row(key, (str(one.row), field_words(self._state, self._words, one), one.value, why))


def field_words(state: ImportState, words: Words, one: Finding) -> str:
    """A command's field by its name here, with the column that it comes from; a column by its own."""
    plain = ".".join(part for part in one.field.split(".") if not part.isdecimal())
    kind = state.kind
    if kind is not None and any(field.name == plain for field in kind.fields):
        return state.columns.get(plain) or words.say(kind.label(plain))
    return one.field


def told(state: ImportState, words: Words, findings: Sequence[Finding]) -> str:
    """Why a row stays out, as the file of refused rows says it."""
    said = []
    for one in findings:
        phrase, field = Phrase(one.reason, one.params), field_words(state, words, one)
        whole = f"{words.cause(phrase)} {words.action(phrase)}".strip()
        said.append(f"{field}: {whole}" if field else whole)
    return " | ".join(said)
