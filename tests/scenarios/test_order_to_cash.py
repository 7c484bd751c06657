"""From the customer's call to delivered and paid: five people with five roles hand one order on, each at a desk of
their own; and what a counter's day is made of: sales, an exchange, a withdrawal, a blind count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal

import pytest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock
from tests.helpers import company, counter
from tests.helpers.counter import Ware
from tests.helpers.desk import Desk

Desks = Callable[[str], Desk]
STATION_BANK = {"name": "Banco", "kind": "bank", "opening_amount": "500.00"}


@pytest.fixture
def wares(office: Office) -> list[Ware]:
    """The furnished counter with its drawer; packing is a step of its own, checked by a second person."""
    found = counter.furnish(office)
    office.do(("accounting.add_money_account", STATION_BANK))
    drawer = {"name": "Caixa 1", "kind": "till", "station": office.actor.station}
    office.do(("accounting.add_money_account", drawer))
    for code, value in (("packing", "own_step"), ("second_check", "yes")):
        office.do("company.change_setting", code=code, value=value)
    return found


@pytest.fixture
def desks(company_url: str, wares: list[Ware]) -> Iterator[Desks]:
    """The desk of each person, with a connection of its own."""
    with ExitStack() as open_desks:
        made: dict[str, Desk] = {}

        def desk_of(login: str) -> Desk:
            if login not in made:
                office = company.open_as(company_url, login)
                open_desks.callback(office.close)
                made[login] = Desk(office, book())
            return made[login]

        yield desk_of


def queue(desk: Desk) -> list[str]:
    """The steps that wait for a person's department."""
    return [row.step for row in desk.door.show("process.my_queue").rows]


def later(desk: Desk, by: dt.timedelta) -> None:
    """Time goes by at somebody's desk."""
    door = desk.door
    assert isinstance(door, Office)
    assert isinstance(door.clock, FixedClock)
    door.clock.move(by)


def open_till(desk: Desk, amount: str) -> None:
    """The day begins: change from the bank into the drawer of this station."""
    desk.open("billing.till_list")
    desk.press("open")
    desk.set(float_amount=amount, from_account_id="banco")
    desk.press("save_close")


def ordered(desk: Desk, wares: list[Ware]) -> str:
    """The seller takes a call and confirms what was asked for."""
    desk.open("sales.order_list")
    desk.press("new")
    desk.set(customer_id="padaria")
    desk.scan(wares[0].gtin, f"3*{wares[1].gtin}")
    desk.press("confirm")
    assert desk.page.record.state == "confirmed"
    return str(desk.page.record.id)


def test_one_order_by_five_people(office: Office, desks: Desks, wares: list[Ware]) -> None:
    seller, finance, picker, packer, driver = map(desks, ("sales", "finance", "picking", "shipping", "delivery"))
    assert [queue(desk) for desk in (finance, picker, packer, driver)] == [[]] * 4
    order = ordered(seller, wares)

    assert queue(finance) == ["invoice"]
    open_till(finance, "50")
    finance.open("process.queue_list")
    finance.call(finance.list.open)
    finance.press("invoice")
    assert [paper.document for paper in finance.papers] == ["billing.invoice"]

    assert queue(picker) == ["pick"]
    picker.open("delivery.to_pick")
    picker.press("start")
    place = picker.state.stage.where.value
    picker.scan(place, wares[0].gtin, wares[2].gtin, f"3*{wares[1].gtin}")
    assert queue(packer) == ["pack"]

    packer.open("delivery.to_pack")
    packer.press("scan")
    packer.scan(wares[0].gtin, f"3*{wares[1].gtin}")
    packer.press("close_volume")
    packer.set(weight_kg="2,5")
    packer.press("save_close")
    packer.open("delivery.volume_list")
    assert packer.reason("check") is not None, "who packed a volume does not check it"
    picker.open("delivery.to_pack")
    picker.press("check")
    picker.press("check")
    packer.open("delivery.to_ship")
    packer.press("labels")
    packer.press("ship")
    packer.press("save_close")
    assert [paper.document for paper in packer.papers] == ["delivery.labels"]

    assert queue(driver) == ["deliver"]
    driver.open("delivery.to_deliver")
    driver.press("deliver")
    driver.set(receiver_name="Dona Lourdes", receiver_document="12.345.678-9")
    driver.press("save_close")

    finance.open("billing.receivable_list")
    finance.call(finance.list.open)
    finance.expect(amount=Decimal("9.00"))
    finance.press("receive")
    assert finance.papers[-1].document == "billing.receipt"

    assert [queue(desk) for desk in (seller, finance, picker, packer, driver)] == [[]] * 5
    row = office.one("sales.orders", order)
    assert (row.state, row.total_amount) == ("closed", Decimal("9.00"))
    (shipment,) = office.show("delivery.shipments", {"order_id": order}).rows
    assert (shipment.state, shipment.kept, shipment.receiver_name) == ("delivered", True, "Dona Lourdes")
    (owed,) = office.show("billing.receivables").rows
    assert (owed.state, owed.open_amount) == ("settled", 0)
    assert office.check() == []


def sold(desk: Desk, *codes: str, **paid: str) -> None:
    """A sale at the counter, finished and its receipt printed."""
    desk.open("sales.counter")
    desk.scan(*codes)
    desk.set(**paid)
    desk.press("finish")
    assert desk.papers[-1].document == "sales.counter_receipt"
    desk.close()


def test_a_day_at_the_counter(office: Office, desks: Desks, wares: list[Ware]) -> None:
    cashier = desks("sales")
    open_till(cashier, "100")
    sold(cashier, wares[0].gtin, f"2*{wares[3].gtin}", cash_amount="20")
    sold(cashier, f"4*{wares[5].gtin}", customer_id="escola", pix_amount="20", cash_amount="10")

    # The first buyer brings one piece back and takes something dearer.
    cashier.open("sales.counter_sales")
    cashier.call(lambda: cashier.list.choose(1))
    cashier.press("exchange")
    back, leaves = cashier.form.lines["returned"], cashier.form.lines["lines"]
    back.remove(0)
    back.type_in(0, "quantity", "1")
    leaves.choose(0, "product_id", wares[9].id, wares[9].name)
    leaves.type_in(0, "quantity", "1")
    cashier.set(cash_amount="10")
    cashier.press("exchange")
    assert cashier.papers[-1].document == "sales.counter_receipt"

    cashier.open("billing.till_list")
    cashier.press("withdraw")
    cashier.set(amount="30", to_account_id="banco", reason="Sangria do almoço")
    cashier.press("save_close")
    (open_row,) = cashier.list.rows
    assert (open_row.expected_amount, open_row.counted_amount) == (None, None), "the count is blind"
    # 100 of change, 10.50 and 6 paid in cash, 6 more for the exchange, 30 to the bank: one real is missing.
    cashier.press("close")
    cashier.set(counted_amount="91,50", to_account_id="banco", reason="Troco errado")
    cashier.press("close")
    assert cashier.papers[-1].document == "billing.till_closing"
    (till,) = office.show("billing.tills").rows
    assert (till.state, till.expected_amount, till.difference_amount) == ("closed", Decimal("92.50"), Decimal("-1.00"))
    stock = {row.product_id: row.on_hand for row in office.show("inventory.stock", limit=100).rows}
    assert [counter.STOCK - stock[wares[n].id] for n in (0, 3, 5, 9)] == [1, 1, 4, 1]
    assert office.check() == []


def test_a_month_is_closed_and_opened_again(office: Office, desks: Desks, wares: list[Ware]) -> None:
    finance, accountant = desks("finance"), desks("accounting")
    order = ordered(desks("sales"), wares)
    finance.open("sales.order_page", order)
    finance.press("invoice")
    for desk in (finance, accountant):
        later(desk, dt.timedelta(days=9))
    accountant.open("accounting.period_list")
    accountant.press("close")
    accountant.answer("go")
    (november,) = [row for row in accountant.list.rows if row.starts_on == dt.date(2026, 11, 1)]
    assert november.state == "closed"

    def receive() -> None:
        finance.open("billing.receivable_list")
        finance.call(finance.list.open)
        finance.form.choose("method", "pix")
        finance.set(received_on="30/11/2026", amount="9,20", money_account_id="banco")
        finance.press("receive")

    receive()
    finance.expect_banner("accounting.period_closed")
    finance.open("accounting.period_list")
    assert finance.reason("reopen") is not None, "who receives does not open months"
    accountant.open("accounting.period_list")
    accountant.press("reopen")
    accountant.set(reason="Pix do dia 30 não lançado")
    accountant.press("save_close")
    receive()
    assert finance.papers[-1].document == "billing.receipt"
    accountant.press("close")
    accountant.answer("go")
    (again,) = [row for row in office.show("accounting.periods").rows if row.starts_on == november.starts_on]
    assert (again.state, again.debit_amount - november.debit_amount) == ("closed", Decimal("9.20"))
    assert office.check() == []
