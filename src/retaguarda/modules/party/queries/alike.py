"""Parties that may be one and the same: an identity, a name in one city, a telephone or an address of mail twice.

Employees who are nothing else to the company are in no finding: what is known of them is for who keeps their records.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, union_all
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.data_rules import DataRule, Subject, found
from retaguarda.kernel.literal import word
from retaguarda.modules.party import api

_P, _CITY, _CONTACT = api.party, api.party_address, api.party_contact
_TWIN = _P.alias("twin")
_ROLES = (api.customer, api.supplier, api.carrier)


def _deals(party: Any) -> ColumnElement[bool]:
    """Not archived, and somebody whom the company buys from, sells to or sends goods by."""
    held = (select(r.c.id).where(r.c.party_id == party.c.id, r.c.active.is_(True)).exists() for r in _ROLES)
    return and_(party.c.archived.is_(False), or_(*held))


_BUYS = select(api.customer.c.id).where(api.customer.c.party_id == _P.c.id, api.customer.c.active.is_(True)).exists()
_OPENS = case((_BUYS, word("party.customer_page")), else_=word("party.supplier_form"))

SUBJECT = Subject(
    "party",
    "party.read",
    select(_P.c.id, _P.c.name, api.sub_line().label("sub"), _P.c.folded, _OPENS.label("opens"))
    .select_from(api.with_main_address(_P))
    .where(_deals(_P)),
)


def _city(party: Any, named: str) -> ColumnElement[str]:
    place = _CITY.alias(named)
    main = select(func.lower(place.c.city)).where(
        place.c.party_id == party.c.id, place.c.position == 1, place.c.archived.is_(False)
    )
    return func.coalesce(main.scalar_subquery(), "")


def _twins(name: str, alike: FromClause) -> DataRule:
    """Every party (`party`) with the first by name of those it is alike (`twin`): both ends of a pair are found."""
    place = func.row_number().over(partition_by=_P.c.id, order_by=(_TWIN.c.name, _TWIN.c.id))
    t = (
        select(_P.c.id, _TWIN.c.id.label("other_id"), _TWIN.c.name.label("other_name"), place.label("place"))
        .select_from(alike)
        .where(_TWIN.c.id != _P.c.id, _deals(_P), _deals(_TWIN))
        .subquery(f"twins_{name}")
    ).c
    return DataRule(f"party.{name}", "party", found(t.id, detail=t.other_name, other=t.other_id).where(t.place == 1))


def _ways(named: str) -> FromClause:
    """Every telephone number and address of mail of a party, as a text."""
    ways = (_CONTACT.c.phone, func.lower(_CONTACT.c.email))
    return union_all(
        *(
            select(_CONTACT.c.party_id, way.label("way")).where(way != "", _CONTACT.c.archived.is_(False))
            for way in ways
        )
    ).subquery(named)


_MINE, _THEIRS = _ways("mine"), _ways("theirs")
_SAME_IDENTITY = _P.join(_TWIN, _TWIN.c.tax_id == _P.c.tax_id)
_SAME_NAME = _P.join(
    _TWIN,
    and_(_TWIN.c.name_key == _P.c.name_key, _P.c.name_key != "", _city(_TWIN, "town") == _city(_P, "city")),
)
_SAME_CONTACT = (
    _MINE.join(_THEIRS, _THEIRS.c.way == _MINE.c.way)
    .join(_P, _P.c.id == _MINE.c.party_id)
    .join(_TWIN, _TWIN.c.id == _THEIRS.c.party_id)
)

DATA_RULES = (
    _twins("same_identity", _SAME_IDENTITY),
    _twins("same_name", _SAME_NAME),
    _twins("same_contact", _SAME_CONTACT),
)
