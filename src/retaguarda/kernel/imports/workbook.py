"""The rows of one sheet of a workbook (.xlsx), with the types that its cells have; nothing is held but a few rows.

A workbook is a zip of XML parts. They are read as streams, and whatever is no such thing ends in `NotAWorkbook`:
nothing that a file holds can do more than be refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from xml.parsers import expat

from retaguarda.kernel.imports.cells import Cell, Cells, is_date
from retaguarda.kernel.imports.strings import Strings

CHUNK = 1 << 16
LONGEST_PART = 1 << 30
BOMB, FROM = 250, 50_000_000
"""A part that grows so many times, and beyond so many bytes, was made to fill a memory."""
SILENT = 4_000_000
"""Bytes in which a part says nothing that ends: no program writes such."""
NESTED = 100
"""Elements inside each other: those of a sheet are seven."""
MOST_TOLD = 500_000
"""Elements of a part that is held while it is read: what refers to what, which sheets and styles there are."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"([A-Z0-9:]{2,30})\"")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, ValueError, RuntimeError,
    OverflowError, OSError,
)  # fmt: skip

type Start = Callable[[str, Mapping[str, str]], None]


class NotAWorkbook(Exception):
    """The file cannot be read as a workbook with that sheet; `reason` is the end of a code, `params` what it says."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


def sheet_rows(path: Path, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows of the sheet of that name, without one of the first that is seen; empty rows are none."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"  # however it goes on
        try:
            with zipfile.ZipFile(file) as book:
                yield from _rows(book, name)
        except _BROKEN as error:
            raise NotAWorkbook("broken" if zipped else "no_workbook") from error


def sheet_names(path: Path) -> tuple[str, ...]:
    """What the sheets are called that are seen; none for a file that is no workbook, which reading it says."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as book:
            main = next(target for kind, target in _targets(book, "").values() if kind == "officeDocument")
            return tuple(sheet.name for sheet in _sheets(book, main, _targets(book, main))[0] if not sheet.hidden)
    except (*_BROKEN, NotAWorkbook, StopIteration):
        return ()


def _rows(book: zipfile.ZipFile, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    main = next(target for kind, target in _targets(book, "").values() if kind == "officeDocument")
    targets = _targets(book, main)
    sheets, since_1904 = _sheets(book, main, targets)
    sheet = _chosen(sheets, name)
    if merged := _merged(book, sheet.part):
        raise NotAWorkbook("merged", table=sheet.name, cells=merged)
    parts = {kind: target for kind, target in targets.values() if kind in ("sharedStrings", "styles")}
    with Strings() as strings:
        if "sharedStrings" in parts:
            for _ in _streamed(book, parts["sharedStrings"], strings.start, strings.end, strings.said):
                strings.keep()
            strings.keep()
        dates = _date_styles(book, parts["styles"]) if "styles" in parts else frozenset()
        cells = Cells(strings.find, dates, since_1904=since_1904)
        for _ in _streamed(book, sheet.part, cells.start, cells.end, cells.said):
            yield from cells.taken()
        yield from cells.taken()


def _chosen(sheets: Sequence[_Sheet], name: str) -> _Sheet:
    seen = [sheet for sheet in sheets if not sheet.hidden]
    found = next((sheet for sheet in sheets if sheet.name == name), None) if name else next(iter(seen), None)
    if found is None:
        raise NotAWorkbook("no_sheet", table=name, known=", ".join(sheet.name for sheet in seen))
    if found.hidden:
        raise NotAWorkbook("hidden", table=name)
    return found


def _targets(book: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: kind and part, by the key of the reference."""
    folder, _, file = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, said: Mapping[str, str]) -> None:
        if tag == "Relationship" and said.get("TargetMode") != "External":
            target = normpath(join("/", folder, said["Target"])).lstrip("/")
            found[said["Id"]] = (said["Type"].rpartition("/")[2], target)

    _read(book, join(folder, "_rels", f"{file}.rels"), start)
    return found


def _sheets(book: zipfile.ZipFile, part: str, targets: Mapping[str, tuple[str, str]]) -> tuple[list[_Sheet], bool]:
    sheets: list[_Sheet] = []
    since_1904 = False

    def start(tag: str, said: Mapping[str, str]) -> None:
        nonlocal since_1904
        if tag == "workbookPr":
            since_1904 = said.get("date1904") in ("1", "true")
        elif tag == "sheet":
            kind, target = targets[said["id"]]
            if kind == "worksheet":
                sheets.append(_Sheet(said["name"], target, said.get("state", "visible") != "visible"))

    _read(book, part, start)
    return sheets, since_1904


def _date_styles(book: zipfile.ZipFile, part: str) -> frozenset[int]:
    """The styles by which a number is shown as a day or a time."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def start(tag: str, said: Mapping[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            formats[said["numFmtId"]] = said["formatCode"]
        elif tag == "xf" and inside:
            styles.append(said.get("numFmtId", "0"))
        inside = tag == "cellXfs" or (inside and tag not in ("cellStyles", "cellStyleXfs", "dxfs"))

    _read(book, part, start)
    return frozenset(n for n, style in enumerate(styles) if is_date(int(style), formats.get(style, "")))


def _merged(book: zipfile.ZipFile, part: str) -> str:
    """The first cells that were merged into one: what stands in them belongs to several rows, and nobody knows how."""
    before = b""
    for chunk in _chunks(book, part):
        if found := _MERGED.search(before + chunk):
            return found[1].decode()
        before = chunk[-200:]
    return ""


def _read(book: zipfile.ZipFile, part: str, start: Start) -> None:
    told = 0

    def counted(tag: str, said: Mapping[str, str]) -> None:
        nonlocal told
        told += 1
        if told > MOST_TOLD:
            raise NotAWorkbook("bomb")
        start(tag, said)

    for _ in _streamed(book, part, counted):
        pass


def _streamed(
    book: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] = lambda tag: None,
    said: Callable[[str], None] = lambda text: None,
) -> Iterator[None]:
    """Tells of a part's elements by their local names; gives back after each piece of it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    told = nested = 0

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal told, nested
        told, nested = parser.CurrentByteIndex, nested + 1
        if nested > NESTED:
            raise NotAWorkbook("bomb")
        start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def ended(tag: str) -> None:
        nonlocal nested
        nested -= 1
        end(_local(tag))

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler = _no_doctype
    read = 0
    for chunk in _chunks(book, part):
        parser.Parse(chunk, False)
        read += len(chunk)
        if read - told > SILENT:
            raise NotAWorkbook("broken")
        yield
    parser.Parse(b"", True)


def _chunks(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    info = book.getinfo(part)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others may ask for gigabytes at once
        raise NotAWorkbook("broken")
    if info.file_size > LONGEST_PART or (info.file_size > FROM and info.file_size > BOMB * info.compress_size):
        raise NotAWorkbook("bomb")
    with book.open(info) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _no_doctype(*_: object) -> None:
    """No part of a workbook has one; entities that grow begin here."""
    raise NotAWorkbook("broken")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
