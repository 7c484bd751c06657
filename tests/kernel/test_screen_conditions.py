"""What a person asks of a list's columns: said, kept, asked beside what the tab asks, and no row more by any road."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retaguarda.kernel.screen.conditions import PERIODS, Condition, kind_of
from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import ToyDoor, toy_store

DAY, ZONE = dt.date(2026, 3, 5), ZoneInfo("America/Sao_Paulo")
"""A Thursday; midnight there is 3 h in UTC."""


@pytest.fixture
def desk() -> Desk:
    store = toy_store()
    desk = Desk(ToyDoor(store), toy_book())
    for n in range(4):
        desk.open("toy.order_entry")
        desk.set(customer_id="padaria" if n else "pecas")
        desk.scan(f"{n + 1}*{list(store.products.values())[n].gtin}")
        desk.press("save")
    return desk


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", "2026-03-05", "2026-03-05"), ("yesterday", "2026-03-04", "2026-03-04"),
        ("this_week", "2026-03-02", "2026-03-08"), ("last_week", "2026-02-23", "2026-03-01"),
        ("this_month", "2026-03-01", "2026-03-31"), ("last_month", "2026-02-01", "2026-02-28"),
        ("last_30", "2026-02-04", "2026-03-05"), ("this_year", "2026-01-01", "2026-12-31"),
        ("next_7", "2026-03-05", "2026-03-11"), ("next_30", "2026-03-05", "2026-04-03"),
        ("past", None, "2026-03-04"),
    ],
)  # fmt: skip
def test_a_period_has_both_its_ends(period: str, first: str | None, last: str) -> None:
    days = PERIODS[period](DAY)
    assert [day and day.isoformat() for day in days] == [first, last]


def test_a_day_of_instants_is_the_companys() -> None:
    asked = Condition(field="at", kind="instant", low="2026-03-01", high="2026-03-02").where(DAY, ZONE)
    assert asked == {
        "at  >=": dt.datetime(2026, 3, 1, 3, tzinfo=dt.UTC), "at  <": dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC),
    }  # fmt: skip


@pytest.mark.parametrize(
    "kept",
    [
        None, {}, {"field": "x"}, {"field": "x", "kind": "sql"}, {"field": "x", "kind": "number", "low": "much"},
        {"field": "x", "kind": "day", "low": "soon"}, {"field": "x", "kind": "day", "period": "once"},
        {"field": "x", "kind": "choice", "codes": [1]}, {"field": "x", "kind": "text", "words": 3},
        {"field": "x", "kind": "text", "more": "y"},
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_no_condition(kept: Any) -> None:
    assert Condition.of(kept) is None


def test_a_condition_is_kept_and_said_in_both_languages() -> None:
    total, state = Column(field="t", show="money"), Column(field="s", show="pill", texts="shell.answer")
    between = Condition(field="t", kind="number", low="1234.5", high="2000")
    codes = Condition(field="s", kind="choice", codes=("save", "back"))
    for one in (between, codes, Condition(field="d", kind="day", period="today")):
        assert Condition.of(one.kept()) == one
    pt, en = Texts("pt_BR", strict=True), Texts("en", strict=True)
    assert between.said(total, "Valor", pt) == "Valor: 1.234,50 a 2.000,00"
    assert between.said(total, "Amount", en) == "Amount: 1,234.50 to 2,000.00"
    assert codes.said(state, "Resposta", pt) == "Resposta: Salvar, Voltar"
    assert kind_of(state, "text", pt) == "choice"
    assert kind_of(Column(field="s", texts="shell.nothing_here"), "text", pt) is None
    assert kind_of(total, None, pt) is None
    for period in (*PERIODS, "any"):
        assert pt.say(f"shell.period.{period}") != en.say(f"shell.period.{period}")


def test_rows_counts_tab_and_file_answer_the_same_question(desk: Desk) -> None:
    state = desk.open("toy.order_list")
    assert [(column.field, kind) for column, kind in state.askable] == [
        ("number", "text"), ("customer_name", "text"), ("due_on", "day"), ("total", "number"),
    ]  # fmt: skip
    totals = sorted(row.total for row in state.rows)
    state.choose_tab("open")
    state.ask_of([
        Condition(field="customer_name", kind="text", words="PADARIA tres"),
        Condition(field="total", kind="number", high=str(totals[2])),
        Condition(field="total_of_all", kind="number", high="1"),
        Condition(field="due_on", kind="number", high="1"),
    ])  # fmt: skip
    desk._settle()
    assert set(state.conditions) == {"customer_name", "total"}
    assert state.count == len(state.rows) == len([total for total in totals[:3] if total != totals[0]])
    assert all(row.total <= totals[2] and row.state == "quotation" for row in state.rows)
    assert state.view().asked.where == state.where
    assert [line.partition(": ")[2] for line in state.view().lines[-2:]] == [
        "contém “PADARIA tres”", "até 10,50",
    ]  # fmt: skip
    assert state.counts.get("open") == (4, False)
    state.ask_of([Condition(field="number", kind="text", words="nothing like it")])
    desk._settle()
    assert (state.status, state.count) == ("none_found", 0)
    state.drop("number")
    desk._settle()
    assert state.count == 4


def test_what_the_list_was_opened_for_is_shown_and_dropped(desk: Desk) -> None:
    state = desk.open("toy.order_list", customer_name="Padaria Três Irmãos", state="quotation")
    assert state.came_for == {"customer_name": "Padaria Três Irmãos"}
    state.ask_of([Condition(field="customer_name", kind="text", words="jorge")])
    desk._settle()
    assert state.count == 0
    state.drop_came_for()
    desk._settle()
    assert state.count == 1
    assert state.filters == {"state": "quotation"}
    state.clear()
    desk._settle()
    assert (state.count, state.where) == (4, {})
