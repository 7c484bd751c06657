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
    from retaguarda.shell.first import start

    station = settings.read()

    def connect() -> Any:
        # On the write lane: this brings in SQLAlchemy and every module.
        from retaguarda.app.front import connect as open_front

        return open_front(
            url, with_sample=sample, person=person, language=language or station.language, station=station.name
        )

    def steps() -> Any:
        # On the write lane too, after `connect` has brought it in.
        from retaguarda.app.front import first_steps

        return first_steps(url, language or station.language, station.name)

    def rest(facts: Any) -> Any:
        from retaguarda.shell.front import FirstSteps
        from retaguarda.shell.window import open_window

        first = FirstSteps(
            lambda company: steps().create(company), lambda: steps().sample(), lambda code: steps().mend(code)
        )
        return open_window(facts, connect, first, exit_after_paint=exit_after_paint).finish

    return start(station.theme, station.geometry, lambda: _facts(station, language), rest)


def _facts(station: settings.Station, language: str | None) -> Any:
    """What the window knows of this computer; beside the first frame, so it may import what it needs."""
    from retaguarda.shell import window  # noqa: F401 - the heavy import that the first frame stands for
    from retaguarda.shell.front import StationFacts

    def keep(**values: Any) -> None:
        settings.change(**values)

    def printers() -> Any:
        from retaguarda.shell.printing.system import SystemPrinters

        return SystemPrinters()

    return StationFacts(
        name=station.name,
        folder=settings.folder(),
        language=language or station.language,
        theme=station.theme,
        person=station.person,
        geometry=station.geometry,
        version=__version__,
        printing=station.printing,
        printers=printers,
        keep=keep,
    )
