"""A copy of the database that can be trusted: made whole, verified on the copy, kept in turn.

SQLite's own backup API copies all pages at once beside a running writer; PostgreSQL is dumped by `pg_dump`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from retaguarda.kernel.errors import Device, Trouble
from retaguarda.kernel.store import Store

KEPT = 14


def back_up(store: Store, folder: Path, now: dt.datetime) -> Path:
    """Writes a verified copy of the database into `folder` and gives its path.

    Raises `Device("kernel.disk_full")` when the folder's disk cannot hold it, `Trouble` when the copy is not sound.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = now.strftime("%Y%m%d-%H%M%S")
    if store.name == "sqlite":
        return _sqlite(Path(make_url(store.url).database or ""), folder, stamp)
    return _postgres(store.url, folder, stamp)


def _sqlite(source: Path, folder: Path, stamp: str) -> Path:
    if shutil.disk_usage(folder).free < source.stat().st_size * 2:
        raise Device("kernel.disk_full", folder=str(folder))
    target = folder / f"{source.stem}-{stamp}.db"
    making = target.with_suffix(".making")
    with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(making)) as copy:
        live.backup(copy)
        # The copy must not need the live file's log, and must be sound by itself before it counts.
        copy.execute("PRAGMA journal_mode = delete")
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        making.unlink()
        raise Trouble("kernel.backup_unsound", detail=str(sound))
    making.rename(target)
    _rotate(folder, f"{source.stem}-*.db")
    return target


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
    making.rename(target)
    _rotate(folder, f"{address.database}-*.dump")
    return target


def _rotate(folder: Path, pattern: str) -> None:
    """Only verified copies bear these names, so the newest that stay are all verified."""
    for old in sorted(folder.glob(pattern))[:-KEPT]:
        old.unlink()
