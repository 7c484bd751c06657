"""From a screen's declaration to its state."""

from __future__ import annotations

from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.built import BuilderScreen
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.importing import ImportState
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.page import BoardState, PageState
from retaguarda.kernel.screen.report import ReportState
from retaguarda.kernel.screen.reports import ReportScreen
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.screens import (
    BoardScreen,
    EntryScreen,
    FormScreen,
    ImportScreen,
    ListScreen,
    PageScreen,
    ScanScreen,
)
from retaguarda.kernel.screen.state import Go, Seat, State


def open_screen(seat: Seat, go: Go) -> State:
    """The state of the screen that `go` names; `start` has still to be called. KeyError for an unknown screen."""
    screen = seat.book.screen(go.screen)
    if isinstance(screen, EntryScreen):
        return EntryState(screen, seat, go)
    if isinstance(screen, FormScreen):
        return FormState(screen, seat, go)
    if isinstance(screen, ListScreen):
        return ListState(screen, seat, go)
    if isinstance(screen, ReportScreen):
        return ReportState(screen, seat, go)
    if isinstance(screen, BuilderScreen):
        return BuilderState(screen, seat, go)
    if isinstance(screen, PageScreen):
        return PageState(screen, seat, go)
    if isinstance(screen, ScanScreen):
        return ScanState(screen, seat, go)
    if isinstance(screen, ImportScreen):
        return ImportState(screen, seat, go)
    if isinstance(screen, BoardScreen):
        return BoardState(screen, seat, go)
    raise TypeError(f"no state for a {type(screen).__name__}")
