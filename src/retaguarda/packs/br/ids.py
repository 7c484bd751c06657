"""Brazilian identities as text: CPF, CNPJ (letters since 2026-07), CEP and telephone numbers.

CNPJ with letters: Instrução Normativa RFB 2.229/2024; a letter counts as its ASCII code minus 48, both check digits
stay numeric. Nothing here is ever kept as an integer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_CNPJ_FORM = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_PUNCTUATION = re.compile(r"[\s./()\-–—\u00a0\u200b\u2011]+")
# Anatel, Plano Geral de Códigos Nacionais: two digits without zero, less those never given out.
_UNUSED_AREA_CODES = (23, 25, 26, 29, 36, 39, 52, 56, 57, 58, 59, 72, 76, 78)
_AREA_CODES = frozenset(str(code) for code in range(11, 100) if code % 10 and code not in _UNUSED_AREA_CODES)
_SERVICE_PREFIXES = ("0300", "0303", "0500", "0800", "0900")


@dataclass(frozen=True, slots=True)
class TaxIdKind:
    """One kind of tax identity: `normalise` gives the stored form, `fault` a code or None, `mask` the printed form."""

    code: str
    normalise: Callable[[str], str]
    fault: Callable[[str], str | None]
    mask: Callable[[str], str]


def normalise(text: str) -> str:
    """The text without punctuation and spaces, in capitals: the stored form of CPF, CNPJ and CEP."""
    return _PUNCTUATION.sub("", text).upper()


def cpf_fault(text: str) -> str | None:
    """What is wrong with a CPF: `br.cpf.characters`, `br.cpf.length`, `br.cpf.repeated`, `br.cpf.check_digits`."""
    digits = normalise(text)
    if not _is_digits(digits):
        return "br.cpf.characters"
    if len(digits) != 11:
        return "br.cpf.length"
    if len(set(digits)) == 1:
        return "br.cpf.repeated"
    return None if digits[9:] == cpf_check_digits(digits[:9]) else "br.cpf.check_digits"


def cpf_check_digits(body: str) -> str:
    """Both check digits for the nine digits before them."""
    first = _check_digit(body, highest_weight=11)
    return first + _check_digit(body + first, highest_weight=11)


def cnpj_fault(text: str) -> str | None:
    """What is wrong with a CNPJ: `br.cnpj.length`, `br.cnpj.characters`, `br.cnpj.repeated`, `br.cnpj.check_digits`."""
    value = normalise(text)
    if len(value) != 14:
        return "br.cnpj.length" if value.isascii() and value.isalnum() else "br.cnpj.characters"
    if not _CNPJ_FORM.fullmatch(value):
        return "br.cnpj.characters"
    if len(set(value)) == 1:
        return "br.cnpj.repeated"
    return None if value[12:] == cnpj_check_digits(value[:12]) else "br.cnpj.check_digits"


def cnpj_check_digits(body: str) -> str:
    """Both check digits for the twelve characters before them (digits or capitals)."""
    first = _check_digit(body, highest_weight=9)
    return first + _check_digit(body + first, highest_weight=9)


def cep_fault(text: str) -> str | None:
    """What is wrong with a CEP: `br.cep.characters`, `br.cep.length` or `br.cep.zero`."""
    digits = normalise(text)
    if not _is_digits(digits):
        return "br.cep.characters"
    if len(digits) != 8:
        return "br.cep.length"
    return "br.cep.zero" if digits == "00000000" else None


def normalise_phone(text: str) -> str:
    """National digits with the area code, without +55, trunk zero and carrier (0 15 11 …); other countries keep `+`."""
    value = _PUNCTUATION.sub("", text)
    if value.startswith("+"):
        return value[3:] if value.startswith("+55") else value
    if not _is_digits(value) or value.startswith(_SERVICE_PREFIXES):
        return value
    if value.startswith("55") and len(value) in (12, 13):
        return value[2:]
    if value.startswith("0"):
        return value[3:] if len(value) in (13, 14) else value[1:]
    return value


def phone_fault(text: str) -> str | None:
    """What is wrong with a telephone number: `br.phone.characters`, `.length`, `.area_code` or `.mobile`."""
    value = normalise_phone(text)
    if not _is_digits(value.removeprefix("+")):
        return "br.phone.characters"
    if value.startswith("+"):
        # E.164 allows 15 digits; no country has fewer than 7 with its code.
        return None if 7 <= len(value) - 1 <= 15 else "br.phone.length"
    if value.startswith(_SERVICE_PREFIXES):
        return None if len(value) in (10, 11) else "br.phone.length"
    if len(value) not in (10, 11):
        return "br.phone.length"
    if value[:2] not in _AREA_CODES:
        return "br.phone.area_code"
    # Eleven digits are mobile numbers, which begin with 9 since 2016 (Anatel, Resolução 553/2010).
    return "br.phone.mobile" if len(value) == 11 and value[2] != "9" else None


def mask_cpf(text: str) -> str:
    """`529.982.247-25`; a text of another length comes back as it was."""
    value = normalise(text)
    return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}" if len(value) == 11 else text


def mask_cnpj(text: str) -> str:
    """`12.ABC.345/01DE-35`; a text of another length comes back as it was."""
    value = normalise(text)
    if len(value) != 14:
        return text
    return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"


def mask_cep(text: str) -> str:
    """`01310-100`; a text of another length comes back as it was."""
    value = normalise(text)
    return f"{value[:5]}-{value[5:]}" if len(value) == 8 else text


def mask_phone(text: str) -> str:
    """`(11) 98765-4321`, `(11) 3456-7890`, `0800 123 4567`; other countries and odd lengths stay digits."""
    value = normalise_phone(text)
    if value.startswith(_SERVICE_PREFIXES) and len(value) in (10, 11):
        return f"{value[:4]} {value[4:7]} {value[7:]}"
    if value.startswith("+") or len(value) not in (10, 11):
        return value
    return f"({value[:2]}) {value[2:-4]}-{value[-4:]}"


def search_digits(text: str) -> str:
    """The characters a number is found by, however it was typed: `12.abc.345/01` is `12ABC34501`, words give ``."""
    value = normalise(text).removeprefix("+")
    return value if value.isascii() and value.isalnum() and any(char.isdigit() for char in value) else ""


TAX_IDS: Mapping[str, TaxIdKind] = MappingProxyType(
    {
        "cpf": TaxIdKind("cpf", normalise, cpf_fault, mask_cpf),
        "cnpj": TaxIdKind("cnpj", normalise, cnpj_fault, mask_cnpj),
    }
)
"""The tax identities of Brazil by code, for the port of `party`."""


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_digit(body: str, highest_weight: int) -> str:
    """Modulo 11 with weights 2, 3, … from the right, beginning again at 2 after `highest_weight`."""
    span = highest_weight - 1
    total = sum((ord(char) - 48) * (2 + place % span) for place, char in enumerate(reversed(body)))
    rest = total % 11
    return "0" if rest < 2 else str(11 - rest)
