"""Declared queries: frozen row dataclasses, filters by field, keyset pages, a capped count, one gate for rights.

The same gate answers screens, scripts, reports and the command line, so nobody sees by one road what another hides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel import search
from retaguarda.kernel.errors import Fault, Forbidden, Invalid, Missing
from retaguarda.kernel.filters import BAD_VALUES, SEARCH, Look, filters, typed
from retaguarda.kernel.fold import words
from retaguarda.kernel.ids import is_id
from retaguarda.kernel.model import Key, Minor, UtcDateTime
from retaguarda.kernel.nested import Gathered
from retaguarda.kernel.page import PAGE, Anchors, Page
from retaguarda.kernel.search import Looked
from retaguarda.kernel.statement import Prepared, Statement, is_fixed
from retaguarda.kernel.store import Reader
from retaguarda.kernel.unit import Actor

COUNT_CAP = 10_000
MOST_ROWS = 100_000
"""How many rows are answered at once, at most."""
Wanted = Callable[[], list[ColumnElement[bool]]]
"""Makes the conditions of a question, when its statement is compiled."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question with a name.

    `select` has a column for every field of `row` (but `allowed`), `key` is the unique column that breaks ties,
    `order` the default sort (`-field` is descending), `search` the folded column that `where={"search": …}` looks in.
    `branch` and `own` are the columns of the row rule; `guarded` is a permission and the rows that are for its holders
    alone; `needs` is the column of a permission without which nobody finds a row (empty: everybody does); `allowed`
    names the commands a row offers, by its state.
    `permission` empty: everybody may ask, before log-in too. The select may use the bind parameters `today`, `now` and
    `person_id`, and those in `given`, which `where` names as if they were fields (None where it does not). `parts` are
    the record's own rows, read for one record only: the row's field (with a default) -> the query they come from and
    its field that holds the key. `sorted_by` names the field that one is sorted by, where that is not itself.
    """

    name: str
    row: type[Any]
    select: Select[Any]
    permission: str
    key: ColumnElement[Any]
    order: str
    search: ColumnElement[Any] | None = None
    branch: ColumnElement[Any] | None = None
    own: ColumnElement[Any] | None = None
    guarded: tuple[str, ColumnElement[bool]] | None = None
    needs: ColumnElement[str] | None = None
    allowed: Callable[[Any], tuple[str, ...]] | None = None
    extra: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    given: Mapping[str, BindParameter[Any]] = field(default_factory=dict)
    parts: Mapping[str, tuple[Query, str]] = field(default_factory=dict)
    sorted_by: Mapping[str, str] = field(default_factory=dict)
    _cache: dict[Any, Prepared] = field(default_factory=dict, compare=False, repr=False)

    def columns(self) -> dict[str, ColumnElement[Any]]:
        """What may be filtered and sorted by: the row's fields that hold one value, and the `extra` columns."""
        found: dict[str, ColumnElement[Any]] = {}
        for column in self.select.selected_columns:
            if not isinstance(column.type, Gathered):
                found[str(column.key)] = getattr(column, "element", column)
        return {**found, **self.extra}

    def names(self) -> tuple[str, ...]:
        """The row's fields, in order, without `allowed` and the parts."""
        return tuple(f.name for f in fields(self.row) if f.name != "allowed" and f.name not in self.parts)

    def kinds(self) -> dict[str, str]:
        """What the row's fields hold that can be asked: text, number, day, instant or flag; keys are no words."""
        known = self.columns()
        found = ((name, _kind(known[name])) for name in self.sortable())
        return {name: kind for name, kind in found if kind}

    def sortable(self) -> tuple[str, ...]:
        """The row's fields that rows can be sorted and filtered by."""
        known = self.columns()
        return tuple(name for name in self.names() if name in known)


def _kind(column: ColumnElement[Any]) -> str:
    kinds = (
        (Key, ""), (Minor, "number"), (UtcDateTime, "instant"), (Date, "day"), (Boolean, "flag"), (Integer, "number"),
        (String, "text"),
    )  # fmt: skip
    return next((kind for held, kind in kinds if isinstance(column.type, held)), "")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a query: filter, sort, page size, cursor, whether to count."""

    where: Mapping[str, Any] = field(default_factory=dict)
    sort: str | None = None
    limit: int = PAGE
    after: Sequence[Any] | None = None
    count: bool = False


def show(
    reader: Reader, dialect: Dialect, query: Query, ask: Ask, actor: Actor, now: dt.datetime, today: dt.date
) -> Page:
    """The page that answers `ask`; refuses unknown fields and values by name, and what the actor may not read."""
    if query.permission and not actor.may(query.permission):
        raise Forbidden(query.permission)
    # No row at all is asked for by who only wants to know how many there are.
    if type(ask.limit) is not int or not (0 if ask.count else 1) <= ask.limit <= MOST_ROWS:
        raise Invalid(Fault("limit", "kernel.page_size", {"most": MOST_ROWS}))
    asking = partial(_asked, query, ask.where, actor, now, today)
    look = _look_of(query, ask.where, dialect.name)
    wanted, values, shape = asking(look)
    column, name, down = _sort(query, ask.sort)
    count = None
    if ask.count or look is not None:
        counted = prepared_for(query, dialect, (dialect.name, *shape, "count"), lambda: _number(query, wanted()), None)
        count = int(reader.read(counted, counted.args(values))[0][0])
    if look is not None and count is not None:
        # Of so many some stand where any list begins: they are there before an index has named them all.
        walks = count > COUNT_CAP and _is_indexed(query, column)
        wanted, values, shape = asking(search.walked if walks else partial(look, some=count <= COUNT_CAP))
    beyond = [] if ask.after is None else [_beyond(query, column, down, ask.after, values)]
    values["rows_wanted"] = ask.limit + 1

    def page() -> Select[Any]:
        rows = query.select.where(*wanted(), *beyond).order_by(*_order(query, column, down))
        rows = rows.limit(bindparam("rows_wanted", type_=Integer))
        if look is None:
            return rows
        # What a row shows is put together for those of the page alone, not for all that are sorted.
        keys = rows.with_only_columns(query.key, maintain_column_froms=True)
        return query.select.where(search.among(query.key, keys, dialect.name)).order_by(*_order(query, column, down))

    asked = (dialect.name, *shape)
    prepared = prepared_for(query, dialect, (*asked, name, down, ask.after and ask.after[0] is None), page, query.row)
    found = reader.read(prepared, prepared.args(values)) if ask.limit else []
    rows = [_finished(prepared.row(t), query, actor) for t in found[: ask.limit]]
    last = found[ask.limit - 1] if len(found) > ask.limit > 0 else None
    after = (getattr(rows[-1], name, None), rows[-1].id) if last is not None else None
    if count is None or not ask.count:
        return Page(rows=tuple(rows), at=now, after=after, count=None, count_capped=False)
    return Page(rows=tuple(rows), at=now, after=after, count=min(count, COUNT_CAP), count_capped=count > COUNT_CAP)


def _number(query: Query, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    rows = query.select.where(*wanted).limit(COUNT_CAP + 1)
    ones: Select[Any] = rows.with_only_columns(literal_column("1").label("one"), maintain_column_froms=True)
    return select(func.count().label("n")).select_from(ones.subquery())


def _look_of(query: Query, where: Mapping[str, Any], engine: str) -> partial[Looked] | None:
    """How typed words are looked for by an index; nothing where there is none or nothing was typed."""
    typed_text = where.get(SEARCH) if isinstance(where, Mapping) else None
    if not isinstance(typed_text, str) or not search.has_index(query.search) or not words(typed_text):
        return None
    return partial(search.looked_up, engine=engine)


def _is_indexed(query: Query, column: ColumnElement[Any]) -> bool:
    """Whether the rows stand in the order of this column somewhere: then the first of them are read alone."""
    if column is query.key or column.compare(query.key):
        return True
    if _may_be_empty(query, column) or not isinstance(column, Column):
        return False
    return any(index.columns[0].name == column.name for index in column.table.indexes)


@dataclass(frozen=True, slots=True)
class _Anchor:
    value: Any
    id: str


def anchors(
    reader: Reader, dialect: Dialect, query: Query, ask: Ask, actor: Actor, now: dt.datetime, today: dt.date
) -> Anchors:
    """Where the pages of the whole answer begin. Reads every row's place once: work for the slow lane."""
    if query.permission and not actor.may(query.permission):
        raise Forbidden(query.permission)
    wanted, values, shape = asked_of(query, ask.where, actor, now, today, dialect.name)
    column, name, down = _sort(query, ask.sort)

    def places() -> Select[Any]:
        place = func.row_number().over(order_by=_order(query, column, down)).label("place")
        rows = query.select.where(*wanted())
        inner: Select[Any] = rows.with_only_columns(
            column.label("value"), query.key.label("id"), place, maintain_column_froms=True
        )
        found = inner.subquery("places")
        every = select(found.c.value, found.c.id).where(found.c.place % literal_column(str(PAGE)) == 0)
        return every.order_by(found.c.place)

    cache_key = (dialect.name, *shape, name, down, "anchors")
    prepared = prepared_for(query, dialect, cache_key, places, _Anchor)
    found = [prepared.row(t) for t in reader.read(prepared, prepared.args(values))]
    cursors = [None, *((one.value, one.id) for one in found)]
    last = show(reader, dialect, query, replace(ask, after=cursors[-1], limit=PAGE), actor, now, today)
    count = PAGE * len(found) + len(last.rows)
    return Anchors(count, tuple(cursors if last.rows or not found else cursors[:-1]))


def asked_of(
    query: Query, where: Mapping[str, Any], actor: Actor, now: dt.datetime, today: dt.date, engine: str
) -> tuple[Wanted, dict[str, Any], tuple[Any, str]]:
    """What is asked of the whole answer, and what the actor may see of it: conditions, values, their shape."""
    return _asked(query, where, actor, now, today, _look_of(query, where, engine))


def _asked(
    query: Query,
    where: Mapping[str, Any],
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    look: Look | None,
) -> tuple[Wanted, dict[str, Any], tuple[Any, str]]:
    """What is asked and what the actor may see of it: conditions, values, their shape."""
    made, values, shape = filters(where, query.columns(), query.search, query.given, look)
    rights, more, rule = _row_rule(query, actor)
    values.update(more)
    values.update(today=today, now=now, person_id=actor.person_id)
    values.update({bind.key: values.get(bind.key) for bind in query.given.values()})
    return lambda: [*(make() for make in made), *rights], values, (shape, rule)


def one(
    reader: Reader, dialect: Dialect, query: Query, key: str, actor: Actor, now: dt.datetime, today: dt.date
) -> Any:
    """The one row with this key; `Missing` when there is none that the actor may see."""
    if query.permission and not actor.may(query.permission):
        raise Forbidden(query.permission)
    row = _by_key(reader, dialect, query, key, actor, now, today)
    if row is None:
        raise Missing(query.name, key)
    for name, (part, by) in query.parts.items():
        rows = show(reader, dialect, part, Ask({by: key}, limit=MOST_ROWS), actor, now, today).rows
        object.__setattr__(row, name, tuple(rows))
    return row


def _by_key(
    reader: Reader, dialect: Dialect, query: Query, key: str, actor: Actor, now: dt.datetime, today: dt.date
) -> Any | None:
    """The row by its `id`. Every command that names its row comes by here, so it builds no SQL the second time."""
    column = query.key
    plain = str(key).replace("-", "") if isinstance(column.type, Key) else str(key)
    if isinstance(column.type, Key) and not is_id(plain):
        return None
    rights, values, rule = _row_rule(query, actor)
    cache_key = (dialect.name, "by key", rule)
    prepared = prepared_for(
        query, dialect, cache_key, lambda: query.select.where(column == bindparam("by_key"), *rights), query.row
    )
    values.update(by_key=plain, today=today, now=now, person_id=actor.person_id)
    values.update(dict.fromkeys(bind.key for bind in query.given.values()))
    found = reader.read(prepared, prepared.args(values))
    return _finished(prepared.row(found[0]), query, actor) if found else None


def prepared_for(
    query: Query, dialect: Dialect, key: Any, core: Callable[[], Select[Any]], row: type[Any] | None
) -> Prepared:
    """The statement that a query keeps under `key`, compiled when it is asked for first."""
    found = query._cache.get(key)
    if found is None:
        found = query._cache[key] = Statement(core(), row).prepared(dialect)
    return found


def _finished(row: Any, query: Query, actor: Actor) -> Any:
    if query.allowed is not None:
        object.__setattr__(row, "allowed", tuple(c for c in query.allowed(row) if actor.may(c)))
    return row


def _row_rule(query: Query, actor: Actor) -> tuple[list[ColumnElement[bool]], dict[str, Any], str]:
    rules, values, shape = _place_rule(query, actor)
    if query.needs is not None and "*" not in actor.permissions:
        held = {f"held_{at}": name for at, name in enumerate(("", *sorted(actor.permissions)))}
        rules = [*rules, query.needs.in_([bindparam(name, type_=String()) for name in held])]
        values, shape = {**values, **held}, f"{shape} held{len(held)}"
    if query.guarded is None or actor.may(query.guarded[0]):
        return rules, values, shape
    return [*rules, not_(query.guarded[1])], values, f"{shape} guarded"


def _place_rule(query: Query, actor: Actor) -> tuple[list[ColumnElement[bool]], dict[str, Any], str]:
    if query.own is not None and not actor.may(f"{query.permission}_all"):
        return [query.own == bindparam("actor_id", type_=Key())], {"actor_id": actor.person_id}, "own"
    if query.branch is None or actor.all_branches:
        return [], {}, "all"
    ids = sorted(actor.branch_ids)
    binds = [bindparam(f"branch_{i}", type_=Key()) for i in range(len(ids))]
    inside = query.branch.in_(binds) if ids else false()
    return [inside], {f"branch_{i}": v for i, v in enumerate(ids)}, f"branch{len(ids)}"


def _sort(query: Query, sort: str | None) -> tuple[ColumnElement[Any], str, bool]:
    asked = sort if isinstance(sort, str) and sort else query.order
    columns = query.columns()
    name = asked.removeprefix("-")
    name = query.sorted_by.get(name, name)
    if name not in query.sortable():
        raise Invalid(Fault("sort", "kernel.unknown_field", {"known": ", ".join(sorted(query.sortable()))}))
    return columns[name], name, asked.startswith("-")


def _order(query: Query, column: ColumnElement[Any], down: bool) -> list[ColumnElement[Any]]:
    if column is query.key or column.compare(query.key) or is_fixed(column):
        return [query.key.desc() if down else query.key.asc()]
    # Empty values come last in both directions on both engines.
    first = [column.is_(None)] if _may_be_empty(query, column) else []
    return [*first, column.desc(), query.key.desc()] if down else [*first, column.asc(), query.key.asc()]


def _beyond(
    query: Query, column: ColumnElement[Any], down: bool, after: Sequence[Any], values: dict[str, Any]
) -> ColumnElement[bool]:
    try:
        last, key = after
        values["after_key"] = typed(query.key, key)
        values["after_value"] = None if last is None else typed(column, last)
    except BAD_VALUES:
        raise Invalid(Fault("after", "kernel.bad_cursor")) from None
    key_bind = bindparam("after_key", type_=query.key.type)
    beyond_key = query.key < key_bind if down else query.key > key_bind
    if last is None:
        return and_(column.is_(None), beyond_key)
    bind = bindparam("after_value", type_=column.type)
    further = column < bind if down else column > bind
    rest: ColumnElement[bool] = or_(further, and_(column == bind, beyond_key))
    if _may_be_empty(query, column):
        return or_(rest, column.is_(None))
    # Said beside what it follows from, because this alone is found in an index without reading what lies before.
    return and_(column <= bind if down else column >= bind, rest)


def _may_be_empty(query: Query, column: ColumnElement[Any]) -> bool:
    # A column of another table is empty where an outer join found nothing, whatever its table says: in a subquery, too.
    key, inner = query.key, isinstance(column, Column) and not column.nullable
    return not (inner and isinstance(key, Column) and column.table is key.table and isinstance(key.table, Table))
