"""Taking a way forward where the failing command was typed: the form goes on as if it had gone through."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import book
from retaguarda.app.drill import SITUATIONS
from retaguarda.app.drill.scene import Scene
from retaguarda.app.headless import Office, check_office
from tests.helpers.company import acting
from tests.helpers.desk import Desk

pytestmark = pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)


def kinds(desk: Desk) -> list[str]:
    """What the banner offers."""
    return [remedy.reason.rsplit(".", 1)[1] for remedy in desk.state.banner.remedies]


def take(desk: Desk, kind: str) -> None:
    """Takes one of the ways that the banner offers."""
    remedy = next(one for one in desk.state.banner.remedies if one.reason.endswith(f".{kind}"))
    desk.call(lambda: desk.state.remedy(remedy))


def test_at_the_counter_the_receipt_is_printed_and_the_next_customer_comes(office: Office) -> None:
    Scene(office, "C")
    desk = Desk(office, book())
    desk.open("sales.counter")
    desk.scan("20*C-8")
    desk.set(cash_amount="50")
    desk.press("finish")
    desk.expect_banner("sales.sell_at_counter.no_stock")
    assert kinds(desk) == ["substitute", "negative", "less", "request"]
    desk.set_line(1, quantity="15")
    take(desk, "substitute")
    desk.expect_banner("shell.remedy_of_before")
    assert office.show("sales.counter_sales").rows == ()
    desk.press("finish")
    take(desk, "less")
    desk.expect_clean()
    assert desk.entry.values().lines == []
    (sold,) = office.show("sales.counter_sales").rows
    assert (sold.total_amount, sold.change_amount) == (28, 22)
    assert [paper.document for paper in desk.papers] == ["sales.counter_receipt"]
    assert desk.toasts[-1].text.code == "contingency.apply_remedy.done"
    assert check_office(office.store.url) == []


def test_a_new_order_opens_confirmed_and_an_agreed_one_is_changed(office: Office) -> None:
    scene = Scene(office, "O")
    desk = Desk(office, book())
    desk.open("sales.order_list")
    desk.press("new")
    desk.set(customer_id="helena")
    desk.scan("20*O-8")
    desk.press("confirm")
    desk.expect_banner("sales.confirm_order.no_stock")
    take(desk, "other_warehouse")
    assert (desk.page.record.state, desk.page.banner) == ("confirmed", None)
    assert [toast.text.code for toast in desk.toasts][-1] == "contingency.apply_remedy.done"

    order_id = scene.order("10")
    desk.open("sales.order_page", order_id)
    desk.press("amend")
    desk.set_line(1, quantity="20")
    desk.press("save")
    desk.expect_banner("sales.amend_order.no_stock")
    take(desk, "substitute")
    lines = office.show("sales.order_lines", {"order_id": order_id}, "position").rows
    assert [(line.name, line.quantity) for line in lines] == [("Parafuso M8", 14), ("Parafuso M8 inox", 6)]
    assert desk.page.record.id == order_id
    assert check_office(office.store.url) == []


def test_who_may_approve_is_asked_beside_the_ways_out(office: Office) -> None:
    office.do("company.add_person", login="gil", name="Gil", roles=["commercial"], password="senha-da-gerente")
    order_id = SITUATIONS["sales.confirm_order.credit"](Scene(office, "A"))[1]["order_id"]
    desk = Desk(office, book())
    with acting(office, "sales"):
        desk.open("sales.order_page", order_id)
        desk.press("confirm")
        assert (kinds(desk), desk.page.question) == (["pay_now", "collect", "within_limit"], None)
        desk.call(desk.state.banner.approve)
        desk.set(approved_by="gil", approval_password="senha-da-gerente", approval_reason="Cliente antigo")
        desk.press("save_close")
        assert (desk.page.record.state, desk.page.banner) == ("confirmed", None)
    assert office.show("process.failures").rows == ()
