"""The print centre on the screen: papers at the left, the sheet in the middle, how it comes out at the right.

In a window too narrow for three columns the options stand under the list. Enter prints, Esc goes back to the work.
"""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from retaguarda.kernel.errors import Problem
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.cards import LastOutCard, OptionsCard, TroubleCard
from retaguarda.shell.printing.jobs import Job
from retaguarda.shell.printing.naming import full_title, title_of
from retaguarda.shell.printing.preview import WHOLE, SheetPane
from retaguarda.shell.printing.saying import sign_of, under_title, when_words
from retaguarda.shell.printing.state import TABS, PrintState
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.theme.tokens import CARD_GAP
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.cards import Panel
from retaguarda.shell.widgets.labels import Pill
from retaguarda.shell.widgets.layout import boxed, column
from retaguarda.shell.widgets.messages import EmptyState
from retaguarda.shell.widgets.page import PillTabs
from retaguarda.shell.widgets.table import Column, Kind, Row, Table, TwoLine

LIST_WIDE, OPTIONS_WIDE, THREE_FROM = 320, 290, 1060
_ICONS = {"todo": "printer", "queue": "inbox", "recent": "history"}


class PrintView(ScreenView):
    """The view of a PrintState."""

    state: PrintState

    def __init__(self, state: PrintState, words: Words) -> None:
        super().__init__(state, words)
        self.table = self._make_table()
        self.tabs = PillTabs([(tab, self._say(f"tab.{tab}"), "") for tab in TABS], name=self._say("papers"))
        self.tabs.chosen.connect(lambda tab: state.choose_tab(str(tab)))
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._nothing: QWidget | None = None
        self.trouble = TroubleCard(state, words)
        self.trouble.hide()
        body = column((self._lists, 1), boxed(column(self.trouble, margins=(8, 0, 8, 4))), gap=0)
        self.list = Panel(body, header=((self.tabs, 1),))
        self.pane = SheetPane(words)
        self.options, self.last = OptionsCard(state, words), LastOutCard(state, words)
        self._side = boxed(column(self.options, self.last, None, gap=CARD_GAP))
        self._grid = QGridLayout()
        self._grid.setSpacing(CARD_GAP)
        self.body.addLayout(self._grid, 1)
        self._wide: bool | None = None
        self._arrange()
        self._asked: tuple[Hashable, ...] = ()
        self._seen: tuple[Hashable, ...] = ()
        # The key that brought the paper here prints it as well.
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self.press("print"))
        self.pane.canvas.wanted.connect(self._want)
        self.pane.canvas.turned.connect(lambda by: state.turn_to(state.sheet + by))
        for topic in ("printers", "papers", "paper", "sheet"):
            self.topic(topic)

    def _say(self, name: str, **params: object) -> str:
        return self.words.say(f"{NAME}.{name}", **params)

    def _make_table(self) -> Table:
        made = Table(
            [Column("mark", "", Kind.CHECK, 34), Column("icon", "", Kind.ICON, 34),
             Column("title", "", Kind.TWO_LINE, stretch=True)],
            name=self._say("papers"), row_high=46, head=False,
        )  # fmt: skip
        made.current_changed.connect(self._chosen)
        made.check_toggled.connect(lambda key, _column, on: self.state.mark(str(key), on))
        return made

    def first_focus(self) -> QWidget:
        return self.table if self.state.papers() else self.pane.canvas

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "papers":
            self._show_papers()
        elif topic in ("paper", "choice"):
            self._show_paper()
        elif topic == "sheet":
            self._show_sheet()
        elif topic == "printers":
            self._show_printers()

    def show_actions(self) -> None:
        super().show_actions()
        several = len(self.state.going_out)
        tab = self.state.tab
        again = {"queue": self._say("try_again"), "recent": self._say("print_again")}.get(tab, self._say("print"))
        self.bar.say("print", self._say("print_several", n=several) if several > 1 else again)

    def _show_printers(self) -> None:
        ready = sum(printer.ready for printer in self.state.centre.printers)
        waiting = len(self.state.papers("queue"))
        pills = []
        if self.state.centre.searched:
            role, icon = ("ok", "circle-check") if ready else ("warn", "triangle-alert")
            pills.append(Pill(self._say("printers_ready", n=ready), role, icon=icon))
        if waiting:
            pills.append(Pill(self._say("in_queue", n=waiting), "bad", icon="octagon-alert"))
        self.header.set_pills(pills)

    def _show_papers(self) -> None:
        papers = self.state.papers()
        for tab in TABS:
            count = len(self.state.papers(tab))
            self.tabs.set_count(tab, str(count) if count and tab != "recent" else "")
        if self.tabs.chosen_key() != self.state.tab:
            self.tabs.choose(self.state.tab)
        self.table.rows.set_rows([self._row(job) for job in papers])
        if self.state.current is not None:
            self.table.go_to(self.state.current)
        self._show_nothing(bool(papers))
        self._show_printers()
        self.last.show_last()

    def _row(self, job: Job) -> Row:
        when = when_words(job.changed_at, self.state.seat.today(), self.words) if self.state.tab == "recent" else ""
        title = TwoLine(title_of(job, self.words.texts), under_title(self.state.options, job, self.words, when))
        mark = job.id in self.state.marked if self.state.tab == "todo" else None
        return Row(job.id, (mark, sign_of(job, self.words), title), tint="bad" if job.state == "failed" else "")

    def _show_nothing(self, something: bool) -> None:
        """The list, or what an empty one says; the keyboard stays where something is."""
        if self._nothing is not None:
            self._lists.removeWidget(self._nothing)
            self._nothing.deleteLater()
            self._nothing = None
        if not something:
            tab = self.state.tab
            self._nothing = EmptyState(_ICONS[tab], self._say(f"empty.{tab}"), self._say(f"empty_why.{tab}"), wide=240)
            self._lists.addWidget(self._nothing)
            if self.table.hasFocus():
                self.pane.canvas.setFocus()
        self._lists.setCurrentWidget(self._nothing or self.table)

    def _chosen(self, key: object) -> None:
        if key is not None and key != self.state.current:
            self.state.look_at(self.state.centre.job(str(key)))

    def _show_paper(self) -> None:
        job = self.state.paper
        if job is not None and self.table.current_key() != job.id:
            self.table.go_to(job.id)
        self.options.show_choice()
        self.trouble.show_trouble()
        self.last.show_last()
        self.header.set_context(self._say("context") if job is None else full_title(job, self.words.texts))

    # ---- the sheet ----
    def _show_sheet(self) -> None:
        sheets, job = self.state.sheets(), self.state.paper
        if not sheets or job is None:
            self._seen = ()
            self.pane.show_sheet(None, 0, 0, "" if job is None else job.title)
            return
        size = sheets[self.state.sheet].size
        seen = (job.id, size, self.state.sheet, len(sheets), sheets[self.state.sheet])
        if seen == self._seen:
            # The same sheet again (printers were looked for, copies changed) keeps its picture.
            return
        if seen[:2] != self._seen[:2]:
            self.pane.canvas.set_zoom(100 if size.is_roll else WHOLE)
        self._seen, self._asked = seen, ()
        self.pane.show_sheet(size, self.state.sheet, len(sheets), job.title)

    def _want(self, dots_per_mm: float) -> None:
        """Asks for the picture of the sheet in sight; one that comes after another was asked for is thrown away."""
        from retaguarda.shell.printing.pages import picture_of

        sheets, job = self.state.sheets(), self.state.paper
        if not sheets or job is None or self.state.closed:
            return
        sheet, jobs = sheets[self.state.sheet], self.state.centre.station.jobs
        asked = self._asked = (job.id, self.state.sheet, dots_per_mm, sheet)
        self.state.centre.on_io(
            lambda: picture_of(jobs.pdf(job), sheet, dots_per_mm),
            lambda picture: self._drawn(asked, picture),
            self._not_drawn,
        )

    def _drawn(self, asked: tuple[Hashable, ...], picture: QImage) -> None:
        if asked == self._asked and not self.state.closed:
            self.pane.canvas.take(picture)

    def _not_drawn(self, problem: Problem) -> None:
        if not self.state.closed:
            self.state.failed(problem)

    # ---- keys and room ----
    def settle_focus(self) -> None:
        self.options.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = self.state.question is None and self.state.banner is None
        if event.key() == Qt.Key.Key_Escape and plain:
            self.state.close()
        elif event.key() == Qt.Key.Key_Enter:
            self.press("print")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= THREE_FROM
        if wide == self._wide:
            return
        self._wide = wide
        for part in (self.list, self.pane, self._side):
            self._grid.removeWidget(part)
        self.last.setVisible(wide)
        # Trying again is the primary button as well: a low list needs the room.
        self.trouble.again.setVisible(wide)
        self.list.setFixedWidth(LIST_WIDE)
        self._side.setFixedWidth(OPTIONS_WIDE if wide else LIST_WIDE)
        if wide:
            for at, part in enumerate((self.list, self.pane, self._side)):
                self._grid.addWidget(part, 0, at)
        else:
            self._grid.addWidget(self.list, 0, 0)
            self._grid.addWidget(self._side, 1, 0)
            self._grid.addWidget(self.pane, 0, 1, 2, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(0, 1)
        whole = self.layout()
        if whole is not None:
            whole.activate()
