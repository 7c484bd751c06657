"""The order entry, driven as a person drives it: customer, scans, short lines named at once, confirmed by one key."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.screen import LineValues, Note, Phrase
from retaguarda.kernel.text import Texts
from retaguarda.modules.inventory import queries as inventory
from retaguarda.modules.sales.screens import entry
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


@pytest.fixture
def texts() -> Texts:
    return Texts("pt_BR", strict=True)


@pytest.fixture
def desk(shop: Shop, texts: Texts) -> Desk:
    return Desk(shop.office, book(), texts)


def said(texts: Texts, phrase: Phrase | None) -> str:
    return "" if phrase is None else texts.say(phrase.code, **phrase.params)


def test_from_the_first_key_to_the_confirmed_order(desk: Desk, shop: Shop, texts: Texts) -> None:
    desk.open("sales.order_entry")
    desk.set(customer_id="Maria", payment_terms="30/60")
    desk.scan("P-1", "3*P-2", "P-1", "S-1", "nada")
    lines, notes = desk.entry.values().lines, desk.entry.values().notes
    assert [(line.info["code"], line.values["quantity"], line.derived["net_amount"]) for line in lines] == [
        ("P-1", 2, 20),
        ("P-2", 3, 60),
        ("S-1", 1, 50),
    ]
    assert [said(texts, note.text) for note in notes if note is not None] == ["Livre 10", "Livre 10", "Serviço"]
    assert notes[0] is not None
    assert said(texts, notes[0].sub) == "reservado 0 · estoque às 12:00"
    assert desk.entry.scanning.unknown == ["nada"]
    desk.press("confirm")
    assert desk.state.screen.name == "sales.order_page"
    assert (desk.state.row.state, desk.state.row.total_amount) == ("confirmed", Decimal(130))
    assert shop.stock(1).reserved == 3


def test_a_short_order_stays_in_front_with_everything_that_was_typed(desk: Desk, shop: Shop, texts: Texts) -> None:
    desk.open("sales.order_entry")
    desk.set(customer_id="Maria")
    desk.scan("12*P-1")
    promise, totals = desk.entry.summaries()
    assert (promise.pill and promise.pill.level, totals.facts[-1].value) == ("bad", Decimal(120))
    desk.press("confirm")
    assert desk.state.screen.name == "sales.order_entry"
    banner = desk.state.banner
    assert banner is not None
    assert said(texts, banner.text).startswith("Pedido 1: faltam 2 de 12 ‘Produto 1’ no depósito Estoque principal.")
    assert desk.entry.number == "1"
    desk.set_line(1, quantity="10")
    desk.press("confirm")
    assert desk.state.row.state == "confirmed"
    assert shop.stock(0).free == 0


def test_a_quotation_opens_again_with_its_lines(desk: Desk, shop: Shop) -> None:
    key = shop.quote((0, "2"), (3, "1"))
    desk.open("sales.order_list")
    desk.press("revise")
    entry_state = desk.entry
    assert entry_state.key == key
    assert [line.info["code"] for line in entry_state.values().lines] == ["P-1", "S-1"]
    desk.scan("P-3")
    desk.press("save")
    assert shop.row(key).total_amount == Decimal(100)


def test_a_contact_becomes_an_order_with_one_key(desk: Desk, shop: Shop) -> None:
    shop.office.do("sales.log_contact", channel="phone", customer_id=shop.customer)
    desk.open("sales.contact_list")
    desk.press("order")
    assert desk.state.screen.name == "sales.order_entry"
    desk.scan("P-1")
    desk.press("confirm")
    (row,) = shop.office.show("sales.orders").rows
    assert (row.channel, row.state, row.total_amount) == ("phone", "confirmed", Decimal(10))


def answer(free: str, incoming: str | None = None) -> inventory.stock.AvailabilityRow:
    """What the stock says: ten on hand less what is not free."""
    row: inventory.stock.AvailabilityRow = object.__new__(inventory.stock.AvailabilityRow)
    values: dict[str, object] = {
        "free": Decimal(free),
        "reserved": Decimal(1),
        "incoming_on": None,
        "incoming_quantity": None,
        "at": None,
    }
    if incoming:
        values |= {"incoming_on": incoming, "incoming_quantity": Decimal(5)}
    for name, value in values.items():
        object.__setattr__(row, name, value)
    return row


def line(number: int, product: str, quantity: str, free: str, incoming: str | None = None) -> LineValues:
    values = {"product_id": product, "quantity": Decimal(quantity)}
    return LineValues(number, values, {"kind": "stock"}, answer(free, incoming))


def codes(notes: tuple[Note | None, ...]) -> list[tuple[str, str, str]]:
    return [
        (note.level, note.text.code.rpartition(".")[2], note.inline.code.rpartition(".")[2] if note.inline else "")
        for note in notes
        if note is not None
    ]


def test_one_product_on_two_lines_is_one_need() -> None:
    judged = entry.judge([line(1, "a", "6", "10"), line(2, "b", "1", "5"), line(3, "a", "6", "10")])
    assert codes(judged) == [("bad", "short", "reduce"), ("ok", "free", ""), ("bad", "short", "reduce")]
    assert judged[0] is not None
    assert judged[0].text.params["short"] == Decimal(2)


def test_the_last_pieces_and_what_is_on_its_way_are_said() -> None:
    judged = entry.judge([line(1, "a", "10", "10"), line(2, "b", "1", "0", "2026-11-25"), line(3, "c", "1", "0")])
    assert codes(judged) == [("warn", "last", ""), ("bad", "short", "wait_or_reduce"), ("bad", "short", "take_out")]


def test_a_line_without_a_product_or_an_answer_is_not_judged() -> None:
    blank = LineValues(1, {"product_id": None}, {})
    asking = LineValues(2, {"product_id": "a", "quantity": Decimal(1)}, {"kind": "stock"})
    notes = entry.judge([blank, asking])
    assert notes[0] is None
    assert codes(notes) == [("", "asking", "")]
