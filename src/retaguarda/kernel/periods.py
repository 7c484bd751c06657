"""Days told by week, month and year in SQL, alike on both engines: what reports add up by."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.literal import word
from retaguarda.kernel.spans import DAY, MONTH, WEEK, YEAR

__all__ = ["DAY", "MONTH", "WEEK", "YEAR", "day_before", "days_between", "local_day", "period_begin"]


def period_begin(day: ColumnElement[Any], grain: ColumnElement[Any]) -> ColumnElement[Any]:
    """The first day of the day's week (Monday), month or year, or the day itself, as `grain` says."""
    return _Begin(day, grain)


class _Begin(FunctionElement[dt.date]):
    name = "period_begin"
    type = Date()
    inherit_cache = True


@compiles(_Begin, "sqlite")
def _on_sqlite(element: _Begin, compiler: SQLCompiler, **more: Any) -> str:
    day, grain = (compiler.process(clause, **more) for clause in element.clauses)
    return (
        f"CASE {grain} WHEN '{WEEK}' THEN date({day}, '-6 days', 'weekday 1') "
        f"WHEN '{MONTH}' THEN date({day}, 'start of month') WHEN '{YEAR}' THEN date({day}, 'start of year') "
        f"ELSE date({day}) END"
    )


@compiles(_Begin)
def _elsewhere(element: _Begin, compiler: SQLCompiler, **more: Any) -> str:
    day, grain = (compiler.process(clause, **more) for clause in element.clauses)
    return f"CAST(date_trunc({grain}, CAST({day} AS timestamp)) AS date)"


class _Days(FunctionElement[int]):
    """How many days after the first day the second one is."""

    name = "days_between"
    type = Integer()
    inherit_cache = True


@compiles(_Days, "sqlite")
def _days_on_sqlite(element: _Days, compiler: SQLCompiler, **more: Any) -> str:
    first, second = (compiler.process(clause, **more) for clause in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(_Days)
def _days_elsewhere(element: _Days, compiler: SQLCompiler, **more: Any) -> str:
    first, second = (compiler.process(clause, **more) for clause in element.clauses)
    return f"({second} - {first})"


def days_between(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[int]:
    """How many days after the first day the second one is; below zero when it is before."""
    return _Days(first, second)


class _Before(FunctionElement[dt.date]):
    """The day before."""

    name = "day_before"
    type = Date()
    inherit_cache = True


@compiles(_Before, "sqlite")
def _before_on_sqlite(element: _Before, compiler: SQLCompiler, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '-1 day')"


@compiles(_Before)
def _before_elsewhere(element: _Before, compiler: SQLCompiler, **more: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **more)} AS date) - 1)"


def day_before(day: ColumnElement[Any]) -> ColumnElement[dt.date]:
    """The day before this one."""
    return _Before(day)


LOCAL_DAY = "local_day"
"""What the function is called that a SQLite connection is given."""


class _Local(FunctionElement[dt.date]):
    """The day that an instant falls on in a time zone."""

    name = LOCAL_DAY
    type = Date()
    inherit_cache = True


@compiles(_Local, "sqlite")
def _local_on_sqlite(element: _Local, compiler: SQLCompiler, **more: Any) -> str:
    return f"{LOCAL_DAY}({compiler.process(element.clauses, **more)})"


@compiles(_Local)
def _local_elsewhere(element: _Local, compiler: SQLCompiler, **more: Any) -> str:
    instant, zone = (compiler.process(clause, **more) for clause in element.clauses)
    return f"CAST({instant} AT TIME ZONE {zone} AS date)"


def local_day(instant: ColumnElement[Any], zone: str) -> ColumnElement[dt.date]:
    """The day that an instant falls on where the clocks are those of `zone`."""
    return _Local(instant, word(zone))
