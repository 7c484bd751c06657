"""Every report: what it adds up is what an independent question gives, and Enter opens exactly what a row adds up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from retaguarda.app.compose import book, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.screen import Cut, ReportScreen
from retaguarda.kernel.screen.report import ReportState
from tests.helpers import company
from tests.helpers.desk import Desk
from tests.helpers.terminal import Terminal

REPORTS = tuple(screen for screen in book() if isinstance(screen, ReportScreen))
CUTS = tuple((report, cut) for report in REPORTS for cut in report.cuts)
each_cut = pytest.mark.parametrize(("report", "cut"), CUTS, ids=lambda one: one.name)

_SOLD = "SELECT SUM(total_amount) FROM invoice"
_CREDITED = "SELECT SUM(value_amount) FROM settlement WHERE kind = 'credit_note'"
_BILLED = "SELECT SUM(l.net_amount) FROM invoice_line l"
_TAKEN_OFF = "SELECT SUM(n.net_amount) FROM credit_note_line n"
_BY_LINE = {
    "sold_amount": _BILLED,
    "credited_amount": _TAKEN_OFF,
    "net_amount": f"SELECT ({_BILLED}) - ({_TAKEN_OFF})",
}
_BY_PAPER = {
    "sold_amount": _SOLD,
    "credited_amount": _CREDITED,
    "net_amount": f"SELECT ({_SOLD}) - ({_CREDITED})",
    "invoices": "SELECT COUNT(*) * 100 FROM invoice",
}
_STEPS = "FROM case_step s JOIN case_head h ON h.id = s.case_id WHERE h.subject_table <> 'past_case' AND"
_ORDERS = _STEPS + " h.flow <> 'handoff' AND"
_MOVED = "SELECT SUM(CASE kind WHEN 'ship' THEN cost ELSE -cost END) FROM stock_move m WHERE m.line_id IN"
_OPEN = "(due_amount - settled_amount)"
_IN = "SUM(CASE WHEN from_location_id IS NULL THEN cost WHEN to_location_id IS NULL THEN -cost ELSE 0 END)"
_VALUE = f"SELECT (SELECT {_IN} FROM stock_move) + COALESCE((SELECT SUM(amount) FROM cost_difference), 0)"
_TODAY = company.MONDAY.date()
_AGES = {"days_30": (30, 1), "days_60": (60, 31), "days_90": (90, 61), "older": (9999, 91)}


def _late(first: int, last: int) -> str:
    """What is open of what was due so many days ago."""
    days = [_TODAY - dt.timedelta(days=count) for count in (first, last)]
    return f"SELECT COALESCE(SUM({_OPEN}), 0) FROM receivable WHERE due_on BETWEEN '{days[0]}' AND '{days[1]}'"


_MONEY = "SELECT SUM(balance) FROM money_balance"
_OWED = f"SELECT SUM({_OPEN}) FROM receivable"
_OWING = "SELECT SUM(open_amount) FROM payable"
_ORDERED = "SELECT COALESCE(SUM(total_amount), 0) FROM sales_order WHERE state IN ('confirmed', 'held') AND id NOT IN"
_ORDERED += " (SELECT source_id FROM invoice WHERE source_table = 'sales_order')"
_WAS = "COALESCE((SELECT {} FROM purchase_line_balance b WHERE b.id = l.id), 0)"
_BILLS = "COALESCE((SELECT SUM(i.net_amount) FROM supplier_invoice_line i WHERE i.line_id = l.id AND i.invoice_id IN"
_BILLS += " (SELECT v.id FROM supplier_invoice v WHERE v.state = 'posted')), 0)"
_BOUGHT = f"""SELECT COALESCE(SUM(l.net_amount - {_BILLS}), 0) FROM purchase_order_line l
JOIN purchase_order o ON o.id = l.order_id WHERE l.active AND l.net_amount > {_BILLS}
AND l.quantity > {_WAS.format("b.returned + b.invoiced - b.credited")}
AND (o.state IN ('ordered', 'confirmed') OR o.state = 'closed' AND {_WAS.format("b.received")} >= l.quantity)"""
_LAST_DAY = "(SELECT MAX(r.delivered_on) FROM promise_result r WHERE r.order_id = o.id)"
_ALL_KEPT = "(SELECT MIN(CASE WHEN r.kept THEN 1 ELSE 0 END) FROM promise_result r WHERE r.order_id = o.id)"
_WAITS = f"{_LAST_DAY} IS NULL AND o.state IN ('confirmed', 'held') AND o.promised_on < '{_TODAY}'"
_BROKEN = f"(({_WAITS}) OR {_ALL_KEPT} = 0)"


def _orders(condition: str, what: str = "COUNT(*) * 100") -> str:
    return f"SELECT {what} FROM sales_order o WHERE {condition}"


_JUDGED = {
    "kept": _orders(f"{_ALL_KEPT} = 1"),
    "late": _orders(f"{_ALL_KEPT} = 0 AND {_LAST_DAY} > o.promised_on"),
    "short": _orders(f"{_ALL_KEPT} = 0 AND {_LAST_DAY} <= o.promised_on"),
    "open": _orders(_WAITS),
}
_BROKEN_ONLY = {name: asked for name, asked in _JUDGED.items() if name != "kept"}
_PROMISES = {
    **_JUDGED,
    "orders": _orders(f"({_WAITS}) OR {_LAST_DAY} IS NOT NULL"),
    "total_amount": _orders(f"({_WAITS}) OR {_LAST_DAY} IS NOT NULL", "SUM(o.total_amount)"),
}
INDEPENDENT: Mapping[str, Mapping[str, str]] = {
    "sales.sold_by_period": _BY_PAPER,
    "sales.sold_by_product": _BY_LINE,
    "sales.sold_by_customer": _BY_PAPER,
    "sales.sold_by_seller": _BY_PAPER,
    "sales.sold_by_place": _BY_PAPER,
    "sales.sold_shares": {"net_amount": _BY_LINE["net_amount"]},
    "inventory.values": {"amount": _VALUE},
    "inventory.turning": {
        "opening_amount": "SELECT 0",
        "closing_amount": _VALUE,
        "cost_amount": "SELECT (SELECT SUM(cost) FROM stock_move WHERE kind = 'ship') "
        "- (SELECT SUM(cost) FROM stock_move WHERE kind = 'return')",
    },
    "billing.ageing": {
        "open_amount": f"SELECT SUM({_OPEN}) FROM receivable",
        "not_due": f"SELECT SUM({_OPEN}) FROM receivable WHERE due_on >= '{_TODAY}'",
        **{name: _late(*days) for name, days in _AGES.items()},
    },
    "billing.due_weeks": {
        "open_amount": f"SELECT SUM({_OPEN}) FROM receivable",
        "instalments": f"SELECT COUNT(*) * 100 FROM receivable WHERE {_OPEN} > 0",
    },
    "process.step_times": {
        "done": f"SELECT COUNT(*) * 100 {_ORDERS} s.state = 'done'",
        "taken": f"SELECT COUNT(s.started_at) * 100 {_ORDERS} s.state = 'done'",
    },
    "process.paths_taken": {
        "cases": f"SELECT COUNT(DISTINCT h.id) * 100 {_STEPS} h.state = 'closed' AND s.state <> 'skipped'",
    },
    "process.deviations": {
        "times": f"SELECT COUNT(*) * 100 {_STEPS} (s.state IN ('undone', 'left', 'skipped')"
        " OR s.state = 'done' AND s.closed_at > s.due_at)",
    },
    "sales.margin_by_product": {
        "net_amount": _BY_LINE["net_amount"],
        "cost_amount": f"{_MOVED} (SELECT source_line_id FROM invoice_line) AND kind IN ('ship', 'return')",
    },
    "reports.cash_forecast": {
        "held_amount": _MONEY,
        "in_amount": f"SELECT ({_OWED}) + ({_ORDERED})",
        "out_amount": f"SELECT ({_OWING}) + ({_BOUGHT})",
    },
    "reports.kept_by_period": _PROMISES,
    "reports.kept_by_place": _PROMISES,
    "reports.kept_by_step": {
        **_BROKEN_ONLY,
        "orders": _orders(_BROKEN),
        "total_amount": _orders(_BROKEN, "SUM(o.total_amount)"),
    },
}
"""What each total must be over everything there is: hundredths, asked without a word of the report's own query."""


def _open(office: Office, report: ReportScreen, cut: Cut) -> tuple[Desk, ReportState]:
    """The report without limits of time, so that nothing of the sample is left out."""
    desk = Desk(office, book())
    state: ReportState = desk.open(report.name)
    for one in report.parameters:
        if one.kind == "day" or one.key == "period":
            desk.call(partial(state.set, one.key, None if one.kind == "day" else "ever"))
    desk.call(lambda: state.choose_cut(cut.name))
    assert state.banner is None
    return desk, state


@each_cut
def test_its_totals_are_what_an_independent_question_gives(sample: Office, report: ReportScreen, cut: Cut) -> None:
    _, state = _open(sample, report, cut)
    assert state.found.rows, "the sample company has nothing to report"
    asked = INDEPENDENT[cut.query]
    proved = False
    assert set(asked) == set(cut.totals)
    with sample.store.engine.connect() as connection:
        for name, question in asked.items():
            found = Decimal(connection.execute(text(question)).scalar_one()) / 100
            assert getattr(state.found.total, name) == found, name
            proved = proved or bool(found)
    assert proved, "everything is nothing"
    for name in cut.derived:
        assert getattr(state.found.total, name) is not None


@pytest.mark.parametrize(("report", "cut"), [(r, c) for r, c in CUTS if c.opens], ids=lambda one: one.name)
def test_enter_opens_exactly_what_a_row_adds_up(sample: Office, report: ReportScreen, cut: Cut) -> None:
    desk, state = _open(sample, report, cut)
    for index in _some(len(state.found.rows)):
        row = state.found.rows[index]
        desk.call(partial(state.choose, index))
        desk.call(state.open)
        opened = desk.list
        opened_rows = sample.show(opened.screen.query, opened.where, limit=5000).rows
        line = registry().queries[opened.screen.query].row
        measured = [name for name in cut.totals if name in line.__dataclass_fields__]
        assert measured
        for name in measured:
            assert sum(getattr(one, name) for one in opened_rows) == getattr(row, name), name
        desk.close()


def _some(count: int) -> Iterator[int]:
    """The first rows, and the last one."""
    yield from sorted({*range(min(count, 5)), count - 1})


def test_every_cut_has_its_independent_question() -> None:
    assert {cut.query for _, cut in CUTS} == set(INDEPENDENT)
    assert all(cut.query in registry().queries for _, cut in CUTS)


def test_what_lay_there_at_first_and_what_came_is_what_lies_there_at_last(sample: Office) -> None:
    """Of each product: the opening value is that of the day before, the closing one that of the last day."""
    since, until = (_TODAY - dt.timedelta(days=days) for days in (10, 3))
    rows = sample.show("inventory.turning", {"since": since, "until": until}, limit=500).rows
    assert any(row.opening_amount for row in rows)
    for row in rows[:20]:
        worth = [
            sum(change.amount for change in sample.show("inventory.value_changes", asked, limit=5000).rows)
            for asked in ({"product_id": row.id, "on_day <": since}, {"product_id": row.id, "on_day <=": until})
        ]
        assert [row.opening_amount, row.closing_amount] == worth
        assert row.days == 8
    assert [row.grade for row in rows] == sorted(row.grade for row in rows)


def test_a_part_of_the_time_is_less_than_the_whole(sample: Office) -> None:
    """The proof above can fail: what a parameter leaves out is missing from the sums."""
    report, cut = next(one for one in CUTS if one[1].query == "sales.sold_by_period")
    desk, state = _open(sample, report, cut)
    whole, first = state.found.total, state.found.rows[0]
    desk.call(lambda: state.set("until", first.last_on))
    assert [row.net_amount for row in state.found.rows] == [first.net_amount]
    assert 0 < state.found.total.net_amount < whole.net_amount


def test_the_command_line_says_and_writes_what_the_screen_shows(
    sample: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt, path = Terminal(sample.store.url, capsys), tmp_path / "margem.xlsx"
    asked = ("report", "sales.sales_report", "--by", "margin", "--from", "", "--as", "ana")
    said = prompt.call(*asked).said
    report, cut = next(one for one in CUTS if one[1].query == "sales.margin_by_product")
    _, state = _open(sample, report, cut)
    assert [row["id"] for row in said["rows"]] == [row.id for row in state.found.rows]
    names = (*cut.totals, *cut.derived)
    assert said["totals"] == {name: str(getattr(state.found.total, name)) for name in names}
    assert prompt.call(*asked, "--out", str(path)).said == {"file": str(path)}
    *_, last = load_workbook(path).active.iter_rows(values_only=True)
    assert [f"{last[at]:.2f}" for at in (2, 3, 4)] == [said["totals"][name] for name in names[:3]]
    for more in (("--by", "moon"), ("--to", "soon"), ("--out", "x.doc"), ("--where", '{"grain": "week"}')):
        answer = prompt.call(*asked, *more)
        assert (answer.code, answer.said["kind"]) == (2, "Invalid"), more
    answer = prompt.call("report", "sales.nothing", "--as", "ana")
    assert "sales.sales_report" in answer.said["told"][0]["cause"]
    assert prompt.call(*asked[:-1], "bruno").said["code"] == "kernel.forbidden"
