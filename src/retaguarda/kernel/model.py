"""Typed tables: keys, money, instants, and what is declared beside each table (rights, ledger, audit, triggers).

SQLAlchemy Declarative describes the tables; statements are Core (`kernel/statement.py`), there is no identity map.
Rows that a unit reads look like the model (same attributes) but are plain frozen rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, LargeBinary, MetaData, String, Table
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from retaguarda.kernel.trigger import Trigger, hexed

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Key(TypeDecorator[str]):
    """A UUIDv7, in Python 32 hex digits: its 16 bytes on SQLite, uuid on PostgreSQL (with a text loader)."""

    impl: Any = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return UUID(as_uuid=False) if dialect.name == "postgresql" else dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        return value if value is None or dialect.name == "postgresql" else bytes.fromhex(value)

    def process_literal_param(self, value: str | None, dialect: Dialect) -> str:
        return f"'{value}'" if dialect.name == "postgresql" else f"X'{value}'"

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else value.replace("-", "") if isinstance(value, str) else value.hex()


class _Digits(FunctionElement[str]):
    """The digits of a key, for a text that SQL puts together."""

    name = "key_digits"
    inherit_cache = True
    type = String(32)


@compiles(_Digits)
def _sqlite_digits(element: _Digits, compiler: SQLCompiler, **more: Any) -> str:
    return hexed(compiler.process(element.clauses, **more))


@compiles(_Digits, "postgresql")
def _postgres_digits(element: _Digits, compiler: SQLCompiler, **more: Any) -> str:
    return f"replace(CAST({compiler.process(element.clauses, **more)} AS TEXT), '-', '')"


def digits(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A key as text inside SQL: 32 hex digits on both engines."""
    return _Digits(column)


class Minor(TypeDecorator[Decimal]):
    """A Decimal kept as a whole number of minor units (`scale` digits); floats are refused."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if type(value) is not Decimal:
            raise TypeError(f"money and quantities are Decimal, not {type(value).__name__}")
        minor = value.scaleb(self.scale)
        whole = int(minor)
        if whole != minor:
            raise ValueError(f"{value} has more than {self.scale} digits")
        return whole

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.scale)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware instant, kept as UTC: timestamptz on PostgreSQL, on SQLite its microseconds since 1970."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive time has no place in the database")
        return micros(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        return instant_of(value) if isinstance(value, int) else value


EPOCH, MICRO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)


@lru_cache(maxsize=256)
def micros(instant: dt.datetime) -> int:
    """Microseconds since 1970. All rows of a command have its instant, and many that are read share theirs."""
    return (instant - EPOCH) // MICRO


@lru_cache(maxsize=4096)
def instant_of(number: int) -> dt.datetime:
    """The instant of so many microseconds since 1970."""
    return EPOCH + dt.timedelta(microseconds=number)


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may read a table: the permission, further permissions by column, and the rule that picks rows.

    `rows` is all, branch (rows of the person's branches), own (rows of the person) or department.
    """

    read: str
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: str = "all"


@dataclass(frozen=True, slots=True)
class Ledger:
    """An append-only table. `lock` names the columns by which the kernel sorts rows before it appends them."""

    lock: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table whose rows carry the numbers of a series: columns `branch_id`, `number` and, where devices count apart,
    `device`, unique together. `kind` names the series; by the column `by` there is one for each of its values.

    Numbers are taken for the table by `series.next_number`, and `check` proves every series without gap or double.
    """

    kind: str
    by: str = ""


class Base(DeclarativeBase):
    """Every table. Subclasses say `__rights__`; ledgers `__ledger__`; tables whose rows change `__audit__`; documents
    with a number `__numbers__`, tables with a search index over their column `folded` `__searched__`.

    Of the columns in `__secret__` the row audit says only that they changed.
    """

    metadata = MetaData(naming_convention=NAMES)
    __rights__: ClassVar[Rights]
    __ledger__: ClassVar[Ledger | None] = None
    __numbers__: ClassVar[Numbers | None] = None
    __audit__: ClassVar[bool] = False
    __searched__: ClassVar[bool] = False
    __triggers__: ClassVar[Sequence[Trigger]] = ()
    __personal__: ClassVar[frozenset[str]] = frozenset()
    __secret__: ClassVar[frozenset[str]] = frozenset()


def amount(**more: Any) -> Mapped[Decimal]:
    """A column of money, two digits."""
    return mapped_column(Minor(2), **more)


def price(**more: Any) -> Mapped[Decimal]:
    """A column of a unit price, four digits."""
    return mapped_column(Minor(4), **more)


def quantity(**more: Any) -> Mapped[Decimal]:
    """A column of a quantity, four digits."""
    return mapped_column(Minor(4), **more)


def rate(**more: Any) -> Mapped[Decimal]:
    """A column of a share, six digits."""
    return mapped_column(Minor(6), **more)


def instant(**more: Any) -> Mapped[Any]:
    """A column of a UTC instant."""
    return mapped_column(UtcDateTime(), **more)


def text(most: int, **more: Any) -> Mapped[str]:
    """A column of words with at most `most` characters."""
    return mapped_column(String(most), **more)


def ref(table: str, **more: Any) -> Mapped[Any]:
    """A foreign key to `table.id`, by the table's name, so that modules need no import; indexed unless told not to."""
    more.setdefault("index", True)
    return mapped_column(Key(), ForeignKey(f"{table}.id"), **more)


class Keyed:
    """A table with a UUIDv7 key."""

    id: Mapped[str] = mapped_column(Key(), primary_key=True)


class Versioned(Keyed):
    """A record that changes: `version` guards against lost updates, `command_id` says who changed it last."""

    __audit__: ClassVar[bool] = True
    version: Mapped[int] = mapped_column(default=1)
    command_id: Mapped[str] = mapped_column(Key())


class Appended(Keyed):
    """A ledger row: never changed, never removed, hanging on the journal row of the command that wrote it.

    The journal row is always there first, so the foreign key is immediate and needs no index of its own.
    """

    command_id: Mapped[str] = mapped_column(Key(), ForeignKey("command_journal.id"))
    at: Mapped[dt.datetime] = instant()


def table_of(model: type[Base]) -> Table:
    """The Core table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def models() -> dict[str, type[Base]]:
    """Every mapped class by its table's name."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
