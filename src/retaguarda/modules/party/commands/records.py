"""What changes a party: adding, revising, credit limit, blocking, archiving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, NeedsConsent, Refusal
from retaguarda.kernel.kinds import Choice, Codes, Flag, Ref, Text, ValueFault, Version
from retaguarda.kernel.model import Base
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api, rules
from retaguarda.modules.party.model import Carrier, Customer, Employee, Party, PartyAddress, PartyContact, Supplier
from retaguarda.modules.party.ports import PlainTaxIds, TaxId, TaxIds

ROLE_MODELS: Mapping[str, type[Base]] = {
    "customer": Customer,
    "supplier": Supplier,
    "carrier": Carrier,
    "employee": Employee,
}
SAME_TAX_ID = "party.same_tax_id"
TWIN_BY = ("tax_id", "tax_id_shown", "name_key")
AS_WRITTEN = "party.as_written"
_KEY = api.party.c.id.type
_OTHERS = (api.party.c.id != bindparam("party_id", type_=_KEY), ~api.party.c.archived)
SAME_IDENTITY = Statement(
    select(api.party.c.id, api.party.c.name).where(api.party.c.tax_id == bindparam("tax_id"), *_OTHERS)
)
SAME_NAME = Statement(
    select(api.party.c.id, api.party.c.name).where(api.party.c.name_key == bindparam("name_key"), *_OTHERS)
)
ROLES_OF = {
    role: Statement(select(table).where(table.c.party_id == bindparam("party_id", type_=_KEY)))
    for role, table in (
        ("customer", api.customer),
        ("supplier", api.supplier),
        ("carrier", api.carrier),
        ("employee", api.employee),
    )
}
ADDRESSES = Statement(
    select(api.party_address)
    .where(api.party_address.c.party_id == bindparam("party_id", type_=_KEY))
    .order_by(api.party_address.c.position)
)
CONTACTS = Statement(
    select(api.party_contact)
    .where(api.party_contact.c.party_id == bindparam("party_id", type_=_KEY))
    .order_by(api.party_contact.c.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Part):
    """One address; the first of a party is the one that lists show."""

    purpose: Annotated[str, Choice(rules.ADDRESS_PURPOSES, texts="party.address_purpose")] = "main"
    street: Annotated[str, Text(120)]
    number: Annotated[str, Text(20)] = ""
    complement: Annotated[str, Text(80)] = ""
    district: Annotated[str, Text(80)] = ""
    city: Annotated[str, Text(80)]
    state: Annotated[str, Text(3)] = ""
    postcode: Annotated[str, Text(12)] = ""
    country: Annotated[str, Text(2)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Part):
    """Whom to call or write to, and what for."""

    purpose: Annotated[str, Choice(rules.CONTACT_PURPOSES, texts="party.contact_purpose")] = "general"
    name: Annotated[str, Text(80)] = ""
    phone: Annotated[str, Text(30)] = ""
    email: Annotated[str, Text(120)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecord(Command):
    """What is known about a party; adding and revising send all of it."""

    name: Annotated[str, Text(120)]
    kind: Annotated[str, Choice(rules.KINDS, texts="party.kind")] = "company"
    legal_name: Annotated[str, Text(160)] | None = None
    tax_id: Annotated[str, Text(40)] | None = None
    customer: Annotated[bool, Flag()] = False
    supplier: Annotated[bool, Flag()] = False
    carrier: Annotated[bool, Flag()] = False
    employee: Annotated[bool, Flag()] = False
    addresses: Annotated[tuple[Address, ...], Rows()] = ()
    contacts: Annotated[tuple[Contact, ...], Rows()] = ()
    notes: Annotated[str, Text(2000, lines=True)] = ""
    accept: Annotated[tuple[str, ...], Codes()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParty(PartyRecord):
    """Adds somebody the company deals with: customer, supplier, carrier, employee, or several of these at once.

    A tax identity that another party has already is asked about before the second one is made; a name that is alike
    is only pointed out. Whoever brings in an old list may accept `party.as_written`: postcodes and telephone numbers
    that cannot be are then kept as they stand, and pointed out.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseParty(PartyRecord):
    """Changes what is known about a party; the whole record is sent, with the version it was read at.

    An address or contact that is not sent any more is put away, not deleted.
    """

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A party's values as they are stored, once everything about them could be understood."""

    party: Mapping[str, Any]
    roles: Mapping[str, bool]
    addresses: Sequence[dict[str, Any]]
    contacts: Sequence[dict[str, Any]]


def add_party(unit: Unit, command: AddParty) -> Mapping[str, Any]:
    read = _read(unit, command)
    if read.roles["employee"]:
        unit.demand(rules.KEEP_EMPLOYEES)
    party_id = unit.new_id()
    _ask_about_twins(unit, party_id, read.party, command.accept)
    unit.add(Party, id=party_id, **read.party)
    for role, model in ROLE_MODELS.items():
        if read.roles[role]:
            unit.add(model, party_id=party_id)
    unit.add_all(PartyAddress, [{"party_id": party_id, **row} for row in read.addresses])
    unit.add_all(PartyContact, [{"party_id": party_id, **row} for row in read.contacts])
    return {"id": party_id, "version": 1}


def revise_party(unit: Unit, command: ReviseParty) -> Mapping[str, Any]:
    row = unit.get(Party, command.party_id, field="party_id")
    unit.fresh(row, command.version, "party")
    api.refuse_merged(unit, row)
    read = _read(unit, command)
    if row.tax_id != read.party["tax_id"] or row.name_key != read.party["name_key"]:
        _ask_about_twins(unit, row.id, read.party, command.accept)
    _revise_roles(unit, row.id, read.roles)
    _revise_rows(unit, PartyAddress, ADDRESSES, row.id, read.addresses)
    _revise_rows(unit, PartyContact, CONTACTS, row.id, read.contacts)
    unit.revise(Party, row, **{**read.party, "folded": rules.folded_anew(row.folded, read.party["folded"])})
    return {"id": row.id, "version": row.version + 1}


def _read(unit: Unit, command: PartyRecord) -> _Read:
    facts = company.the_company(unit)
    assert facts is not None, "a command runs in a company"
    port = _tax_ids(unit, facts.country)
    faults: list[Fault] = []
    roles = {role: bool(getattr(command, role)) for role in rules.ROLES}
    if not any(roles.values()):
        faults.append(Fault("customer", "party.no_role"))
    identity: TaxId | None = None
    if command.tax_id:
        identity = _understood(faults, "tax_id", command.tax_id, partial(port.tax_id, command.kind))
    doubts: list[Fault] = []
    loose = doubts if AS_WRITTEN in command.accept else faults
    addresses = [_address(port, facts.country, loose, n, a) for n, a in enumerate(command.addresses, 1)]
    abroad = bool(addresses) and addresses[0]["country"] != port.country
    dialled = PlainTaxIds() if abroad else port
    contacts = [_contact(dialled, faults, loose, n, c) for n, c in enumerate(command.contacts, 1)]
    for doubt in doubts:
        unit.warn(doubt.code, field=doubt.field, **doubt.params)
    if faults:
        raise Invalid(*faults)
    found_by: list[str | None] = [command.name, command.legal_name]
    found_by += [identity.value, identity.shown] if identity else []
    found_by += [text for c in contacts for text in (c["name"], c["email"], c["phone"], port.digits(c["phone"]))]
    found_by += [a["city"] for a in addresses]
    party = {
        "kind": command.kind,
        "name": command.name,
        "legal_name": command.legal_name or None,
        "tax_id": identity.value if identity else None,
        "tax_id_kind": identity.kind if identity else None,
        "tax_id_shown": identity.shown if identity else None,
        "name_key": rules.name_key(command.name)[:160],
        "folded": rules.search_form(found_by),
        "notes": command.notes,
    }
    return _Read(party, roles, addresses, contacts)


def _tax_ids(unit: Unit, country: str) -> TaxIds:
    port: TaxIds | None = unit.ports.get(TaxIds)
    return port if port is not None and port.country == country else PlainTaxIds()


def _understood[V](faults: list[Fault], field: str, text: str, read: Callable[[str], V]) -> V | None:
    try:
        return read(text)
    except ValueFault as fault:
        faults.append(Fault(field, fault.code, {"value": text, **fault.params}))
        return None


def _address(port: TaxIds, home: str, loose: list[Fault], n: int, address: Address) -> dict[str, Any]:
    country = (address.country or home).upper()
    postcode = address.postcode
    if address.postcode and country == port.country:
        postcode = _understood(loose, f"addresses.{n}.postcode", postcode, port.postcode) or postcode
    return {
        "position": n,
        "purpose": address.purpose,
        "street": address.street,
        "number": address.number,
        "complement": address.complement,
        "district": address.district,
        "city": address.city,
        "state": address.state.upper(),
        "postcode": postcode,
        "country": country,
        "archived": False,
    }


def _contact(port: TaxIds, faults: list[Fault], loose: list[Fault], n: int, contact: Contact) -> dict[str, Any]:
    if not (contact.phone or contact.email):
        faults.append(Fault(f"contacts.{n}.phone", "party.contact_without_way"))
    if contact.email and not rules.is_email(contact.email):
        faults.append(Fault(f"contacts.{n}.email", "party.not_an_email", {"email": contact.email}))
    phone = contact.phone
    if contact.phone:
        phone = _understood(loose, f"contacts.{n}.phone", contact.phone, port.phone) or contact.phone
    return {
        "position": n,
        "purpose": contact.purpose,
        "name": contact.name,
        "email": contact.email,
        "phone": phone,
        "archived": False,
    }


def _ask_about_twins(unit: Unit, party_id: str, party: Mapping[str, Any], accept: Sequence[str]) -> None:
    if party["tax_id"] is not None:
        twin = unit.one(SAME_IDENTITY, tax_id=party["tax_id"], party_id=party_id)
        if twin is not None and SAME_TAX_ID not in accept:
            raise NeedsConsent(
                SAME_TAX_ID, field="tax_id", name=twin.name, party_id=twin.id, tax_id=party["tax_id_shown"]
            )
    alike = unit.one(SAME_NAME, name_key=party["name_key"], party_id=party_id)
    if alike is not None:
        unit.warn("party.similar_name", name=alike.name, party_id=alike.id)


def _revise_roles(unit: Unit, party_id: str, roles: Mapping[str, bool]) -> None:
    for role, model in ROLE_MODELS.items():
        row = unit.one(ROLES_OF[role], party_id=party_id)
        held = row is not None and bool(row.active)
        if held == roles[role]:
            continue
        if role == "employee":
            unit.demand(rules.KEEP_EMPLOYEES)
        if row is None:
            unit.add(model, party_id=party_id)
        else:
            unit.revise(model, row, active=roles[role])


def _revise_rows(
    unit: Unit, model: type[Base], statement: Statement, party_id: str, wanted: Sequence[dict[str, Any]]
) -> None:
    # The n-th row sent is the n-th row kept; what was put away before is taken up again before a new row is made.
    there = unit.all(statement, party_id=party_id)
    changed = [
        (row, new)
        for row, new in zip(there, wanted, strict=False)
        if any(getattr(row, name) != value for name, value in new.items())
    ]
    unit.revise_all(model, changed)
    unit.revise_all(model, [(row, {"archived": True}) for row in there[len(wanted) :] if not row.archived])
    unit.add_all(model, [{"party_id": party_id, **row} for row in wanted[len(there) :]])


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveParty(Command):
    """Puts a party away: it is not offered any more, its documents stay."""

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None


def archive_party(unit: Unit, command: ArchiveParty) -> Mapping[str, Any]:
    return _put(unit, command, archived=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreParty(Command):
    """Brings a party back that was put away. Asks first where another has its tax number by now."""

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None
    accept: Annotated[tuple[str, ...], Codes()] = ()


def restore_party(unit: Unit, command: RestoreParty) -> Mapping[str, Any]:
    return _put(unit, command, archived=False)


def _put(unit: Unit, command: ArchiveParty | RestoreParty, *, archived: bool) -> Mapping[str, Any]:
    row = unit.get(Party, command.party_id, field="party_id")
    unit.fresh(row, command.version, "party")
    if bool(row.archived) == archived:
        raise Refusal("party.archive_party.already" if archived else "party.restore_party.not_archived", name=row.name)
    api.refuse_merged(unit, row)
    if isinstance(command, RestoreParty):
        _ask_about_twins(unit, row.id, {name: getattr(row, name) for name in TWIN_BY}, command.accept)
    unit.revise(Party, row, archived=archived)
    return {"id": row.id, "version": row.version + 1}


def put_away(unit: Unit, party_ids: Sequence[str]) -> None:
    """Archives these, whoever of them is not archived yet."""
    there = [unit.get(Party, key) for key in party_ids]
    unit.revise_all(Party, [(row, {"archived": True}) for row in there if not row.archived])
