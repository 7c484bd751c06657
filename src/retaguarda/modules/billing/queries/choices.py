"""What the forms of billing suggest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api
from retaguarda.modules.billing.queries.parts import READ, READ_TILLS
from retaguarda.modules.company import api as company

_M, _L, _I = accounting.money_account_table, api.invoice_line, api.invoice


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A record to choose."""

    id: str
    name: str
    sub: str


money_account_choices = Query(
    "billing.money_account_choices",
    ChoiceRow,
    # Who receives needs the names of the accounts, not what lies in them.
    select(_M.c.id, _M.c.name, company.branch.c.name.label("sub"))
    .join(company.branch, company.branch.c.id == _M.c.branch_id)
    .where(_M.c.archived.is_(False)),
    permission=READ_TILLS,
    key=_M.c.id,
    order="name",
    search=_M.c.folded,
    branch=_M.c.branch_id,
)

invoice_line_choices = Query(
    "billing.invoice_line_choices",
    ChoiceRow,
    select(_L.c.id, _L.c.name, _L.c.code.label("sub")).join(_I, _I.c.id == _L.c.invoice_id),
    permission=READ,
    key=_L.c.id,
    order="name",
    search=_I.c.folded,
    branch=_I.c.branch_id,
)
