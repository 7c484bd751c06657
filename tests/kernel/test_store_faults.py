"""What happens to the database from outside: each fault has its own code and words, nothing is half written, and the
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

import psycopg
import pytest

from retaguarda.kernel import bus as kernel_bus
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Busy, Device, Offline, Problem, Refusal, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.query import Ask, show
from retaguarda.kernel.store import Reader
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import LANGUAGES, Texts
from retaguarda.kernel.unit import Unit
from tests.helpers import postgres, toyshop
from tests.helpers.toyshop import AddShelf, Play, RenameShelf, Shelf, Shop, playing

NOBODY = 65534


def words_of(problem: Problem) -> None:
    """The fault has cause and action in both languages."""
    for language in LANGUAGES:
        texts = Texts(language, strict=True)
        assert texts.cause(problem.code, **problem.params)
        assert texts.action(problem.code, **problem.params)


@contextlib.contextmanager
def fault(kind: type[Problem], code: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code, caught.value.params
    words_of(caught.value)


def names(shop: Shop, reader: Reader) -> list[str]:
    page = show(reader, shop.store.dialect, toyshop.shelves, Ask(), shop.actor, toyshop.MONDAY, toyshop.MONDAY.date())
    return [row.name for row in page.rows]


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


# -- addresses


@pytest.mark.parametrize(
    ("url", "kind", "code"),
    [
        ("nonsense", Refusal, "kernel.bad_address"),
        ("mysql://host/name", Refusal, "kernel.unknown_engine"),
        ("postgresql://a:secret@host/name", Refusal, "kernel.password_in_address"),
        ("sqlite://", Offline, "kernel.database_gone"),
        ("sqlite:////nowhere/at/all.db", Offline, "kernel.database_gone"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, kind: type[Problem], code: str) -> None:
    with fault(kind, code):
        open_store(url)


def test_looking_for_a_file_makes_none(tmp_path: Path) -> None:
    with fault(Offline, "kernel.database_gone"):
        open_store(f"sqlite:///{tmp_path / 'mistyped.db'}")
    assert list(tmp_path.iterdir()) == []
    with fault(Offline, "kernel.database_gone"):
        open_store(f"sqlite:///{tmp_path / 'no folder' / 'new.db'}", create=True)
    assert list(tmp_path.iterdir()) == []


def test_names_with_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "é ? # % & + 100%.db"
    toyshop.make(f"sqlite:///{str(path).replace('%', '%25').replace('?', '%3F').replace('#', '%23')}")
    assert path.is_file()


def test_no_server_and_no_such_database(pg_server: str, tmp_path: Path) -> None:
    for url in (postgres.database_url(pg_server, "nowhere"), f"postgresql://nobody@/x?host={tmp_path}"):
        store = open_store(url)
        try:
            with fault(Offline, "kernel.database_gone"):
                schema.is_empty(store)
            with fault(Offline, "kernel.database_gone"):
                store.writer()
        finally:
            store.close()


# -- SQLite: locked, gone, full, read-only, damaged


def locked(file: Path) -> sqlite3.Connection:
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_file_that_somebody_else_writes_is_busy(lite: Shop, file: Path, reader: Reader) -> None:
    before = lite.contents()
    lite.bus.writer().connection.execute("PRAGMA busy_timeout = 20")  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)):
        with fault(Busy, "kernel.busy"):
            lite.do(AddShelf(name="B"))
        assert names(lite, reader) == ["A"]  # looking things up goes on
    assert lite.bus.retries == kernel_bus.TRIES - 1
    assert lite.changed(before) == set()
    lite.do(AddShelf(name="B"))


def test_busy_waits_until_the_other_is_done(lite: Shop, file: Path) -> None:
    lite.bus.writer().connection.execute("PRAGMA busy_timeout = 20")  # type: ignore[attr-defined]
    with contextlib.closing(locked(file)) as other:
        timer = threading.Timer(0.1, lambda: other.execute("COMMIT"))
        timer.start()
        lite.do(AddShelf(name="B"))
        timer.join()
    assert lite.bus.retries > 0


def test_patience_ends(lite: Shop, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_bus, "PATIENCE_S", 0.05)
    lite.bus.writer().connection.execute("PRAGMA busy_timeout = 100")  # type: ignore[attr-defined]
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
        with fault(Trouble, "kernel.read_only"):
            open_store(f"sqlite:///{open_folder / 'new.db'}", create=True) if folder_mode == 0o755 else _refuse()


def _refuse() -> None:
    raise Trouble("kernel.read_only")


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


# -- PostgreSQL: errors of the server, killed connections, a server that stops


@pytest.fixture
def large(pg_server: str) -> Iterator[Shop]:
    """The PostgreSQL toy shop, open, with one shelf."""
    url = postgres.new_database(pg_server, postgres.template(pg_server, "toyshop", toyshop.make))
    shop = Shop(open_store(url))
    shop.shelf("A")
    yield shop
    shop.close()
    postgres.drop_database(pg_server, url)


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("53100", Device, "kernel.disk_full"),
        ("25006", Trouble, "kernel.read_only"),
        ("42501", Trouble, "kernel.read_only"),
        ("40P01", Busy, "kernel.busy"),
        ("40001", Busy, "kernel.busy"),
        ("55P03", Busy, "kernel.busy"),
        ("57P03", Offline, "kernel.database_gone"),
    ],
)
def test_errors_of_the_server(large: Shop, state: str, kind: type[Problem], code: str) -> None:
    large.sql(
        "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '{state}'; END$$"
    )
    large.sql("CREATE TRIGGER fails BEFORE INSERT ON toy_shelf FOR EACH ROW EXECUTE FUNCTION fails()")
    before = large.contents()
    with fault(kind, code):
        large.do(AddShelf(name="B"))
    assert large.changed(before) == set()
    large.sql("DROP TRIGGER fails ON toy_shelf")
    large.do(AddShelf(name="B"))


def test_a_row_that_somebody_else_holds_is_busy(large: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_bus, "TRIES", 2)
    shelf = str(large.sql("SELECT id FROM toy_shelf")[0].id).replace("-", "")
    large.bus.writer().connection.execute("SET lock_timeout = 50")  # type: ignore[attr-defined]
    large.bus.writer().connection.commit()  # type: ignore[attr-defined]
    before = large.contents()
    with postgres.connect(large.store.url) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM toy_shelf FOR UPDATE")
        with fault(Busy, "kernel.busy"):
            large.do(RenameShelf(shelf_id=shelf, name="B"))
        other.execute("ROLLBACK")
    assert large.changed(before) == set()
    large.do(RenameShelf(shelf_id=shelf, name="B"))


def test_nobody_waits_for_a_lock_for_ever(large: Shop) -> None:
    connection: psycopg.Connection[Any] = large.bus.writer().connection  # type: ignore[attr-defined]
    assert connection.execute("SHOW lock_timeout").fetchone() == ("5s",)
    connection.rollback()


def kill(shop: Shop) -> None:
    """Cuts every connection of the program, as a network or a restarted server does."""
    with postgres.connect(shop.store.url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND datname = current_database() AND application_name = 'retaguarda'"
        )
    time.sleep(0.05)


def test_a_connection_cut_between_commands_is_replaced_unseen(large: Shop) -> None:
    reader = large.store.reader()
    try:
        for name in ("B", "C"):
            kill(large)
            assert not large.do(AddShelf(name=name)).known
            kill(large)
            assert name in names(large, reader)
    finally:
        reader.close()


@pytest.mark.parametrize("stage", range(2, 10))
def test_a_connection_cut_at_any_stage_does_the_command_once(large: Shop, stage: int) -> None:
    cuts: list[int] = []

    def cut_once(reached: int) -> None:
        if reached == stage and not cuts:
            cuts.append(reached)
            kill(large)

    large.bus.mark = cut_once
    key = new_id()
    outcome = large.do(AddShelf(name="B"), key)
    assert cuts == [stage]
    assert [r.name for r in large.sql("SELECT name FROM toy_shelf ORDER BY name")] == ["A", "B"]
    assert large.sql("SELECT count(*) AS n FROM outbox")[0].n == 2
    assert large.do(AddShelf(name="B"), key).value == outcome.value


def test_an_acknowledgement_that_got_lost_is_asked_for_again(large: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit reached the server, its answer did not reach us."""
    writer: Any = large.bus.writer()
    commit = writer.commit

    def commits_and_loses_the_answer() -> None:
        commit()
        writer.connection.close()
        raise Offline("kernel.database_gone")

    monkeypatch.setattr(writer, "commit", commits_and_loses_the_answer)
    assert large.do(AddShelf(name="B")).known
    assert [r.name for r in large.sql("SELECT name FROM toy_shelf ORDER BY name")] == ["A", "B"]


def test_a_handler_that_is_cut_off_every_time_is_told_so(large: Shop) -> None:
    tries = []

    def is_cut(unit: Unit) -> None:
        unit.add(Shelf, name="B")
        tries.append(unit.command_id)
        kill(large)

    before = large.contents()
    with playing("cut", is_cut), fault(Offline, "kernel.database_gone"):
        large.do(Play(what="cut"))
    assert len(tries) == 2
    assert large.changed(before) == set()
    large.do(AddShelf(name="B"))


def test_a_server_that_stops_and_comes_back() -> None:
    folder = postgres.make_session_folder()
    try:
        url = postgres.new_database(postgres.start(folder, fast=True))
        toyshop.make(url)
        shop = Shop(open_store(url))
        reader = shop.store.reader()
        try:
            shop.shelf("A")
            key = new_id()
            postgres.stop(folder)
            with fault(Offline, "kernel.database_gone"):
                shop.do(AddShelf(name="B"), key)
            with fault(Offline, "kernel.database_gone"):
                names(shop, reader)
            postgres.start(folder, fast=True)
            assert not shop.do(AddShelf(name="B"), key).known
            assert names(shop, reader) == ["A", "B"]
        finally:
            reader.close()
            shop.close()
    finally:
        postgres.remove_session_folder(folder)
