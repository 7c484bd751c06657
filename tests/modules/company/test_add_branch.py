"""Branches and their working calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Missing
from retaguarda.modules.company import api
from tests.helpers.company import acting, refused
from tests.modules.company.records import branch

RIO = {"code": "2", "name": "Filial Rio", "city": "Niterói", "state": "rj"}


def test_hours_lunch_holidays_and_exceptions_make_the_calendar(office: Office) -> None:
    key = office.do(
        "company.add_branch",
        **RIO,
        monday="8-12, 13h30–18h",
        saturday="",
        exceptions=[
            {"day": "2026-12-24", "name": "Véspera de Natal", "hours": "8-12"},
            {"day": "2026-11-27", "name": "Inventário"},
        ],
    ).value["id"]
    row = branch(office, "2")
    assert (row.id, row.state, row.monday, row.saturday) == (key, "RJ", "08:00-12:00 13:30-18:00", "")
    assert [(e["day"], e["hours"]) for e in row.exceptions] == [
        (dt.date(2026, 11, 27), ""),
        (dt.date(2026, 12, 24), "08:00-12:00"),
    ]
    calendar = api.calendar_of(office.reads(), key)
    monday = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)
    assert calendar.add_working(monday, dt.timedelta(hours=2)) == dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.UTC)
    assert calendar.closed_name(dt.date(2026, 12, 25)) == "Natal"
    assert calendar.next_working_day(dt.date(2026, 11, 26)) == dt.date(2026, 11, 30)
    assert len(calendar.spans_on(dt.date(2026, 12, 24))) == 1
    # A holiday of the state of São Paulo is a working day in Rio.
    revolution = dt.date(2026, 7, 9)
    assert calendar.is_working_day(revolution)
    assert not api.calendar_of(office.reads(), branch(office).id).is_working_day(revolution)
    assert [r.name for r in office.show("company.branch_choices", {"search": "niteroi"}).rows] == ["Filial Rio"]


def test_an_unknown_branch_has_no_calendar(office: Office) -> None:
    with pytest.raises(Missing):
        api.calendar_of(office.reads(), "0" * 32)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"code": "1"}, "code", "company.branch_code_taken"),
        ({"state": "ZZ"}, "state", "company.unknown_state"),
        ({"monday": "13-18 8-12"}, "monday", "company.bad_hours"),
        ({"friday": "cedo"}, "friday", "company.bad_hours"),
        ({"sunday": "8-8"}, "sunday", "company.bad_hours"),
        ({"tuesday": "8-25"}, "tuesday", "company.bad_hours"),
        ({"exceptions": [{"day": "2026-12-24", "name": "A", "hours": "x"}]}, "exceptions.1.hours", "company.bad_hours"),
        (
            {"exceptions": [{"day": "2026-12-24", "name": "A"}, {"day": "2026-12-24", "name": "B"}]},
            "exceptions.2.day",
            "company.day_twice",
        ),
        (dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"), ""), "monday",
         "company.never_open"),
    ],
)  # fmt: skip
def test_wrong_values_are_named(office: Office, values: dict[str, Any], field: str, code: str) -> None:
    with refused(office, code) as caught:
        office.do("company.add_branch", **{**RIO, **values})
    assert field in {f["field"] for f in caught[0].params["faults"]}


def test_only_administrators_add_branches(office: Office) -> None:
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("company.add_branch", **RIO)
