"""The open screens: a view for each state, a tab for each record, drafts kept and brought back, closing asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal

from retaguarda.kernel.draft import Draft
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.screen import FormScreen, Phrase
from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.importing import ImportState
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.opening import open_screen
from retaguarda.kernel.screen.page import BoardState, PageState
from retaguarda.kernel.screen.permitting import may_open
from retaguarda.kernel.screen.report import ReportState
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.state import Banner, Go, State
from retaguarda.shell.board_view import BoardView
from retaguarda.shell.builder_view import BuilderView
from retaguarda.shell.draft_keeper import NEW, DraftKeeper
from retaguarda.shell.entry_view import EntryView
from retaguarda.shell.form_sheet import FormSheet
from retaguarda.shell.form_view import FormView
from retaguarda.shell.frame import WindowFrame
from retaguarda.shell.importing.view import ImportView
from retaguarda.shell.list_view import ListView
from retaguarda.shell.page_view import PageView
from retaguarda.shell.report_view import ReportView
from retaguarda.shell.scan_view import ScanView
from retaguarda.shell.screen_view import ScreenView
from retaguarda.shell.session import Session
from retaguarda.shell.translate import Words

_VIEWS: tuple[tuple[type[State], Callable[[Any, Any], ScreenView]], ...] = (
    (EntryState, EntryView),
    (FormState, FormView),
    (ListState, ListView),
    (PageState, PageView),
    (ReportState, ReportView),
    (BuilderState, BuilderView),
    (ScanState, ScanView),
    (ImportState, ImportView),
    (BoardState, BoardView),
)


def view_of(state: State, words: Words) -> ScreenView:
    """The view that draws a state."""
    return next(make for kind, make in _VIEWS if isinstance(state, kind))(state, words)


@dataclass(slots=True)
class OpenScreen:
    """A screen with its tab. `missed` are changes that came while it was out of sight."""

    key: str
    view: ScreenView
    keeper: DraftKeeper | None = None
    missed: list[Change] = field(default_factory=list)

    @property
    def state(self) -> State:
        """The state behind the view."""
        return self.view.state


class Tabs(QObject):
    """Opens what screens ask for in the frame's tabs. `emptied` when the last one was closed."""

    emptied = Signal()

    def __init__(self, frame: WindowFrame, session: Session) -> None:
        super().__init__(frame)
        self._frame, self._session = frame, session
        self._open: dict[str, OpenScreen] = {}
        self._new = count(1)
        self._ending = False
        self._sheet: FormSheet | None = None
        frame.page_close_asked.connect(self.close)
        frame.page_shown.connect(self._shown)

    def __iter__(self) -> Iterator[OpenScreen]:
        return iter(tuple(self._open.values()))

    @property
    def front(self) -> OpenScreen | None:
        """The screen in sight: the dialog over the page, or the page."""
        return self._open.get(self._sheet.key if self._sheet is not None else self._frame.shown_key)

    def open(self, go: Go, draft: Draft | None = None, *, show: bool = True) -> OpenScreen:
        """Opens a screen, or shows the one that is open already for the same record."""
        screen = self._session.seat.book.screen(go.screen)
        key = f"{go.screen}:{go.key}" if go.key else go.screen
        if isinstance(screen, FormScreen) and not go.key and not screen.single:
            key = f"{go.screen}:{NEW}{next(self._new)}"
        if key in self._open:
            self._frame.show_page(key)
            opened = self._open[key]
            if isinstance(opened.state, ListState):
                opened.state.come(go)
            return opened
        state = open_screen(self._session.seat, go)
        opened = OpenScreen(key, view_of(state, self._session.words))
        self._open[key] = opened
        state.watch(partial(self._topic, opened))
        if isinstance(state, FormState):
            self._keep_draft(opened, state, draft)
        over_page = show and draft is None and bool(self._frame.shown_key) and self._sheet is None
        if over_page and isinstance(opened.view, FormView) and opened.view.state.screen.is_dialog:
            self._sheet = FormSheet(self._frame, key, opened.view, screen.icon)
            state.start()
            self._sheet.begin()
            return opened
        self._put(opened, screen.icon, show=show)
        return opened

    def stand(self, key: str, make: Callable[[], ScreenView]) -> OpenScreen:
        """Shows a screen of the window's own, which stands in no book; one that is open already is only shown."""
        if key in self._open:
            self._give_sheet_a_tab()
            self._frame.show_page(key)
            return self._open[key]
        opened = self._open[key] = OpenScreen(key, make())
        opened.state.watch(partial(self._topic, opened))
        self._put(opened, opened.state.screen.icon, show=True)
        return opened

    def _put(self, opened: OpenScreen, icon: str, *, show: bool) -> None:
        """Gives a screen its tab and lets it ask for its data."""
        if show:
            self._give_sheet_a_tab()
        self._frame.open_page(opened.key, opened.view.name(), opened.view, icon=icon, show=show)
        opened.state.start()
        if show:
            opened.view.first_focus().setFocus()

    def _give_sheet_a_tab(self) -> None:
        """A dialog from which a page is opened becomes a page itself, so that nothing typed there is covered."""
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            view = sheet.give_back()
            self._frame.open_page(sheet.key, view.name(), view, icon=view.state.screen.icon, show=False)

    def _keep_draft(self, opened: OpenScreen, state: FormState, draft: Draft | None) -> None:
        if draft is None and state.key:
            draft = self._session.drafts.find(state.seat.person.id, state.screen.name, state.key)
        opened.keeper = DraftKeeper(state, self._session.drafts, self._session.lanes, draft.record if draft else "")
        opened.keeper.setParent(opened.view)
        if draft is not None:
            state.restore(draft.snapshot)
            state.banner = Banner(Phrase("shell.draft_found", {"at": draft.saved_at}), "info")
            state.changed("banner")
            self._frame.tabs.mark_unsaved(opened.key, True)
        opened.keeper.kept.connect(partial(self._kept, opened))

    def _kept(self, opened: OpenScreen, at: object) -> None:
        name = self._session.seat.person.name
        said = self._session.words.say("shell.draft_saved", at=at)
        opened.view.header.set_context(f"{name} · {said}" if name else said)

    def recover(self) -> int:
        """Opens the person's drafts of new and changed records, each in its tab; says how many."""
        seat, found = self._session.seat, 0
        for draft in self._session.drafts.all_of(seat.person.id):
            if draft.screen not in seat.book or not may_open(seat, seat.book.screen(draft.screen)):
                continue
            key = "" if draft.record.startswith(NEW) else draft.record
            self.open(Go(draft.screen, key, dict(draft.snapshot.get("given", {}))), draft, show=False)
            found += 1
        return found

    # ---- the states speak ----
    def _topic(self, opened: OpenScreen, topic: str) -> None:
        if topic == "closed":
            self._remove(opened)
        elif topic == "title":
            self._frame.tabs.rename(opened.key, opened.view.name())
        elif topic == "saved":
            opened.view.header.set_context(self._session.seat.person.name)
            self._frame.tabs.mark_unsaved(opened.key, False)
        elif topic in ("actions", "loaded") and isinstance(opened.state, FormState):
            self._frame.tabs.mark_unsaved(opened.key, opened.state.dirty)
        elif topic == "question":
            self._frame.show_page(opened.key)

    def hear(self, changes: Sequence[Change]) -> None:
        """Tables changed: what is in sight asks again, the rest when it comes into sight."""
        for opened in self:
            if opened.key == self._frame.shown_key or opened is self.front:
                opened.state.hear(changes)
            else:
                opened.missed.extend(changes)

    def _shown(self, key: str) -> None:
        opened = self._open.get(key)
        if opened is not None and opened.missed:
            missed, opened.missed = opened.missed, []
            opened.state.hear(missed)

    # ---- closing ----
    def close(self, key: str) -> bool:
        """Closes a tab; a form with changes asks first. True when it is closed."""
        opened = self._open.get(key)
        return opened is None or opened.state.close()

    def close_all(self) -> bool:
        """Closes what can be closed; shows the first one that asks. True when nothing is left open."""
        self._ending = True
        self._ending = all(opened.state.close() for opened in self)
        return self._ending

    def _remove(self, opened: OpenScreen) -> None:
        if self._open.pop(opened.key, None) is None:
            return
        self._session.lanes.drop(f"{opened.state.screen.name}:{id(opened.state):x}")
        if self._sheet is not None and self._sheet.key == opened.key:
            sheet, self._sheet = self._sheet, None
            sheet.go_away()
        page = self._frame.close_page(opened.key)
        if page is not None:
            page.hide()
            page.deleteLater()
        if not self._open and not self._ending:
            self.emptied.emit()
