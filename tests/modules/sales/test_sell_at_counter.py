"""The counter: one command takes the goods out, bills, and puts the payment into the till."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from retaguarda.app.compose import book
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

FAILS = frozenset({"failure"})
MOST_STATEMENTS = 40


def ready(shop: Shop) -> Shop:
    """A bank account, and the till of this station open with 50 in it."""
    do = shop.office.do
    bank = do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="500").value["id"]
    do("accounting.add_money_account", name="Caixa 1", kind="till", station=shop.office.actor.station)
    do("billing.open_till", float_amount="50", from_account_id=bank)
    return shop


@pytest.fixture
def counter(shop: Shop) -> Shop:
    return ready(shop)


def sell(shop: Shop, *asked: tuple[int, str], **more: Any) -> Any:
    return shop.office.do(("sales.sell_at_counter", {"lines": shop.lines(*asked), **more})).value


def balances(shop: Shop) -> dict[str, Decimal]:
    rows = shop.office.show("accounting.money_accounts").rows
    return {row.kind: row.balance for row in rows if row.kind in ("bank", "till")}


def test_without_a_name_and_in_cash(counter: Shop) -> None:
    done = sell(counter, (0, "2"), (3, "1"), cash_amount="100")
    assert (done["total"], done["change"]) == ("70.00", "30.00")
    row = counter.row(done["id"])
    assert (row.customer_name, row.state, row.total_amount, row.allowed) == ("Consumidor final", "closed", 70, ())
    assert (counter.stock(0).on_hand, counter.stock(0).reserved) == (8, 0)
    assert balances(counter)["till"] == 120
    (sale,) = counter.office.show("sales.counter_sales").rows
    assert (sale.paid_amount, sale.change_amount, sale.credit_amount) == (100, 30, 0)
    (invoice,) = counter.office.show("billing.invoices", {"source_id": done["id"]}).rows
    assert invoice.total_amount == 70
    again = sell(counter, (0, "1"))
    assert counter.row(again["id"]).customer_id == row.customer_id
    assert all(p.kept for p in counter.promises(done["id"]))
    assert counter.office.check() == []


def test_several_ways_go_together_and_only_cash_gives_change(counter: Shop) -> None:
    with refused(counter.office, "sales.sell_at_counter.not_paid") as caught:
        sell(counter, (2, "2"), pix_amount="20", card_amount="30")
    assert caught[0].params["missing"] == 10
    with refused(counter.office, "sales.sell_at_counter.paid_over"):
        sell(counter, (2, "2"), pix_amount="70", cash_amount="5")
    done = sell(counter, (2, "2"), pix_amount="20", card_amount="30", cash_amount="20")
    assert done["change"] == "10.00"
    assert balances(counter) == {"bank": 500 - 50 + 50, "till": 60}
    paid = counter.office.show("sales.counter_payments", {"order_id": done["id"]}, "position").rows
    assert sorted((p.method, p.amount) for p in paid) == [("card", 30), ("cash", 10), ("pix", 20)]
    assert counter.office.check() == []


def test_a_known_customer_pays_with_credit(counter: Shop) -> None:
    office = counter.office
    order = counter.order((1, "1"))
    office.do("billing.receive_payment", invoice_id=counter.do("invoice_order", order)["invoice_id"], amount="20")
    office.do("billing.credit_invoice", invoice_id=office.show("billing.invoices").rows[0].id, reason="Desconto")
    with refused(office, "billing.not_so_much_credit"):
        sell(counter, (0, "3"), customer_id=counter.customer, credit_amount="30")
    done = sell(counter, (0, "3"), customer_id=counter.customer, credit_amount="20", cash_amount="10")
    (sale,) = office.show("sales.counter_sales", {"id": done["id"]}).rows
    assert (sale.credit_amount, sale.paid_amount) == (20, 10)
    assert office.check() == []


def test_what_is_refused(counter: Shop) -> None:
    office = counter.office
    with refused(office, "sales.sell_at_counter.no_stock", also=FAILS):
        sell(counter, (0, "11"))
    with acting(office, "sales"), refused(office, "sales.discount_over_limit"):
        office.do(("sales.sell_at_counter", {"lines": [counter.line(0, "1", discount_rate="0.1")]}))
    for role in ("finance", "picking"):
        with acting(office, role), refused(office, "kernel.forbidden"):
            sell(counter, (0, "1"))
    office.do("party.block_customer", party_id=counter.customer, reason="Não pagou")
    with refused(office, "party.blocked"):
        sell(counter, (0, "1"), customer_id=counter.customer)


def test_without_till_or_bank(shop: Shop) -> None:
    with refused(shop.office, "billing.no_open_till"):
        sell(shop, (0, "1"))
    with refused(shop.office, "sales.sell_at_counter.no_bank"):
        sell(shop, (0, "1"), pix_amount="10")


def test_the_receipt_says_everything(counter: Shop) -> None:
    done = sell(counter, (0, "2"), cash_amount="50", customer_note="Obrigado")
    pdf = counter.office.print("sales.counter_receipt", order_id=done["id"])
    assert pdf.startswith(b"%PDF")
    with refused(counter.office, "kernel.required"):
        counter.office.print("sales.counter_receipt")


def statements(shop: Shop, do: Callable[[], object]) -> int:
    """How many statements a deed takes."""
    before = shop.office.bus.statements.count
    do()
    return shop.office.bus.statements.count - before


def test_a_sale_is_far_cheaper_than_the_commands_it_stands_for(counter: Shop) -> None:
    """One transaction does what seven commands do otherwise; docs/DECISIONS.md says why it is above 24."""
    sell(counter, (0, "1"), (1, "1"))
    sale = statements(counter, lambda: sell(counter, (0, "1"), (1, "1"), cash_amount="30"))
    lines = counter.lines((0, "1"), (1, "1"))
    made = counter.office.do(("sales.place_order", {"customer_id": counter.customer, "lines": lines})).value["id"]

    def step(name: str, **more: Any) -> int:
        return statements(counter, lambda: counter.office.do(name, order_id=made, **more))

    steps = [step("sales.invoice_order"), step("delivery.pick_order"), step("delivery.ship_order")]
    steps.append(step("delivery.deliver_order", receiver_name="Maria"))
    owed = counter.office.show("billing.receivables", {"party_id": counter.customer}).rows[0].id
    parts = [{"receivable_id": owed}]
    steps.append(statements(counter, lambda: counter.office.do("billing.receive_payment", parts=parts)))
    assert sale <= MOST_STATEMENTS
    assert sale * 2 < sum(steps)


def test_entries_of_a_sale_are_written_once(counter: Shop) -> None:
    """Goods, invoice and payment each book by their own rule, in one statement for each table."""
    sell(counter, (0, "1"), (1, "1"))
    tape: list[tuple[str, list[Any]]] = []
    counter.office.bus.statements.tape = tape
    sell(counter, (0, "1"), (3, "1"))
    counter.office.bus.statements.tape = None
    tables = [sql.split()[2] for sql, _ in tape if sql.startswith("INSERT")]
    assert sorted(tables) == sorted(set(tables))
    assert counter.office.check() == []


def test_at_the_desk_by_keyboard(counter: Shop) -> None:
    with acting(counter.office, "sales"):
        desk = Desk(counter.office, book())
        desk.open("sales.counter")
        desk.scan("P-1", "P-1", "P-2")
        desk.set(cash_amount="30")
        (card,) = desk.entry.summaries()
        assert [fact.value for fact in card.facts if fact.label == "sales.counter.missing"] == [10]
        desk.set(cash_amount="50")
        desk.press("finish")
        assert desk.papers[-1].document == "sales.counter_receipt"
        assert not desk.papers[-1].asked, "the next customer's scan must not meet a preview"
        assert desk.entry.key == ""
        assert len(desk.entry.grid.filled) == 0
        desk.expect(cash_amount=None)
