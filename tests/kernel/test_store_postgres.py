"""Errors of the PostgreSQL server, cut connections, a server that stops: each has its own code and words, nothing is
half written, the same id is carried out once, and the next command works once the fault is gone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from retaguarda.kernel import bus as kernel_bus
from retaguarda.kernel.errors import Busy, Device, Offline, Problem, Trouble
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.store_postgres import PostgresReader, PostgresWriter
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.unit import Unit
from tests.helpers import postgres, toyshop
from tests.helpers.told import fault
from tests.helpers.toyshop import AddShelf, Play, RenameShelf, Shelf, Shop, names, playing


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


def test_nobody_waits_for_a_lock_for_ever_and_no_question_is_compiled(large: Shop) -> None:
    connection: psycopg.Connection[Any] = large.bus.writer().connection  # type: ignore[attr-defined]
    assert connection.execute("SHOW lock_timeout").fetchone() == ("5s",)
    assert connection.execute("SHOW jit").fetchone() == ("off",)
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


def test_what_a_reader_leaves_serves_whoever_writes_or_reads_next(large: Shop) -> None:
    large.bus.close()
    reader = large.store.reader()
    assert isinstance(reader, PostgresReader)
    left = reader.connection.info.backend_pid
    reader.close()
    large.do(AddShelf(name="B"))
    writer = large.bus.writer()
    assert isinstance(writer, PostgresWriter)
    assert writer.connection.info.backend_pid == left
    after = large.store.reader()
    assert names(large, after) == ["A", "B"]
    after.close()
    again = large.store.reader()
    assert isinstance(again, PostgresReader)
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        again.connection.execute("DELETE FROM toy_shelf")
    again.close()
    large.bus.close()
    kill(large)
    assert not large.do(AddShelf(name="C")).known


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
