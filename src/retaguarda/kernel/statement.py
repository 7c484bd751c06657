"""Core compiled once, run on the driver's cursor.

A `Statement` holds a Core statement; `prepared(dialect)` compiles it once into text, a generated function that turns
a mapping into the driver's arguments and one that turns a driver's tuple into a row. A house test shows that every
prepared statement sends what Core would send. Plain Core `execute` costs two to five times as much (DATA.md).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import make_dataclass
from decimal import Decimal
from functools import cache, lru_cache
from types import CodeType
from typing import Any
from weakref import WeakSet

from sqlalchemy import Date, Insert, Select, Table, bindparam, insert, select, update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, ClauseElement, ColumnElement
from sqlalchemy.types import TypeEngine

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key, Minor, UtcDateTime, instant_of, micros

Args = tuple[Any, ...]


_NUMBERED = re.compile(r"\$(\d+)")


class Prepared:
    """A statement for one engine: `sql`, `args(mapping) -> tuple`, `row(tuple) -> row`.

    Where values may be `left_out`, it is `args(mapping, others) -> tuple`, and what the first has not is taken
    from the second.
    """

    __slots__ = ("_blocks", "args", "keys", "row", "sql", "table")

    def __init__(
        self,
        core: Any,
        dialect: Dialect,
        row: Callable[..., Any] | None = None,
        keys: Sequence[str] | None = None,
        left_out: Collection[str] | None = None,
    ) -> None:
        compiled: Any = core.compile(dialect=dialect, column_keys=keys)
        self.sql: str = str(compiled)
        self.table: str = core.table.name if hasattr(core, "table") else ""
        self.keys: tuple[str, ...] = tuple(compiled.positiontup or compiled.params)
        self.args: Callable[..., Args] = _args_builder(compiled, self.keys, dialect, left_out)
        self.row: Callable[[Args], Any] = _row_builder(core, dialect, row)
        self._blocks: dict[int, str] = {}

    def block(self, size: int) -> str | None:
        """The text that writes so many rows at once; None where each is a statement of its own (UPDATE)."""
        found = self._blocks.get(size)
        if found is None:
            head, values, row = self.sql.partition(" VALUES ")
            if not self.sql.startswith("INSERT ") or not row.endswith(")"):
                return None
            rows = (_moved_on(row, n * len(self.keys)) for n in range(size))
            found = self._blocks[size] = head + values + ", ".join(rows)
        return found


def _moved_on(text: str, by: int) -> str:
    """The text with its numbered placeholders counted from further on."""
    return _NUMBERED.sub(lambda found: f"${int(found[1]) + by}", text)


def is_fixed(column: ColumnElement[Any]) -> bool:
    """Whether a column has one value that the code fixed: PostgreSQL sorts by no such constant."""
    value = getattr(column, "element", column)
    return isinstance(value, BindParameter) and not value.required


def spelled(dialect: Dialect) -> Dialect:
    """The dialect, from now on writing into its text what the code fixed, and every value of an `in_([…])`.

    An engine plans with what it sees. For a value that is bound SQLite compiles the statement anew at every run to see
    whether a partial index serves (0.1 ms each time), and PostgreSQL's plan for all values cannot use one.
    """
    compiler: Any = dialect.statement_compiler
    dialect.statement_compiler = _spelling(compiler)
    return dialect


@cache
def _spelling(compiler: Any) -> Any:
    """The compiler of an engine that writes what is fixed."""

    def visit_bindparam(self: SQLCompiler, bind: BindParameter[Any], **more: Any) -> Any:
        if not bind.required and (bind.expanding or isinstance(bind.effective_value, str | int | Decimal)):
            more["literal_binds"] = True
        return compiler.visit_bindparam(self, bind, **more)

    return type("Spelling", (compiler,), {"visit_bindparam": visit_bindparam})


BIGGEST = 2**63 - 1


def minor_units(value: Any, scale: int) -> int | None:
    """What `Minor(scale)` binds; a plain function so that generated code calls no type object.

    Refuses what no column can hold: a product of two large values that were each allowed.
    """
    if type(value) is not Decimal:
        if value is None:
            return None
        raise TypeError(f"money and quantities are Decimal, not {type(value).__name__}")
    scaled = value.scaleb(scale)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {scale} digits")
    if not -BIGGEST <= whole <= BIGGEST:
        raise Refusal("kernel.amount_too_large")
    return whole


def _args_builder(
    compiled: Any, keys: Sequence[str], dialect: Dialect, left_out: Collection[str] | None
) -> Callable[..., Args]:
    space: dict[str, Any] = {"minor": minor_units, "micros": micros, "from_hex": bytes.fromhex}
    parts: list[str] = []
    lite = dialect.name == "sqlite"

    def found(key: str) -> str:
        return f"(r[{key!r}] if {key!r} in r else o[{key!r}])" if key in (left_out or ()) else f"r[{key!r}]"

    for n, key in enumerate(keys):
        bind = compiled.binds[key]
        process = compiled._bind_processors.get(key)
        if not bind.required:
            value = bind.effective_value
            space[f"k{n}"] = process(value) if process else value
            parts.append(f"k{n}")
        elif isinstance(bind.type, Key) and lite:
            parts.append(f"(None if (v := {found(key)}) is None else from_hex(v))")
        elif isinstance(bind.type, Key) or process is None:
            parts.append(found(key))
        elif isinstance(bind.type, Minor):
            parts.append(f"minor({found(key)}, {bind.type.scale})")
        elif isinstance(bind.type, UtcDateTime) and lite:
            parts.append(f"(None if (v := {found(key)}) is None else micros(v))")
        elif isinstance(bind.type, Date) and lite:
            parts.append(f"(None if (v := {found(key)}) is None else v.isoformat())")
        else:
            space[f"p{n}"] = process
            parts.append(f"p{n}({found(key)})")
    given = "r" if left_out is None else "r, o"
    return eval(_code(f"lambda {given}: ({''.join(p + ',' for p in parts)})"), space)  # type: ignore[no-any-return]


@lru_cache(4096)
def _code(source: str) -> CodeType:
    """The builders of a query are the same whatever it is narrowed or sorted by."""
    return compile(source, "<statement>", "eval")


def _row_builder(core: Any, dialect: Dialect, row: Callable[..., Any] | None) -> Callable[[Args], Any]:
    columns = _result_columns(core)
    if not columns:
        return tuple
    names = [c.key for c in columns]
    space: dict[str, Any] = {
        "Row": row or make_dataclass("Row", names, slots=True),
        "Dec": Decimal,
        "instant": instant_of,
        "day": dt.date.fromisoformat,
    }
    parts: list[str] = []
    lite = dialect.name == "sqlite"
    for n, column in enumerate(columns):
        kind = column.type
        process = kind._cached_result_processor(dialect, None)
        if isinstance(kind, Key):
            parts.append(f"(None if t[{n}] is None else t[{n}].{'hex()' if lite else "replace('-', '')"})")
        elif isinstance(kind, Minor):
            parts.append(f"(None if t[{n}] is None else Dec(t[{n}]).scaleb({-kind.scale}))")
        elif isinstance(kind, UtcDateTime):
            parts.append(f"(None if t[{n}] is None else instant(t[{n}]))" if lite else f"t[{n}]")
        elif isinstance(kind, Date) and lite:
            parts.append(f"(None if t[{n}] is None else day(t[{n}]))")
        elif process is None:
            parts.append(f"t[{n}]")
        else:
            space[f"q{n}"] = process
            parts.append(f"q{n}(t[{n}])")
    return eval(_code(f"lambda t: Row({', '.join(parts)})"), space)  # type: ignore[no-any-return]


def _result_columns(core: Any) -> list[Any]:
    if isinstance(core, Select):
        return list(core.selected_columns)
    return list(getattr(core, "_all_selected_columns", None) or getattr(core, "_returning", ()) or ())


_STANDING: WeakSet[Statement] = WeakSet()


def compile_all(dialect: Dialect) -> None:
    """Compiles every statement there is, so that the first command after a log-in is as fast as the second."""
    for statement in list(_STANDING):
        statement.prepared(dialect)


class Statement:
    """A Core statement, compiled once per engine when first used; rows are built by `row` or a generated class."""

    __slots__ = ("__weakref__", "_by_engine", "core", "keys", "left_out", "row")

    def __init__(
        self,
        core: ClauseElement,
        row: Callable[..., Any] | None = None,
        keys: Sequence[str] | None = None,
        left_out: Collection[str] | None = None,
    ) -> None:
        self.core = core
        self.row = row
        self.keys = keys
        self.left_out = left_out
        self._by_engine: dict[str, Prepared] = {}
        _STANDING.add(self)

    def prepared(self, dialect: Dialect) -> Prepared:
        """The compiled form for this engine."""
        found = self._by_engine.get(dialect.name)
        if found is None:
            found = self._by_engine[dialect.name] = Prepared(self.core, dialect, self.row, self.keys, self.left_out)
        return found


@cache
def insert_of(table: Table) -> Statement:
    """INSERT of every column of `table`; like the next two one statement for the whole process, compiled once. What a
    row has not is in the others: `defaults_of` and, in a command, its own id, its instant and the first version."""
    core: Insert = insert(table)
    return Statement(core, keys=[c.key for c in table.c], left_out={*defaults_of(table), *OWN} & {*table.c.keys()})


OWN = ("command_id", "version", "at")
"""What every row that a command writes has from it."""


@cache
def defaults_of(table: Table) -> dict[str, Any]:
    """The columns that may be left out of a new row, and what they are then."""
    return {c.key: getattr(c.default, "arg", None) for c in table.c if c.nullable or c.default is not None}


@cache
def record_of(table: Table) -> Statement:
    """SELECT of the record whose key is `id`."""
    return Statement(select(table).where(table.c.id == bindparam("id", type_=table.c.id.type)))


@cache
def revise_of(table: Table, columns: tuple[str, ...]) -> Statement:
    """UPDATE of `columns` where key and version are as read (`b_id`, `b_version`); the version goes up by one."""
    values: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    values["version"] = table.c.version + 1
    where = (table.c.id == bindparam("b_id", type_=table.c.id.type), table.c.version == bindparam("b_version"))
    return Statement(update(table).where(*where).values(**values))


SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class ForKeys:
    """A statement about a list of keys (`column.in_(keys)`), compiled once per size class, not once per length.

    `build` is given the bind parameters and makes the Core statement. `statement, values = FOUND.of(ids)`, then
    `unit.all(statement, **values)`; a short list is filled up with its first key. `kind` is the type of what is
    listed where it is no key of a record.
    """

    __slots__ = ("_build", "_by_size", "_kind")

    def __init__(
        self, build: Callable[[list[BindParameter[str]]], ClauseElement], kind: TypeEngine[Any] | None = None
    ) -> None:
        self._build = build
        self._kind = kind or Key()
        self._by_size: dict[int, Statement] = {}

    def of(self, keys: Sequence[str]) -> tuple[Statement, dict[str, Any]]:
        """The statement for this many keys (at least one) and the values that bind them."""
        size = next((s for s in SIZES if s >= len(keys)), len(keys))
        found = self._by_size.get(size)
        if found is None:
            binds = [bindparam(f"key_{n}", type_=self._kind) for n in range(size)]
            found = self._by_size[size] = Statement(self._build(binds))
        return found, {f"key_{n}": keys[n] if n < len(keys) else keys[0] for n in range(size)}
