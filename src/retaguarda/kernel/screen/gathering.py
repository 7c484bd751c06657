"""What a report reads: its first rows to be shown, the sums of all of them; and rows on their way into a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retaguarda.kernel.export import FileKind, Sheet, SheetColumn, write_file
from retaguarda.kernel.lanes import go_on
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.parts import Column, JoinedColumn
from retaguarda.kernel.text import Texts

AT_ONCE = 500
WHOLE = 100_000
"""How many rows are read at once of a query that adds up: every page would add everything up anew."""
SHOWN = 2000
"""How many rows a report shows; its totals are those of all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what it is asked, and how many of its rows are read at once."""

    query: str
    where: Mapping[str, Any]
    sort: str | None = None
    at_once: int = AT_ONCE


@dataclass(slots=True)
class Gathered:
    """What came: rows (at most `SHOWN`), how many there are, the row of totals (None without rows)."""

    rows: tuple[Any, ...] = ()
    count: int = 0
    total: Any = None


def pages(door: Door, asked: Asked) -> Iterator[tuple[Any, ...]]:
    """The rows page by page; says how far it is and stops when nobody wants it any more."""
    after, done, whole = None, 0, 0
    while True:
        page = door.show(asked.query, asked.where, asked.sort, limit=asked.at_once, after=after)
        if page.after is not None and not whole:
            whole = _count(door, asked)
        yield tuple(page.rows)
        done += len(page.rows)
        go_on(done, max(done, whole))
        after = page.after
        if after is None:
            return


def _count(door: Door, asked: Asked) -> int:
    """How many rows there are, exactly."""
    found = door.show(asked.query, asked.where, asked.sort, limit=0, count=True)
    if found.count_capped:
        return door.anchors(asked.query, asked.where, asked.sort).count
    return found.count or 0


def gather(door: Door, asked: Asked, totals: Sequence[str]) -> Gathered:
    """Reads a report."""
    rows: list[Any] = []
    adding = Adding(totals)
    for page in pages(door, asked):
        rows.extend(page[: SHOWN - len(rows)])
        adding.add(page)
    return Gathered(tuple(rows), adding.count, adding.row())


class Adding:
    """Adds the `totals` of rows up as they come by."""

    def __init__(self, totals: Sequence[str]) -> None:
        self._totals = tuple(totals)
        self._sums: dict[str, Any] = dict.fromkeys(totals, 0)
        self._type: Any = None
        self.count = 0

    def add(self, rows: Sequence[Any]) -> None:
        """Takes further rows."""
        for row in rows:
            self._type = type(row)
            self.count += 1
            for name in self._totals:
                self._sums[name] += getattr(row, name) or 0

    def row(self) -> Any:
        """A row that holds the sums and nothing else; None when nothing was added up."""
        if not self.count or not self._totals:
            return None
        return self._type(**{f.name: self._sums.get(f.name) for f in dataclasses.fields(self._type)})


def beside(door: Door, joined: Sequence[JoinedColumn], rows: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """The rows of the columns that other modules fill, by the column's field and the row's id."""
    ids = tuple(row.id for row in rows) if joined else ()
    return {
        one.column.field: {
            getattr(row, one.key): row for row in door.show(one.query, {one.key: ids}, limit=len(ids)).rows
        }
        for one in joined
        if ids
    }


def value_of(row: Any, field: str, joined: Mapping[str, Mapping[str, Any]]) -> Any:
    """A column's value: the row's own, or one of the rows beside it."""
    if hasattr(row, field):
        return getattr(row, field)
    found = [rows[row.id] for rows in joined.values() if row.id in rows and hasattr(rows[row.id], field)]
    return getattr(found[0], field) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporting:
    """A view on its way into a file: what it shows, in its order and with its filter, and the sums of `totals`.
    `reads` and `whole` give rows and the row of totals where these are not those of a query by itself."""

    asked: Asked
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    texts: Texts
    issuer: str = ""
    joined: tuple[JoinedColumn, ...] = ()
    totals: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    reads: Callable[[Door], Iterator[tuple[Any, ...]]] | None = None
    whole: Callable[[Door], Any] | None = None

    def into(self, kind: FileKind, path: Path) -> Callable[[Door], Path]:
        """The work of writing it, to be done with a door."""
        return lambda door: write_file(path, kind, self.sheet(door), self.issuer)

    def sheet(self, door: Door) -> Sheet:
        """The sheet that reads through `door`."""
        fields = self._fields()
        columns = tuple(
            made
            for column, head in zip(self.columns, self.heads, strict=True)
            for made in _columns_of(column, head, self.texts)
        )
        adding = [Adding(self.totals)]

        def read() -> Iterator[Sequence[Any]]:
            adding[0] = Adding(self.totals)
            for page in pages(door, self.asked) if self.reads is None else self.reads(door):
                adding[0].add(page)
                joined = beside(door, self.joined, page)
                own = {field for field in fields if page and hasattr(page[0], field)}
                for row in page:
                    yield tuple(
                        getattr(row, field) if field in own else value_of(row, field, joined) for field in fields
                    )

        def total() -> Sequence[Any] | None:
            row = adding[0].row() if self.whole is None else self.whole(door)
            summed = {*self.totals, *self.derived}
            return None if row is None else [getattr(row, f) if f in summed else None for f in fields]

        return Sheet(self.title, self.lines, columns, read, total, self.texts)

    def _fields(self) -> tuple[str, ...]:
        return tuple(name for column in self.columns for name in (column.field, column.sub) if name)


def _columns_of(column: Column, head: str, texts: Texts) -> Iterator[SheetColumn]:
    yield SheetColumn(head, column.show, column.texts)
    if column.sub:
        # The second line of a cell has no title of its own.
        yield SheetColumn(texts.say("shell.export.sub", column=head), column.sub_show)
