"""The manifest of the Brazilian pack: what it fills for the modules."""

from __future__ import annotations

from collections.abc import Callable

from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.module import Module
from retaguarda.kernel.reference import import_kind
from retaguarda.kernel.screen import SlotFill
from retaguarda.modules.accounting.ports import CountryChart
from retaguarda.modules.party.ports import TaxId, TaxIds
from retaguarda.modules.reference.ports import CountryTables
from retaguarda.packs.br import ids
from retaguarda.packs.br.chart import BrazilianChart
from retaguarda.packs.br.fitness import DATA_RULES
from retaguarda.packs.br.tables import TABLES, BrazilianTables

_TAX_ID_OF = {"person": "cpf", "company": "cnpj"}


class BrazilTaxIds:
    """CPF, CNPJ, CEP and telephone numbers for the parties."""

    country = "BR"

    def tax_id(self, party_kind: str, text: str) -> TaxId:
        """The CPF of a person or the CNPJ of a company."""
        kind = ids.TAX_IDS[_TAX_ID_OF[party_kind]]
        _refuse(kind.fault, text)
        value = kind.normalise(text)
        return TaxId(kind.code, value, kind.mask(value))

    def postcode(self, text: str) -> str:
        """The CEP with its hyphen."""
        _refuse(ids.cep_fault, text)
        return ids.mask_cep(text)

    def phone(self, text: str) -> str:
        """The number with its area code in brackets."""
        _refuse(ids.phone_fault, text)
        return ids.mask_phone(text)

    def digits(self, text: str) -> str:
        """The bare characters of a number."""
        return ids.search_digits(text)


def _refuse(fault: Callable[[str], str | None], text: str) -> None:
    code = fault(text)
    if code is not None:
        raise ValueFault(code)


PACK = Module(
    name="br",
    needs=("company", "reference", "party", "accounting"),
    ports={TaxIds: BrazilTaxIds(), CountryChart: BrazilianChart(), CountryTables: BrazilianTables()},
    slots=tuple(SlotFill("imports.wizard", "kinds", import_kind(table)) for table in TABLES),
    data_rules=DATA_RULES,
)
