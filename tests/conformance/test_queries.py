"""Every query answers on an empty and on a full database, on both engines: sorted and filtered by every field it has,
page by page, and only to whom it may."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from retaguarda.app.compose import MODULES, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Forbidden, Missing
from retaguarda.kernel.filters import MOST
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import models_of
from retaguarda.kernel.query import Query
from retaguarda.kernel.unit import Actor

QUERIES = tuple(registry().queries.values())
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)


@each_query
def test_a_row_has_a_field_for_every_column(query: Query) -> None:
    assert dataclasses.is_dataclass(query.row)
    frozen: Any = query.row.__dataclass_params__  # type: ignore[attr-defined]
    assert frozen.frozen
    assert hasattr(query.row, "__slots__")
    assert query.row.__doc__
    assert query.names() == tuple(str(c.key) for c in query.select.selected_columns)
    fields = [f.name for f in dataclasses.fields(query.row)]
    assert "allowed" not in fields[:-1]
    assert (query.allowed is not None) == (fields[-1] == "allowed")
    assert "id" in fields
    assert query.order.removeprefix("-") in fields


@each_query
def test_its_key_is_what_rows_are_called_by(query: Query) -> None:
    column = query.columns()["id"]
    assert column is query.key or column.compare(query.key)


@each_query
def test_rows_of_a_branch_are_kept_from_other_branches(query: Query) -> None:
    sql = query.select.compile(dialect=SQLiteDialect_pysqlite())
    kept = {name for name, model in models_of(MODULES).items() if model.__rights__.rows == "branch"}
    read = kept & set(re.findall(r"(?:FROM|JOIN) (\w+)", str(sql)))
    if read - OPEN_TO_ALL_BRANCHES and query.name not in ACROSS_BRANCHES:
        # Figures are added up inside: there the rule stands in the select itself.
        ruled = query.branch is not None or query.own is not None or "person_branch" in str(sql)
        assert ruled, f"{query.name} reads {sorted(read)} without a row rule"


OPEN_TO_ALL_BRANCHES = frozenset({"branch"})
"""Tables whose rows are hidden from other branches in their own lists only: everybody reads what a branch is called."""
_CREDIT = "what a customer owes and may still buy counts in every branch"
_BOOKS = "the books are the company's: who reads them reads all of them"
_SOLD = "a product that some branch has sold is no product that was never sold"
ACROSS_BRANCHES = {
    "accounting.account_ledger": _BOOKS,
    "accounting.periods": _BOOKS,
    "purchasing.supplier_card": "what is on its way from a supplier counts in every branch",
    "sales.customer_card": _CREDIT,
    "steward.product_findings": _SOLD,
    "steward.rules": _SOLD,
    "sales.customer_credit": _CREDIT,
    "billing.customer_accounts": "a customer's debts and credit are one account, whichever branch sold",
    "billing.statement": "a statement that left a branch out would end with a wrong balance",
}
"""Queries that may show rows of every branch, by decision."""
FOR_EVERYBODY = {"company.people_to_log_in": "who stands before the log-in holds no permission yet"}
ABOUT_ONE = {
    "catalog.products_to_sell": "a product has a row for each of its codes, asked by code",
    "purchasing.products_to_buy": "a product has a row for each of its codes, asked by code",
    "process.order_path": "each order has a row for each step, asked by order",
}
"""Queries that are asked with a filter that leaves a row per key; without it they are no list."""
listed = pytest.mark.parametrize("query", [q for q in QUERIES if q.name not in ABOUT_ONE], ids=lambda q: q.name)


@each_query
def test_it_answers_in_an_empty_company(empty: Office, query: Query) -> None:
    page = empty.show(query.name, count=True, limit=500)
    assert page.count == len(page.rows)
    with pytest.raises(Missing):
        empty.one(query.name, new_id())


@each_query
def test_it_answers_nobody_without_the_permission(empty: Office, query: Query) -> None:
    assert bool(query.permission) == (query.name not in FOR_EVERYBODY)
    owner, empty.actor = empty.actor, Actor(new_id(), "Nobody", frozenset())
    try:
        if query.permission:
            with pytest.raises(Forbidden) as refused:
                empty.show(query.name)
            assert refused.value.params["permission"] == query.permission
        else:
            assert empty.show(query.name).rows
    finally:
        empty.actor = owner


@listed
def test_it_answers_in_a_full_company(sample: Office, query: Query) -> None:
    whole = sample.show(query.name, limit=MOST, count=True)
    assert len({row.id for row in whole.rows}) == len(whole.rows), "the key is not unique"
    assert (whole.count == len(whole.rows)) or whole.after is not None
    for row in whole.rows[:3]:
        assert sample.one(query.name, row.id) == row
    for row in whole.rows:
        assert set(getattr(row, "allowed", ())) <= set(registry().commands)
        _assert_types(row)


def _assert_types(row: Any) -> None:
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        assert not isinstance(value, float), field.name
        assert not (isinstance(value, dt.datetime) and value.tzinfo is None), field.name


@listed
def test_it_sorts_by_every_field_page_by_page(sample: Office, query: Query) -> None:
    half = max(1, len(sample.show(query.name, limit=MOST).rows) // 2)
    for n, name in enumerate(query.sortable()):
        sort = f"-{name}" if n % 2 else name
        whole = sample.show(query.name, sort=sort, limit=MOST).rows
        first = sample.show(query.name, sort=sort, limit=half)
        got = list(first.rows)
        if first.after is not None:
            got += sample.show(query.name, sort=sort, limit=MOST, after=first.after).rows
        assert [row.id for row in got] == [row.id for row in whole], sort


@listed
def test_it_filters_by_every_field(sample: Office, query: Query) -> None:
    rows = sample.show(query.name, limit=MOST).rows
    columns = query.columns()
    others: dict[str, Any] = {}
    within: dict[str, tuple[Any, dict[str, Any]]] = {}
    for name in query.sortable():
        sample_row = next((row for row in rows if _plain(getattr(row, name))), None)
        value = getattr(sample_row, name) if sample_row is not None else None
        if sample_row is not None:
            equal = {row.id for row in rows if getattr(row, name) == value}
            assert {row.id for row in sample.show(query.name, {name: value}, limit=MOST).rows} == equal, name
            within.setdefault(sample_row.id, (sample_row, {"id": sample_row.id}))[1][name] = [value]
        others[f"{name} !="] = value
    # Lists with the values of one row find that row, and values that must all be others the rows that have others.
    for sample_row, lists in within.values():
        assert sample.show(query.name, lists).rows == (sample_row,), lists
    unlike = {row.id for row in rows if all(_is_other(getattr(row, n[:-3]), value) for n, value in others.items())}
    assert {row.id for row in sample.show(query.name, others, limit=MOST).rows} == unlike
    assert {"search", "text"}.isdisjoint(columns) or query.search is None
    if query.search is not None:
        assert len(sample.show(query.name, {"search": "zzz qqq"}).rows) == 0
        assert sample.show(query.name, {"search": "a"}, count=True).count is not None


def _comparable(query: Query) -> list[str]:
    """The fields that may be sorted and filtered by: all but the nested rows."""
    return [name for name in query.names() if name in query.columns()]


def _is_other(found: Any, value: Any) -> bool:
    return found is not None and found != value


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | Decimal | dt.date | bool) and value is not None


def _extras() -> Iterator[tuple[Query, str]]:
    for query in QUERIES:
        for name in query.extra:
            yield query, name


@pytest.mark.parametrize(("query", "name"), list(_extras()), ids=lambda v: getattr(v, "name", v))
def test_it_filters_by_what_only_filters(sample: Office, query: Query, name: str) -> None:
    found = sample.show(query.name, {f"{name} !=": None}, limit=MOST).rows
    empty = sample.show(query.name, {name: None}, limit=MOST).rows
    assert len(found) + len(empty) == len(sample.show(query.name, limit=MOST).rows)
