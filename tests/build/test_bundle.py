"""What is shipped: the judge of the bundle bites, what Qt brings is what the program uses, and the files of the package
say the same things. The bundle itself is made by `make build` and tried by `build/try_deb.sh`."""

import configparser
import re
from pathlib import Path

import pytest
from PIL import Image

from bench.bundle import measure_bundle
from build import bundle, deb, icon
from tests.house.tree import ROOT, sources

HERE = ROOT / "build"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("missing module named sales - imported by retaguarda.app (delayed)", True),
        ("missing module named lxml - imported by alembic.op (top-level)", True),
        ("missing module named 'lxml.etree' - imported by alembic.op (optional), mako.parsetree (top-level)", True),
        ("missing module named lxml - imported by alembic.op (optional), mako.parsetree (delayed, conditional)", False),
        ("missing module named winreg - imported by platformdirs.windows (top-level)", False),
        ("excluded module named tkinter - imported by PIL.ImageTk (top-level)", False),
    ],
)
def test_a_module_that_is_asked_for_and_missing_is_an_error(line: str, found: bool) -> None:
    assert bool(bundle.missing(f"This file lists modules …\n{line}\n")) is found


def test_what_the_search_warns_of_is_an_error_unless_it_is_listed(tmp_path: Path) -> None:
    import logging

    report = tmp_path / "warn.txt"
    report.write_text("", encoding="utf-8")
    log = logging.getLogger("PyInstaller.depend")
    with bundle.judged(report):
        log.warning('Hidden import "MySQLdb" not found!')
    with pytest.raises(bundle.Missing, match=r"sqlalchemy\.dialects\.postgresql\.psycopg"), bundle.judged(report):
        log.error('Hidden import "sqlalchemy.dialects.postgresql.psycopg" not found')


def test_every_part_of_qt_that_the_program_imports_is_in_the_bundle() -> None:
    imported = {
        name
        for source in sources("src/retaguarda")
        for name in re.findall(r"from PySide6\.(Qt\w+) import|from PySide6 import (Qt\w+)", source.text)
        for name in name
        if name
    }
    assert imported == bundle.BINDINGS
    assert {name.removeprefix("Qt") for name in imported} <= bundle.QT_LIBRARIES


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_pt_BR.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Pdf.so.6", True),
        ("libQt6Quick.so.6", False),
        ("PySide6/QtQml.abi3.so", False),
        ("resources/fonts/Inter-Regular.ttf", True),
    ],
)
def test_what_goes_in(target: str, goes: bool) -> None:
    assert bundle.wanted(target, f"/opt/parts/{target}") is goes


def test_a_library_that_nobody_brings_is_an_error() -> None:
    with pytest.raises(bundle.Missing, match=r"libnowhere\.so\.7, asked for by bin/program"):
        deb.packages({"libnowhere.so.7": "bin/program"})


def test_the_desktop_file_starts_what_the_package_installs(tmp_path: Path) -> None:
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment, method-assign]
    reader.read(HERE / "retaguarda.desktop", encoding="utf-8")
    entry = reader["Desktop Entry"]
    assert (entry["Exec"], entry["Icon"], entry["Terminal"]) == ("retaguarda run", "retaguarda", "false")
    for said in ("GenericName", "Comment", "Keywords"):
        assert all((entry[said], entry[f"{said}[pt_BR]"])), "both languages"
    small = tmp_path / "retaguarda.png"
    icon.draw(48, small)
    assert small.read_bytes()[:4] == b"\x89PNG"


def test_the_sign_has_every_size_that_windows_asks_for(tmp_path: Path) -> None:
    icon.draw_ico(tmp_path / "retaguarda.ico")
    with Image.open(tmp_path / "retaguarda.ico") as drawn:
        assert drawn.info["sizes"] == {(size, size) for size in icon.WINDOWS}
        assert drawn.convert("RGBA").getpixel((128, 20)) == (0x1F, 0x5F, 0xE0, 255)


def test_the_spec_takes_the_files_that_the_program_reads() -> None:
    spec = (HERE / "app.spec").read_text(encoding="utf-8")
    assert '("resources", "ui")' in spec
    assert (HERE / "start.py").read_text(encoding="utf-8").count("retaguarda.app.cli import main") == 1
    assert "bundle.judged" in spec


def test_the_licences_of_all_parts_are_collected_with_their_texts() -> None:
    parts = bundle.shipped()
    assert [part.name for part in parts if not part.text] == []
    assert "exception" in parts[-1].text, "of PyInstaller only the starter is shipped, which its licence permits"
    full = bundle.in_full(parts)
    assert all(f"{part.name} {part.version}".strip() in full for part in parts)


def test_a_bench_without_a_bundle_says_so(tmp_path: Path) -> None:
    assert measure_bundle(tmp_path / "retaguarda") == {"bundle_start_x_source": "not built"}
