"""What rows a query is asked for: equality, lists, operators and typed words, each value judged by its column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    bindparam,
    false,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import FOLDED, fold
from retaguarda.kernel.ids import is_id
from retaguarda.kernel.kinds import BIGGEST
from retaguarda.kernel.model import Key, Minor, UtcDateTime
from retaguarda.kernel.search import MOST_WORDS, Looked
from retaguarda.kernel.statement import minor_units

MOST = 5000
"""How many values a list has, at most."""
Made = Callable[[], ColumnElement[bool]]
"""Makes a condition: of a question whose statement is known already nobody asks for it."""
Look = Callable[[ColumnElement[Any], str, str], Looked]
"""Looks in a column for what was typed; the last is what its binds are called."""
OPERATORS = (">=", "<=", "!=", ">", "<", "~")
"""`~` asks for texts that hold the words, however they are written."""
BAD_VALUES = (ValueError, TypeError, OverflowError, InvalidOperation)
SEARCH = "search"
"""What screens and scripts call the typed words that look in a query's folded column."""


def filters(
    where: Mapping[str, Any],
    columns: Mapping[str, ColumnElement[Any]],
    search: ColumnElement[Any] | None,
    given: Mapping[str, BindParameter[Any]],
    look: Look | None = None,
) -> tuple[list[Made], dict[str, Any], Any]:
    """What makes the conditions, the values bound in them, and their shape (what tells one statement from another);
    refuses unknown fields and bad values by name, all at once. `look` says how typed words are looked for, where not by
    reading every row."""
    out: list[Made] = []
    values: dict[str, Any] = {}
    shape: list[Any] = []
    faults: list[Fault] = []
    if not isinstance(where, Mapping) or not all(isinstance(key, str) for key in where):
        raise Invalid(Fault("where", "kernel.not_a_record"))
    for key, value in where.items():
        # Numbered by what enters the shape: two questions of one shape are one statement, with the same binds.
        n = len(shape)
        if search is not None and key == SEARCH and key not in columns:
            try:
                looked = (look or _containing)(search, _plain_text(value), f"w{n}")
            except BAD_VALUES:
                faults.append(Fault(key, "kernel.bad_filter", {"value": _shown(value)}))
                continue
            out.append(partial(and_, true(), *looked.conditions))
            values.update(looked.values)
            shape.append((SEARCH, *looked.shape))
            continue
        if (bind := given.get(key)) is not None:
            try:
                values[bind.key] = None if value is None else typed(bind, value)
            except BAD_VALUES:
                faults.append(Fault(key, "kernel.bad_filter", {"value": _shown(value)}))
            continue
        name = key.rstrip("<>=!~ ")
        operator = key[len(name) :].strip() or "="
        column = columns.get(name)
        if column is None or (operator != "=" and operator not in OPERATORS):
            faults.append(Fault(key, "kernel.unknown_field", {"known": ", ".join(sorted((*columns, *given)))}))
            continue
        try:
            condition, bound, form = _condition(column, operator, value, f"v{n}")
        except BAD_VALUES:
            faults.append(Fault(key, "kernel.bad_filter", {"value": _shown(value)}))
            continue
        out.append(condition)
        values.update(bound)
        shape.append((name, operator, form))
    if faults:
        raise Invalid(*faults)
    return out, values, tuple(shape)


def _condition(column: ColumnElement[Any], operator: str, value: Any, bind: str) -> tuple[Made, dict[str, Any], Any]:
    if operator == "~":
        if not isinstance(column.type, String):
            raise TypeError("only texts hold words")
        held = _containing(folded(column), _plain_text(value), bind)
        return partial(and_, true(), *held.conditions), held.values, held.shape
    many = isinstance(value, list | tuple | set | frozenset)
    if operator not in ("=", "!=") and (many or value is None):
        raise ValueError("neither nothing nor a list has an order")
    if value is None:
        return partial(column.is_not if operator == "!=" else column.is_, None), {}, "null"
    if many and not value:
        return (true if operator == "!=" else false), {}, 0
    if many:
        if len(value) > MOST:
            raise ValueError("too many values")
        items = [typed(column, v) for v in value]

        def inside() -> ColumnElement[bool]:
            binds = [bindparam(f"{bind}_{i}", type_=column.type) for i in range(len(items))]
            return column.not_in(binds) if operator == "!=" else column.in_(binds)

        return inside, {f"{bind}_{i}": v for i, v in enumerate(items)}, len(items)
    one_bind = bindparam(bind, type_=column.type)
    signs: dict[str, Made] = {
        "=": lambda: column == one_bind,
        "!=": lambda: column != one_bind,
        ">": lambda: column > one_bind,
        "<": lambda: column < one_bind,
        ">=": lambda: column >= one_bind,
        "<=": lambda: column <= one_bind,
    }
    return signs[operator], {bind: typed(column, value)}, "one"


def _containing(text: ColumnElement[Any], typed: str, bind: str) -> Looked:
    """The rows whose folded text holds every word of what was typed, each row asked."""
    words = fold(typed).split()[:MOST_WORDS]
    binds = {f"{bind}_{i}": w.replace("/", "//").replace("%", "/%").replace("_", "/_") for i, w in enumerate(words)}
    return Looked([text.contains(bindparam(name), escape="/") for name in binds], binds, (len(words),))


def typed(column: ColumnElement[Any], value: Any) -> Any:
    """`value` as the column takes it; raises one of `BAD_VALUES` for anything else."""
    kind = column.type
    if isinstance(kind, Key):
        return _key(value)
    if isinstance(kind, Minor):
        if isinstance(value, float | bool):
            raise TypeError("floats are refused")
        number = Decimal(value)
        if not number.is_finite() or abs(number) > BIGGEST:
            raise ValueError("beyond what is kept")
        minor_units(number, kind.scale)
        return number
    if isinstance(kind, UtcDateTime):
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(moment, dt.datetime) or moment.tzinfo is None:
            raise ValueError("naive time")
        return moment.astimezone(dt.UTC)
    if isinstance(kind, Date):
        day = dt.date.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            raise TypeError("not a day")
        return day
    if isinstance(kind, Boolean):
        if not isinstance(value, bool):
            raise TypeError("neither yes nor no")
        return value
    if isinstance(kind, Integer):
        return _whole(value, 63 if isinstance(kind, BigInteger) else 31)
    return _plain_text(value) if isinstance(kind, String) else value


def _key(value: Any) -> str:
    key = _plain_text(value).replace("-", "").lower()
    if not is_id(key):
        raise ValueError("not a key")
    return key


def _whole(value: Any, bits: int) -> int:
    if isinstance(value, bool | float):
        raise TypeError("not a whole number")
    whole = int(value)
    if not -(2**bits) <= whole < 2**bits:
        raise ValueError("beyond what is kept")
    return whole


def _plain_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    if "\x00" in value:
        raise ValueError("a text that no database keeps")
    value.encode()
    return value


def _shown(value: Any) -> str:
    """A value in the words of its refusal: short, and only characters that can be written anywhere."""
    return str(value)[:80].encode(errors="backslashreplace").decode().replace("\x00", "\\x00")


def folded(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The search form of a column that keeps none: every row is folded when it is asked for."""
    return _Folded(column)


class _Folded(FunctionElement[str]):
    name = FOLDED
    type = String()
    inherit_cache = True


@compiles(_Folded, "sqlite")
def _on_sqlite(element: _Folded, compiler: SQLCompiler, **more: Any) -> str:
    return f"{FOLDED}({compiler.process(element.clauses, **more)})"


@compiles(_Folded)
def _elsewhere(element: _Folded, compiler: SQLCompiler, **more: Any) -> str:
    text = f"normalize({compiler.process(element.clauses, **more)}, NFKD)"
    return f"lower(regexp_replace({text}, '[\u0300-\u036f]', '', 'g'))"
