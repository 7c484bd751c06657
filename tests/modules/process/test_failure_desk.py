"""The failure desk: what a customer feels first, then what is worth most, each place with its reason."""

from __future__ import annotations

import pytest

from retaguarda.kernel.errors import Shortfall
from tests.modules.process.conftest import Work

MON, TUE, FAR = "2026-11-23", "2026-11-24", "2026-12-18"


def failing(work: Work, day: str, quantity: str) -> str:
    order = work.order(quantity=quantity, promised_on=day)
    with pytest.raises(Shortfall):
        work.step("check", order)
    return order


def test_the_customer_first_then_the_money(work: Work) -> None:
    cheap, dear = failing(work, FAR, "5000"), failing(work, FAR, "9000")
    flagged = failing(work, FAR, "6000")
    work.office.do("process.set_priority", case_id=work.row(flagged).case_id, priority="high", reason="x")
    broken = work.order("check", promised_on=MON)
    lines = [{"product_id": work.product, "quantity": "0"}]
    work.pass_time(days=1)
    due = work.order("check", promised_on=TUE)
    work.office.do("inventory.count_stock", lines=lines)
    rows = work.office.show("process.failures").rows
    assert [(row.subject_id, row.why) for row in rows] == [
        (due, "today"),
        (broken, "past"),
        (flagged, "flagged"),
        (dear, "failed"),
        (cheap, "failed"),
    ]
    assert [row.rank for row in rows] == [1, 2, 3, 4, 5]
    assert {row.area for row in rows} == {"stock"}
    money = work.office.one("sales.orders", dear).total_amount
    assert next(row.at_risk for row in rows if row.subject_id == dear) == money
