"""The rows of one table out of a dump of a database: `CREATE TABLE`, `INSERT INTO … VALUES` and `COPY … FROM stdin`.

Nothing is run: the statements are read as text, one at a time, and all but the rows of the table are passed over. A
backslash in a text means what it means to the program that wrote the dump: to MySQL's it begins a sign, to others it is
one. Where names stand in backticks and nobody says who wrote them, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

LONGEST_STATEMENT = 50_000_000
_NAME = r'(?:"(?:[^"]|"")+"|`[^`]+`|\w+)'
_TABLE = rf"(?:{_NAME}\s*\.\s*)?(?P<table>{_NAME})"
_CREATE = re.compile(rf"\s*CREATE\s+(?:\w+\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}\s*\(", re.IGNORECASE)
_INSERT = re.compile(
    rf"\s*(?:INSERT(?:\s+(?:OR\s+\w+|IGNORE|LOW_PRIORITY|HIGH_PRIORITY|DELAYED))*|REPLACE)(?:\s+INTO)?\s+{_TABLE}"
    r"\s*(?:\((?P<columns>[^)]*)\)\s*)?(?:OVERRIDING\s+\w+\s+VALUE\s+)?(?P<values>VALUES\b\s*)?",
    re.IGNORECASE,
)
_COPY = re.compile(rf"\s*COPY\s+{_TABLE}\s*(?:\((?P<columns>[^)]*)\)\s*)?FROM\s+stdin", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:CREATE|INSERT|REPLACE|COPY)\s", re.IGNORECASE)
_QUOTED = r"""'[^']*+'|"[^"]*+"|`[^`]*+`"""
_STATEMENT = re.compile(rf"""\s*+(?P<said>(?:[^'"`;]++|{_QUOTED})++;?)""")
_PLAIN = {  # by whether it is MySQL's: what is whole up to a quote that stays open, a comment, or a body in dollars
    False: re.compile(rf"""(?:[^'"`$/-]++|{_QUOTED}|/(?!\*)|-(?!-)|\$(?!\w*\$))*+"""),
    True: re.compile(rf"""(?:[^'"`#/-]++|{_QUOTED}|/(?!\*)|-(?!-))*+"""),
}
_BODY = re.compile(r"\$\w*\$")
_SIGN = re.compile(r"\\.", re.DOTALL)
_TEXT = re.compile(r"''|\\(.)", re.DOTALL)
_WRITTEN = re.compile(r"'[^']*'")
_BEHIND = ("ON", "AS", "RETURNING")
"""What may stand behind the rows of an INSERT: what to do with a row that is there already."""
_TOKEN = re.compile(
    r"\s*(?:(?:_\w+\s*)?(?P<text>'(?:[^']|'')*')|b'(?P<bits>[01]+)'"
    r"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)(?!\d)|(?P<word>[A-Za-z]+)"
    r"|(?P<mark>[(),;]))(?:::[\w ]+)?"
)
_WORDS = {"null": None, "true": True, "false": False}
_NO_COLUMN = re.compile(
    r"\s*(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|EXCLUDE|LIKE|KEY|INDEX|(?:FULLTEXT|SPATIAL)\s+(?:KEY|INDEX))\b",
    re.IGNORECASE,
)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_MYSQLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "0": "\0", "Z": "\x1a", "%": "\\%", "_": "\\_"}
AT_EITHER_END = 4_000
_WRITERS = (
    (rb"^-- PostgreSQL database (?:cluster )?dump\s*$", rb"^-- PostgreSQL database (?:cluster )?dump complete"),
    (rb"^-- (?:MySQL|MariaDB) dump ", rb"^-- Dump completed"),
    (rb"^(?:BEGIN|START)(?: TRANSACTION)?;", rb"^(?:COMMIT|ROLLBACK)\b"),
)
"""What a program begins a dump with, and what it never leaves out at the end."""
_MYSQL = re.compile(rb"^-- (?:MySQL|MariaDB) dump |^-- phpMyAdmin SQL Dump|^/\*M?!\d{5,6} ", re.MULTILINE)

type Value = str | Decimal | bool | None


class NotADump(Exception):
    """The file cannot be read as a dump that has the table; `reason` is `no_table`, `no_columns`, `backslash`,
    `cut_off` or `broken`."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def is_mysqls(begins: bytes, ends: bytes) -> bool:
    """Whether MySQL's programs wrote the dump that begins and ends so. Raises `NotADump` for one that was cut off,
    where the program that wrote it says when it is done."""
    for first, last in _WRITERS:
        if re.search(first, begins, re.MULTILINE) and not re.search(last, ends, re.MULTILINE):
            raise NotADump("cut_off")
    return _MYSQL.search(begins) is not None


def dumped_rows(lines: Iterable[str], table: str, *, mysqls: bool = False) -> Iterator[tuple[int, list[Value]]]:
    """The heading of the table, then its rows, each with the line it begins in."""
    numbered = iter(enumerate(lines, 1))
    heading: list[str] = []
    found = False
    for line, text in _statements(numbered, mysqls=mysqls):
        if (create := _CREATE.match(text)) and _bare(create["table"]) == table:
            heading = _columns_of(_shape(text, mysqls=mysqls)[create.end() :])
            found = True
            yield line, list(heading)
            continue
        rows = _said_of(table, text, line, numbered)
        if rows is None:
            continue
        named = [_bare(name) for name in (rows["columns"] or "").split(",") if name.strip()]
        if not found:
            if not named:
                raise NotADump("no_columns", line)
            heading, found = named, True
            yield line, list(heading)
        if not set(named) <= set(heading):
            raise NotADump("broken", line)
        values = _copied(numbered) if rows.re is _COPY else _inserted(text, rows.end(), line, mysqls=mysqls)
        for number, row in values:
            if len(row) != len(named or heading):
                raise NotADump("broken", number)
            said = dict(zip(named, row, strict=True)) if named else {}
            yield number, [said.get(name) for name in heading] if named else row
    if not found:
        raise NotADump("no_table")


def _said_of(table: str, text: str, line: int, numbered: Iterator[tuple[int, str]]) -> re.Match[str] | None:
    """The beginning of a statement with rows of the table; what another COPY brings is passed over."""
    if copied := _COPY.match(text):
        if _bare(copied["table"]) == table:
            if text[copied.end() :].strip(" ;\n"):  # as another program reads it
                raise NotADump("broken", line)
            return copied
        for _ in _copied(numbered):
            pass
        return None
    inserted = _INSERT.match(text)
    if inserted is None or _bare(inserted["table"]) != table:
        return None
    if inserted["values"] is None:
        raise NotADump("broken", line)
    return inserted


def _statements(numbered: Iterator[tuple[int, str]], *, mysqls: bool) -> Iterator[tuple[int, str]]:
    """Each statement that may tell of a table, with its first line; a quote that is open goes on in the next one."""
    held: list[str] = []
    began = size = 0
    inside = ""
    for number, line in numbered:
        if not held and not inside and line.startswith("\\"):  # a word to the program that restores dumps
            continue
        said, inside = _said(line, inside, mysqls=mysqls)
        if not held:
            if not said.strip():
                continue
            began = number
        held.append(said)
        size += len(said)
        if size > LONGEST_STATEMENT:
            raise NotADump("broken", began)
        if not inside and said.rstrip().endswith(";"):
            text = "".join(held)
            held, size = [], 0
            yield from _parted(text, began, mysqls=mysqls)
    if unended := next(_parted("".join(held), began, mysqls=mysqls), None):
        raise NotADump("broken", unended[0])


def _parted(text: str, began: int, *, mysqls: bool) -> Iterator[tuple[int, str]]:
    """The statements of whole lines, of which one may hold several."""
    line, counted = began, 0
    for found in _STATEMENT.finditer(_shape(text, mysqls=mysqls)):
        start, end = found.span("said")
        if _BEGINS.match(text, start, end):
            line += text.count("\n", counted, start)
            counted = start
            yield line, text[start:end]


def _shape(text: str, *, mysqls: bool) -> str:
    """The text with no quote in it but those that begin and end something."""
    return _SIGN.sub("__", text) if mysqls and "\\" in text else text


def _said(line: str, inside: str, *, mysqls: bool) -> tuple[str, str]:
    """The line without comments and bodies of functions, and what is open behind it: a quote, a comment, a body."""
    shape, said, place = _shape(line, mysqls=mysqls), [], 0
    while place < len(shape):
        if inside:
            close = "*/" if inside == "/*" else inside
            end = shape.find(close, place)
            end = len(shape) if end < 0 else end + len(close)
            kept = len(inside) == 1
            said.append(line[place:end] if kept else "\n" if end == len(shape) else "")
            inside = "" if shape.endswith(close, place, end) else inside
            place = end
            continue
        plain = _PLAIN[mysqls].match(shape, place)
        end = plain.end() if plain else place
        said.append(line[place:end])
        if end == len(shape):
            break
        if shape[end] == "#" or shape.startswith("--", end):
            said.append("\n")
            break
        body = _BODY.match(shape, end)
        inside = "/*" if shape[end] == "/" else body[0] if body else shape[end]
        place = end + len(inside)
        if len(inside) == 1:
            said.append(inside)
    return "".join(said), inside


def _columns_of(text: str) -> list[str]:
    """The names in the brackets of a CREATE TABLE, of which the first is open."""
    text = _WRITTEN.sub(lambda found: "_" * len(found[0]), text)
    depth, start, names = 1, 0, []
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if (char == "," and depth == 1) or depth == 0:
            said = text[start:place]
            start = place + 1
            name = re.match(rf"\s*({_NAME})\s", said)
            if name and not _NO_COLUMN.match(said):
                names.append(_bare(name[1]))
        if depth == 0:
            break
    return names


def _inserted(text: str, place: int, line: int, *, mysqls: bool) -> Iterator[tuple[int, list[Value]]]:
    """The rows in the brackets behind VALUES."""
    row: list[Value] | None = None
    number, counted, end = line, 0, len(text.rstrip())
    shape, doubtful = _shape(text, mysqls=mysqls), "`" in text[:place] and not mysqls
    while place < end:
        token = _TOKEN.match(shape, place)
        if token is None:
            raise NotADump("broken", number)
        if doubtful and "\\" in (token["text"] or ""):
            raise NotADump("backslash", number)
        mark = token["mark"]
        if mark == "(" and row is None:
            number += text.count("\n", counted, token.start("mark"))
            counted = token.start("mark")
            row = []
        elif mark == ")" and row is not None:
            yield number, row
            row = None
        elif mark is None and row is not None:
            row.append(_value(token, text[slice(*token.span("text"))], number))
        elif mark is None and (token["word"] or "").upper() not in _BEHIND:
            raise NotADump("broken", number)
        elif mark not in (",", ";"):
            break
        place = token.end()
    if row is not None:
        raise NotADump("broken", number)


def _value(token: re.Match[str], said: str, line: int) -> Value:
    if token["text"] is not None:
        return _unquoted(said, signs=said != token["text"])
    if token["bits"] is not None:
        return Decimal(int(token["bits"], 2))
    if token["number"] is not None:
        return Decimal(token["number"])
    word = token["word"].lower()
    if word not in _WORDS:
        raise NotADump("broken", line)
    return _WORDS[word]


def _unquoted(said: str, *, signs: bool) -> str:
    """A text without its quotes; `signs` are those that begin with a backslash."""
    if not signs:
        return said[1:-1].replace("''", "'")
    return _TEXT.sub(lambda found: "'" if found[1] is None else _MYSQLS.get(found[1], found[1]), said[1:-1])


def _copied(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[Value]]]:
    r"""The lines behind COPY up to `\.`, their columns parted by tabs."""
    last = 0
    for number, line in numbered:
        last, line = number, line.rstrip("\n")
        if line == r"\.":
            return
        yield number, [None if said == r"\N" else _plain(said) for said in line.split("\t")]
    raise NotADump("broken", last)


def _plain(said: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), said) if "\\" in said else said


def _bare(name: str) -> str:
    return name.strip().strip('"`').replace('""', '"')
