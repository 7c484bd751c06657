"""A copy of the database that can be trusted: made whole, verified on the copy, kept in turn.

SQLite's own backup API copies all pages at once beside a running writer; PostgreSQL is dumped by `pg_dump`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from retaguarda.kernel.errors import Device, Offline, Trouble
from retaguarda.kernel.store import Store

KEPT = 14


def back_up(store: Store, folder: Path, now: dt.datetime) -> Path:
    """Writes a verified copy of the database into `folder` and gives its path.

    Raises `Device("kernel.disk_full")` when the folder's disk cannot hold it, `Trouble` when the copy is not sound.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Device("kernel.file_not_written", file=str(folder)) from error
    stamp = now.strftime("%Y%m%d-%H%M%S")
    if store.name == "sqlite":
        return _sqlite(Path(make_url(store.url).database or ""), folder, stamp)
    return _postgres(store.url, folder, stamp)


def _sqlite(source: Path, folder: Path, stamp: str) -> Path:
    if not source.is_file():
        raise Offline("kernel.database_gone", detail=str(source))
    if shutil.disk_usage(folder).free < source.stat().st_size * 2:
        raise Device("kernel.disk_full", folder=str(folder))
    target = folder / f"{source.stem}-{stamp}.db"
    making = target.with_suffix(".making")
    try:
        sound = _copied(source, making)
    except sqlite3.Error as error:
        making.unlink(missing_ok=True)
        full = "full" in str(error)
        raise (Device("kernel.disk_full") if full else Trouble("kernel.backup_unsound", detail=str(error))) from error
    if sound != "ok":
        making.unlink()
        raise Trouble("kernel.backup_unsound", detail=sound)
    making.replace(target)
    _rotate(folder, source.stem, ".db")
    return target


def _copied(source: Path, making: Path) -> str:
    """Copies the live file and gives what the copy says of itself; "ok" is sound."""
    live = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(live), contextlib.closing(sqlite3.connect(making)) as copy:
        live.backup(copy)
        # The copy must not need the live file's log, and must be sound by itself before it counts.
        copy.execute("PRAGMA journal_mode = delete")
        return str(copy.execute("PRAGMA integrity_check").fetchone()[0])


def _postgres(url: str, folder: Path, stamp: str) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise Trouble("kernel.no_pg_dump")
    address = make_url(url).set(drivername="postgresql")
    target = folder / f"{address.database}-{stamp}.dump"
    making = target.with_suffix(".making")
    done = subprocess.run(
        [program, "--format=custom", f"--file={making}", address.render_as_string(hide_password=False)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        making.unlink(missing_ok=True)
        raise Trouble("kernel.backup_unsound", detail=done.stderr.strip().splitlines()[-1] if done.stderr else "")
    making.replace(target)
    _rotate(folder, address.database or "", ".dump")
    return target


def _rotate(folder: Path, name: str, ending: str) -> None:
    """Only verified copies of this database bear these names, so the newest that stay are all verified."""
    ours = re.compile(rf"{re.escape(name)}-\d{{8}}-\d{{6}}{re.escape(ending)}")
    for old in sorted(p for p in folder.iterdir() if ours.fullmatch(p.name))[:-KEPT]:
        old.unlink()
