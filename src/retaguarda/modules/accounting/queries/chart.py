"""The chart of accounts and the cost centres."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, literal_column, select

from retaguarda.kernel.nested import NestedRow, nested, nested_values
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api

READ = "accounting.read"
_A, _C, _R = api.account.c, api.cost_centre.c, api.account_role.c
_PR, _PL = api.posting_rule.c, api.posting_rule_line.c
_PARENT = api.account.alias("parent")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of the chart."""

    id: str
    version: int
    code: str
    name: str
    kind: str
    parent_id: str | None
    parent_name: str | None
    postable: bool
    archived: bool
    level: int
    roles: tuple[str, ...]
    allowed: tuple[str, ...] = ()


def _allowed(row: AccountRow) -> tuple[str, ...]:
    if row.archived:
        return ("accounting.restore_account",)
    return ("accounting.revise_account", "accounting.archive_account")


accounts = Query(
    "accounting.accounts",
    AccountRow,
    select(
        _A.id,
        _A.version,
        _A.code,
        _A.name,
        _A.kind,
        _A.parent_id,
        _PARENT.c.name.label("parent_name"),
        _A.postable,
        _A.archived,
        (func.length(_A.code) - func.length(func.replace(_A.code, ".", ""))).label("level"),
        nested_values(_R.role, _R.account_id == _A.id).label("roles"),
    ).select_from(api.account.outerjoin(_PARENT, _PARENT.c.id == _A.parent_id)),
    permission=READ,
    key=_A.id,
    order="code",
    search=_A.folded,
    allowed=_allowed,
)


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What a field suggests: its name and what tells it apart."""

    id: str
    name: str
    sub: str


account_choices = Query(
    "accounting.account_choices",
    ChoiceRow,
    select(_A.id, (_A.code + literal_column("' '") + _A.name).label("name"), _A.kind.label("sub")).where(
        _A.postable, ~_A.archived
    ),
    permission=READ,
    key=_A.id,
    order="name",
    search=_A.folded,
)
_EVERY = select(_A.id, (_A.code + literal_column("' '") + _A.name).label("name"), _A.kind.label("sub"))
every_account = Query(
    "accounting.every_account",
    ChoiceRow,
    _EVERY.where(~_A.archived),
    permission=READ,
    key=_A.id,
    order="name",
    search=_A.folded,
)
node_choices = Query(
    "accounting.node_choices",
    ChoiceRow,
    _EVERY.where(~_A.archived, ~_A.postable),
    permission=READ,
    key=_A.id,
    order="name",
    search=_A.folded,
)


@dataclass(frozen=True, slots=True)
class CostCentreRow:
    """A cost centre."""

    id: str
    version: int
    code: str
    name: str
    archived: bool
    allowed: tuple[str, ...] = ()


def _centre_allowed(row: CostCentreRow) -> tuple[str, ...]:
    if row.archived:
        return ("accounting.restore_cost_centre",)
    return ("accounting.revise_cost_centre", "accounting.archive_cost_centre")


cost_centres = Query(
    "accounting.cost_centres",
    CostCentreRow,
    select(_C.id, _C.version, _C.code, _C.name, _C.archived),
    permission=READ,
    key=_C.id,
    order="code",
    search=_C.folded,
    allowed=_centre_allowed,
)
cost_centre_choices = Query(
    "accounting.cost_centre_choices",
    ChoiceRow,
    select(_C.id, _C.name, _C.code.label("sub")).where(~_C.archived),
    permission=READ,
    key=_C.id,
    order="name",
    search=_C.folded,
)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A purpose the program books for, and its account."""

    id: str
    version: int
    role: str
    account_id: str
    account_code: str
    account_name: str


roles = Query(
    "accounting.roles",
    RoleRow,
    select(
        _R.id,
        _R.version,
        _R.role,
        _R.account_id,
        _A.code.label("account_code"),
        _A.name.label("account_name"),
    ).join(api.account, _A.id == _R.account_id),
    permission=READ,
    key=_R.id,
    order="account_code",
    search=_A.folded,
)


@dataclass(frozen=True, slots=True)
class PostingRuleRow:
    """A posting rule with its lines."""

    id: str
    version: int
    rule: str
    line_count: int
    lines: tuple[NestedRow, ...]


_PRESENT = and_(_PL.rule_id == _PR.id, _PL.edition == _PR.version)
posting_rules = Query(
    "accounting.posting_rules",
    PostingRuleRow,
    select(
        _PR.id,
        _PR.version,
        _PR.rule,
        select(func.count(_PL.id)).where(_PRESENT).correlate(api.posting_rule).scalar_subquery().label("line_count"),
        nested((_PL.position, _PL.amount, _PL.side, _PL.role), _PRESENT, order="position").label("lines"),
    ),
    permission=READ,
    key=_PR.id,
    order="rule",
    search=_PR.folded,
)
