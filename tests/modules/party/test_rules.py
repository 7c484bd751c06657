"""Pure rules of parties."""

from __future__ import annotations

import pytest

from retaguarda.modules.party import rules
from retaguarda.modules.party.ports import PlainTaxIds


def test_names_alike_have_one_key() -> None:
    assert rules.name_key("Padaria São João") == rules.name_key("joão  sao PADARIA") == "joao padaria sao"
    assert rules.name_key("Silva & Cia.") == rules.name_key("cia silva")
    assert rules.name_key("Silva") != rules.name_key("Silvas")


@pytest.mark.parametrize("text", ["a@b.co", "ana.prado+nfe@loja.com.br", "josé@correio.com"])
def test_addresses_of_mail(text: str) -> None:
    assert rules.is_email(text)


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.com", "a@b.com, c@d.com", "@b.com", "a@b..", "a@@b.com"])
def test_no_addresses_of_mail(text: str) -> None:
    assert not rules.is_email(text)


def test_where_no_pack_knows_the_country_texts_are_taken_as_they_are() -> None:
    plain = PlainTaxIds()
    assert plain.tax_id("company", " de 123 456 ").value == "DE123456"
    assert (plain.postcode(" sw1a 1aa "), plain.phone(" +44 20 "), plain.digits("(20) 7-x")) == (
        "SW1A 1AA",
        "+44 20",
        "207x",
    )
