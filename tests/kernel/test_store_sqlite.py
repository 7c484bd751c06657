"""What happens to a SQLite file from outside: each fault has its own code and words, nothing is half written, and the
next command works once the fault is gone."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retaguarda.kernel import bus as kernel_bus
from retaguarda.kernel import schema, store_sqlite
from retaguarda.kernel.errors import Busy, Device, Offline, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.store import Reader
from retaguarda.kernel.stores import open_store
from tests.helpers import toyshop
from tests.helpers.told import fault, words_of
from tests.helpers.toyshop import AddShelf, Play, Shelf, Shop, names, playing

NOBODY = 65534


@pytest.fixture
def file(toy_template: Path, tmp_path: Path) -> Path:
    """A SQLite toy shop in a folder of its own."""
    folder = tmp_path / "shop"
    folder.mkdir()
    shutil.copy(toy_template, folder / "toy.db")
    return folder / "toy.db"


@pytest.fixture
def lite(file: Path) -> Iterator[Shop]:
    """The SQLite toy shop, open, with one shelf."""
    shop = Shop(open_store(f"sqlite:///{file}"))
    shop.shelf("A")
    yield shop
    shop.close()


@pytest.fixture
def reader(lite: Shop) -> Iterator[Reader]:
    found = lite.store.reader()
    yield found
    found.close()


def locked(file: Path) -> sqlite3.Connection:
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_file_that_somebody_else_writes_is_busy(lite: Shop, file: Path, reader: Reader) -> None:
    before = lite.contents()
    lite.bus.writer().patience_s = 0.02  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)):
        with fault(Busy, "kernel.busy"):
            lite.do(AddShelf(name="B"))
        assert names(lite, reader) == ["A"]  # looking things up goes on
    assert lite.bus.retries == kernel_bus.TRIES - 1
    assert lite.changed(before) == set()
    lite.do(AddShelf(name="B"))


def test_busy_waits_until_the_other_is_done(lite: Shop, file: Path) -> None:
    lite.bus.writer().patience_s = 0.02  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)) as other:
        timer = threading.Timer(0.1, lambda: other.execute("COMMIT"))
        timer.start()
        lite.do(AddShelf(name="B"))
        timer.join()
    assert lite.bus.retries > 0


def test_who_has_waited_longer_asks_more_often(lite: Shop, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own waiting does the opposite, and the longest waiter loses to whoever came just then."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    writer = lite.store.writer()
    writer.patience_s = 0.02  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)), fault(Busy, "kernel.busy"):
        writer.begin()
    writer.close()
    assert (pauses[0], pauses[-1]) == (store_sqlite.SELDOM_S, store_sqlite.OFTEN_S)
    assert pauses == sorted(pauses, reverse=True)


def test_patience_ends(lite: Shop, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_bus, "PATIENCE_S", 0.05)
    lite.bus.writer().patience_s = 0.1  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)), fault(Busy, "kernel.busy"):
        lite.do(AddShelf(name="B"))
    assert lite.bus.retries == 0


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_that_is_taken_away_takes_no_command_with_it(lite: Shop, file: Path, reader: Reader, what: str) -> None:
    """The system would let us write on into the deleted file: the command would be confirmed and lost."""
    gone = file if what == "file" else file.parent
    away = gone.with_name("away")
    key = new_id()
    gone.rename(away)
    with fault(Offline, "kernel.database_gone"):
        lite.do(AddShelf(name="B"), key)
    with fault(Offline, "kernel.database_gone"):
        names(lite, reader)
    assert not file.exists()
    away.rename(gone)
    assert not lite.do(AddShelf(name="B"), key).known
    assert names(lite, reader) == ["A", "B"]


def test_a_file_that_another_replaces_is_followed(lite: Shop, file: Path, reader: Reader, toy_template: Path) -> None:
    assert names(lite, reader) == ["A"]
    lite.bus.close()
    restored = file.with_name("restored")
    shutil.copy(toy_template, restored)
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    restored.replace(file)
    assert names(lite, reader) == []
    lite.do(AddShelf(name="C"))
    assert names(lite, reader) == ["C"]


def test_the_first_reader_takes_over_the_connection_of_the_proof(file: Path) -> None:
    store = store_sqlite.SqliteStore(f"sqlite:///{file}")
    assert store.idle() is None
    schema.read_marks(store)
    with store.engine.connect() as lent:
        proof = lent.connection.driver_connection
    first, second = store.reader(), store.reader()
    try:
        assert isinstance(first, store_sqlite.SqliteReader)
        assert isinstance(second, store_sqlite.SqliteReader)
        assert first.connection is proof
        assert second.connection is not proof
        for reader in (first, second):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.connection.execute("CREATE TABLE never (n INTEGER)")
        schema.set_mark(store, "still", "writes")
        assert schema.read_marks(store)["still"] == "writes"
    finally:
        first.close()
        second.close()
        store.close()


def test_no_reader_takes_over_a_connection_to_a_file_that_is_gone(file: Path, toy_template: Path) -> None:
    store = store_sqlite.SqliteStore(f"sqlite:///{file}")
    schema.set_mark(store, "old", "file")
    shutil.copy(toy_template, file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    reader = store.reader()
    try:
        assert isinstance(reader, store_sqlite.SqliteReader)
        found = reader.connection.execute("SELECT count(*) FROM schema_mark WHERE name = 'old'").fetchone()
        assert found == (0,)
    finally:
        reader.close()
        store.close()


def test_a_full_disk_stops_the_command_and_nothing_else(lite: Shop, reader: Reader) -> None:
    connection: Any = lite.bus.writer().connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    before = lite.contents()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    many = [{"name": "x" * 80, "place": "y" * 80} for _ in range(500)]
    with playing("many", lambda unit: {"ids": unit.add_all(Shelf, many)}):
        with fault(Device, "kernel.disk_full"):
            lite.do(Play(what="many"))
        assert lite.changed(before) == set()
        assert names(lite, reader) == ["A"]
        connection.execute("PRAGMA max_page_count = 100000")
        lite.do(Play(what="many"))


def test_a_disk_that_fails_to_write(lite: Shop, reader: Reader) -> None:
    resource = pytest.importorskip("resource")
    before = lite.contents()
    many = [{"name": "x" * 80} for _ in range(2000)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with playing("many", lambda unit: {"ids": unit.add_all(Shelf, many)}):
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            with pytest.raises(Device) as trouble:
                lite.do(Play(what="many"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert trouble.value.code in ("kernel.disk_fault", "kernel.disk_full")
        words_of(trouble.value)
        assert lite.changed(before) == set()
        assert names(lite, reader) == ["A"]
        lite.do(Play(what="many"))


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, for whom no file is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter there")
@pytest.mark.parametrize("folder_mode", [0o777, 0o755])
def test_a_file_that_may_only_be_read(toy_template: Path, open_folder: Path, folder_mode: int) -> None:
    """Looking things up works, also where not even a log may be put beside the file."""
    path = open_folder / "toy.db"
    shutil.copy(toy_template, path)
    made = Shop(open_store(f"sqlite:///{path}"))
    made.shelf("A")
    made.close()
    assert list(open_folder.iterdir()) == [path]
    path.chmod(0o444)
    open_folder.chmod(folder_mode)
    with as_nobody():
        shop = Shop(open_store(f"sqlite:///{path}"))
        reader = shop.store.reader()
        try:
            assert names(shop, reader) == ["A"]
            assert schema.trigger_faults(shop.store, toyshop.MODULES) == []
            with fault(Trouble, "kernel.read_only"):
                shop.do(AddShelf(name="B"))
            assert names(shop, reader) == ["A"]
        finally:
            reader.close()
            shop.close()
        if folder_mode == 0o755:
            with fault(Trouble, "kernel.read_only"):
                open_store(f"sqlite:///{open_folder / 'new.db'}", create=True)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 200)
    store = open_store(f"sqlite:///{path}")
    try:
        for look in (lambda: schema.is_empty(store), store.reader, store.writer):
            with fault(Trouble, "kernel.damaged"):
                look()
    finally:
        store.close()
    assert path.read_text().startswith("Dear")


def test_a_database_of_something_else(tmp_path: Path, pg_url: str) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (a)")
    for url in (f"sqlite:///{path}", pg_url):
        shop = Shop(open_store(url))
        try:
            assert schema.is_empty(shop.store)
            with fault(Trouble, "kernel.not_a_company"):
                shop.do(AddShelf(name="A"))
        finally:
            shop.close()


def test_a_file_with_pages_written_over(lite: Shop, file: Path) -> None:
    lite.close()
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(bytes(data))
    shop = Shop(open_store(f"sqlite:///{file}"))
    try:
        with fault(Trouble, "kernel.damaged"):
            shop.do(AddShelf(name="B"))
    finally:
        shop.close()


def test_what_a_reader_leaves_serves_whoever_comes_next_and_ends_with_the_store(file: Path) -> None:
    store = store_sqlite.SqliteStore(f"sqlite:///{file}")
    reader, other = store.reader(), store.reader()
    assert isinstance(reader, store_sqlite.SqliteReader)
    left = reader.connection
    reader.close()
    other.close()
    writer = store.writer()
    assert isinstance(writer, store_sqlite.SqliteWriter)
    assert writer.connection is left
    writer.begin()
    writer.cursor.execute("INSERT INTO schema_mark (name, value) VALUES ('by', 'writer')")
    writer.commit()
    assert schema.read_marks(store)["by"] == "writer"
    writer.close()
    last = store.reader()
    assert isinstance(last, store_sqlite.SqliteReader)
    store.close()
    last.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        last.connection.execute("SELECT 1")
