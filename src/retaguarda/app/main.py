"""Starts the window: station settings and shell alone until the first paint, everything else behind it."""

from __future__ import annotations

from typing import Any

from retaguarda import __version__
from retaguarda.app import settings


def run(
    url: str,
    *,
    sample: bool = False,
    exit_after_paint: bool = False,
    person: str | None = None,
    language: str | None = None,
) -> int:
    """Opens the window on the database at `url` and gives the exit code when it is closed."""
    from retaguarda.shell.front import StationFacts
    from retaguarda.shell.window import start

    station = settings.read()
    spoken = language or station.language

    def connect() -> Any:
        # On the write lane, after the first paint: this brings in SQLAlchemy and every module.
        from retaguarda.app.front import connect as open_front

        return open_front(url, with_sample=sample, person=person, language=spoken)

    def keep(**values: Any) -> None:
        settings.change(**values)

    facts = StationFacts(
        name=station.name,
        folder=settings.folder(),
        language=spoken,
        theme=station.theme,
        person=station.person,
        geometry=station.geometry,
        version=__version__,
        keep=keep,
    )
    return start(facts, connect, exit_after_paint=exit_after_paint)
