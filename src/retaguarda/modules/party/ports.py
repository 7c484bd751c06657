"""What parties need from a country's pack: tax identities, postcodes and telephone numbers, read and written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from retaguarda.kernel.kinds import ValueFault


@dataclass(frozen=True, slots=True)
class TaxId:
    """A tax identity: its kind (`cpf`, `cnpj`), the stored form and the form people read."""

    kind: str
    value: str
    shown: str


class TaxIds(Protocol):
    """A country's identities as text, never as numbers. Every method raises `ValueFault` with the pack's own code."""

    country: str

    def tax_id(self, party_kind: str, text: str) -> TaxId:
        """The identity of a `person` or a `company`, checked."""

    def postcode(self, text: str) -> str:
        """The postcode as it is written."""

    def phone(self, text: str) -> str:
        """The telephone number as it is written."""

    def digits(self, text: str) -> str:
        """The bare characters by which a number is found, however it was typed."""


class PlainTaxIds:
    """Where no pack knows the country: texts are taken as they are, unchecked."""

    country = ""

    def tax_id(self, party_kind: str, text: str) -> TaxId:
        value = "".join(text.split()).upper()
        if not value:
            raise ValueFault("kernel.required")
        return TaxId("tax_id", value, text.strip())

    def postcode(self, text: str) -> str:
        return text.strip().upper()

    def phone(self, text: str) -> str:
        return text.strip()

    def digits(self, text: str) -> str:
        return "".join(char for char in text if char.isalnum())
