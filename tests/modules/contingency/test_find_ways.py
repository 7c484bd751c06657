"""The ways out of what is open about an order are looked for at any time: on its page, in Exceptions, by scripts."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting, contents, refused
from tests.helpers.desk import Desk
from tests.modules.contingency.roads import not_found, under_way
from tests.modules.contingency.shortage import shop


def test_nothing_is_changed_and_what_is_whole_has_none(office: Office) -> None:
    store = shop(office)
    whole, order_id = under_way(store, quantity="1"), not_found(store)
    before = contents(office)
    for login, first in (("ana", "fetch"), ("stock", "transfer")):
        with acting(office, login):
            mishap = office.do("contingency.find_ways", order_id=order_id).mishap
        assert mishap is not None
        assert (mishap.code, mishap.remedies[0].reason) == ("delivery.goods_missing", f"contingency.way.{first}")
    after = contents(office)
    assert {name for name in before if before[name] != after[name]} == {"command_journal"}
    with refused(office, "contingency.find_ways.nothing_open"):
        store.do("contingency.find_ways", order_id=whole)
    with refused(office, "kernel.missing"):
        store.do("contingency.find_ways", order_id="0" * 32)
    with acting(office, "it"), refused(office, "kernel.forbidden"):
        store.do("contingency.find_ways", order_id=order_id)


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_from_the_orders_page_and_from_exceptions(office: Office) -> None:
    store = shop(office)
    whole, order_id = under_way(store, quantity="1"), not_found(store)
    desk = Desk(office, book(), Texts("pt_BR", strict=True))
    page = desk.open("sales.order_page", whole)
    assert desk.reason("ways") is not None
    desk.close()
    desk.open("process.failure_list")
    desk.list.choose(0)
    desk.press("ways")
    desk.expect_banner("delivery.goods_missing")
    desk.close()
    page = desk.open("sales.order_page", order_id)
    desk.press("ways")
    desk.expect_banner("delivery.goods_missing")
    desk.call(lambda: page.remedy(page.banner.remedies[0]))
    assert page.banner is None
    assert office.show("process.failures").rows == ()
    assert desk.reason("ways") is not None
