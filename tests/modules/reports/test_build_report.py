"""Building a report: its figures are the database's, it shows nobody more than they may see, what is gone is named."""

from __future__ import annotations

import csv
import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from retaguarda.app.compose import book
from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.reporting import texts_of, write_saved
from retaguarda.kernel.errors import Forbidden, Invalid, Missing
from retaguarda.kernel.screen import building
from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.conditions import Condition
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.helpers.tampering import without_triggers
from tests.helpers.terminal import Terminal
from tests.modules.reports.built import BY_CUSTOMER, ORDERS, built, two_branches
from tests.modules.reports.saved import names

CENT = Decimal("0.01")
INDEPENDENT = """SELECT p.name, substr(CAST(o.promised_on AS VARCHAR(10)), 1, 7), SUM(o.total_amount), COUNT(*)
FROM sales_order o JOIN party p ON p.id = o.customer_id JOIN branch b ON b.id = o.branch_id
WHERE b.name LIKE '{}' GROUP BY 1, 2 ORDER BY 3 DESC"""
"""Amounts are hundredths."""


def _opened(office: Office, key: str) -> tuple[Desk, BuilderState]:
    """The report as Enter opens it in the list."""
    desk = Desk(office, book())
    state = desk.open("reports.saved_list")
    state.choose([row.id for row in state.rows].index(key))
    desk.call(state.open)
    found: BuilderState = desk.state
    return desk, found


def _independent(office: Office, places: str = "%") -> list[tuple[Any, ...]]:
    """What the orders of branches add up to, asked without a word of the program's."""
    with office.store.engine.connect() as connection:
        rows = connection.execute(text(INDEPENDENT.format(places))).all()
    told = []
    for name, month, hundredths, count in rows:
        total = Decimal(int(hundredths)) * CENT
        told.append((name, month, total, count, (total / count).quantize(CENT, ROUND_HALF_UP)))
    return told


def _figures(state: BuilderState) -> list[tuple[Any, ...]]:
    return [
        (row.group.values[0], f"{row.group.values[1]:%Y-%m}", row.total_0, row.total_1, row.total_2)
        for row in state.found.rows
    ]


def test_its_sums_are_those_of_an_independent_statement_for_each_who_asks(office: Office, tmp_path: Path) -> None:
    two_branches(office)
    key = built(office, roles=["analyst"])
    for login, places, whole in (("ana", "%", _whole()), ("rio", "Rio", Decimal("12353.68"))):
        with acting(office, login):
            desk, state = _opened(office, key)
            expected = _independent(office, places)
            assert _figures(state) == expected
            assert (state.name, len(expected), state.cut.chart is not None) == ("Por cliente", len(expected), True)
            assert (state.found.total.total_0, state.found.count) == (whole, len(expected))
            count = sum(row[3] for row in expected)
            assert state.found.total.total_1 == count
            assert state.found.total.total_2 == (whole / count).quantize(CENT, ROUND_HALF_UP)
            # A group leads to exactly its rows, Esc back to all groups.
            for at, row in enumerate(expected):
                state.choose(at)
                desk.call(state.open)
                assert len(state.found.rows) == state.found.count == row[3]
                assert sum(one.total_amount for one in state.found.rows) == row[2] == state.found.total.total_amount
                desk.call(state.back)
            _written(office, key, expected, whole, tmp_path)


def _written(office: Office, key: str, expected: list[tuple[Any, ...]], whole: Decimal, folder: Path) -> None:
    """The files hold the same figures."""
    path = write_saved(office, office, key, "xlsx", folder, office.actor.name)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    sums = [Decimal(str(row[2])).quantize(CENT) for row in rows[-1 - len(expected) : -1]]
    assert sums == [row[2] for row in expected]
    assert Decimal(str(rows[-1][2])).quantize(CENT) == whole
    path = write_saved(office, office, key, "csv", folder, office.actor.name)
    told = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert told[-1][0] == "Total"
    assert told[-1][3] == str(sum(row[3] for row in expected))
    assert write_saved(office, office, key, "pdf", folder, "x").read_bytes().startswith(b"%PDF")


def test_more_groups_than_anybody_reads_are_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    two_branches(office)
    key = built(office)
    monkeypatch.setattr(building, "MOST", 2)
    desk, state = _opened(office, key)
    desk.expect_banner("shell.built.too_many_groups")
    assert (state.status, state.found.rows) == ("failed", ())


def test_it_is_built_saved_and_found_by_what_a_person_does(office: Office) -> None:
    two_branches(office)
    desk = Desk(office, book(), texts_of(office, "pt_BR"))
    state: BuilderState = desk.open("reports.builder")
    assert state.found.rows or state.status == "empty", "there is a result before anything is chosen"
    desk.call(partial(state.choose_source, "sales.order_list"))
    assert (state.found.count, len(state.found.rows)) == (len(ORDERS), len(ORDERS))
    desk.call(partial(state.total, "sum", "total_amount", True))
    assert state.found.total.total_amount == sum(Decimal(order[3]) for order in ORDERS)
    desk.call(partial(state.group_by, 0, "state"))
    assert [(row.by_0, row.total_0) for row in state.found.rows] == [("confirmed", _whole())], "not shown in the list"
    desk.call(partial(state.group_by, 0, "ordered_at"))
    assert state.built.by[0].grain == "month"
    desk.call(partial(state.set_grain, 0, "day"))
    # The company's Monday, and its Tuesday: it is three hours behind Greenwich.
    days = {row.by_0: row.total_0 for row in state.found.rows}
    assert {day: len([o for o in ORDERS if Decimal(o[3]) == total]) for day, total in days.items()} == {
        dt.date(2026, 11, 23): 0, dt.date(2026, 11, 24): 1,
    }  # fmt: skip
    state.choose(0)
    desk.call(state.open)
    assert state.found.count == len(ORDERS) - 1
    desk.call(state.back)
    desk.call(partial(state.ask_of, (Condition(field="total_amount", kind="number", low="50", high="100"),)))
    assert [row.total_0 for row in state.found.rows] == [Decimal("99.99"), Decimal("70.10")]
    desk.call(partial(state.group_by, 0, ""))
    assert (state.found.count, state.built.totals) == (2, state.built.totals)
    desk.press("save")
    desk.set(name="Médios")
    desk.press("save_close")
    assert desk.state is state
    assert state.name == "Médios"
    desk.call(partial(state.show_column, "customer_name", False))
    desk.press("save")
    again = _opened(office, str(state.key))[1]
    assert again.built == state.built
    assert "customer_name" not in again.built.columns
    assert [row.way for row in office.show("reports.saved").rows] == ["sales.order_list.title"]


def test_who_may_not_read_its_list_finds_neither_the_report_nor_the_list(office: Office) -> None:
    key = built(office, roles=["analyst", "hr", "sales"])
    with acting(office, "sales"):
        assert names(office) == ["Por cliente"]
    with acting(office, "hr"):
        assert names(office) == []
        assert office.show("reports.saved", count=True).count == 0
        with pytest.raises(Missing):
            office.one("reports.saved", key)
        state: BuilderState = Desk(office, book()).open("reports.builder")
        assert "sales.order_list" not in dict(state.offered)
        with refused(office, "kernel.forbidden"):
            built(office)
        mine = built(office, "Meu", source="reports.saved_list", columns=["name"], by=[], totals=[], chart="none")
        with without_triggers(office) as connection:
            kept = json.dumps({**office.one("reports.saved", mine).asked, "source": "sales.order_list"})
            connection.execute(text("UPDATE saved_report SET asked = :kept WHERE name = 'Meu'"), {"kept": kept})
        desk, state = _opened(office, mine)
        desk.expect_banner("kernel.forbidden")
        assert state.found.rows == ()
        with pytest.raises(Forbidden, match=r"sales\.read"):
            write_saved(office, office, mine, "csv", Path("nowhere"), "")


def test_it_is_refused_by_the_name_of_what_there_is_not(office: Office) -> None:
    built(office)
    with refused(office, "reports.name_taken"):
        built(office)
    with refused(office, "company.unknown_role"):
        built(office, "Outro", roles=["boss"])
    with refused(office, "shell.built.source_gone"):
        built(office, "Outro", source="sales.moon_list")
    with refused(office, "shell.built.source_gone"):
        built(office, "Outro", source="accounting.balance_list")
    by, total = BY_CUSTOMER["by"], {"how": "sum", "field": "total_amount"}
    faults: tuple[tuple[str, dict[str, Any]], ...] = (
        ("shell.built.column_gone", {"columns": ["moon"]}),
        ("shell.built.column_gone", {"by": [{"field": "total_amount"}]}),
        ("shell.built.column_gone", {"totals": [{"how": "sum", "field": "number"}]}),
        ("shell.built.column_gone", {"totals": [{"how": "count", "field": "total_amount"}]}),
        ("shell.built.column_gone", {"sort": "-moon"}),
        ("shell.built.column_gone", {"conditions": [{"field": "moon", "kind": "text", "words": "a"}]}),
        ("shell.built.bad_condition", {"conditions": [{"field": "total_amount", "kind": "number", "low": "x"}]}),
        ("kernel.not_a_choice", {"by": [{"field": "promised_on"}]}),
        ("kernel.not_a_choice", {"by": [{"field": "customer_name", "grain": "month"}]}),
        ("kernel.not_a_choice", {"chart": "cake"}),
        ("kernel.too_many", {"by": [*by, by[0]]}),
        ("kernel.too_many", {"totals": [total] * 9}),
        ("kernel.required", {"totals": []}),
        ("kernel.required", {"by": [], "columns": []}),
    )
    for code, more in faults:
        with refused(office, code):
            built(office, "Outro", **more)
    office.actor = SYSTEM
    with refused(office, "kernel.forbidden"):
        built(office, "De ninguém")


def test_a_column_that_is_gone_since_is_named_on_the_screen_in_the_file_and_on_the_line(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    two_branches(office)
    key = built(office)
    prompt = Terminal(office.store.url, capsys)
    said = prompt.call("report", "Por cliente", "--as", "ana").said
    assert (said["report"], said["totals"]["total_0"]) == ("sales.order_list", str(_whole()))
    assert [row["total_0"] for row in said["rows"]] == [str(row[2]) for row in _independent(office)]
    with without_triggers(office) as connection:
        kept = json.dumps({**office.one("reports.saved", key).asked, "columns": ["moon"]})
        connection.execute(text("UPDATE saved_report SET asked = :kept"), {"kept": kept})
    desk, state = _opened(office, key)
    assert state.banner is not None
    assert state.banner.text.params["faults"][0]["params"] == {"name": "moon"}
    assert state.found.rows == ()
    assert not next(button for button in desk.state.buttons() if button.action.name == "save").enabled
    with pytest.raises(Invalid) as gone:
        write_saved(office, office, key, "csv", Path("nowhere"), "")
    assert gone.value.faults[0].params == {"name": "moon"}
    assert "moon" in str(prompt.call("report", "Por cliente", "--as", "ana").said)


def _whole() -> Decimal:
    return sum((Decimal(order[3]) for order in ORDERS), Decimal(0))
