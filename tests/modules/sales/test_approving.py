"""Somebody with more rights lets something through on the spot: proved by password, kept with the reason."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import table_of
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

FAILS = frozenset({"failure"})
SECRET = "senha-da-gerente"
GIL: dict[str, Any] = {"approved_by": "gil", "approval_password": SECRET, "approval_reason": "Cliente antigo"}


@pytest.fixture
def managed(shop: Shop) -> Shop:
    shop.office.do("company.add_person", login="gil", name="Gil", roles=["commercial"], password=SECRET)
    return shop


def quotation(shop: Shop, **more: Any) -> Any:
    asked = {"customer_id": shop.customer, "lines": [shop.line(0, "1", **more.pop("line", {"discount_rate": "0.1"}))]}
    return ("sales.create_quotation", {**asked, **more})


def approvals(shop: Shop) -> list[tuple[Any, ...]]:
    rows = shop.office.show("sales.approvals").rows
    return [(r.kind, r.line_name, r.asked_value, r.limit_value, r.asked_name, r.approved_name) for r in rows]


def test_a_discount_over_the_sellers_limit(managed: Shop) -> None:
    office = managed.office
    with acting(office, "sales"):
        with refused(office, "sales.discount_over_limit"):
            office.do(quotation(managed))
        with refused(office, "sales.approval_without_reason"):
            office.do(quotation(managed, **{**GIL, "approval_reason": ""}))
        with refused(office, "sales.discount_over_limit"):
            office.do(quotation(managed, line={"discount_rate": "0.16"}, **GIL))
        done = office.do(quotation(managed, **GIL))
    assert approvals(managed) == [("discount", "Produto 1", 10, 5, "Pessoa sales", "Gil")]
    assert managed.row(done.value["id"]).total_amount == 9
    with office.store.engine.connect() as connection:
        told = connection.execute(select(table_of(CommandJournal).c.payload)).scalars().all()
    assert not any(SECRET in payload for payload in told)
    assert any('"approval_password":"***"' in payload.replace(" ", "") for payload in told)


def test_who_may_grant_it_needs_nobody(managed: Shop) -> None:
    with acting(managed.office, "commercial"):
        managed.office.do(quotation(managed))
    assert approvals(managed) == []


def test_what_stands_is_not_approved_again(managed: Shop) -> None:
    office = managed.office
    with acting(office, "sales"):
        key = office.do(quotation(managed, **GIL)).value["id"]
        line = managed.line(0, "3", unit_price="10", discount_rate="0.1")
        managed.do("revise_quotation", key, customer_id=managed.customer, lines=[line])
        managed.do("confirm_order", key)
        more = managed.line(1, "1", discount_rate="0.2")
        with refused(office, "sales.discount_over_limit"):
            managed.do("amend_order", key, lines=[line, more])
        managed.do("amend_order", key, lines=[line, {**more, "discount_rate": "0.15"}], **GIL)
    assert [row[1] for row in approvals(managed)] == ["Produto 2", "Produto 1"]
    assert office.check() == []


def test_a_wrong_password_is_refused_and_counted(managed: Shop) -> None:
    office = managed.office
    with acting(office, "sales"):
        for _ in range(3):
            with refused(office, "company.log_in_refused") as caught:
                office.do(quotation(managed, **{**GIL, "approval_password": "errada"}))
            assert caught[0].field == "approval_password"
        with refused(office, "company.log_in_waits"):
            office.do(quotation(managed, **GIL))
        with refused(office, "kernel.required"):
            office.do(quotation(managed, approval_password=SECRET))
        clock = office.clock
        assert isinstance(clock, FixedClock)
        clock.move(dt.timedelta(minutes=1))
        office.do(quotation(managed, **GIL))


def test_somebody_of_another_branch_approves_nothing_here(managed: Shop) -> None:
    office = managed.office
    second = office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    office.do("company.add_person", login="rio", name="Rio", roles=["commercial"], password=SECRET, branch_id=second)
    with acting(office, "sales"), refused(office, "sales.approver_of_other_branch"):
        office.do(quotation(managed, **{**GIL, "approved_by": "rio"}))


def test_a_price_under_cost_and_margin(managed: Shop) -> None:
    office = managed.office
    office.do("inventory.receive_stock", lines=[{**managed.line(0, "10"), "unit_cost": "8"}])
    cheap: dict[str, Any] = {"line": {"unit_price": "9.9"}}
    office.do(quotation(managed, **cheap))
    office.do("company.change_setting", code="lowest_margin_percent", value="60")
    with acting(office, "sales"):
        with refused(office, "sales.price_below_floor") as caught:
            office.do(quotation(managed, **cheap))
        (fault,) = caught[0].params["faults"]
        assert fault["params"].keys() == {"name", "price"}
        office.do(quotation(managed, **cheap, **GIL))
    with acting(office, "commercial"), refused(office, "sales.price_below_floor"):
        office.do(quotation(managed, **cheap))
    kinds = [(row[0], row[5]) for row in approvals(managed)]
    assert kinds == [("price", "Gil")]
    (row,) = office.show("sales.approvals").rows
    assert row.asked_value < row.limit_value


def test_credit_over_the_limit(managed: Shop) -> None:
    office = managed.office
    office.do("party.set_credit_limit", party_id=managed.customer, credit_limit="5")
    with acting(office, "sales"):
        key = managed.quote((0, "1"))
        with refused(office, "sales.confirm_order.credit", also=FAILS):
            managed.do("confirm_order", key)
        managed.do("confirm_order", key, **GIL)
    assert approvals(managed) == [("credit", None, 10, 5, "Pessoa sales", "Gil")]
