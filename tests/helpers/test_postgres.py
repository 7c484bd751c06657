import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, make_url, text

from tests.helpers import postgres

ROOT = Path(__file__).parents[2]


def names_in(admin: str) -> set[str]:
    with postgres.connect(admin) as connection:
        return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database").fetchall()}


def test_each_engine_gives_a_database_that_keeps_rows(db_url: str) -> None:
    engine = create_engine(db_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tool (name varchar(20))"))
        connection.execute(text("INSERT INTO tool VALUES ('furadeira')"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM tool")).scalars().all() == ["furadeira"]
    engine.dispose()


def test_a_template_is_built_once_and_copied(pg_server: str) -> None:
    built = []

    def build(url: str) -> None:
        built.append(url)
        with postgres.connect(url) as connection:
            connection.execute("CREATE TABLE tool AS SELECT 7 AS number")

    name = f"template_of_{os.getpid()}"
    for _ in range(2):
        assert postgres.template(pg_server, name, build) == name
    assert len(built) == 1
    copies = [postgres.new_database(pg_server, template=name) for _ in range(2)]
    for copy in copies:
        with postgres.connect(copy) as connection:
            assert connection.execute("SELECT number FROM tool").fetchall() == [(7,)]
        postgres.drop_database(pg_server, copy)
    assert not {make_url(copy).database for copy in copies} & names_in(pg_server)


def test_a_template_whose_building_failed_is_built_again(pg_server: str) -> None:
    def fail(url: str) -> None:
        raise LookupError(url)

    name = f"template_failed_{os.getpid()}"
    with pytest.raises(LookupError):
        postgres.template(pg_server, name, fail)
    assert name not in names_in(pg_server)
    assert postgres.template(pg_server, name, lambda url: None) == name


@pytest.mark.parametrize("end", ["stdin closes", "SIGTERM"])
def test_the_command_prints_a_url_and_stops_its_server(end: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.postgres", "--fast"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    admin = process.stdout.readline().strip()
    with postgres.connect(admin) as connection:
        assert connection.execute("SHOW server_version_num").fetchall()[0][0] >= "150000"
        pid = connection.execute("SHOW data_directory").fetchall()[0][0]
    server = int(Path(pid, "postmaster.pid").read_text().split()[0])
    if end == "SIGTERM":
        process.send_signal(signal.SIGTERM)
    else:
        process.stdin.close()
    assert process.wait(30) == 0
    process.stdin.close()
    process.stdout.close()
    assert not psutil.pid_exists(server)
    assert not Path(pid).exists()


def test_the_folder_of_a_dead_session_is_swept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", "restored afterwards")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    old = tmp_path / f"{postgres.PREFIX}{dead.pid}-abc"
    old.mkdir()
    living = tmp_path / f"{postgres.PREFIX}{os.getpid()}-def"
    living.mkdir()
    made = postgres.make_session_folder()
    assert not old.exists()
    assert living.exists()
    assert made.is_dir()
    assert (made / "run").stat().st_mode & 0o777 == 0o700
