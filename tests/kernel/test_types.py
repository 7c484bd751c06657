"""Column types: exact money, instants with a zone, keys; and that prepared statements convert as the types do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key, Minor, UtcDateTime
from retaguarda.kernel.statement import minor_units

ENGINES: tuple[Dialect, ...] = (SQLiteDialect_pysqlite(), PGDialect_psycopg())
each_engine = pytest.mark.parametrize("dialect", ENGINES, ids=lambda d: d.name)


@each_engine
@given(units=st.integers(-(2**63) + 1, 2**63 - 1), scale=st.sampled_from([2, 4, 6, 10]))
def test_money_goes_and_comes_without_losing_a_unit(dialect: Dialect, units: int, scale: int) -> None:
    kind = Minor(scale)
    value = Decimal(units).scaleb(-scale) if abs(units) < 10**28 else Decimal(units)
    assert kind.process_bind_param(value, dialect) == units == minor_units(value, scale)
    assert kind.process_result_value(units, dialect) == value


@each_engine
@pytest.mark.parametrize("value", [1.5, 1, "1.50", True])
def test_only_decimals_are_money(dialect: Dialect, value: Any) -> None:
    with pytest.raises(TypeError):
        Minor(2).process_bind_param(value, dialect)
    with pytest.raises(TypeError):
        minor_units(value, 2)


@each_engine
@pytest.mark.parametrize("value", ["1.005", "0.001", "NaN"])
def test_digits_beyond_the_scale_are_not_rounded_away(dialect: Dialect, value: str) -> None:
    with pytest.raises(ValueError):
        Minor(2).process_bind_param(Decimal(value), dialect)
    with pytest.raises(ValueError):
        minor_units(Decimal(value), 2)


@pytest.mark.parametrize("value", ["92233720368547758.08", "-92233720368547758.08", "1E+30"])
def test_more_than_a_column_holds_is_refused(value: str) -> None:
    assert minor_units(Decimal("92233720368547758.07"), 2) == 2**63 - 1
    with pytest.raises(Refusal) as refused:
        minor_units(Decimal(value), 2)
    assert refused.value.code == "kernel.amount_too_large"


@each_engine
def test_nothing_stays_nothing(dialect: Dialect) -> None:
    for kind in (Minor(2), Key(), UtcDateTime()):
        assert kind.process_bind_param(None, dialect) is None
        assert kind.process_result_value(None, dialect) is None
    assert minor_units(None, 2) is None


@each_engine
def test_a_naive_time_is_refused(dialect: Dialect) -> None:
    with pytest.raises(TypeError):
        UtcDateTime().process_bind_param(dt.datetime(2026, 11, 23, 9, 0), dialect)


@given(
    one=st.datetimes(timezones=st.timezones(), min_value=dt.datetime(1900, 1, 2), max_value=dt.datetime(2200, 1, 1)),
    two=st.datetimes(timezones=st.timezones(), min_value=dt.datetime(1900, 1, 2), max_value=dt.datetime(2200, 1, 1)),
)
def test_instants_sort_as_text_as_they_do_in_time(one: dt.datetime, two: dt.datetime) -> None:
    kind, dialect = UtcDateTime(), ENGINES[0]
    first, second = kind.process_bind_param(one, dialect), kind.process_bind_param(two, dialect)
    assert (first < second) == (one.astimezone(dt.UTC) < two.astimezone(dt.UTC))
    assert kind.process_result_value(first, dialect) == one.astimezone(dt.UTC)
