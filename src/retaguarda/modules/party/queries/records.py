"""What screens and scripts ask of the parties."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.kernel.reference import CITY, CodeUse
from retaguarda.modules.party import api, rules

_P, _A, _C = api.party, api.party_address, api.party_contact
_CUSTOMER, _MAIN = api.customer, api.main_address


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in the list."""

    id: str
    version: int
    name: str
    legal_name: str | None
    kind: str
    tax_id: str | None
    city: str | None
    state: str | None
    phone: str | None
    email: str | None
    credit_limit: Decimal | None
    blocked: bool
    block_reason: str | None
    archived: bool
    merged_into: str | None
    status: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A supplier or carrier in its list."""

    id: str
    version: int
    name: str
    legal_name: str | None
    kind: str
    tax_id: str | None
    city: str | None
    state: str | None
    phone: str | None
    email: str | None
    archived: bool
    merged_into: str | None
    status: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Everything about a party, as its form loads it."""

    id: str
    version: int
    name: str
    legal_name: str | None
    kind: str
    tax_id: str | None
    customer: bool
    supplier: bool
    carrier: bool
    employee: bool
    credit_limit: Decimal | None
    blocked: bool
    block_reason: str | None
    notes: str
    archived: bool
    merged_into: str | None
    addresses: tuple[NestedRow, ...]
    contacts: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerCardRow:
    """A customer at the head of an order: who it is, how much it may owe, whether it may buy."""

    id: str
    name: str
    sub: str
    credit_limit: Decimal | None
    blocked: bool
    block_reason: str | None
    archived: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A suggestion: name and the small line under it."""

    id: str
    name: str
    sub: str


def _first_contact(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The first contact's phone or e-mail that is not empty."""
    found: ColumnElement[Any] = (
        select(column)
        .where(_C.c.party_id == _P.c.id, _C.c.archived.is_(False), column != "")
        .order_by(_C.c.position)
        .limit(1)
        .scalar_subquery()
    )
    return found


_MERGE = ("party.propose_merge",)
_INTO = _P.alias("into")
_MERGED_INTO = select(_INTO.c.name).where(_INTO.c.id == _P.c.merged_into_id).correlate(_P).scalar_subquery()


def _status(*, buys: bool) -> ColumnElement[str]:
    """`merged`, `archived`, `blocked` or `active`, in this order of weight."""
    put_away = ((_P.c.merged_into_id.is_not(None), "merged"), (_P.c.archived.is_(True), "archived"))
    return (
        case(*put_away, (_CUSTOMER.c.blocked.is_(True), "blocked"), else_="active")
        if buys
        else case(*put_away, else_="active")
    )


def _list_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        _P.c.id,
        _P.c.version,
        _P.c.name,
        _P.c.legal_name,
        _P.c.kind,
        _P.c.tax_id_shown.label("tax_id"),
        _MAIN.c.city,
        _MAIN.c.state,
        _first_contact(_C.c.phone).label("phone"),
        _first_contact(_C.c.email).label("email"),
    )


def _holders(role: Any) -> FromClause:
    return api.with_main_address(_P.join(role, (role.c.party_id == _P.c.id) & role.c.active.is_(True)))


def _party_allowed(row: RoleRow | PartyRow) -> tuple[str, ...]:
    if row.merged_into:
        return ()
    put = "party.restore_party" if row.archived else "party.archive_party"
    return ("party.revise_party", put, *_MERGE[row.archived :])


def _customer_allowed(row: CustomerRow) -> tuple[str, ...]:
    if row.merged_into:
        return ()
    block = "party.unblock_customer" if row.blocked else "party.block_customer"
    put = "party.restore_party" if row.archived else "party.archive_party"
    return ("party.revise_party", "party.set_credit_limit", block, put, *_MERGE[row.archived :])


def _role_list(name: str, role: Any) -> Query:
    return Query(
        name,
        RoleRow,
        select(
            *_list_columns(), _P.c.archived, _MERGED_INTO.label("merged_into"), _status(buys=False).label("status")
        ).select_from(_holders(role)),
        permission="party.read",
        key=_P.c.id,
        order="name",
        search=_P.c.folded,
        allowed=_party_allowed,
    )


def _choices(name: str, role: Any) -> Query:
    return Query(
        name,
        ChoiceRow,
        select(_P.c.id, _P.c.name, api.sub_line().label("sub"))
        .select_from(_holders(role))
        .where(_P.c.archived.is_(False)),
        permission="party.read",
        key=_P.c.id,
        order="name",
        search=_P.c.folded,
    )


customers = Query(
    "party.customers",
    CustomerRow,
    select(
        *_list_columns(),
        _CUSTOMER.c.credit_limit_amount.label("credit_limit"),
        _CUSTOMER.c.blocked,
        _CUSTOMER.c.block_reason,
        _P.c.archived,
        _MERGED_INTO.label("merged_into"),
        _status(buys=True).label("status"),
    ).select_from(_holders(_CUSTOMER)),
    permission="party.read",
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
    allowed=_customer_allowed,
)
suppliers = _role_list("party.suppliers", api.supplier)
carriers = _role_list("party.carriers", api.carrier)
customer_choices = _choices("party.customer_choices", _CUSTOMER)
supplier_choices = _choices("party.supplier_choices", api.supplier)
carrier_choices = _choices("party.carrier_choices", api.carrier)

customer_card = Query(
    "party.customer_card",
    CustomerCardRow,
    select(
        _P.c.id,
        _P.c.name,
        api.sub_line().label("sub"),
        _CUSTOMER.c.credit_limit_amount.label("credit_limit"),
        _CUSTOMER.c.blocked,
        _CUSTOMER.c.block_reason,
        _P.c.archived,
    ).select_from(_holders(_CUSTOMER)),
    permission="party.read",
    key=_P.c.id,
    order="name",
)


def _holds(role: Any) -> ColumnElement[bool]:
    return func.coalesce(role.c.active, False)


def _all_roles() -> FromClause:
    source: FromClause = _P
    for role in (api.customer, api.supplier, api.carrier, api.employee):
        source = source.outerjoin(role, role.c.party_id == _P.c.id)
    return source


def _every_party() -> Select[Any]:
    addresses = nested(
        [_A.c[name] for name in _ADDRESS_FIELDS], _A.c.party_id == _P.c.id, _A.c.archived.is_(False), order="position"
    )
    contacts = nested(
        [_C.c[name] for name in _CONTACT_FIELDS], _C.c.party_id == _P.c.id, _C.c.archived.is_(False), order="position"
    )
    return select(
        _P.c.id,
        _P.c.version,
        _P.c.name,
        _P.c.legal_name,
        _P.c.kind,
        _P.c.tax_id_shown.label("tax_id"),
        _holds(_CUSTOMER).label("customer"),
        _holds(api.supplier).label("supplier"),
        _holds(api.carrier).label("carrier"),
        _holds(api.employee).label("employee"),
        _CUSTOMER.c.credit_limit_amount.label("credit_limit"),
        func.coalesce(_CUSTOMER.c.blocked, False).label("blocked"),
        _CUSTOMER.c.block_reason,
        _P.c.notes,
        _P.c.archived,
        _MERGED_INTO.label("merged_into"),
        addresses.label("addresses"),
        contacts.label("contacts"),
    ).select_from(_all_roles())


_WORKS = api.employee.alias("works")
_EMPLOYED = select(_WORKS.c.id).where(_WORKS.c.party_id == _P.c.id, _WORKS.c.active.is_(True)).exists()
_ONLY_EMPLOYED = and_(_holds(api.employee), *(~_holds(role) for role in (_CUSTOMER, api.supplier, api.carrier)))

_ADDRESS_FIELDS = (
    "position",
    "purpose",
    "street",
    "number",
    "complement",
    "district",
    "city",
    "state",
    "postcode",
    "country",
)
_CONTACT_FIELDS = ("position", "purpose", "name", "phone", "email")

parties = Query(
    "party.parties",
    PartyRow,
    _every_party(),
    permission="party.read",
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
    # Where colleagues live is nobody's business but theirs and who keeps their records.
    guarded=(rules.KEEP_EMPLOYEES, _ONLY_EMPLOYED),
    allowed=_party_allowed,
)

party_choices = Query(
    "party.party_choices",
    ChoiceRow,
    select(_P.c.id, _P.c.name, api.sub_line().label("sub"))
    .select_from(api.with_main_address(_P))
    .where(_P.c.archived.is_(False)),
    permission="party.read",
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
    guarded=(rules.KEEP_EMPLOYEES, _EMPLOYED),
)

CITY_NAMES = CodeUse(
    "cities",
    CITY,
    "party.read",
    select(
        api.party.c.id,
        api.party.c.name,
        api.party_address.c.city.label("code"),
        api.party_address.c.state.label("within"),
    )
    .select_from(api.party.join(api.party_address, api.party_address.c.party_id == api.party.c.id))
    .where(~api.party.c.archived, ~api.party_address.c.archived)
    .distinct(),
    by="name",
)
