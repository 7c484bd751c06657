"""What stands beside the sheet: how the paper comes out, what went out last, and the ways on when it did not."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QSizePolicy, QWidget

from retaguarda.kernel.screen.parts import Phrase
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.jobs import Job, Try
from retaguarda.shell.printing.layout import LEAST_SCALE
from retaguarda.shell.printing.naming import kind_words, title_of
from retaguarda.shell.printing.ports import Printer
from retaguarda.shell.printing.saying import (
    copies_words,
    out_words,
    paper_words,
    size_words,
)
from retaguarda.shell.printing.state import PrintState
from retaguarda.shell.theme.tokens import BASE, CARD_MARGINS, MEDIUM, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button, LinkButton
from retaguarda.shell.widgets.cards import Card, Rule
from retaguarda.shell.widgets.choices import CheckBox, Combo, Menu
from retaguarda.shell.widgets.fields import Field, NumberEdit
from retaguarda.shell.widgets.labels import IconMark, Label, heading, small
from retaguarda.shell.widgets.layout import Flow, boxed, column, empty, row

SHOWN_LAST = 4


class OptionsCard(Card):
    """Printer, paper and copies of the paper that is looked at, and whether its kind remembers them."""

    def __init__(self, state: PrintState, words: Words) -> None:
        self._state, self._words = state, words
        say = self._say
        self._head = heading("")
        self._head.setWordWrap(True)
        self.printer = Combo(name=say("printer"))
        self.paper = Combo(name=say("paper"))
        self.copies = NumberEdit(name=say("copies"))
        self.copies.setFixedWidth(72)
        self.keeps = CheckBox(say("keep"))
        self.silent = CheckBox(say("silent"))
        for name in ("printer", "paper", "copies", "keeps", "silent"):
            getattr(self, name).setObjectName(name)
        self._out = column(gap=6)
        self._fields = column(
            self._head, Field(say("printer"), self.printer),
            row((Field(say("paper"), self.paper), 1), Field(say("copies"), self.copies), gap=10),
            self.keeps, self.silent, 2, Rule(), 2, heading(say("when_printing")), self._out, gap=8,
        )  # fmt: skip
        super().__init__(self._fields)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.printer.chosen.connect(lambda value: state.choose(printer=str(value)))
        self.paper.chosen.connect(lambda value: state.choose(paper=str(value)))
        self.copies.editingFinished.connect(self.settle)
        self.keeps.clicked.connect(lambda on: self._kept(on))
        self.silent.clicked.connect(lambda on: state.choose(asks=not on))

    def _say(self, name: str, **params: object) -> str:
        return self._words.say(f"{NAME}.{name}", **params)

    def settle(self) -> None:
        """Takes over the copies as they are typed; what is no number stays as it was."""
        job, typed = self._state.paper, self.copies.text().strip()
        if job is not None and typed != str(self._state.options.of(job).copies):
            self._state.choose(copies=int(typed) if typed.isdecimal() else self._state.options.of(job).copies)

    def _kept(self, on: bool) -> None:
        job = self._state.paper
        if job is not None:
            self._state.options.set_keeps(job.kind, on)
            self._state.changed("choice")

    def show_choice(self) -> None:
        """Shows the choice of the paper that is looked at."""
        state, job = self._state, self._state.paper
        for part in (self.printer, self.paper, self.copies, self.keeps, self.silent):
            part.setEnabled(job is not None)
        self._show_out()
        if job is None:
            self._head.setText(self._say("options_none"))
            return
        choice, options = state.options.of(job), state.options
        kind = kind_words(job.kind, self._words.texts, job.title)
        self._head.setText(self._say("options", kind=kind))
        self.printer.set_choices(self._printers(choice.printer))
        self.printer.set_value(choice.printer)
        self.paper.set_choices(self._papers(job, options.printer_of(job)))
        self.paper.set_value(choice.paper)
        if not self.copies.hasFocus() or self.copies.text() != str(choice.copies):
            self.copies.setText(str(choice.copies))
        self.keeps.setToolTip(self._say("keep_tip", kind=kind))
        self.keeps.setChecked(options.keeps(job.kind))
        self.silent.setEnabled(options.keeps(job.kind))
        self.silent.setChecked(not choice.asks and options.keeps(job.kind))

    def _show_out(self) -> None:
        empty(self._out)
        job = self._state.paper
        scale = 1.0 if job is None else self._state.options.scale(job)
        if scale < LEAST_SCALE:
            words = Label(self._say("smaller", n=round(100 * scale)), SMALL, MEDIUM, "warn", wrap=True)
            self._out.addLayout(row(IconMark("triangle-alert", "warn", 14), (words, 1), gap=6))
        for where, much in out_words(self._state.options, self._state.going_out, self._words):
            self._out.addLayout(row((small(where, elide=True), 1), Label(much, BASE, MEDIUM)))

    def _printers(self, chosen: str) -> list[tuple[Hashable, str]]:
        found = self._state.centre.printers
        made: list[tuple[Hashable, str]] = [(one.name, self._printer_words(one)) for one in found]
        if chosen and chosen not in [one.name for one in found] and self._state.centre.searched:
            made.insert(0, (chosen, self._say("printer_missing", printer=chosen)))
        if not made:
            self.printer.setPlaceholderText(self._say("printer_none"))
        return made

    def _printer_words(self, printer: Printer) -> str:
        return self._say("printer_ready" if printer.ready else "printer_stopped", printer=printer.name)

    def _papers(self, job: Job, printer: Printer | None) -> list[tuple[Hashable, str]]:
        """The document's own size first; a paper of the printer that is the same adds nothing."""
        others = [one for one in (printer.papers if printer is not None else ()) if not one.size.equals(job.size)]
        return [("", size_words(job.size)), *((one.name, paper_words(one)) for one in others)]


class LastOutCard(Card):
    """What went out last at this station, or each time the paper in sight did: what, when, which printer, who."""

    def __init__(self, state: PrintState, words: Words) -> None:
        self._state, self._words = state, words
        self._lines = column(gap=6)
        self.all = LinkButton(words.say(f"{NAME}.see_all"), size=SMALL)
        self.all.setObjectName("see_all")
        self._head = heading("")
        head = row(self._head, None, self.all)
        super().__init__(column(head, boxed(self._lines), gap=8), margins=CARD_MARGINS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.all.clicked.connect(lambda _on=False: state.choose_tab("recent"))

    def show_last(self) -> None:
        """Shows what the paper in sight went through, or else the last tries of the station."""
        empty(self._lines)
        job = self._state.paper
        own = job is not None and self._state.tab == "recent"
        self._head.setText(self._words.say(f"{NAME}.{'its_outs' if own else 'last_out'}"))
        self.all.setVisible(not own)
        tries = self._tries([job] if own and job is not None else self._state.centre.jobs)
        for job, one in tries:
            self._lines.addWidget(self._line(job, one))
        if not tries:
            nothing = self._words.say(f"{NAME}.{'never_out' if own else 'nothing_out'}")
            self._lines.addWidget(small(nothing, wrap=True))

    def _tries(self, jobs: Sequence[Job]) -> Sequence[tuple[Job, Try]]:
        every = [(job, one) for job in jobs for one in job.tries]
        return sorted(every, key=lambda pair: pair[1].at, reverse=True)[:SHOWN_LAST]

    def _line(self, job: Job, one: Try) -> QWidget:
        icon, token = ("octagon-alert", "bad") if one.code else ("circle-check", "ok")
        zone, today = self._words.texts.zone, self._state.seat.today()
        here = one.at.astimezone(zone)
        when = (
            self._words.say(f"{NAME}.time", at=one.at)
            if here.date() == today
            else self._words.value(here.date(), "day")
        )
        name = self._words.say(f"{NAME}.state.{'failed' if one.code else 'printed'}")
        parts = (one.printer, copies_words(one.copies, self._words) if one.copies > 1 else "", one.person)
        under = " · ".join(part for part in parts if part)
        made = row(
            IconMark(icon, token, 14, name), (column(Label(title_of(job, self._words.texts), SMALL, MEDIUM, elide=True),
            small(under, elide=True), gap=0), 1), small(when), gap=8,
        )  # fmt: skip
        return boxed(made)


class TroubleCard(Card):
    """A paper that did not come out: why, what to do, and the ways on."""

    def __init__(self, state: PrintState, words: Words) -> None:
        self._state, self._words = state, words
        self._mark = IconMark("octagon-alert", "warn", 18)
        self._cause = Label("", BASE, SEMIBOLD, wrap=True)
        self._action = Label("", SMALL, REGULAR, "text2", wrap=True)
        self.again = self._button("try_again", "rotate-ccw", "warn")
        self.other = self._button("other_printer", "printer")
        self.pdf = self._button("open_pdf", "external-link")
        buttons = QWidget()
        flow = Flow(gap=6)
        buttons.setLayout(flow)
        for button in (self.again, self.other, self.pdf):
            flow.addWidget(button)
        words_side = column(self._cause, self._action, gap=3)
        super().__init__(column(row(self._mark, (words_side, 1), gap=10), buttons, gap=10), margins=(12, 10, 12, 12),
                         ground="warnbg", border="warnbd")  # fmt: skip
        self.again.clicked.connect(lambda _on=False: state.press("print"))
        self.pdf.clicked.connect(lambda _on=False: state.press("open_pdf"))
        self.other.clicked.connect(lambda _on=False: self.offer_others())

    def _button(self, name: str, icon: str, kind: str = "secondary") -> Button:
        made = Button(self._words.say(f"{NAME}.{name}"), icon=icon, size="small", kind=kind)  # type: ignore[arg-type]
        made.setObjectName(f"trouble_{name}")
        return made

    def show_trouble(self) -> None:
        """Shows the cause of the paper in sight; nothing where it has none."""
        job = self._state.paper
        cause = None if job is None else job.cause
        self.setVisible(cause is not None)
        if cause is None:
            return
        said = Phrase(cause.code, cause.params)
        self._cause.setText(self._words.cause(said))
        self._action.setText(self._words.action(said))
        self.setAccessibleName(f"{self._cause.text()} {self._action.text()}")
        self.other.setEnabled(bool(self._others()))
        self.other.setToolTip("" if self._others() else self._words.say(f"{NAME}.no_other"))

    def _others(self) -> list[Printer]:
        job = self._state.paper
        now = "" if job is None else self._state.options.of(job).printer
        return [one for one in self._state.centre.printers if one.name != now and one.ready]

    def offer_others(self) -> Menu:
        """The other printers that are ready; the one that is taken prints this paper, this once."""
        menu = Menu(self)
        menu.setObjectName("other_printers")
        for printer in self._others():
            menu.addAction(printer.name).triggered.connect(
                lambda _on=False, name=printer.name: self._state.print_out(name)
            )
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height())))
        return menu
