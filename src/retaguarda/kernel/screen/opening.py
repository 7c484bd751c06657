"""From a screen's declaration to its state."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.page import BoardState, PageState
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.screens import (
    BoardScreen,
    EntryScreen,
    FormScreen,
    ListScreen,
    PageScreen,
    ScanScreen,
    Screen,
)
from retaguarda.kernel.screen.state import Go, Seat, State, refusal_of


def may_open(seat: Seat, screen: Screen) -> bool:
    """Whether the person may see a screen: by its own permission, its query, or the commands of its form."""
    if screen.permission:
        return seat.person.may(screen.permission)
    names = [str(getattr(screen, "query", "") or getattr(screen, "load", ""))]
    if isinstance(screen, FormScreen):
        names += [name_of(command) for command in (screen.command, screen.revise) if command is not None]
        return any(refusal_of(seat, name) is None for name in names[1:])
    return refusal_of(seat, names[0]) is None


def open_screen(seat: Seat, go: Go) -> State:
    """The state of the screen that `go` names; `start` has still to be called. KeyError for an unknown screen."""
    screen = seat.book.screen(go.screen)
    if isinstance(screen, EntryScreen):
        return EntryState(screen, seat, go)
    if isinstance(screen, FormScreen):
        return FormState(screen, seat, go)
    if isinstance(screen, ListScreen):
        return ListState(screen, seat, go)
    if isinstance(screen, PageScreen):
        return PageState(screen, seat, go)
    if isinstance(screen, ScanScreen):
        return ScanState(screen, seat, go)
    if isinstance(screen, BoardScreen):
        return BoardState(screen, seat, go)
    raise TypeError(f"no state for a {type(screen).__name__}")
