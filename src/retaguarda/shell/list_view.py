"""A list: tabs with counts, a filter line, the table that asks for more as one scrolls, and what stands in its place
while it is empty, on its way or out of reach."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.gathering import value_of
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.kernel.screen.parts import Filter
from retaguarda.shell.export_tools import ExportTools
from retaguarda.shell.list_columns import ColumnTools, heads
from retaguarda.shell.list_conditions import ConditionTools
from retaguarda.shell.list_edits import CellEdits
from retaguarda.shell.list_groups import GroupTools
from retaguarda.shell.list_marks import MarkTools
from retaguarda.shell.list_room import HeaderRoom
from retaguarda.shell.list_views import ViewTools
from retaguarda.shell.long_pages import LongPages
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Panel
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.messages import EmptyState, Skeleton
from retaguarda.shell.widgets.page import PillTabs
from retaguarda.shell.widgets.table import Cell, LazyCells, Row, Table

TYPING_MS = 120
AHEAD = 400
_TWO_LINES = 46


class ListView(ScreenView):
    """The view of a ListState."""

    state: ListState

    def __init__(self, state: ListState, words: Words) -> None:
        super().__init__(state, words)
        two_lines = any(column.has_two_lines for column in state.declared)
        self.table = Table(heads(state, words), name=self.name(), row_high=_TWO_LINES if two_lines else 36, listed=True)
        self.edits = CellEdits(self.table, state, words, self._row_of)
        self.pages = LongPages(self.table, state, self._row_of)
        self.tabs: PillTabs | None = None
        self.search: LineEdit | None = None
        self.room: HeaderRoom | None = None
        self.columns = ColumnTools(self, state, words, self.table)
        self.tools = ExportTools(self, state, words)
        self.conditions = ConditionTools(self, state, words)
        self.columns.ask = self.conditions.open_sheet
        self.views = ViewTools(self, state, words)
        self.groups = GroupTools(self, state, words)
        self.marks = MarkTools(self, self.table, state, words, self._row_of, self._fill)
        self.body.addWidget(self.tools.line)
        self.body.addWidget(self.conditions.line)
        self.body.addWidget(self.marks.line)
        self.combos: dict[str, Combo] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._other: QWidget | None = None
        self._awaits_rows = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._search)
        header = self._make_header()
        self.body.addWidget(Panel(self._stack, header=header, head=52), 1)
        self._connect()
        self._show_status()

    def _make_header(self) -> tuple[Any, ...]:
        screen, words = self.state.screen, self.words
        made: list[Any] = []
        if screen.tabs:
            tabs = [(t.name, words.say(t.title or f"{screen.name}.tab.{t.name}"), "") for t in screen.tabs]
            self.tabs = PillTabs(tabs, name=self.name())
            self.tabs.chosen.connect(lambda key: self.state.choose_tab(str(key)))
        # Tabs ask for no room of their own: they get what the tools beside them leave.
        made.append(None if self.tabs is None else (self.tabs, 1))
        made += [self._make_filter(one) for one in screen.filters if one.options]
        if screen.search:
            self.search = LineEdit(placeholder=words.say("shell.find_in_list"), icon="search", key="Ctrl+F", width=198)
            self.search.setText(self.state.text)
            self.search.textEdited.connect(lambda _text: self._typing.start())
            self.search.returnPressed.connect(self._search)
            QShortcut(
                QKeySequence("Ctrl+F"), self, self.search.setFocus,
                context=Qt.ShortcutContext.WindowShortcut,
            )  # fmt: skip
            made.append(self.search)
        refresh = Button(icon="refresh-cw", kind="ghost", name=words.say("shell.refresh"))
        refresh.clicked.connect(lambda _on=False: self.state.refresh())
        tools = (self.marks, self.views, self.conditions, self.groups, self.columns, self.tools)
        made += [*(one.button for one in tools), refresh]
        if self.tabs is not None:
            spare = [one.button for one in (self.conditions, self.views, self.marks, self.columns, self.groups)]
            self.room = HeaderRoom(self.tabs, [one for one in spare if not one.isHidden()])
        return tuple(made)

    def _make_filter(self, one: Filter) -> Combo:
        title = self.words.say(one.title or f"{self.state.screen.name}.{one.key}")
        options: list[tuple[Any, str]] = [(None, f"{title}: {self.words.say('shell.any').lower()}")]
        options += [(option, self.words.say(f"{one.texts}.{option}")) for option in one.options]
        combo = Combo(options, name=title)
        combo.set_value(self.state.filters.get(one.key))
        self.combos[one.key] = combo
        combo.chosen.connect(lambda value: self.state.filter(one.key, value))
        return combo

    def _connect(self) -> None:
        table = self.table
        table.row_activated.connect(lambda _key: self.state.open())
        table.current_changed.connect(self._chosen)
        table.sort_requested.connect(lambda field, _down: self.state.sort_by(field))
        table.menu_requested.connect(self._menu)
        table.verticalScrollBar().valueChanged.connect(self._scrolled)

    def first_focus(self) -> QWidget:
        if self.table.isVisibleTo(self):
            return self.table
        # The rows are on their way; the keyboard goes to them once they are there.
        self._awaits_rows = True
        return self.search or self.table

    # ---- the state speaks ----
    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "rows":
            self._show_rows()
        elif topic == "narrowed":
            self._show_narrowed()
        elif topic == "more":
            known = self.table.rows.rowCount()
            self.table.rows.append([self._row(at) for at in range(known, len(self.state.rows))])
            self._show_count()
        elif topic == "long" or topic.startswith("page:"):
            self.pages.topic(topic)
            self._show_count()
        elif topic == "joined":
            self._fill()
        elif topic == "columns":
            self._show_columns()
        elif topic == "status":
            self._show_status()
        elif topic == "counts" and self.tabs is not None:
            for name, (count, capped) in self.state.counts.items():
                self.tabs.set_count(name, self.words.count(count, capped))
            if self.room is not None:
                self.room.share()

    def _show_narrowed(self) -> None:
        if self.search is not None:
            self.search.setText(self.state.text)
        if self.tabs is not None and self.state.tab is not None:
            self.tabs.choose(self.state.tab.name)
        for key, combo in self.combos.items():
            combo.set_value(self.state.filters.get(key))

    def _row(self, at: int) -> Row:
        return self._row_of(self.state.rows[at])

    def _row_of(self, row: Any) -> Row:
        state, edits = self.state, self.edits

        def cells() -> tuple[Cell, ...]:
            shown = ((c.field, self.words.cell(c, lambda f: value_of(row, f, state.joined))) for c in state.columns)
            return tuple(edits.cell(row, field, cell) for field, cell in shown)

        return Row(
            row.id, LazyCells(cells), fixed=bool(state.editable) and edits.is_fixed(row), marked=row.id in state.marked
        )

    def _fill(self) -> None:
        if isinstance(self.state.rows, LongRows):
            self.pages.fill_all()
        else:
            self.table.rows.set_rows(self._row(at) for at in range(len(self.state.rows)))

    def _show_columns(self) -> None:
        bar, at = self.table.verticalScrollBar(), self.table.verticalScrollBar().value()
        with QSignalBlocker(self.table):
            self.table.set_columns(heads(self.state, self.words))
            if isinstance(self.state.rows, LongRows):
                self.pages.topic("long")
            else:
                self._show_rows()
        bar.setValue(at)

    def _show_rows(self) -> None:
        self._fill()
        if self.state.sort:
            self.table.set_sort(self.state.sort.lstrip("-"), self.state.sort.startswith("-"))
        if self.state.record is not None:
            self.table.go_to(self.state.record.id)
        self._show_count()

    def _show_count(self) -> None:
        state, parts = self.state, []
        if state.count is not None:
            code = "shell.count_capped" if state.count_capped else "shell.count"
            parts.append(self.words.say(code, n=state.count))
        if state.answered_at is not None:
            parts.append(self.words.say("shell.data_at", at=state.answered_at))
        self.header.set_context(" · ".join(parts))
        if self.table.shows_all and not self.table.rows.is_paged:
            # The window is higher than a page of rows.
            self.state.more()

    def _show_status(self) -> None:
        status = self.state.status
        if self._other is not None:
            self._stack.removeWidget(self._other)
            self._other.deleteLater()
            self._other = None
        if status == "ready" and self._awaits_rows:
            self._awaits_rows = False
            if self.search is None or (self.search.hasFocus() and not self.search.text()):
                self.table.setFocus()
        if status != "ready":
            self._other = self._make_other(status)
            self._stack.addWidget(self._other)
            self._stack.setCurrentWidget(self._other)

    def _make_other(self, status: str) -> QWidget:
        name, words = self.state.screen.name, self.words
        if status == "loading":
            widths = [column.width for column in self.state.columns]
            return Skeleton(widths, name=words.say("shell.loading"))
        if status == "failed":
            banner = self.state.banner
            text = banner.text if banner is not None else Phrase("shell.state.offline")
            again = Button(words.say("shell.try_again"), icon="refresh-cw", kind="primary")
            again.clicked.connect(lambda _on=False: self.state.refresh())
            return EmptyState("octagon-alert", words.cause(text), words.action(text), [again], role="bad")
        if status == "none_found":
            return EmptyState("search", words.say("shell.nothing_found"), words.say(f"{name}.none_found"))
        primary = [b for b in self.buttons() if b.action.primary and b.enabled and not b.action.on_row]
        made: list[QWidget] = []
        for button in primary:
            start = Button(words.say(button.text), kind="primary", icon=button.action.icon)
            start.clicked.connect(lambda _on=False, name=button.action.name: self.state.press(name))
            made.append(start)
        icon = self.state.screen.icon or "inbox"
        return EmptyState(icon, words.say(f"{name}.empty"), words.say(f"{name}.empty_why"), made)

    # ---- the person acts ----
    def _chosen(self, key: object) -> None:
        at = self.table.rows.place_of(str(key)) if key is not None else -1
        self.state.choose(at if at >= 0 else None)

    def _search(self) -> None:
        self._typing.stop()
        if self.search is not None:
            self.state.search(self.search.text())

    def _menu(self, key: object, at: QPoint) -> None:
        self.table.go_to(str(key))
        self.show_menu(at)

    def _scrolled(self, at: int) -> None:
        if self.table.verticalScrollBar().maximum() - at < AHEAD:
            self.state.more()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.search is not None and self.search.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.table.setFocus()
            return
        super().keyPressEvent(event)
