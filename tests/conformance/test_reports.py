"""Every report: what it adds up is what an independent question gives, and Enter opens exactly what a row adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import text

from retaguarda.app.compose import book, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.screen import Cut, ReportScreen
from retaguarda.kernel.screen.report import ReportState
from tests.helpers.desk import Desk

REPORTS = tuple(screen for screen in book() if isinstance(screen, ReportScreen))
CUTS = tuple((report, cut) for report in REPORTS for cut in report.cuts)
each_cut = pytest.mark.parametrize(("report", "cut"), CUTS, ids=lambda one: one.name)

_SOLD = "FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
_MOVED = "SELECT SUM(CASE kind WHEN 'ship' THEN cost ELSE -cost END) FROM stock_move m WHERE m.line_id IN"
INDEPENDENT: Mapping[str, Mapping[str, str]] = {
    "sales.sold_by_period": {
        "net_amount": "SELECT SUM(total_amount) FROM invoice",
        "invoices": "SELECT COUNT(*) * 100 FROM invoice",
    },
    "sales.sold_by_product": {"net_amount": f"SELECT SUM(l.net_amount) {_SOLD}"},
    "sales.sold_by_customer": {
        "net_amount": f"SELECT SUM(l.net_amount) {_SOLD}",
        "invoices": "SELECT COUNT(*) * 100 FROM invoice",
    },
    "sales.sold_by_seller": {
        "net_amount": f"SELECT SUM(l.net_amount) {_SOLD}",
        "invoices": "SELECT COUNT(*) * 100 FROM invoice",
    },
    "sales.sold_by_place": {
        "net_amount": f"SELECT SUM(l.net_amount) {_SOLD}",
        "invoices": "SELECT COUNT(*) * 100 FROM invoice",
    },
    "sales.margin_by_product": {
        "net_amount": f"SELECT SUM(l.net_amount) {_SOLD}",
        "cost_amount": f"{_MOVED} (SELECT source_line_id FROM invoice_line) AND kind IN ('ship', 'back', 'return')",
    },
}
"""What each total must be over everything there is: hundredths, asked without a word of the report's own query."""


def _open(office: Office, report: ReportScreen, cut: Cut) -> tuple[Desk, ReportState]:
    """The report without limits of time, so that nothing of the sample is left out."""
    desk = Desk(office, book())
    state: ReportState = desk.open(report.name)
    for one in report.parameters:
        if one.kind == "day":
            desk.call(partial(state.set, one.key, None))
    desk.call(lambda: state.choose_cut(cut.name))
    assert state.banner is None
    return desk, state


@each_cut
def test_its_totals_are_what_an_independent_question_gives(sample: Office, report: ReportScreen, cut: Cut) -> None:
    _, state = _open(sample, report, cut)
    assert state.found.rows, "the sample company has nothing to report"
    asked = INDEPENDENT[cut.query]
    assert set(asked) == set(cut.totals)
    with sample.store.engine.connect() as connection:
        for name, question in asked.items():
            found = Decimal(connection.execute(text(question)).scalar_one()) / 100
            assert found, f"{name} would be proved by nothing"
            assert getattr(state.found.total, name) == found, name
    for name in cut.derived:
        assert getattr(state.found.total, name) is not None


@each_cut
def test_enter_opens_exactly_what_a_row_adds_up(sample: Office, report: ReportScreen, cut: Cut) -> None:
    desk, state = _open(sample, report, cut)
    measured = next(name for name in cut.totals if name.endswith("_amount"))
    for index in _some(len(state.found.rows)):
        row = state.found.rows[index]
        desk.call(partial(state.choose, index))
        desk.call(state.open)
        opened = desk.list
        opened_rows = sample.show(opened.screen.query, opened.where, limit=5000).rows
        assert opened_rows
        assert sum(getattr(one, measured) for one in opened_rows) == getattr(row, measured)
        desk.close()


def _some(count: int) -> Iterator[int]:
    """The first rows, and the last one."""
    yield from sorted({*range(min(count, 5)), count - 1})


def test_every_cut_has_its_independent_question() -> None:
    assert {cut.query for _, cut in CUTS} == set(INDEPENDENT)
    assert all(cut.query in registry().queries for _, cut in CUTS)


def test_a_part_of_the_time_is_less_than_the_whole(sample: Office) -> None:
    """The proof above can fail: what a parameter leaves out is missing from the sums."""
    report, cut = CUTS[0]
    desk, state = _open(sample, report, cut)
    whole, first = state.found.total, state.found.rows[0]
    desk.call(lambda: state.set("until", first.last_on))
    assert [row.net_amount for row in state.found.rows] == [first.net_amount]
    assert 0 < state.found.total.net_amount < whole.net_amount
