"""The credit check: over the limit is refused with figures, let through by right and reason, and raced by two desks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import pytest

from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.text import Texts
from tests.helpers import company
from tests.helpers.apart import APART
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from retaguarda.app.headless import Office
    from tests.modules.sales.conftest import Shop

FAILS = frozenset({"failure"})


@pytest.fixture
def limited(shop: Shop) -> Shop:
    shop.office.do("party.set_credit_limit", party_id=shop.customer, credit_limit="100")
    return shop


def test_over_the_limit_says_limit_used_and_needed(limited: Shop) -> None:
    limited.do("invoice_order", limited.order((0, "3")))
    limited.order((0, "4"))
    key = limited.quote((2, "2"))
    with acting(limited.office, "sales"), refused(limited.office, "sales.confirm_order.credit", also=FAILS) as caught:
        limited.do("confirm_order", key)
    params = caught[0].params
    figures = [params[name] for name in ("limit", "used", "needed", "over")]
    assert figures == [Decimal(100), Decimal(70), Decimal(60), Decimal(30)]
    assert isinstance(caught[0], Shortfall)
    said = Texts("pt_BR", strict=True).say(caught[0].code, **params)
    assert "limite R$ 100,00, usado R$ 70,00, este pedido R$ 60,00" in said.replace("\xa0", " ")
    (failure,) = limited.office.show("process.failures").rows
    assert failure.subject_id == key


def test_just_at_the_limit_passes_and_ends_the_failure(limited: Shop) -> None:
    office = limited.office
    key = limited.quote((0, "10"))
    office.do("party.set_credit_limit", party_id=limited.customer, credit_limit="99.99")
    with refused(office, "sales.confirm_order.credit", also=FAILS):
        limited.do("confirm_order", key)
    office.do("party.set_credit_limit", party_id=limited.customer, credit_limit="100")
    limited.do("confirm_order", key)
    assert office.show("process.failures").rows == ()
    assert office.show("sales.approvals").rows == ()


def test_placing_at_once_and_amending_up_are_checked_too(limited: Shop) -> None:
    office = limited.office
    with refused(office, "sales.place_order.credit", also=FAILS):
        office.do(("sales.place_order", {"customer_id": limited.customer, "lines": limited.lines((1, "6"))}))
    key = limited.order((0, "6"))
    with refused(office, "sales.amend_order.credit", also=FAILS) as caught:
        limited.do("amend_order", key, lines=limited.lines((1, "6")))
    assert (caught[0].params["used"], caught[0].params["needed"]) == (0, 120)
    limited.do("amend_order", key, lines=limited.lines((0, "10")))
    office.do("party.set_credit_limit", party_id=limited.customer, credit_limit="10")
    limited.do("amend_order", key, lines=limited.lines((0, "9")))
    assert limited.row(key).total_amount == 90


def test_who_may_pass_over_it_says_why_and_it_is_kept(limited: Shop) -> None:
    office, key, small = limited.office, limited.quote((1, "6")), limited.quote((0, "1"))
    with acting(office, "commercial"):
        with refused(office, "sales.confirm_order.credit", also=FAILS):
            limited.do("confirm_order", key)
        limited.do("confirm_order", key, approval_reason="Cliente antigo")
        (row,) = office.show("sales.approvals", {"order_id": key}).rows
    told = (row.kind, row.asked_value, row.limit_value, row.asked_name, row.approved_name, row.reason)
    assert told == ("credit", 120, 100, "Pessoa commercial", "Pessoa commercial", "Cliente antigo")
    with acting(office, "sales"), refused(office, "sales.confirm_order.credit", also=FAILS):
        limited.do("confirm_order", small, approval_reason="Quero vender")
    assert office.check() == []


def test_an_order_without_a_limit_costs_no_statement_more(shop: Shop) -> None:
    key, other = shop.quote((0, "1")), shop.quote((0, "1"))
    shop.do("confirm_order", shop.quote((0, "1")))
    count = shop.office.bus.statements
    before = count.count
    shop.do("confirm_order", key)
    plain = count.count - before
    shop.office.do("party.set_credit_limit", party_id=shop.customer, credit_limit="1000")
    before = count.count
    shop.do("confirm_order", other)
    assert count.count - before == plain + 2 <= 16


def test_of_two_sellers_at_once_exactly_one_passes(limited: Shop, company_url: str) -> None:
    """Different products, so that nothing but the customer's credit brings the two together."""
    desks: list[Office] = [company.open_as(company_url) for _ in range(2)]
    try:
        for _round in range(3):
            keys = [limited.quote((0, "6")), limited.quote((1, "3"))]
            start = threading.Barrier(2)

            def sell(desk: Office, key: str, start: threading.Barrier = start) -> str:
                start.wait()
                try:
                    desk.do("sales.confirm_order", order_id=key)
                except Refusal as refusal:
                    return refusal.code
                return "sold"

            with ThreadPoolExecutor(2) as pool:
                told = sorted(pool.map(sell, desks, keys))
            assert told == ["sales.confirm_order.credit", "sold"]
            for key in keys:
                if limited.row(key).state == "confirmed":
                    limited.do("cancel_order", key, reason="outra vez")
    finally:
        for desk in desks:
            desk.close()


def sells(url: str, key: str, door: Connection) -> None:
    """A seller in a process of its own, who confirms the order when the door says so, and says what came of it."""
    desk = company.open_as(url)
    door.send("ready")
    door.recv()
    try:
        desk.do("sales.confirm_order", order_id=key)
        door.send("sold")
    except Refusal as refusal:
        door.send(refusal.code)
    desk.close()


def test_of_two_processes_at_once_exactly_one_passes(limited: Shop, company_url: str) -> None:
    url = limited.office.store.url if company_url.startswith("sqlite") else company_url
    doors, sellers = [], []
    for key in (limited.quote((0, "6")), limited.quote((1, "3"))):
        ours, theirs = APART.Pipe()
        sellers.append(APART.Process(target=sells, args=(url, key, theirs)))
        sellers[-1].start()
        theirs.close()
        doors.append(ours)
    assert [door.recv() for door in doors] == ["ready", "ready"]
    for door in doors:
        door.send("go")
    told = sorted(door.recv() for door in doors)
    for seller, door in zip(sellers, doors, strict=True):
        seller.join()
        door.close()
    assert told == ["sales.confirm_order.credit", "sold"]
