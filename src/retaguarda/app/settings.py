"""Station settings: what belongs to this computer, not to the company. A small JSON file that may be missing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import msgspec
import platformdirs

from retaguarda.shell.printing.choices import PrintChoice


@dataclass(frozen=True, slots=True)
class Station:
    """This computer: its name, language, theme, the database it opens, the window's last place, the folder of reports
    written by themselves, and how each kind of document comes out here."""

    name: str = "Balcão 1"
    language: Literal["pt_BR", "en"] = "pt_BR"
    theme: Literal["light", "dark", "system"] = "light"
    url: str = ""
    person: str = ""
    reports: str = ""
    geometry: tuple[int, int, int, int] | None = None
    printing: Mapping[str, PrintChoice] = field(default_factory=dict)


def folder() -> Path:
    """The person's data folder of this program; `RETAGUARDA_HOME` names another."""
    given = os.environ.get("RETAGUARDA_HOME")
    found = Path(given) if given else Path(platformdirs.user_data_dir("retaguarda", appauthor=False))
    found.mkdir(parents=True, exist_ok=True)
    return found


def reports_folder() -> Path:
    """Where reports that are written by themselves go here: the folder that the station names (one that several share,
    say), or one beside its other data."""
    found = Path(read().reports) if read().reports else folder() / "reports"
    with suppress(OSError):
        # A folder that cannot be made is told of by the file that is not written.
        found.mkdir(parents=True, exist_ok=True)
    return found


def read(path: Path | None = None) -> Station:
    """The settings as they stand; defaults where the file is missing or unreadable (it is only convenience)."""
    path = path or folder() / "station.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Station)
    except (OSError, msgspec.DecodeError):
        return Station()


def write(station: Station, path: Path | None = None) -> None:
    """Keeps the settings; written beside and renamed, so that a crash leaves the old or the new file."""
    path = path or folder() / "station.json"
    beside = path.with_suffix(".new")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(asdict(station))))
    beside.replace(path)


def change(path: Path | None = None, **values: Any) -> Station:
    """Changes some settings and keeps them."""
    station = replace(read(path), **values)
    write(station, path)
    return station
