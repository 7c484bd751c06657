"""The first page of the program where there is no company yet: create one, or look around in the sample company.

It knows no office: `FirstSteps` are the two acts, run on the write lane, and each gives the opened company.

view = FirstRunView(words)
view.found.connect(lambda company: …)     # a NewCompany; then show_refusal(problem) or take the view away
view.sample.connect(lambda: …)             # show_progress(done, total) while it is made
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from retaguarda.kernel.errors import Fault, Invalid, Problem
from retaguarda.kernel.screen import Phrase
from retaguarda.shell.front import Connect, FirstSteps, NewCompany
from retaguarda.shell.theme import color
from retaguarda.shell.theme.tokens import CONTROL_BIG, FIGURE, SEMIBOLD
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.fields import Field, LineEdit
from retaguarda.shell.widgets.labels import FIXED, IconMark, Label, section, small
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.scrolling import scrolling

SIDE, GAP = 380, 24
SAMPLE_KEY = "F9"
_MARGINS = (24, 22, 24, 24)
_FIELDS = (("name", "building-2"), ("admin_name", "user"), ("admin_login", "user"), ("admin_password", "lock"))


class FirstRunView(QWidget):
    """Two cards: the form of a new company, and the sample company. Enter goes from field to field, then creates."""

    found = Signal(object)
    sample = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.fields = {name: self._field(name, icon) for name, icon in _FIELDS}
        password = self.fields["admin_password"].control
        assert isinstance(password, LineEdit)
        password.add_eye(words.say("login.show_password"))
        self.create_button = Button(words.say("first.create"), kind="primary", key="Enter", size="big")
        self.sample_button = Button(words.say("first.sample"), icon="package", key=SAMPLE_KEY, size="big")
        self._refusal = small("", "bad", wrap=True)
        self._refusal_mark = IconMark("circle-alert", "bad", 14)
        self._progress = SegmentBar(name=words.say("first.making"))
        self._making = small("", "text2", wrap=True)
        self._place()
        self._follow_enter()
        self.create_button.clicked.connect(lambda _on=False: self._create())
        self.sample_button.clicked.connect(lambda _on=False: self._look_around())
        QShortcut(QKeySequence(SAMPLE_KEY), self, self._look_around)
        self._refuse("")
        self._show_making("")

    def _field(self, name: str, icon: str) -> Field:
        words = self._words
        edit = LineEdit(icon=icon, high=CONTROL_BIG)
        hint = words.say(f"first.{name}.hint") if name.startswith("admin_") and name != "admin_name" else ""
        field = Field(words.say(f"first.{name}"), edit, hint=hint, required=True)
        edit.textEdited.connect(lambda _text: field.set_error(""))
        return field

    def _place(self) -> None:
        words = self._words
        form = Card(
            column(section(words.say("first.mine")), small(words.say("first.mine_sub"), "text2", wrap=True), 6,
                   *self.fields.values(), 4, self.create_button, None, gap=10),
            margins=_MARGINS, width=SIDE,
        )  # fmt: skip
        look = Card(
            column(section(words.say("first.example")), small(words.say("first.example_sub"), "text2", wrap=True), 8,
                   self.sample_button, 8, self._progress, self._making, None, gap=10),
            margins=_MARGINS, width=SIDE,
        )  # fmt: skip
        refusal = row((self._refusal_mark, 0, Qt.AlignmentFlag.AlignTop), (self._refusal, 1), gap=6)
        page = boxed(
            column(None, Label(words.say("first.welcome"), FIGURE, SEMIBOLD), small(words.say("first.lead"), "text2"),
                   14, row(form, look, gap=GAP), 8, refusal, None, margins=(0, 24, 0, 24)),
            width=2 * SIDE + GAP,
        )  # fmt: skip
        page.setSizePolicy(FIXED, QSizePolicy.Policy.Preferred)
        self.setLayout(row((scrolling(boxed(row(None, page, None, margins=(16, 0, 16, 0)))), 1), gap=0))

    def _follow_enter(self) -> None:
        """Enter in a field goes on to the next one; in the last it creates."""
        edits = [field.control for field in self.fields.values()]
        for edit, follower in zip(edits, [*edits[1:], None], strict=True):
            assert isinstance(edit, LineEdit)
            edit.returnPressed.connect(follower.setFocus if follower is not None else self._create)

    # ---- told by the program ----
    def first_focus(self) -> QWidget:
        """Where the keyboard starts: the name of the company."""
        return self.fields["name"].control

    def set_busy(self, busy: bool) -> None:
        """Holds everything while the company is made."""
        for part in (*(field.control for field in self.fields.values()), self.create_button, self.sample_button):
            part.setEnabled(not busy)

    def show_progress(self, done: int, total: int) -> None:
        """How far the making of the sample company has come."""
        share = self._words.say("first.making_count", done=done, total=total)
        self._progress.set_parts([(done, "accent")], share, float(total))
        self._show_making(share)

    def show_refusal(self, problem: Problem) -> None:
        """Says why not, beside the field where one is to blame, and lets it be tried again."""
        self.set_busy(False)
        self._show_making("")
        faults = problem.faults if isinstance(problem, Invalid) else ()
        blamed = [fault for fault in faults if fault.field in self.fields]
        for fault in blamed:
            self.fields[fault.field].set_error(self._told(fault.code, fault))
        if blamed:
            self.fields[blamed[0].field].control.setFocus()
            return
        self._refuse(self._told(problem.code, problem))
        self.first_focus().setFocus()

    def _told(self, code: str, of: Fault | Problem) -> str:
        said = Phrase(code, of.params)
        return f"{self._words.cause(said)} {self._words.action(said)}".strip()

    # ---- the person acts ----
    def _create(self) -> None:
        if not self.create_button.isEnabled():
            return
        typed = {name: self._typed(field) for name, field in self.fields.items()}
        empty = [name for name, text in typed.items() if not text]
        for name in empty:
            self.fields[name].set_error(self._told("kernel.required", Fault(name, "kernel.required")))
        if empty:
            self.fields[empty[0]].control.setFocus()
            return
        self._begin()
        self.found.emit(NewCompany(**typed))

    def _look_around(self) -> None:
        if self.sample_button.isEnabled():
            self._begin()
            self._show_making(self._words.say("first.making"))
            self.sample.emit()

    def _begin(self) -> None:
        self._refuse("")
        self.set_busy(True)

    def _typed(self, field: Field) -> str:
        assert isinstance(field.control, LineEdit)
        text = field.control.text()
        return text if field is self.fields["admin_password"] else text.strip()

    def _refuse(self, said: str) -> None:
        self._refusal.setText(said)
        self._refusal.setVisible(bool(said))
        self._refusal_mark.setVisible(bool(said))

    def _show_making(self, said: str) -> None:
        self._making.setText(said)
        self._making.setVisible(bool(said))
        self._progress.setVisible(bool(said))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("bg"))


class OpenBy(Protocol):
    """Opens a company by an act on the write lane (`Window.open_by`)."""

    def __call__(
        self, act: Connect, failed: Callable[[Exception], object], progress: Callable[[int, int], object]
    ) -> object: ...


class FirstRun(QObject):
    """Carries out what the first page asks for, off the window's thread."""

    def __init__(
        self, view: FirstRunView, steps: FirstSteps, open_by: OpenBy, problem: Callable[[Exception], Problem]
    ) -> None:
        super().__init__(view)
        self._view, self._open_by, self._problem = view, open_by, problem
        view.found.connect(lambda company: self._open(lambda: steps.create(company)))
        view.sample.connect(lambda: self._open(steps.sample))

    def _open(self, act: Connect) -> None:
        self._open_by(act, self._refused, self._view.show_progress)

    def _refused(self, error: Exception) -> None:
        self._view.show_refusal(self._problem(error))
