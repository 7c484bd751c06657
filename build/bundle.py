"""The bundle: what of Python, of Qt and of the libraries goes into it, and the judge of what is missing.

`app.spec` asks this file; `python -m build.bundle` makes `dist/bundle/retaguarda/`. Libraries of the system stay out on
Linux: the package names those that it needs, so that X, fonts and OpenSSL are the desk's own and kept up to date there.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import msgspec

from build import icon
from retaguarda.kernel.licences import COLLECTED, Part, gathered

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "bundle" / "retaguarda"
SCRATCH = DIST / "scratch"

# Of Qt, the bindings, plugins and words that the program uses; the libraries follow from these.
BINDINGS = {"QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPrintSupport", "QtSvg", "QtUiTools"}
PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "windowsprintersupport"},
    "styles": {"qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
WORDS = {"qtbase_pt_BR.qm"}
QT_LIBRARIES = {
    "Core", "DBus", "Gui", "Network", "OpenGL", "OpenGLWidgets", "Pdf", "PrintSupport", "Svg", "UiTools",
    "WaylandClient", "Widgets", "XcbQpa",
}  # fmt: skip

# Brought in by imports that never run here. readline and dbm would also bring libraries under the GPL.
LEFT_OUT = [
    "IPython", "PIL.AvifImagePlugin", "PIL.FpxImagePlugin", "PIL.ImageQt", "PIL.ImageTk", "PIL.MicImagePlugin",
    "PIL.WebPImagePlugin", "_avif", "_curses", "_dbm", "_gdbm", "_tkinter", "curses", "dbm", "distutils", "doctest",
    "lib2to3", "mako.ext", "numpy", "pdb", "pip", "pycparser.lextab", "pydoc", "pygments", "pytest", "readline",
    "reportlab.graphics.testshapes", "setuptools", "tkinter", "wheel",
]  # fmt: skip

# What the search for modules names as missing and is not: other systems' parts, names made while running, and what a
# list of PyInstaller asks for beside what is used.
NOT_MISSING = (
    r"_frozen_importlib(_external)?",
    r"psycopg2",
    r"_overlapped|_winapi|winreg|nt|msvcrt|_scproxy|vms_lib|java(\..*)?",
    r"multiprocessing\.\w+",
    r"six\.moves(\..+)?",
    r"dateutil\.tz\.tzfile",
    r"typing_extensions\..+",
)
# Warnings of PyInstaller about what its own lists know and this program's releases of the libraries do not have.
NOT_WARNED = (
    r'Hidden import "(pysqlite2|MySQLdb|psycopg_binary\._uuid)" not found',
    r"Library (shell32|ole32|user32) required via ctypes not found",
    # Of plugins that stay out; `needed` of the package judges the libraries of those that go in.
    r"Library not found: could not resolve '.*', dependency of '.*[/\\]plugins[/\\]",
)


class Missing(Exception):
    """Something that the program needs is not in the bundle."""


def hidden() -> list[str]:
    """Modules that are imported by a name made while running."""
    from PyInstaller.utils.hooks import collect_submodules

    return [
        *collect_submodules("holidays"),
        *collect_submodules("keyring.backends"),
        *collect_submodules("reportlab.graphics.barcode"),
        "alembic.ddl",
        "psycopg_binary",
        "sqlalchemy.dialects.postgresql.psycopg",
        "sqlalchemy.dialects.sqlite.pysqlite",
        "tzdata",
    ]


def data() -> list[tuple[str, str]]:
    """Files of the libraries that are read while running."""
    from PyInstaller.utils.hooks import collect_data_files, copy_metadata

    return [
        *collect_data_files("holidays", includes=["**/*.mo"]),
        *collect_data_files("tzdata"),
        # keyring finds its stores by their entry points.
        *copy_metadata("keyring"),
    ]


def licences() -> str:
    """Collects the licences of every part that is shipped, for the program to show and to lie beside it."""
    bare = [part.name for part in shipped() if not part.text]
    if bare:
        raise Missing(f"no text of the licence of {', '.join(bare)}")
    SCRATCH.mkdir(parents=True, exist_ok=True)
    target = SCRATCH / COLLECTED
    target.write_bytes(msgspec.json.encode(shipped()))
    return str(target)


def shipped() -> list[Part]:
    """The program's parts, and the starter that PyInstaller puts before them."""
    starter = distribution("pyinstaller")
    text = starter.read_text("licenses/COPYING.txt") or starter.read_text("COPYING.txt") or ""
    return [*gathered(), Part("PyInstaller (starter)", starter.version, "GPL-2.0 with Bootloader-exception", text)]


def in_full(parts: Sequence[Part]) -> str:
    """The licences as one text."""
    return "\n\n".join(
        f"{'=' * 78}\n{' '.join((part.name, part.version)).strip()}: {part.licence}\n{'=' * 78}\n\n{part.text.strip()}"
        for part in parts
    )


def wanted(target: str, source: str) -> bool:
    """Whether a file that PyInstaller found belongs into the bundle."""
    if sys.platform == "linux" and source.startswith(("/usr/lib/", "/lib/")):
        return False
    place = target.replace("\\", "/")
    plugin = re.search(r"/plugins/([^/]+)/(?:lib)?([^/.]+)[^/]*$", place)
    if plugin:
        return plugin[2] in PLUGINS.get(plugin[1], ())
    if "/translations/" in place:
        return place.rpartition("/")[2] in WORDS
    library = re.search(r"(?:^|/)(?:lib)?Qt6(\w+)\.(?:so|dll)", place)
    if library:
        return library[1] in QT_LIBRARIES
    binding = re.search(r"^PySide6/(Qt\w+)\.", place)
    return not binding or binding[1] in BINDINGS


@contextmanager
def judged(report: Path) -> Iterator[None]:
    """Every warning of the search, and every module it could not find, is an error unless listed above."""
    heard = _Ear()
    logging.getLogger("PyInstaller").addHandler(heard)
    try:
        yield
    finally:
        logging.getLogger("PyInstaller").removeHandler(heard)
    faults = [*heard.faults, *missing(report.read_text(encoding="utf-8"))]
    if faults:
        raise Missing("\n".join(faults))


def missing(report: str) -> list[str]:
    """The modules of PyInstaller's report that are imported without a condition, and any that the program asks for."""
    found = []
    for name, askers in re.findall(r"^missing module named '?([\w.]+)'? - imported by (.+)$", report, re.MULTILINE):
        asked = re.findall(r"([\w.]+) \(([^)]+)\)", askers)
        ours = any(asker.split(".")[0] == "retaguarda" for asker, _how in asked)
        plain = any(how == "top-level" for _asker, how in asked)
        if (ours or plain) and not any(re.fullmatch(known, name) for known in NOT_MISSING):
            found.append(f"missing module {name}, imported by {askers}")
    return found


class _Ear(logging.Handler):
    """Keeps the warnings that are not listed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if not any(re.match(known, words) for known in NOT_WARNED):
            self.faults.append(words)


def make() -> Path:
    """Makes the bundle anew and gives its folder."""
    if sys.platform == "win32":
        icon.draw_ico(SCRATCH / "retaguarda.ico")
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", str(FOLDER.parent), "--workpath", str(SCRATCH), str(ROOT / "build" / "app.spec"),
        ],
        check=True, cwd=ROOT,
    )  # fmt: skip
    (FOLDER / "LICENCES.txt").write_text(in_full(shipped()) + "\n", encoding="utf-8")
    if sys.platform == "linux":
        # A Python that was compiled on the spot carries 20 MB for debuggers; what comes from wheels is thin already.
        own = [*FOLDER.rglob("libpython3*.so*"), *FOLDER.glob("_internal/python3*/lib-dynload/*.so")]
        subprocess.run(["strip", "--strip-debug", *(str(file) for file in own if not file.is_symlink())], check=True)
    return FOLDER


if __name__ == "__main__":
    print(make())
