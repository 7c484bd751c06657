"""The columns of a list arranged by hand: dragged in the head, chosen and ordered by keyboard in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.arranging import NARROWEST, WIDEST, Arrangement
from retaguarda.kernel.screen.editing import EditedState
from retaguarda.shell.theme.tokens import REGULAR, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets import table
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.facts import KeyHints
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import column, row
from retaguarda.shell.widgets.sheet import Sheet, ground_of

KEY = "Ctrl+Shift+C"
_WIDE, _HIGH, _ROW, _STEP = 520, 520, 32, 10


def heads(state: EditedState, words: Words) -> list[table.Column]:
    """The columns of a list as its table takes them."""
    widths = state.arrangement.widths
    name, changed = state.screen.name, state.editable
    return [words.head(name, c, fixed=c.field in widths, editable=c.field in changed) for c in state.columns]


class ColumnTools:
    """Stands beside the table of a list: `button` and `KEY` open the sheet, the head has its menu."""

    def __init__(self, owner: QWidget, state: EditedState, words: Words, shown: table.Table) -> None:
        self._owner, self._state, self._words, self._table = owner, state, words, shown
        self.sheet: ColumnSheet | None = None
        self.ask: Callable[[str], object] = lambda field: None
        name = words.say("shell.columns")
        self.button = Button(icon="columns-3", kind="ghost", name=name)
        self.button.setToolTip(f"{name} ({KEY})")
        self.button.clicked.connect(lambda _on=False: self.open_sheet())
        QShortcut(QKeySequence(KEY), owner).activated.connect(self.open_sheet)
        head = shown.head
        head.let_arrange()
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask)
        head.moved.connect(lambda at, to: state.move_column(self._field(at), to))
        head.widened.connect(lambda at, width: state.widen_column(self._field(at), width))

    def _field(self, at: int) -> str:
        return self._table.rows.columns[at].key

    def _ask(self, at: QPoint) -> None:
        place = self._table.head.logicalIndexAt(at)
        self.make_menu(self._field(place) if place >= 0 else "").popup(self._table.head.mapToGlobal(at))

    def make_menu(self, field: str) -> Menu:
        """What can be done with the columns, and with the one of that field."""
        say, state = self._words.say, self._state
        menu = Menu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if field:
            self._ask_entries(menu, field)
            hide = menu.addAction(say("shell.columns.hide"))
            hide.setEnabled(len(state.columns) > 1)
            hide.triggered.connect(lambda _on=False: state.hide_column(field))
        choose = menu.addAction(say("shell.columns.choose"))
        choose.setShortcut(QKeySequence(KEY))
        choose.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        choose.triggered.connect(lambda _on=False: self.open_sheet())
        reset = menu.addAction(say("shell.columns.reset"))
        reset.setEnabled(state.arrangement != Arrangement())
        reset.triggered.connect(lambda _on=False: state.arrange(Arrangement()))
        return menu

    def _ask_entries(self, menu: Menu, field: str) -> None:
        """Sorting by the column and asking of it, where its query can."""
        say, state = self._words.say, self._state
        one = next(column for column in state.declared if column.field == field)
        if one.sortable:
            for code, sort in (("up", field), ("down", f"-{field}")):
                entry = menu.addAction(say(f"shell.columns.sort_{code}"))
                entry.triggered.connect(lambda _on=False, sort=sort: state.sort_on(sort))
        if any(column.field == field for column, _kind in state.askable):
            menu.addAction(say("shell.columns.ask")).triggered.connect(lambda _on=False: self.ask(field))
        if menu.actions():
            menu.addSeparator()

    def open_sheet(self) -> None:
        """Shows the columns to be chosen."""
        if self.sheet is None:
            self.sheet = ColumnSheet(ground_of(self._owner), self._state, self._words, self._table)
            self.sheet.closed.connect(self._closed)
            self.sheet.begin()

    def _closed(self) -> None:
        self.sheet = None


class ColumnSheet(Sheet):
    """All columns of a list: Space shows or hides one, Ctrl+Up and Ctrl+Down move it, Ctrl+Left and Ctrl+Right make it
    narrower and wider, F10 takes over. It deletes itself when it closes."""

    def __init__(self, over: QWidget, state: EditedState, words: Words, shown: table.Table) -> None:
        self._state, self._words = state, words
        say = words.say
        kind = table.Kind
        self.table = table.Table(
            [table.Column("on", say("shell.columns.on"), kind.CHECK, 76),
             table.Column("name", say("shell.columns.name"), kind.STRONG, stretch=True),
             table.Column("width", say("shell.columns.width"), kind.NUMBER, 96)],
            name=say("shell.columns"), row_high=_ROW,
        )  # fmt: skip
        self.up, self.down = (
            Button(icon=f"chevron-{way}", kind="ghost", name=say(f"shell.columns.{way}")) for way in ("up", "down")
        )
        self.reset = Button(say("shell.columns.reset"))
        self.take = Button(say("shell.columns.take"), kind="primary", key="F10")
        lead = Label(say("shell.columns.lead"), SMALL, REGULAR, "text2", wrap=True)
        hints = KeyHints(
            [(say("shell.columns.key.space"), say("shell.columns.key.toggle")),
             *((key, say(f"shell.columns.key.{code}")) for key, code in _HINTS)],
        )  # fmt: skip
        body = column(row((lead, 1), self.up, self.down, gap=4), (self.table, 1), hints, gap=10)
        super().__init__(
            over, body, title=say("shell.columns"), close_name=say("shell.cancel"), icon="columns-3",
            buttons=(self.reset, self.take), width=_WIDE, high=_HIGH,
        )  # fmt: skip
        seen = {key: at for at, key in enumerate(one.key for one in shown.rows.columns)}
        self._least = {key: shown.columnWidth(at) for key, at in seen.items()}
        # What a narrow window leaves out is not seen, and is not ticked.
        self._on = {key for key, at in seen.items() if not shown.isColumnHidden(at)}
        self._columns = state.arrangement.ordered(state.declared)
        self._widths = dict(state.arrangement.widths)
        self._connect()
        self.closed.connect(self.deleteLater)
        self._show()

    def _connect(self) -> None:
        self.table.check_toggled.connect(lambda key, _column, _on: self._toggle(str(key)))
        self.table.row_activated.connect(lambda key: self._toggle(str(key)))
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.reset.clicked.connect(lambda _on=False: self._take(Arrangement()))
        self.take.clicked.connect(lambda _on=False: self._take(self.made()))
        self.bind("F10", lambda: self._take(self.made()))
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Before the table, whose own these keys are.
            deed = self._keys().get(QKeySequence(event.keyCombination()).toString())
            if deed is not None:
                deed()
                return True
        return super().eventFilter(watched, event)

    def _keys(self) -> dict[str, Callable[[], object]]:
        return {
            "Ctrl+Up": partial(self._move, -1), "Ctrl+Down": partial(self._move, 1),
            "Ctrl+Left": partial(self._widen, -_STEP), "Ctrl+Right": partial(self._widen, _STEP),
        }  # fmt: skip

    def begin(self) -> None:
        """Opens it on the first column."""
        self.open(self.table)
        self.table.go_to(self._columns[0].field)

    def made(self) -> Arrangement:
        """The arrangement as it stands in the sheet."""
        order = tuple(one.field for one in self._columns)
        return Arrangement(order, tuple(name for name in order if name in self._on), dict(self._widths))

    def _show(self) -> None:
        self.table.rows.set_rows(table.Row(one.field, self._cells(one)) for one in self._columns)

    def _cells(self, one: Column) -> tuple[table.Cell, ...]:
        say = self._words.say
        title = say(one.title or f"{self._state.screen.name}.{one.field}")
        width = self._widths.get(one.field)
        return one.field in self._on, title, str(width) if width else say("shell.columns.own_width")

    def _toggle(self, name: str) -> None:
        """Shows or hides a column; one at least stays."""
        left = self._on ^ {name}
        if left:
            self._on = left
            self._show()

    def _current(self) -> int:
        key = self.table.current_key()
        return next((at for at, one in enumerate(self._columns) if one.field == key), -1)

    def _move(self, step: int, *_checked: object) -> None:
        at = self._current()
        if at >= 0 and 0 <= at + step < len(self._columns):
            one = self._columns.pop(at)
            self._columns.insert(at + step, one)
            self._show()
            self.table.go_to(one.field)

    def _widen(self, step: int) -> None:
        at = self._current()
        if at >= 0:
            one = self._columns[at]
            now = self._widths.get(one.field) or self._least.get(one.field) or one.width or 120
            self._widths[one.field] = max(NARROWEST, min(WIDEST, now + step))
            self._show()

    def _take(self, arrangement: Arrangement) -> None:
        self.close_sheet()
        self._state.arrange(arrangement)


_HINTS = (("Ctrl ↑ ↓", "move"), ("Ctrl ← →", "width"))
