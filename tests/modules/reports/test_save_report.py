"""Saving a report: who finds it, what it asks on another day, and that it shows nobody more than they may see."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from retaguarda.app.compose import book
from retaguarda.app.headless import SYSTEM, Office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.screen import ReportScreen
from retaguarda.kernel.screen.report import ReportState
from retaguarda.kernel.spans import SPANS
from tests.helpers.company import MONDAY, acting, refused
from tests.helpers.desk import Desk
from tests.helpers.tampering import without_triggers
from tests.helpers.terminal import Terminal
from tests.modules.reports.planted import sold
from tests.modules.reports.saved import SALES, names, saved

OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))


def _opened(office: Office, key: str) -> ReportState:
    """The saved report as Enter opens it in the list."""
    desk = Desk(office, book())
    state = desk.open("reports.saved_list")
    state.choose([row.id for row in state.rows].index(key))
    desk.call(state.open)
    opened: ReportState = desk.state
    return opened


def _two_branches(office: Office) -> None:
    """An analyst in each of two branches, and a sale of October in both."""
    first = str(office.actor.branch_id)
    second = office.do("company.add_branch", code="2", name="Rio").value["id"]
    office.do("company.add_person", login="rio", name="Rio", roles=["analyst"], branch_id=second)
    who = office.do("party.add_party", name="Padaria Estrela", customer=True).value["id"]
    with without_triggers(office) as connection:
        for branch, amount in ((first, Decimal(70)), (second, Decimal(8))):
            sold(connection, branch, who, OCTOBER[0], amount)


def test_it_is_found_by_its_owner_and_the_roles_and_shows_each_what_they_may_see(office: Office) -> None:
    _two_branches(office)
    key = saved(office, roles=["analyst", "picking"])
    saved(office, "Só meu", cut="margin")
    row = office.one("reports.saved", key)
    assert (row.mine, row.roles, row.report, row.cut) == (True, ("analyst", "picking"), SALES["report"], "place")
    state = _opened(office, key)
    assert (state.name, state.cut.name, state.span) == ("Vendas do mês", "place", "last_month")
    assert (state.values["since"], state.values["until"]) == OCTOBER
    assert state.found.total.net_amount == 78
    with acting(office, "rio"):
        assert names(office) == ["Vendas do mês"]
        assert not office.one("reports.saved", key).mine
        assert [row.net_amount for row in _opened(office, key).found.rows] == [8]
    with acting(office, "picking"):
        # Who may not read the report finds it, and is told why it stays closed.
        assert names(office) == ["Vendas do mês"]
        state = _opened(office, key)
        assert state.found.rows == ()
        assert state.banner is not None
        assert state.banner.text.code == "kernel.forbidden"
    with acting(office, "sales"):
        assert names(office) == []


def test_days_that_are_counted_from_today_are_others_on_another_day(office: Office) -> None:
    key = saved(office, asked=[{"key": "since", "value": "-30"}, {"key": "until", "value": "last_month"}])
    assert isinstance(office.clock, FixedClock)
    for days in (0, 20):
        office.clock.move(dt.timedelta(days=days))
        today = office.today()
        state = _opened(office, key)
        assert state.values["since"] == today - dt.timedelta(days=30)
        assert state.values["until"] == today.replace(day=1) - dt.timedelta(days=1)
    assert state.values["grain"] == "week", "what was not saved is as it begins"


def test_the_button_saves_what_stands_on_the_screen(office: Office) -> None:
    desk = Desk(office, book())
    state = desk.open("sales.sales_report")
    desk.call(lambda: state.choose_cut("customer"))
    desk.call(lambda: state.choose_span("this_year"))
    desk.call(partial(state.set, "until", dt.date(2026, 6, 30)))
    assert state.span == ""
    desk.press("save_report")
    desk.set(name="Meio ano")
    desk.press("save_close")
    (row,) = office.show("reports.saved").rows
    assert row.cut == "customer"
    assert row.asked == {"since": "this_year", "until": "2026-06-30", "branch_id": ""}
    state = _opened(office, row.id)
    assert (state.values["since"], state.values["until"]) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))


def test_it_is_refused_under_a_name_of_ones_own_and_with_a_role_that_there_is_not(office: Office) -> None:
    saved(office)
    with refused(office, "reports.name_taken"):
        saved(office)
    with refused(office, "company.unknown_role"):
        saved(office, "Outro", roles=["boss"])
    faults: dict[str, dict[str, Any]] = {
        "reports.unknown_report": {"report": "sales.sold_list"},
        "kernel.not_a_choice": {"cut": "moon"},
        "kernel.unknown_field": {"asked": [{"key": "moon", "value": "d"}]},
        "text.not_a_date": {"asked": [{"key": "since", "value": "next_moon"}]},
    }
    for code, more in faults.items():
        with refused(office, code):
            saved(office, "Outro", **more)
    with acting(office, "finance"):
        saved(office)
    office.actor = SYSTEM
    with refused(office, "kernel.forbidden"):
        saved(office, "De ninguém")


def test_what_is_gone_since_is_told_and_every_report_can_be_saved(office: Office) -> None:
    key = saved(office)
    with without_triggers(office) as connection:
        connection.execute(text("UPDATE saved_report SET cut = 'moon'"))
    state = _opened(office, key)
    assert state.banner is not None
    assert state.banner.text.code == "shell.report.cut_gone"
    with without_triggers(office) as connection:
        connection.execute(text("UPDATE saved_report SET report = 'sales.moon_report'"))
    desk = Desk(office, book())
    desk.open("reports.saved_list")
    desk.call(desk.list.open)
    desk.expect_banner("shell.screen_gone")
    reports = [screen for screen in book() if isinstance(screen, ReportScreen)]
    assert all("save_report" in [action.name for action in book().actions(screen)] for screen in reports)


def test_spans_are_whole_weeks_months_quarters_and_years() -> None:
    day = dt.date
    told = {name: span(MONDAY.date()) for name, span in SPANS.items()}
    assert told == {
        "this_week": (day(2026, 11, 23), day(2026, 11, 29)),
        "last_week": (day(2026, 11, 16), day(2026, 11, 22)),
        "this_month": (day(2026, 11, 1), day(2026, 11, 30)),
        "last_month": OCTOBER,
        "this_quarter": (day(2026, 10, 1), day(2026, 12, 31)),
        "last_quarter": (day(2026, 7, 1), day(2026, 9, 30)),
        "this_year": (day(2026, 1, 1), day(2026, 12, 31)),
        "last_year": (day(2025, 1, 1), day(2025, 12, 31)),
    }
    assert SPANS["last_month"](day(2028, 3, 31)) == (day(2028, 2, 1), day(2028, 2, 29))
    assert SPANS["last_quarter"](day(2027, 1, 1)) == (day(2026, 10, 1), day(2026, 12, 31))


def test_the_command_line_takes_it_by_its_name(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _two_branches(office)
    saved(office, "Outubro", roles=["analyst"])
    prompt, path = Terminal(office.store.url, capsys), tmp_path / "outubro.xlsx"
    # The machine's own clock asks: October is said by its days.
    asked = ("report", "Outubro", "--from", "2026-10-01", "--to", "2026-10-31")
    for login, net in (("ana", "78.00"), ("rio", "8.00")):
        said = prompt.call(*asked, "--as", login).said
        assert (said["report"], said["by"], said["totals"]["net_amount"]) == ("sales.sales_report", "place", net)
    assert prompt.call(*asked, "--as", "rio", "--out", str(path)).said == {"file": str(path)}
    *_, last = load_workbook(path).active.iter_rows(values_only=True)
    assert last[-1] == 8
    told = prompt.call("report", "Outubro", "--as", "sales").said["told"][0]
    assert "sales.sales_report" in told["cause"]
