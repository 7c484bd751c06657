"""The watcher: what another connection commits is told, refusals with their failure, nothing that was rolled back;
after the connection was away, anything may have changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import text

from retaguarda.app.headless import Office
from retaguarda.kernel import news
from retaguarda.kernel.errors import Offline, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.news import ALL_NEW, Watcher
from retaguarda.kernel.outcome import News


class Heard:
    """What a watcher has told so far."""

    def __init__(self, watcher: Watcher) -> None:
        self.news: list[News] = []
        self.watcher = watcher
        watcher.tell = self.take

    def take(self, told: Sequence[News]) -> None:
        self.news.extend(told)

    def until(self, so: Callable[[], object], seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not so():
            assert time.monotonic() < end, f"only this was told: {self.news}"
            time.sleep(0.02)

    @property
    def commands(self) -> list[str]:
        return [one.command_id for one in self.news]


@pytest.fixture
def heard(office: Office) -> Iterator[Heard]:
    watcher = Watcher(office.store)
    yield Heard(watcher)
    watcher.close()


def test_a_command_is_told_with_what_it_changed(office: Office, heard: Heard) -> None:
    outcome = office.do("company.add_person", login="bia", name="Bia")
    heard.until(lambda: heard.news)
    assert heard.commands == [outcome.command_id]
    assert heard.news[0].changes == outcome.changes
    assert any(change.touches(("person",)) and change.concerns(outcome.value["id"]) for change in outcome.changes)


def test_many_at_once_are_told_together_in_order_and_once(office: Office, heard: Heard) -> None:
    done = [office.do("company.add_person", login=f"p{n}", name="P").command_id for n in range(8)]
    heard.until(lambda: len(heard.news) >= 8)
    assert heard.commands == done


def test_a_refusal_changes_nothing_and_tells_nothing(office: Office, heard: Heard) -> None:
    with pytest.raises(Refusal):
        office.do("company.add_person", login="ana", name="Another Ana")
    after = office.do("company.add_person", login="bia", name="Bia").command_id
    heard.until(lambda: heard.news)
    assert heard.commands == [after]


def test_a_failure_that_a_refusal_leaves_is_told(office: Office, heard: Heard) -> None:
    product = office.do("catalog.add_product", code="X", name="X", price="1").value["id"]
    customer = office.do("party.add_party", name="Bar", kind="person", customer=True).value["id"]
    header = {"customer_id": customer, "promised_on": "2026-11-30"}
    lines = [{"product_id": product, "quantity": "3"}]
    with pytest.raises(Refusal) as refused:
        office.do(
            "sales.confirm_order", order_id=office.do("sales.create_quotation", **header, lines=lines).value["id"]
        )
    key: Any = getattr(refused.value, "failure_id", None)
    heard.until(lambda: len(heard.news) >= 4)
    assert [(c.table, c.ids) for c in heard.news[-1].changes] == [("failure", (key,))]


def test_what_nobody_knows_in_detail_is_told_as_anything(
    office: Office, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST", 2)
    ids = [office.do("company.add_person", login=f"p{n}", name="P").command_id for n in range(12)]
    heard.until(lambda: ALL_NEW in heard.news)
    assert len(set(heard.commands) & set(ids)) < len(ids)
    assert ALL_NEW.changes[0].touches(("anything",))
    assert ALL_NEW.changes[0].concerns(new_id())


def test_a_notification_is_never_believed(office: Office, heard: Heard) -> None:
    """Anyone on a server can send one: what it names is looked up, and what is no command is nothing."""
    if office.store.name == "postgresql":
        with office.store.engine.connect() as connection, connection.begin():
            for payload in ("'; DROP TABLE person; --", "x" * 500, new_id()):
                connection.execute(text("SELECT pg_notify('retaguarda_command', :said)"), {"said": payload})
    after = office.do("company.add_person", login="bia", name="Bia").command_id
    heard.until(lambda: heard.news)
    assert heard.commands == [after]


def test_after_the_connection_was_away_anything_may_have_changed(
    office: Office, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "AGAIN_S", 0.1)
    first: Any = heard.watcher._watch
    if office.store.name == "postgresql":
        with office.store.engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first.connection.info.backend_pid})
    else:
        monkeypatch.setattr(first, "file", (0, 0))
    heard.until(lambda: ALL_NEW in heard.news)
    after = office.do("company.add_person", login="bia", name="Bia").command_id
    heard.until(lambda: heard.commands[-1] == after)


def test_a_database_that_is_gone_is_waited_for_and_left_when_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def gone() -> Any:
        tries.append(1)
        raise Offline("kernel.database_gone")

    monkeypatch.setattr(news, "AGAIN_S", 0.05)
    monkeypatch.setattr(office.store, "watch", gone)
    watcher = Watcher(office.store)
    heard = Heard(watcher)
    heard.until(lambda: len(tries) > 3)
    watcher.close()
    assert heard.news == []


def test_it_ends_at_once_and_leaves_nothing(office: Office) -> None:
    watcher = Watcher(office.store)
    began = time.monotonic()
    watcher.close()
    assert time.monotonic() - began < 1
    assert not [thread for thread in threading.enumerate() if thread.name == "watcher"]
    assert watcher._watch is None
