"""The rows of one table out of a dump of a database: `CREATE TABLE`, `INSERT INTO … VALUES` and `COPY … FROM stdin`.

Nothing is run: the statements are read as text, one at a time, and all but the rows of the table are passed over.
Strings are those of standard SQL, with a doubled quote for a quote. A backslash stands for itself; where names stand in
backticks, as MySQL writes them, it does not: there it is refused.
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
_STATEMENT = re.compile(r"\s*+(?P<said>(?:[^';]++|'[^']*+')++;?)")
_BEHIND = ("ON", "AS", "RETURNING")
"""What may stand behind the rows of an INSERT: what to do with a row that is there already."""
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)(?!\d)|(?P<word>[A-Za-z]+)"
    r"|(?P<mark>[(),;]))(?:::[\w ]+)?"
)
_WORDS = {"null": None, "true": True, "false": False}
_NO_COLUMN = re.compile(r"\s*(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|EXCLUDE|LIKE|KEY|INDEX)\b", re.IGNORECASE)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}

type Value = str | Decimal | bool | None


class NotADump(Exception):
    """The file cannot be read as a dump that has the table; `reason` is `no_table`, `no_columns`, `backslash`
    or `broken`."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def dumped_rows(lines: Iterable[str], table: str) -> Iterator[tuple[int, list[Value]]]:
    """The heading of the table, then its rows, each with the line it begins in."""
    numbered = iter(enumerate(lines, 1))
    heading: list[str] = []
    found = False
    for line, text in _statements(numbered):
        if (create := _CREATE.match(text)) and _bare(create["table"]) == table:
            heading = _columns_of(text[create.end() :])
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
        values = _copied(numbered) if rows.re is _COPY else _inserted(text, rows.end(), line)
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


def _statements(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Each statement that may tell of a table, with its first line; a quote that is open goes on in the next one."""
    held: list[str] = []
    began = size = 0
    open_quote = False
    for number, line in numbered:
        if not held and line.startswith("\\"):  # a word to the program that restores dumps
            continue
        said, open_quote = _without_comment(line, open_quote=open_quote)
        if not held:
            if not said.strip():
                continue
            began = number
        held.append(said)
        size += len(said)
        if size > LONGEST_STATEMENT:
            raise NotADump("broken", began)
        if not open_quote and said.rstrip().endswith(";"):
            text = "".join(held)
            held, size = [], 0
            yield from _parted(text, began)
    if unended := next(_parted("".join(held), began), None):
        raise NotADump("broken", unended[0])


def _parted(text: str, began: int) -> Iterator[tuple[int, str]]:
    """The statements of whole lines, of which one may hold several."""
    line, counted = began, 0
    for found in _STATEMENT.finditer(text):
        if _BEGINS.match(found["said"]):
            line += text.count("\n", counted, found.start("said"))
            counted = found.start("said")
            yield line, found["said"]


def _without_comment(line: str, *, open_quote: bool) -> tuple[str, bool]:
    """The line up to a comment, and whether a quote is open behind it."""
    for place in range(len(line)) if "--" in line else ():
        if line[place] == "'":
            open_quote = not open_quote
        elif not open_quote and line.startswith("--", place):
            return line[:place] + "\n", open_quote
    return line, open_quote if "--" in line else open_quote ^ (line.count("'") % 2 == 1)


def _columns_of(text: str) -> list[str]:
    """The names in the brackets of a CREATE TABLE, of which the first is open."""
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


def _inserted(text: str, place: int, line: int) -> Iterator[tuple[int, list[Value]]]:
    """The rows in the brackets behind VALUES."""
    row: list[Value] | None = None
    number, counted, end = line, 0, len(text.rstrip())
    backticks = "`" in text[:place]
    while place < end:
        token = _TOKEN.match(text, place)
        if token is None:
            raise NotADump("broken", number)
        if backticks and "\\" in (token["text"] or ""):
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
            row.append(_value(token, number))
        elif mark is None and (token["word"] or "").upper() not in _BEHIND:
            raise NotADump("broken", number)
        elif mark not in (",", ";"):
            break
        place = token.end()
    if row is not None:
        raise NotADump("broken", number)


def _value(token: re.Match[str], line: int) -> Value:
    if token["text"] is not None:
        return token["text"][1:-1].replace("''", "'")
    if token["number"] is not None:
        return Decimal(token["number"])
    word = token["word"].lower()
    if word not in _WORDS:
        raise NotADump("broken", line)
    return _WORDS[word]


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
