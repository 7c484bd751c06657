"""When a carrier comes and how long it takes; what shipping makes of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from retaguarda.modules.delivery import rules
from tests.helpers.company import MONDAY, acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

TODAY = MONDAY.date()
ON: dict[str, Any] = {"weekdays": ["1", "3", "5"], "cut_off": "10:00", "transit_days": 2}


def test_what_is_ready_before_the_cut_off_leaves_today(shop: Shop) -> None:
    with acting(shop.office, "shipping"):
        row = shop.office.do("delivery.set_carrier_terms", party_id=shop.carrier, **ON).rows[0]
    assert (row.weekdays, row.cut_off, row.transit_days) == (("1", "3", "5"), "10:00", 2)
    order = shop.order("pick")
    shipped = shop.step("ship", order, carrier_id=shop.carrier, freight_amount="35.90").rows[0]
    assert (shipped.expected_on, str(shipped.freight_amount)) == (TODAY + dt.timedelta(days=2), "35.90")
    shop.office.clock.move(dt.timedelta(hours=2))  # type: ignore[attr-defined]
    late = shop.order("pick", promised_on=TODAY.isoformat())
    done = shop.step("ship", late, carrier_id=shop.carrier)
    assert done.rows[0].expected_on == dt.date(2026, 11, 27), "Wednesday's pick-up and two working days"
    assert [w.code for w in done.warnings] == ["delivery.after_promise"]


def test_terms_change_and_are_stale_for_others(shop: Shop) -> None:
    shop.office.do("delivery.set_carrier_terms", party_id=shop.carrier, **ON)
    shop.office.do("delivery.set_carrier_terms", party_id=shop.carrier, weekdays=["7"], version=1)
    (row,) = shop.office.show("delivery.carriers").rows
    assert (row.weekday_text, row.version, row.transit_days) == ("7", 2, 1)
    with refused(shop.office, "kernel.stale"):
        shop.office.do("delivery.set_carrier_terms", party_id=shop.carrier, weekdays=["7"], version=1)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"weekdays": []}, "delivery.not_weekdays"),
        ({"weekdays": ["8"]}, "delivery.not_weekdays"),
        ({"weekdays": ["1"], "cut_off": "25:00"}, "delivery.not_a_time"),
        ({"weekdays": ["1"], "transit_days": 91}, "kernel.too_large"),
    ],
)
def test_wrong_terms_are_named(shop: Shop, wrong: dict[str, object], code: str) -> None:
    with refused(shop.office, code):
        shop.office.do(("delivery.set_carrier_terms", {"party_id": shop.carrier, **wrong}))


def test_only_a_carrier_has_terms_and_not_everybody_sets_them(shop: Shop) -> None:
    with refused(shop.office, "delivery.not_a_carrier"):
        shop.office.do("delivery.set_carrier_terms", party_id=shop.customer, **ON)
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.set_carrier_terms", party_id=shop.carrier, **ON)


def test_the_next_pick_up_is_a_day_on_which_it_comes() -> None:
    friday = dt.datetime(2026, 11, 27, 17, 1)
    assert rules.next_pick_up("5", 17 * 60, friday) == dt.date(2026, 12, 4)
    assert rules.next_pick_up("5", 17 * 60 + 1, friday) == dt.date(2026, 11, 27)
    assert rules.next_pick_up("16", 0, friday) == dt.date(2026, 11, 28)
