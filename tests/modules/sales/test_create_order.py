"""A contact becomes an order in one action; the order keeps contact and channel (C5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_the_order_keeps_contact_and_channel(shop: Shop) -> None:
    contact = shop.office.do("sales.log_contact", channel="whatsapp", customer_id=shop.customer).value["id"]
    (row,) = shop.office.do("sales.create_order", contact_id=contact).rows
    assert (row.channel, row.customer_name, row.total_amount) == ("whatsapp", "Maria Souza", 0)
    (same,) = shop.office.show("sales.orders", {"contact_id": contact}).rows
    assert same.id == row.id
    (known,) = shop.office.show("sales.contacts").rows
    assert (known.order_number, known.order_id, known.opens) == (row.number, row.id, "sales.order_page")


def test_lines_may_come_along(shop: Shop) -> None:
    contact = shop.office.do("sales.log_contact", channel="site", name="Visita").value["id"]
    (row,) = shop.office.do(
        "sales.create_order", contact_id=contact, customer_id=shop.customer, lines=shop.lines((0, "2"))
    ).rows
    assert row.total_amount == 20


def test_what_is_refused(shop: Shop) -> None:
    office = shop.office
    nameless = office.do("sales.log_contact", channel="phone", name="Alguém").value["id"]
    with refused(office, "sales.contact_without_customer"):
        office.do("sales.create_order", contact_id=nameless)
    with refused(office, "kernel.missing"):
        office.do("sales.create_order", contact_id="0" * 32)
