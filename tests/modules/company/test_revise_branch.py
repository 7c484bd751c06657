"""Revising branches: hours hold from now on, put-away days come back, other branches are out of reach."""

from __future__ import annotations

import datetime as dt
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.modules.company import api, rules
from tests.helpers.company import acting, refused
from tests.modules.company.records import branch, record_of, role

FRIDAY = dt.date(2026, 11, 27)


def record(office: Office, code: str = "1") -> dict[str, Any]:
    row = branch(office, code)
    fields = ("name", "state", "city", "address", "phone", *rules.WEEKDAYS)
    exceptions = [{**e, "day": e["day"].isoformat()} for e in row.exceptions]
    return {
        "branch_id": row.id,
        "version": row.version,
        "exceptions": exceptions,
        **{f: getattr(row, f) for f in fields},
    }


def test_hours_and_days_change_the_calendar(office: Office) -> None:
    given = record(office) | {"friday": "7-11", "exceptions": [{"day": "2026-11-26", "name": "Mudança"}]}
    row = office.do("company.revise_branch", **given).rows[0]
    assert (row.version, row.friday, row.exceptions[0]["name"]) == (2, "07:00-11:00", "Mudança")
    calendar = api.calendar_of(office.reads(), row.id)
    assert calendar.spans_on(FRIDAY)[0][1] == dt.datetime(2026, 11, 27, 14, 0, tzinfo=dt.UTC)
    assert not calendar.is_working_day(dt.date(2026, 11, 26))
    office.do("company.revise_branch", **record(office) | {"exceptions": []})
    assert api.calendar_of(office.reads(), row.id).is_working_day(dt.date(2026, 11, 26))
    again = [{"day": "2026-11-26", "name": "Mudança", "hours": "8-9"}]
    row = office.do("company.revise_branch", **record(office) | {"exceptions": again}).rows[0]
    assert [e["hours"] for e in row.exceptions] == ["08:00-09:00"]


def test_who_works_elsewhere_does_not_see_or_change_a_branch(office: Office) -> None:
    office.do("company.add_branch", code="2", name="Filial")
    there = record(office, "2")
    analyst = role(office, "analyst")
    office.do("company.revise_role", role_id=analyst.id, name=analyst.name, added=["company.revise_branch"])
    with acting(office, "analyst"):
        assert [b.code for b in office.show("company.branches").rows] == ["1"]
        with refused(office, "company.other_branch"):
            office.do("company.revise_branch", **there)
    office.do("company.revise_person", **record_of(office, "analyst") | {"branches": ["2"]})
    with acting(office, "analyst"):
        assert office.do("company.revise_branch", **there).rows[0].code == "2"


def test_refusals(office: Office) -> None:
    given = record(office)
    with refused(office, "company.bad_hours"):
        office.do("company.revise_branch", **given | {"monday": "sempre"})
    with refused(office, "kernel.missing"):
        office.do("company.revise_branch", **given | {"branch_id": "0" * 32})
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.revise_branch", **given)
    with refused(office, "kernel.stale"):
        office.do("company.revise_branch", **given | {"version": 3})
