"""The printed quotation and order: what the customer needs, nothing internal, in both languages; and its key."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from retaguarda.app.compose import book
from retaguarda.kernel.errors import Forbidden, Missing
from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def words(data: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return text.replace("\u00a0", " ")


def printed(shop: Shop, order_id: str, language: str = "pt_BR") -> str:
    office = shop.office
    before = office.actor
    office.actor = dataclasses.replace(before, language=language)
    try:
        return words(office.print_document("sales.order", {"order_id": order_id}))
    finally:
        office.actor = before


def test_a_quotation_says_until_when_it_holds(shop: Shop) -> None:
    key = shop.quote(customer_note="Entregar pela manhã.", internal_note="Cliente difícil.")
    row = shop.row(key)
    text = printed(shop, key)
    for said in (f"Orçamento {row.number}", row.customer_name, "Válido até", "Entregar pela manhã.", "Total"):
        assert said in text, said
    assert "Cliente difícil" not in text


def test_an_order_says_what_is_promised_in_the_readers_language(shop: Shop) -> None:
    key = shop.order((0, "2"), (1, "1"))
    number = shop.row(key).number
    assert f"Pedido {number}" in printed(shop, key)
    text = printed(shop, key, "en")
    for said in (f"Order {number}", "Promised for", "This paper is not a fiscal document."):
        assert said in text, said
    assert "Valid until" not in text


def test_which_order_must_be_said_and_there(shop: Shop) -> None:
    with refused(shop.office, "kernel.required"):
        shop.office.print_document("sales.order", {})
    with pytest.raises(Missing):
        shop.office.print_document("sales.order", {"order_id": new_id()})


def test_who_may_not_see_orders_prints_none(shop: Shop) -> None:
    key = shop.order()
    with acting(shop.office, "hr"), pytest.raises(Forbidden):
        shop.office.print_document("sales.order", {"order_id": key})


def test_confirming_and_printing_is_one_press(shop: Shop) -> None:
    key = shop.quote()
    desk = Desk(shop.office, book())
    desk.open("sales.order_page", key)
    desk.press("confirm_print")
    assert desk.page.record.state == "confirmed"
    (paper,) = desk.papers
    assert paper.asked
    assert f"Pedido {shop.row(key).number}" in words(paper.pdf)
