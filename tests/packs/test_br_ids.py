"""Brazilian identities: official examples, pasted forms, every fault."""

from __future__ import annotations

import pytest
import validate_docbr
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.packs.br.ids import (
    TAX_IDS,
    cep_fault,
    cnpj_check_digits,
    mask_cep,
    mask_phone,
    normalise,
    normalise_phone,
    phone_fault,
    search_digits,
)


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("cpf", "529.982.247-25", None),
        ("cpf", " 52998224725 ", None),
        ("cpf", "529 982 247/25", None),
        ("cpf", "111.444.777-35", None),
        ("cpf", "529.982.247-26", "br.cpf.check_digits"),
        ("cpf", "111.111.111-11", "br.cpf.repeated"),
        ("cpf", "529.982.247", "br.cpf.length"),
        ("cpf", "529.982.247-2X", "br.cpf.characters"),
        ("cpf", "", "br.cpf.characters"),
        ("cnpj", "11.222.333/0001-81", None),
        ("cnpj", "11222333000181", None),
        # The example of the Receita Federal's leaflet on the alphanumeric CNPJ.
        ("cnpj", "12.ABC.345/01DE-35", None),
        ("cnpj", "12abc34501de35", None),
        ("cnpj", "12.ABC.345/01DE-36", "br.cnpj.check_digits"),
        ("cnpj", "11.222.333/0001-82", "br.cnpj.check_digits"),
        ("cnpj", "12.ABC.345/01DE-3A", "br.cnpj.characters"),
        ("cnpj", "12.AÇC.345/01DE-35", "br.cnpj.characters"),
        ("cnpj", "11.222.333/0001", "br.cnpj.length"),
        ("cnpj", "00.000.000/0000-00", "br.cnpj.repeated"),
        ("cnpj", "", "br.cnpj.characters"),
    ],
)
def test_tax_ids(kind: str, text: str, fault: str | None) -> None:
    assert TAX_IDS[kind].fault(text) == fault


@pytest.mark.parametrize(
    ("kind", "text", "stored", "printed"),
    [
        ("cpf", " 529.982.247-25", "52998224725", "529.982.247-25"),
        ("cnpj", "12abc34501de35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("cnpj", "11222333/0001", "112223330001", "11222333/0001"),
    ],
)
def test_stored_and_printed_forms(kind: str, text: str, stored: str, printed: str) -> None:
    assert TAX_IDS[kind].code == kind
    assert TAX_IDS[kind].normalise(text) == stored
    assert TAX_IDS[kind].mask(text) == printed


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12).filter(lambda b: len(set(b)) > 1))
def test_every_completed_cnpj_is_right_and_survives_its_mask(body: str) -> None:
    kind = TAX_IDS["cnpj"]
    whole = body + cnpj_check_digits(body)
    assert kind.fault(whole) is None
    assert kind.normalise(kind.mask(whole).lower()) == whole
    wrong = whole[:-1] + str((int(whole[-1]) + 1) % 10)
    assert kind.fault(wrong) == "br.cnpj.check_digits"


@pytest.mark.parametrize(
    ("text", "fault", "printed"),
    [
        ("01310-100", None, "01310-100"),
        ("01.310-100", None, "01310-100"),
        ("01310100", None, "01310-100"),
        ("1310100", "br.cep.length", "1310100"),
        ("0131010A", "br.cep.characters", "0131010A"),
        ("00000-000", "br.cep.zero", "00000-000"),
    ],
)
def test_cep(text: str, fault: str | None, printed: str) -> None:
    assert cep_fault(text) == fault
    assert normalise(text) == normalise(printed)
    if fault is None:
        assert mask_cep(text) == printed


@pytest.mark.parametrize(
    ("text", "stored", "printed"),
    [
        ("(11) 98765-4321", "11987654321", "(11) 98765-4321"),
        ("+55 11 98765-4321", "11987654321", "(11) 98765-4321"),
        ("5511987654321", "11987654321", "(11) 98765-4321"),
        ("011 98765 4321", "11987654321", "(11) 98765-4321"),
        ("0 15 11 3456-7890", "1134567890", "(11) 3456-7890"),
        ("55 3222-1234", "5532221234", "(55) 3222-1234"),
        ("0800 123 4567", "08001234567", "0800 123 4567"),
        ("+351 912 345 678", "+351912345678", "+351912345678"),
    ],
)
def test_phones_in_any_form(text: str, stored: str, printed: str) -> None:
    assert normalise_phone(text) == stored
    assert phone_fault(text) is None
    assert mask_phone(text) == printed
    assert normalise_phone(printed) == stored


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("98765-4321", "br.phone.length"),
        ("(20) 98765-4321", "br.phone.area_code"),
        ("(11) 88765-4321", "br.phone.mobile"),
        ("11 9876A-4321", "br.phone.characters"),
        ("+1", "br.phone.length"),
        ("0800 12", "br.phone.length"),
        ("", "br.phone.characters"),
    ],
)
def test_wrong_phones_are_named(text: str, fault: str) -> None:
    assert phone_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("12.abc.345/01", "12ABC34501"),
        ("529.982", "529982"),
        ("(11) 98765", "1198765"),
        ("Maria", ""),
        ("São Paulo 2", ""),
        ("", ""),
    ],
)
def test_numbers_are_found_however_typed(text: str, found_by: str) -> None:
    assert search_digits(text) == found_by


@given(st.text("0123456789", min_size=11, max_size=11), st.text("0123456789", min_size=9, max_size=9))
def test_an_independent_library_agrees_about_cpf(digits: str, body: str) -> None:
    judge = validate_docbr.CPF()
    for text in (digits, judge.generate(), body + "00"):
        assert (TAX_IDS["cpf"].fault(text) is None) == judge.validate(text)


@given(st.text("0123456789ABCXYZ", min_size=12, max_size=12), st.text("0123456789", min_size=2, max_size=2))
def test_an_independent_library_agrees_about_cnpj(body: str, end: str) -> None:
    judge = validate_docbr.CNPJ()
    for text in (body + end, body + cnpj_check_digits(body), judge.generate()):
        assert (TAX_IDS["cnpj"].fault(text) is None) == judge.validate(text)
