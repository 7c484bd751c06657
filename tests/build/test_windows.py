"""The installer for Windows, as far as it can be tried elsewhere: its script compiles over a stand-in of the bundle
and removes what the bundle lays down. Building the real one is `build/windows.ps1`, on Windows."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from build import icon
from retaguarda.kernel.version import VERSION
from tests.house.tree import ROOT

MAKENSIS = shutil.which("makensis")
SCRIPT = ROOT / "build" / "retaguarda.nsi"
LAID_DOWN = ("retaguarda.exe", "retaguarda-cli.exe", "LICENCES.txt", "_internal/python312.dll")


def compiled(folder: Path, script: Path = SCRIPT) -> subprocess.CompletedProcess[str]:
    """What makensis says of the script over a folder laid out as the bundle is; its warnings are errors."""
    if MAKENSIS is None:
        pytest.skip("makensis is not installed (Debian package nsis)")
    for name in LAID_DOWN:
        file = folder / "bundle" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode() * 1000)
    icon.draw_ico(folder / "retaguarda.ico")
    given = {
        "VERSION": VERSION,
        "BUNDLE": folder / "bundle",
        "ICON": folder / "retaguarda.ico",
        "OUT": folder / f"retaguarda-{VERSION}-setup.exe",
    }
    return subprocess.run(
        [MAKENSIS, "-V2", "-WX", *(f"-D{name}={value}" for name, value in given.items()), str(script)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_installer_compiles_without_a_warning(tmp_path: Path) -> None:
    done = compiled(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    made = (tmp_path / f"retaguarda-{VERSION}-setup.exe").read_bytes()
    assert made[:2] == b"MZ"
    assert b"NullsoftInst" in made


def test_a_script_that_calls_what_is_not_there_does_not_compile(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nsi"
    broken.write_text(SCRIPT.read_text("utf-8").replace("RMDir /r", "RemoveAll", 1), encoding="utf-8")
    assert compiled(tmp_path, broken).returncode != 0


def test_everything_at_the_top_of_the_bundle_is_removed_and_nothing_of_the_person() -> None:
    removal = SCRIPT.read_text("utf-8").partition('Section "Uninstall"')[2]
    removed = set(re.findall(r'(?:Delete|RMDir(?: /r)?) "\$INSTDIR\\([\w.-]+)"', removal))
    assert removed == {name.partition("/")[0] for name in LAID_DOWN} | {"uninstall.exe"}
    assert '/r "$INSTDIR"' not in removal, "the folder may be one where other things lie"
    assert "APPDATA" not in removal


def test_the_windows_build_uses_the_script_and_the_bundle_as_they_are() -> None:
    powershell = (ROOT / "build" / "windows.ps1").read_text("utf-8")
    assert set(re.findall(r"-D(\w+)=", powershell)) == {"VERSION", "BUNDLE", "ICON", "OUT"}
    assert "build\\retaguarda.nsi" in powershell
    spec = (ROOT / "build" / "app.spec").read_text("utf-8")
    assert all(f'"{name}"' in spec for name in ("retaguarda", "retaguarda-cli"))
