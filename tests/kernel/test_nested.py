"""Rows inside a row: values come back as their columns' types, sorted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from retaguarda.kernel.model import Key, Minor, UtcDateTime
from retaguarda.kernel.nested import Nested, NestedValues, StoredCodes

DIALECT = sqlite.dialect()


def test_values_come_back_as_their_types() -> None:
    kinds: dict[str, TypeEngine[Any]] = {
        "position": Integer(),
        "key": Key(),
        "price": Minor(4),
        "day": Date(),
        "at": UtcDateTime(),
        "done": Boolean(),
        "name": String(),
    }
    stored = (
        '[[2,"0190a0000000700080000000000000ff",12345,"2026-11-23","2026-11-23T12:00:00+00:00",1,"b"],'
        '[1,"0190a000-0000-7000-8000-0000000000ff",null,null,null,false,"a"]]'
    )
    rows = Nested(list(kinds), list(kinds.values()), "position").process_result_value(stored, DIALECT)
    key = "0190a0000000700080000000000000ff"
    assert rows == (
        {"position": 1, "key": key, "price": None, "day": None, "at": None, "done": False, "name": "a"},
        {
            "position": 2,
            "key": key,
            "price": Decimal("1.2345"),
            "day": dt.date(2026, 11, 23),
            "at": dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC),
            "done": True,
            "name": "b",
        },
    )


def test_nothing_is_an_empty_tuple_on_both_engines() -> None:
    kind = NestedValues(["code"], [String()], "code")
    assert kind.process_result_value(None, DIALECT) == kind.process_result_value("[]", DIALECT) == ()
    assert kind.process_result_value('[["b"],["a"]]', DIALECT) == ("a", "b")


def test_stored_codes_are_a_tuple() -> None:
    assert StoredCodes().process_result_value('["a", "b"]', DIALECT) == ("a", "b")
    assert StoredCodes().process_result_value(None, DIALECT) == ()
