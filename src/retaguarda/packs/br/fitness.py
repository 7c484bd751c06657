"""What a Brazilian invoice asks of whom it is for: a CPF or CNPJ whose digits check.

The program takes no CPF or CNPJ that is wrong; what came in before Brazil was the company's country, or by another
road, is found here. `br.ids` says the same of one text.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, select

from retaguarda.kernel import reference
from retaguarda.kernel.data_rules import DataRule, all_digits, digit_at, found
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_PARTY = party.party
_HERE = select(company.company.c.id).where(company.company.c.country == "BR").exists()
_ADDRESS, _ROW = party.main_address, reference.row
_CITY = select(_ROW.c.id).where(
    reference.is_in_force(reference.CITY), _ROW.c.name == _ADDRESS.c.city, _ROW.c.within == _ADDRESS.c.state
)


def _checked(weights: Sequence[int]) -> ColumnElement[bool]:
    """Whether the character behind those that are weighed is their check digit, modulo 11."""
    first, *rest = (digit_at(_PARTY.c.tax_id, place) * weight for place, weight in enumerate(weights, 1))
    left = sum(rest, first) % 11
    return digit_at(_PARTY.c.tax_id, len(weights) + 1) == case((left < 2, 0), else_=11 - left)


def _whole(length: int, *weights: Sequence[int]) -> ColumnElement[bool]:
    """A tax identity of so many characters, not all of them alike, both of whose check digits are right."""
    alike = func.ltrim(_PARTY.c.tax_id, func.substr(_PARTY.c.tax_id, 1, 1)) == ""
    return and_(func.length(_PARTY.c.tax_id) == length, ~alike, *(_checked(one) for one in weights))


_CPF = and_(all_digits(_PARTY.c.tax_id), _whole(11, range(10, 1, -1), range(11, 1, -1)))
_CNPJ = _whole(14, (*range(5, 1, -1), *range(9, 1, -1)), (*range(6, 1, -1), *range(9, 1, -1)))
_HOLDS = case((_PARTY.c.kind == "person", _CPF), else_=_CNPJ)

DATA_RULES = (
    DataRule(
        "br.invalid_tax_id",
        "party",
        found(_PARTY.c.id, detail=_PARTY.c.tax_id_shown).where(
            _HERE, _PARTY.c.archived.is_(False), _PARTY.c.tax_id.is_not(None), ~_HOLDS
        ),
        use="invoicing",
    ),
    DataRule(
        "br.unknown_city",
        "party",
        found(_PARTY.c.id, detail=_ADDRESS.c.city).where(
            _HERE,
            _PARTY.c.archived.is_(False),
            _ADDRESS.c.party_id == _PARTY.c.id,
            _ADDRESS.c.archived.is_(False),
            _ADDRESS.c.country == "BR",
            reference.edition_in_force(reference.CITY).is_not(None),
            ~_CITY.exists(),
        ),
    ),
)
