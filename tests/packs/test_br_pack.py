"""What the Brazilian pack fills for the parties."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import registry
from retaguarda.kernel.kinds import ValueFault
from retaguarda.modules.party.ports import TaxIds
from retaguarda.packs.br.pack import PACK, BrazilTaxIds

BRAZIL = BrazilTaxIds()


def test_the_office_asks_the_pack() -> None:
    assert isinstance(registry().ports[TaxIds], BrazilTaxIds)
    assert PACK.needs == ("company", "reference", "party", "accounting")
    assert BRAZIL.country == "BR"


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "shown"),
    [
        ("company", " 11.222.333/0001-81", "11222333000181", "11.222.333/0001-81"),
        ("company", "12abc34501de35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("person", "529 982 247 25", "52998224725", "529.982.247-25"),
    ],
)
def test_identities_are_stored_bare_and_shown_masked(kind: str, typed: str, stored: str, shown: str) -> None:
    found = BRAZIL.tax_id(kind, typed)
    assert (found.value, found.shown) == (stored, shown)
    assert BRAZIL.tax_id(kind, found.shown) == found


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("person", "11.222.333/0001-81", "br.cpf.length"),
        ("company", "52998224725", "br.cnpj.length"),
        ("company", "11.222.333/0001-82", "br.cnpj.check_digits"),
        ("person", "111.111.111-11", "br.cpf.repeated"),
    ],
)
def test_what_is_wrong_has_the_packs_own_code(kind: str, typed: str, code: str) -> None:
    with pytest.raises(ValueFault) as caught:
        BRAZIL.tax_id(kind, typed)
    assert caught.value.code == code


def test_postcodes_and_telephones_are_written_as_people_read_them() -> None:
    assert (BRAZIL.postcode("01310100"), BRAZIL.phone("+55 11 98765-4321")) == ("01310-100", "(11) 98765-4321")
    assert (BRAZIL.digits("(11) 98765-4321"), BRAZIL.digits("rua")) == ("11987654321", "")
    for read, text, code in (
        (BRAZIL.postcode, "0", "br.cep.length"),
        (BRAZIL.phone, "(20) 3456-7890", "br.phone.area_code"),
    ):
        with pytest.raises(ValueFault) as caught:
            read(text)
        assert caught.value.code == code
