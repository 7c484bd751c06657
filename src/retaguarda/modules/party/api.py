"""The public door of the parties: who may buy, what a document prints about a party, tables to join."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, func, or_, select
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.failure import fails
from retaguarda.kernel.model import table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.party import rules
from retaguarda.modules.party.model import (
    Carrier,
    Customer,
    Employee,
    Party,
    PartyAddress,
    PartyContact,
    PartyMerge,
    Supplier,
)

party = table_of(Party)
party_merge = table_of(PartyMerge)
customer = table_of(Customer)
supplier = table_of(Supplier)
carrier = table_of(Carrier)
employee = table_of(Employee)
party_address = table_of(PartyAddress)
party_contact = table_of(PartyContact)

main_address = party_address.alias("main_address")
"""The address that lists and cards show; joined by `with_main_address`."""

_KEY = party.c.id.type
_IS_MAIN = and_(main_address.c.party_id == party.c.id, main_address.c.position == 1, main_address.c.archived.is_(False))


def with_main_address(source: FromClause) -> FromClause:
    """`source` (which has `party`) joined with the party's main address, if it has one."""
    return source.outerjoin(main_address, _IS_MAIN)


def sub_line() -> ColumnElement[str]:
    """The small line under a party's name: tax identity · city, as far as they are known (needs `main_address`)."""
    tax_id = func.coalesce(party.c.tax_id_shown, "")
    city = func.coalesce(main_address.c.city, "")
    between = case((and_(tax_id != "", city != ""), " · "), else_="")
    joined: ColumnElement[str] = tax_id.op("||")(between).op("||")(city)
    return func.trim(joined, type_=String)


_ONE = party.alias("one")
_ASKED = party.alias("asked")
_STANDS_FOR = _ASKED.join(party, party.c.id == func.coalesce(_ASKED.c.merged_into_id, _ASKED.c.id))
survivor: ColumnElement[str] = func.coalesce(party.c.merged_into_id, party.c.id)
"""The record that stands for a joined `party`: itself, or the one that it was merged into."""


def as_one(key: ColumnElement[str]) -> ColumnElement[str]:
    """The record that stands for a party: itself, or the one that it was merged into."""
    into = select(func.coalesce(_ONE.c.merged_into_id, _ONE.c.id)).where(_ONE.c.id == key)
    found: ColumnElement[str] = into.scalar_subquery()
    return found


def one_with(key: ColumnElement[str]) -> Select[str]:
    """The keys of all records that are one party with this one, which stands for them (`column.in_(one_with(key))`)."""
    ours = select(_ONE.c.id).where(or_(_ONE.c.id == key, _ONE.c.merged_into_id == key))
    return ours.correlate_except(_ONE)


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """A customer who may buy. `credit_limit` None: none was set. `fails`: a failure about them is open."""

    id: str
    name: str
    kind: str
    tax_id: str | None
    tax_id_shown: str | None
    credit_limit: Decimal | None
    fails: bool


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """One address as a document prints it."""

    purpose: str
    street: str
    number: str
    complement: str
    district: str
    city: str
    state: str
    postcode: str
    country: str


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What documents print about a party: names, tax identity, where it is."""

    id: str
    kind: str
    name: str
    legal_name: str | None
    tax_id: str | None
    tax_id_kind: str | None
    tax_id_shown: str | None


CUSTOMER_OF = Statement(
    select(
        party.c.id,
        party.c.name,
        party.c.kind,
        party.c.tax_id,
        party.c.tax_id_shown,
        party.c.archived,
        customer.c.active,
        customer.c.blocked,
        customer.c.block_reason,
        customer.c.credit_limit_amount,
        fails(party.c.id).label("fails"),
    )
    .select_from(_STANDS_FOR.outerjoin(customer, customer.c.party_id == party.c.id))
    .where(_ASKED.c.id == bindparam("party_id", type_=_KEY))
)
CREDIT_OF = Statement(
    select(customer.c.credit_limit_amount)
    .where(customer.c.party_id == bindparam("party_id", type_=_KEY))
    .with_for_update(key_share=True)
)
_PRINTED = (
    party.c.id,
    party.c.kind,
    party.c.name,
    party.c.legal_name,
    party.c.tax_id,
    party.c.tax_id_kind,
    party.c.tax_id_shown,
)
PARTY_OF = Statement(select(*_PRINTED).where(party.c.id == bindparam("party_id", type_=_KEY)), PartyFacts)
SUPPLIER_OF = Statement(
    select(*_PRINTED, party.c.archived, supplier.c.active)
    .select_from(_STANDS_FOR.outerjoin(supplier, supplier.c.party_id == party.c.id))
    .where(_ASKED.c.id == bindparam("party_id", type_=_KEY))
)
_ADDRESS = tuple(party_address.c[name] for name in AddressFacts.__slots__)
BILLED_TO = Statement(
    select(*_PRINTED, *_ADDRESS)
    .select_from(
        _STANDS_FOR.outerjoin(
            party_address, and_(party_address.c.party_id == party.c.id, party_address.c.archived.is_(False))
        )
    )
    .where(_ASKED.c.id == bindparam("party_id", type_=_KEY))
    .order_by(party_address.c.position)
)
ADDRESSES_OF = Statement(
    select(
        party_address.c.purpose,
        party_address.c.street,
        party_address.c.number,
        party_address.c.complement,
        party_address.c.district,
        party_address.c.city,
        party_address.c.state,
        party_address.c.postcode,
        party_address.c.country,
    )
    .where(party_address.c.party_id == bindparam("party_id", type_=_KEY), party_address.c.archived.is_(False))
    .order_by(party_address.c.position),
    AddressFacts,
)


def may_owe(reads: Reads, party_id: str, field: str = "party_id") -> CustomerFacts:
    """The customer, whether or not it may buy now; refuses one that is unknown, no customer or archived.

    For a record that was merged it is the one that stands for both: what is made for it is made for that one.
    """
    return _customer_facts(_customer(reads, party_id, field))


def may_buy(reads: Reads, party_id: str, field: str = "party_id") -> CustomerFacts:
    """The customer, if it may buy now: refuses a blocked one too (`may_owe` says the rest)."""
    row = _customer(reads, party_id, field)
    if row.blocked:
        raise Refusal("party.blocked", field=field, name=row.name, reason=row.block_reason)
    return _customer_facts(row)


def _customer(reads: Reads, party_id: str, field: str) -> Any:
    row = reads.one(CUSTOMER_OF, party_id=party_id)
    if row is None:
        raise Missing("party", party_id, field=field)
    if not row.active:
        raise Refusal("party.not_a_customer", field=field, name=row.name)
    if row.archived:
        raise Refusal("party.archived", field=field, name=row.name)
    return row


def _customer_facts(row: Any) -> CustomerFacts:
    facts = (row.id, row.name, row.kind, row.tax_id, row.tax_id_shown, row.credit_limit_amount)
    return CustomerFacts(*facts, bool(row.fails))


def refuse_merged(unit: Unit, row: Any, field: str = "party_id") -> None:
    """Refuses a record that was merged into another: it is changed there, or after the merge was taken back."""
    if row.merged_into_id is not None:
        into = unit.get(Party, row.merged_into_id)
        raise Refusal("party.merged", field=field, name=row.name, into=into.name)


def add_unnamed(unit: Unit, name: str) -> str:
    """A customer that stands for buyers who leave no name; gives its key."""
    key = unit.add(
        Party, kind="person", name=name, name_key=rules.name_key(name), folded=rules.search_form([name]), notes=""
    )
    unit.add(Customer, party_id=key)
    return key


def lock_credit(unit: Unit, party_id: str) -> Decimal | None:
    """The customer's credit limit, with its row locked until the command ends: who checks credit takes turns."""
    row = unit.one(CREDIT_OF, party_id=party_id)
    limit: Decimal | None = row.credit_limit_amount if row is not None else None
    return limit


def may_supply(reads: Reads, party_id: str, field: str = "supplier_id") -> PartyFacts:
    """The supplier, if it may be bought from; refuses one that is unknown, no supplier or archived. For a record that
    was merged it is the one that stands for both."""
    row = reads.one(SUPPLIER_OF, party_id=party_id)
    if row is None:
        raise Missing("party", party_id, field=field)
    if not row.active:
        raise Refusal("party.not_a_supplier", field=field, name=row.name)
    if row.archived:
        raise Refusal("party.archived", field=field, name=row.name)
    return PartyFacts(row.id, row.kind, row.name, row.legal_name, row.tax_id, row.tax_id_kind, row.tax_id_shown)


def party_of(reads: Reads, party_id: str, field: str = "party_id") -> PartyFacts:
    """What a document prints about a party; `Missing` when there is none."""
    found: PartyFacts | None = reads.one(PARTY_OF, party_id=party_id)
    if found is None:
        raise Missing("party", party_id, field=field)
    return found


def billed_to(reads: Reads, party_id: str, field: str = "party_id") -> tuple[PartyFacts, AddressFacts | None]:
    """What an invoice prints about its buyer (for a merged record that is who stands for both), with the address for
    billing, in one read."""
    rows = reads.all(BILLED_TO, party_id=party_id)
    if not rows:
        raise Missing("party", party_id, field=field)
    facts = PartyFacts(*(getattr(rows[0], name) for name in PartyFacts.__slots__))
    places = [
        AddressFacts(row.purpose, *(getattr(row, name) for name in AddressFacts.__slots__[1:]))
        for row in rows
        if row.purpose is not None
    ]
    return facts, next((a for a in places if a.purpose == "billing"), places[0] if places else None)


def address_of(reads: Reads, party_id: str, purpose: str = "main") -> AddressFacts | None:
    """The party's address for a purpose (`main`, `billing`, `delivery`), else its first; None when it has none."""
    found: list[AddressFacts] = reads.all(ADDRESSES_OF, party_id=party_id)
    return next((a for a in found if a.purpose == purpose), found[0] if found else None)
