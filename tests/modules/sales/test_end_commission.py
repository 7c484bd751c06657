"""Ending a rule of commission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_it_stands_no_more(shop: Shop) -> None:
    office = shop.office
    rule = office.do("sales.set_commission", person_id=office.actor.person_id, rate="0.1").value["id"]
    office.do("sales.end_commission", rule_id=rule, version=1)
    assert office.show("sales.commission_rules").rows == ()


def test_what_is_refused(shop: Shop) -> None:
    office = shop.office
    rule = office.do("sales.set_commission", person_id=office.actor.person_id, rate="0.1").value["id"]
    with refused(office, "kernel.stale"):
        office.do("sales.end_commission", rule_id=rule, version=7)
    with refused(office, "kernel.missing"):
        office.do("sales.end_commission", rule_id="0" * 32)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("sales.end_commission", rule_id=rule)
