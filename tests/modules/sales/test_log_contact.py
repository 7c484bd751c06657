"""A contact is noted with a customer or just a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_contact_of_a_customer_takes_its_name(shop: Shop) -> None:
    done = shop.office.do("sales.log_contact", channel="phone", customer_id=shop.customer, note="Quer parafusos")
    (row,) = done.rows
    assert (row.name, row.channel, row.note, row.person_name) == ("Maria Souza", "phone", "Quer parafusos", "Ana Prado")
    assert row.order_number is None
    assert row.allowed == ("sales.create_order", "sales.create_quotation")


def test_a_contact_may_be_a_name_alone_and_is_found_without_accents(shop: Shop) -> None:
    shop.office.do("sales.log_contact", channel="whatsapp", name="José da Padaria", reach="11 98765-4321")
    (row,) = shop.office.show("sales.contacts", {"search": "jose 98765"}).rows
    assert (row.name, row.customer_id, row.allowed) == ("José da Padaria", None, ("sales.create_quotation",))


def test_who_spoke_to_us_is_for_those_who_answer_them(shop: Shop) -> None:
    office = shop.office
    office.do("sales.log_contact", channel="phone", name="José", note="Ligar depois das 18")
    for login in ("sales", "commercial", "relations", "analyst", "finance", "legal", "marketing"):
        with acting(office, login):
            assert [row.name for row in office.show("sales.contacts").rows] == ["José"]
    for login in ("delivery", "picking", "shipping", "stock", "accounting", "hr", "it"):
        with acting(office, login), refused(office, "kernel.forbidden"):
            office.show("sales.contacts")


def test_what_is_refused(shop: Shop) -> None:
    office = shop.office
    with refused(office, "sales.contact_without_name"):
        office.do("sales.log_contact", channel="phone")
    with refused(office, "kernel.not_a_choice"):
        office.do("sales.log_contact", channel="fax", name="José")
    with refused(office, "kernel.missing"):
        office.do("sales.log_contact", channel="phone", customer_id="0" * 32)
    with acting(office, "picking"), refused(office, "kernel.forbidden"):
        office.do("sales.log_contact", channel="phone", name="José")
