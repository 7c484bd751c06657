"""The search index: the rows of a large table by the words of its `folded` column, kept by the database itself.

A table says `__searched__`. On SQLite its words stand in an FTS5 table of their own, written by two triggers when a row
comes to be and when its `folded` changes; on PostgreSQL they are a GIN index over an expression of that column. So
whatever writes a row, a command, an import or a bulk load, the index is of the same transaction and costs no statement
more. What is typed finds the rows in which for each of its words one begins with it, on both engines alike; rights and
filters stay conditions on the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnClause,
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Table,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Alias
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.fold import BETWEEN, spelled, words
from retaguarda.kernel.model import Base, models, table_of
from retaguarda.kernel.trigger import Engine, Run, Trigger

COLUMN = "folded"
"""What a table with a search index is found by."""
MOST_WORDS, LONGEST = 6, 200
"""So many words of what was typed are looked for, and so many characters of each."""
_SEPARATORS = "".join(f"\\x{n:02x}" for n in sorted(BETWEEN) if n)
# The function costs less than it says: a plan that asks every row must never look cheaper than the index. It does not
# say that it is safe beside others: to begin two more processes takes longer than to look into an index.
_FUNCTION = f"""CREATE OR REPLACE FUNCTION search_words(folded text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 AS $$BEGIN RETURN array_to_tsvector(array_remove(
string_to_array(translate(folded, E'{_SEPARATORS}', repeat(' ', {len(BETWEEN) - 1})), ' '), '')); END$$"""


def searched(of: Iterable[type[Base]]) -> list[Table]:
    """Those of the models' tables that have a search index, by name."""
    return sorted((table_of(model) for model in of if model.__searched__), key=lambda one: one.name)


# ---- in the database ----
def kept_by(of: Table, engine: Engine) -> list[Trigger]:
    """The triggers that keep the index of a table: none where the engine does so by itself."""
    if engine == "postgresql":
        return []
    name = of.name
    return [
        Trigger(
            f"{name}_words_new",
            "after insert",
            (Run(f"INSERT INTO {name}_words (rowid, {COLUMN}) VALUES (NEW.rowid, NEW.{COLUMN})"),),
        ),
        Trigger(
            f"{name}_words_changed",
            f"after update of {COLUMN}",
            (Run(f"UPDATE {name}_words SET {COLUMN} = NEW.{COLUMN} WHERE rowid = NEW.rowid"),),
            when=f"OLD.{COLUMN} <> NEW.{COLUMN}",
        ),
    ]


def make(connection: Connection, of: Iterable[type[Base]]) -> None:
    """Makes the search indexes of the models anew, of every row that stands."""
    drop(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
    for one in searched(of):
        for sql in _made(one.name, connection.dialect.name):
            connection.exec_driver_sql(sql)


def _made(name: str, engine: str) -> tuple[str, ...]:
    if engine == "postgresql":
        # What waits to be brought into the index is read at every search: little of it may.
        options = "gin_pending_list_limit = 256"
        return (f"CREATE INDEX ix_{name}_words ON {name} USING gin (search_words({COLUMN})) WITH ({options})",)
    return (
        f"CREATE VIRTUAL TABLE {name}_words USING fts5({COLUMN}, tokenize = 'ascii', prefix = '1 2 3', "
        "detail = none, columnsize = 0)",
        f"INSERT INTO {name}_words (rowid, {COLUMN}) SELECT rowid, {COLUMN} FROM {name}",
    )


def drop(connection: Connection) -> None:
    """Takes every search index away, before tables are written anew."""
    kind = "INDEX" if connection.dialect.name == "postgresql" else "TABLE"
    for name in _there(connection):
        connection.exec_driver_sql(f"DROP {kind} {name}")


def _there(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        sql = "SELECT c.relname FROM pg_class AS c JOIN pg_index AS i ON i.indexrelid = c.oid WHERE i.indisvalid"
        return [row[0] for row in connection.exec_driver_sql(f"{sql} AND c.relname LIKE 'ix\\_%%\\_words'")]
    sql = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE %\\_words USING fts5%' ESCAPE '\\'"
    return [row[0] for row in connection.exec_driver_sql(sql)]


def faults(connection: Connection, of: Iterable[type[Base]]) -> list[tuple[str, str]]:
    """What is wrong with the indexes, as (table, key of the row): a key is empty where the whole index is missing.

    PostgreSQL keeps an index true by itself; on SQLite each row is compared with what stands of it in the index.
    """
    there, found = set(_there(connection)), []
    for one in searched(of):
        name = one.name
        if connection.dialect.name == "postgresql":
            found += [] if f"ix_{name}_words" in there else [(name, "")]
        elif f"{name}_words" not in there:
            found.append((name, ""))
        else:
            sql = f"SELECT hex(r.id) FROM {name} AS r LEFT JOIN {name}_words AS w ON w.rowid = r.rowid"
            rows = connection.exec_driver_sql(f"{sql} WHERE r.{COLUMN} IS NOT w.{COLUMN}")
            found += [(name, row[0].lower()) for row in rows]
    return found


# ---- in a question ----
@dataclass(frozen=True, slots=True)
class Looked:
    """How typed words are looked for: conditions, the values bound in them, and their shape."""

    conditions: Sequence[ColumnElement[bool]]
    values: dict[str, Any]
    shape: tuple[Any, ...]


def has_index(of: ColumnElement[Any] | None) -> bool:
    """Whether what is searched in is the column of a table, or of its alias, that has a search index."""
    source = _table(getattr(of, "table", None))
    if not isinstance(of, Column) or not isinstance(source, Table) or of.name != COLUMN:
        return False
    return _is_searched(source.name)


@cache
def _is_searched(name: str) -> bool:
    model = models().get(name)
    return model is not None and model.__searched__


def _looked_for(text: str) -> list[str]:
    return [word[:LONGEST] for word in words(text)[:MOST_WORDS]]


def looked_up(of: ColumnElement[Any], text: str, bind: str, *, engine: str, some: bool = False) -> Looked:
    """The rows with these words by the index: as fast as they are few. `some` where no more than some thousand are
    asked for in an order of their own."""
    found = _looked_for(text)
    asked: ColumnElement[Any] = bindparam(bind, type_=String())
    if engine == "postgresql":
        rows: ColumnElement[bool] = _HasWords(of, asked)
        if some:
            # As keys that are there already: else it would walk where the list begins and ask every row.
            index = _table(of.table).alias("found")
            keys = select(index.c.id).where(_HasWords(index.c[COLUMN], asked))
            rows = among(of.table.c.id, keys, engine)
        return Looked([rows], {bind: " & ".join(map(_tsquery, found))}, ("some" if some else "index",))
    source: Any = of.table
    index = table(f"{_table(source).name}_words", ColumnClause("rowid", Integer))
    same = ColumnClause("rowid", Integer, _selectable=source) == index.c.rowid
    match = literal_column(index.name).op("MATCH", return_type=Boolean())(asked)
    return Looked([same, match], {bind: " AND ".join(map(_fts5, found))}, ("index",))


def _tsquery(word: str) -> str:
    other = spelled(word)
    return f"({' | '.join((f'{word}:*', *other))})" if other else f"{word}:*"


def _fts5(word: str) -> str:
    other = "".join(f' OR "{one}"' for one in spelled(word))
    return f'("{word}"*{other})'


def among(key: ColumnElement[Any], keys: Select[Any], engine: str) -> ColumnElement[bool]:
    """The rows with these few keys, which are found first."""
    first = keys.correlate(None)
    return key == any_(func.array(first.scalar_subquery())) if engine == "postgresql" else key.in_(first)


def walked(of: ColumnElement[Any], text: str, bind: str) -> Looked:
    """The same rows, each asked in turn: the first of many are found where the list begins."""
    found = _looked_for(text)
    values: dict[str, Any] = {}
    conditions = []
    shape = []
    for n, word in enumerate(found):
        other = spelled(word)
        told = {f"{bind}_{n}": word, **{f"{bind}_{n}_{m}": one for m, one in enumerate(other)}}
        begins, *whole = (bindparam(name, type_=String()) for name in told)
        conditions.append(or_(_Begins(of, begins), *(_Stands(of, one) for one in whole)))
        values |= told
        shape.append(len(other))
    return Looked(conditions, values, ("walk", *shape))


def _table(source: Any) -> Any:
    return _table(source.element) if isinstance(source, Alias) else source


class _HasWords(FunctionElement[bool]):
    """PostgreSQL: a row's words match a question of words."""

    name = "has_words"
    inherit_cache = True
    type = Boolean()


@compiles(_HasWords)
def _has_words(element: _HasWords, compiler: SQLCompiler, **more: Any) -> str:
    column, asked = (compiler.process(one, **more) for one in element.clauses)
    return f"search_words({column}) @@ CAST({asked} AS tsquery)"


class _Begins(FunctionElement[bool]):
    """A word of a text begins with another."""

    name = "begins"
    inherit_cache = True
    type = Boolean()


@compiles(_Begins)
def _globbed(element: _Begins, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(one, **more) for one in element.clauses)
    return f"((' ' || {column}) GLOB ('*[' || char(1) || '-/:-`{{-' || char(127) || ']' || {word} || '*'))"


@compiles(_Begins, "postgresql")
def _matched(element: _Begins, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(one, **more) for one in element.clauses)
    # Told as a case it counts as found every other time: the plan then walks where the list begins.
    return f"CASE WHEN (' ' || {column}) ~ (E'[\\\\x01-/:-`{{-\\\\x7f]' || {word}) THEN true ELSE false END"


class _Stands(FunctionElement[bool]):
    """A text has a word, and no longer one."""

    name = "stands"
    inherit_cache = True
    type = Boolean()


@compiles(_Stands)
def _globbed_whole(element: _Stands, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(one, **more) for one in element.clauses)
    between = "'[' || char(1) || '-/:-`{-' || char(127) || ']'"
    return f"((' ' || {column} || ' ') GLOB ('*' || {between} || {word} || {between} || '*'))"


@compiles(_Stands, "postgresql")
def _matched_whole(element: _Stands, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(one, **more) for one in element.clauses)
    between = "E'[\\\\x01-/:-`{-\\\\x7f]'"
    return f"CASE WHEN (' ' || {column} || ' ') ~ ({between} || {word} || {between}) THEN true ELSE false END"
