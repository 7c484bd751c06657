"""One's own password, the wait after wrong ones, and that no password is written down anywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import table_of
from tests.helpers.company import PASSWORD, refused
from tests.modules.company.records import SECRET


def entered(office: Office, login: str, password: str) -> str:
    """The code of the refusal, empty when the person came in."""
    try:
        office.log_in(login, password)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_the_new_password_counts_and_the_old_one_does_not(office: Office) -> None:
    office.log_in("ana", PASSWORD)
    office.do("company.change_password", old_password=PASSWORD, new_password=SECRET)
    assert entered(office, "ana", PASSWORD) == "company.log_in_refused"
    assert entered(office, "ana", SECRET) == ""
    journal = table_of(CommandJournal)
    with office.store.engine.connect() as connection:
        payloads = connection.scalars(select(journal.c.payload)).all()
    assert not any(SECRET in payload or PASSWORD in payload for payload in payloads)


def test_who_never_had_one_sets_the_first(office: Office) -> None:
    office.act_as("sales")
    office.do("company.change_password", new_password=SECRET)
    assert entered(office, "sales", SECRET) == ""


def test_refusals(office: Office) -> None:
    with refused(office, "company.change_password.wrong") as caught:
        office.do("company.change_password", old_password="outra", new_password=SECRET)
    assert caught[0].field == "old_password"
    with refused(office, "kernel.too_short"):
        office.do("company.change_password", old_password=PASSWORD, new_password="curta")
    office.actor = SYSTEM
    with refused(office, "company.change_password.nobody"):
        office.do("company.change_password", old_password="", new_password=SECRET)


@pytest.mark.parametrize("login", ["ana", "ninguem"])
def test_wrong_passwords_make_people_wait_known_or_not(office: Office, login: str) -> None:
    clock = office.clock
    assert [entered(office, login, "errada") for _ in range(3)] == ["company.log_in_refused"] * 3
    with pytest.raises(Refusal) as caught:
        office.log_in(login, PASSWORD)
    assert (caught.value.code, caught.value.params["seconds"]) == ("company.log_in_waits", 5)
    clock.move(dt.timedelta(seconds=5))  # type: ignore[attr-defined]
    assert entered(office, login, "errada") == "company.log_in_refused"
    clock.move(dt.timedelta(seconds=9))  # type: ignore[attr-defined]
    with pytest.raises(Refusal) as caught:
        office.log_in(login, PASSWORD)
    assert caught.value.params["seconds"] == 1
    clock.move(dt.timedelta(seconds=1))  # type: ignore[attr-defined]
    assert entered(office, login, PASSWORD) == ("" if login == "ana" else "company.log_in_refused")
    if login == "ana":
        assert entered(office, login, "errada") == "company.log_in_refused"
