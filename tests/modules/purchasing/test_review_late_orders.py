"""An order's day passed without its goods: named, and who waits in vain loses loudly."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from retaguarda.app.jobs import JobsRun
from retaguarda.kernel.failure import Failure
from retaguarda.kernel.model import table_of
from tests.helpers.by_itself import by_itself
from tests.helpers.company import acting, refused
from tests.helpers.told import words_of
from tests.modules.purchasing.buying import Buying


def failures(buying: Buying, key: str) -> list[tuple[str, str]]:
    table = table_of(Failure)
    with buying.office.store.engine.connect() as connection:
        rows = connection.execute(select(table.c.code, table.c.state).where(table.c.subject_id == key)).all()
    return [(row.code, row.state) for row in rows]


def test_it_opens_a_failure_once_and_takes_what_cannot_come_in_time(buying: Buying) -> None:
    key, fine = buying.order((buying.paper, "10"), (buying.pen, "20")), buying.order(expected_on="2026-12-20")
    gone = buying.peg(key, buying.paper, "2", "2026-11-27")
    buying.peg(key, buying.paper, "3", "2026-12-10")
    assert [(row.order_id, row.quantity, row.in_time) for row in buying.office.show("purchasing.waiting").rows] == [
        (key, 2, True),
        (key, 3, True),
    ]
    buying.office.clock.move(dt.timedelta(days=7))  # type: ignore[attr-defined]
    with by_itself(buying.office, "purchasing.job.late_orders") as jobs:
        assert jobs.run() == JobsRun(done=1)
    assert buying.broken() == [(gone, "2", "late")]
    assert failures(buying, key) == [("purchasing.order_late", "open")]
    assert failures(buying, fine) == []
    with acting(buying.office, "stock"):
        again = buying.office.do("purchasing.review_late_orders").value
    assert (again["late"], again["broken"]) == (1, 0)
    assert len(failures(buying, key)) == 1
    buying.clean()
    buying.do("postpone_order", key, expected_on="2026-12-05", reason="sai amanhã")
    assert failures(buying, key) == [("purchasing.order_late", "closed")]
    assert buying.office.do("purchasing.review_late_orders").value["late"] == 0
    buying.clean()


def test_only_who_may(buying: Buying) -> None:
    with acting(buying.office, "sales"), refused(buying.office, "kernel.forbidden") as said:
        buying.office.do("purchasing.review_late_orders")
    words_of(said[0])
