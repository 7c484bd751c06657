"""The chart of accounts and the cost centres."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import literal_column, select

from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api

READ = "accounting.read"
_A, _C = api.account.c, api.cost_centre.c
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
    ).select_from(api.account.outerjoin(_PARENT, _PARENT.c.id == _A.parent_id)),
    permission=READ,
    key=_A.id,
    order="code",
    search=_A.folded,
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


@dataclass(frozen=True, slots=True)
class CostCentreRow:
    """A cost centre."""

    id: str
    version: int
    code: str
    name: str
    archived: bool


cost_centres = Query(
    "accounting.cost_centres",
    CostCentreRow,
    select(_C.id, _C.version, _C.code, _C.name, _C.archived),
    permission=READ,
    key=_C.id,
    order="code",
    search=_C.folded,
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
