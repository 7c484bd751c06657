"""Pure rules of the company."""

from __future__ import annotations

import datetime as dt

import pytest

from retaguarda.kernel.kinds import ValueFault
from retaguarda.modules.company import rules


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("08:00-12:00 13:00-18:00", "08:00-12:00 13:00-18:00"),
        ("8-12 13-18", "08:00-12:00 13:00-18:00"),
        ("8h–12h, 13h30–18h", "08:00-12:00 13:30-18:00"),
        ("8 às 12 e 13:15 às 18", "08:00-12:00 13:15-18:00"),
        ("9 to 17", "09:00-17:00"),
        ("22-24", "22:00-00:00"),
        ("0-0", "00:00-00:00"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, stored: str) -> None:
    assert rules.write_hours(rules.read_hours(typed)) == stored
    assert rules.read_hours(stored) == rules.read_hours(typed)


@pytest.mark.parametrize("typed", ["8", "8-", "abc", "12-8", "8-12 11-13", "8-8", "8-12 x", "8-30", "25-26", "8-12-13"])
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(ValueFault) as caught:
        rules.read_hours(typed)
    assert caught.value.code == "company.bad_hours"


def test_circles_are_found_and_other_peoples_circles_end() -> None:
    bosses = {"b": "c", "c": "d", "d": None, "x": "y", "y": "x"}
    assert rules.circle("d", "b", bosses) == ("d", "b", "c", "d")
    assert rules.circle("a", "a", bosses) == ("a", "a")
    assert rules.circle("a", "b", bosses) == ()
    assert rules.circle("a", None, bosses) == ()
    assert rules.circle("a", "x", bosses) == ()


def test_codes_are_made_from_names() -> None:
    assert rules.code_of("Assistência técnica") == "assistencia_tecnica"
    assert rules.code_of("2ª via") == "a_via"
    assert rules.code_of("…") == ""
    assert len(rules.code_of("muito " * 20)) <= 40


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_names_are_not_kept_for_ever() -> None:
    attempts, now = rules.Attempts(), dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
    waits = []
    for _ in range(14):
        attempts.failed("ana", now)
        waits.append(int(attempts.wait("ana", now).total_seconds()))
    assert waits[:7] == [0, 0, 5, 10, 20, 40, 80]
    assert waits[-1] == 900
    assert attempts.wait("bia", now) == dt.timedelta(0)
    attempts.succeeded("ana")
    assert attempts.wait("ana", now) == dt.timedelta(0)
    for number in range(rules.MOST_LOGINS + 10):
        attempts.failed(f"robot{number}", now)
    assert len(attempts._wrong) == rules.MOST_LOGINS


def test_every_setting_has_a_default_its_kind_takes() -> None:
    assert {code: rules.read_setting(code, spec.default) for code, spec in rules.SETTINGS.items()} == {
        code: spec.default for code, spec in rules.SETTINGS.items()
    }
