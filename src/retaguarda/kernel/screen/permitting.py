"""Which screens a person may open, and which permission is missing where they may not."""

from __future__ import annotations

from retaguarda.kernel.command import name_of
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.screens import FormScreen, Screen
from retaguarda.kernel.screen.state import Seat, forbidden, refusal_of


def refusal_to_open(seat: Seat, screen: Screen) -> Phrase | None:
    """Why the person may not see a screen: by its own permission, its query, or the commands of its form (one that
    they may use is enough). None when they may.
    """
    if screen.permission:
        # A permission may have the name of a command that asks for another one.
        return None if seat.person.may(screen.permission) else forbidden(screen.permission)
    if isinstance(screen, FormScreen):
        sent = [name_of(command) for command in (screen.command, screen.revise) if command is not None]
        refusals = [refusal_of(seat, name) for name in sent]
        return None if None in refusals else next(iter(refusals), None)
    return refusal_of(seat, str(getattr(screen, "query", "") or getattr(screen, "load", "")))


def may_open(seat: Seat, screen: Screen) -> bool:
    """Whether the person may see a screen."""
    return refusal_to_open(seat, screen) is None
