"""What settled debts: payments, credit notes and the rest, whole with their parts; a customer's statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import String, case, cast, func, literal, select, union_all

from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.debts import credit_of
from retaguarda.modules.billing.api.tables import money
from retaguarda.modules.billing.queries.parts import READ, document_name, is_reversed
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_S, _E, _M, _I, _P = (
    api.settlement,
    api.receivable_entry,
    api.settlement_money,
    api.invoice,
    api.instalment,
)
_PARTY, _PERSON, _REVERSED = party.party, company.person, api.settlement.alias("reversed")
_O = api.opening_receivable


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """One document that settled something; amounts of a reversal are below zero."""

    id: str
    kind: str
    number: int
    occurred_on: dt.date
    at: dt.datetime
    party_id: str
    customer_name: str
    branch_name: str
    money_amount: Decimal
    value_amount: Decimal
    principal_amount: Decimal
    interest_amount: Decimal
    fine_amount: Decimal
    discount_amount: Decimal
    credit_amount: Decimal
    invoice_id: str | None
    invoice_number: int | None
    person_name: str | None
    reason: str
    state: str
    reverses_id: str | None
    reverses_number: int | None
    allowed: tuple[str, ...] = ()


_REVERSERS = {rules.PAYMENT: "billing.reverse_payment", rules.WRITE_OFF: "billing.reverse_write_off"}


def _settlement_allowed(row: Any) -> tuple[str, ...]:
    command = _REVERSERS.get(row.kind)
    return (command,) if command and row.state == "stands" else ()


settlements = Query(
    "billing.settlements",
    SettlementRow,
    select(
        _S.c.id,
        _S.c.kind,
        _S.c.number,
        _S.c.occurred_on,
        _S.c.at,
        party.survivor.label("party_id"),
        _PARTY.c.name.label("customer_name"),
        company.branch.c.name.label("branch_name"),
        _S.c.money_amount,
        _S.c.value_amount,
        _S.c.principal_amount,
        _S.c.interest_amount,
        _S.c.fine_amount,
        _S.c.discount_amount,
        _S.c.credit_amount,
        _S.c.invoice_id,
        _I.c.number.label("invoice_number"),
        _PERSON.c.name.label("person_name"),
        _S.c.reason,
        case((is_reversed(_S.c.id), "reversed"), else_="stands").label("state"),
        _S.c.reverses_id,
        _REVERSED.c.number.label("reverses_number"),
    ).select_from(
        _S.join(_PARTY, _PARTY.c.id == _S.c.party_id)
        .join(company.branch, company.branch.c.id == _S.c.branch_id)
        .outerjoin(_I, _I.c.id == _S.c.invoice_id)
        .outerjoin(_PERSON, _PERSON.c.id == _S.c.person_id)
        .outerjoin(_REVERSED, _REVERSED.c.id == _S.c.reverses_id)
    ),
    permission=READ,
    key=_S.c.id,
    order="-at",
    search=_PARTY.c.folded,
    branch=_S.c.branch_id,
    allowed=_settlement_allowed,
    extra={"branch_id": _S.c.branch_id},
)


@dataclass(frozen=True, slots=True)
class SettlementCardRow(company.Issuer):
    """One settlement whole with who issued it: what its paper shows."""

    id: str
    kind: str
    number: int
    occurred_on: dt.date
    at: dt.datetime
    party_id: str
    customer_name: str
    customer_tax_id: str | None
    money_amount: Decimal
    value_amount: Decimal
    principal_amount: Decimal
    interest_amount: Decimal
    fine_amount: Decimal
    discount_amount: Decimal
    credit_amount: Decimal
    invoice_number: int | None
    person_name: str | None
    reason: str
    reverses_number: int | None


settlement_card = Query(
    "billing.settlement_card",
    SettlementCardRow,
    select(
        *company.ISSUER,
        _S.c.id,
        _S.c.kind,
        _S.c.number,
        _S.c.occurred_on,
        _S.c.at,
        party.survivor.label("party_id"),
        func.coalesce(_PARTY.c.legal_name, _PARTY.c.name).label("customer_name"),
        _PARTY.c.tax_id_shown.label("customer_tax_id"),
        _S.c.money_amount,
        _S.c.value_amount,
        _S.c.principal_amount,
        _S.c.interest_amount,
        _S.c.fine_amount,
        _S.c.discount_amount,
        _S.c.credit_amount,
        _I.c.number.label("invoice_number"),
        _PERSON.c.name.label("person_name"),
        _S.c.reason,
        _REVERSED.c.number.label("reverses_number"),
    ).select_from(
        _S.join(_PARTY, _PARTY.c.id == _S.c.party_id)
        .join(company.branch, company.branch.c.id == _S.c.branch_id)
        .join(company.company, company.company.c.single == 1)
        .outerjoin(_I, _I.c.id == _S.c.invoice_id)
        .outerjoin(_PERSON, _PERSON.c.id == _S.c.person_id)
        .outerjoin(_REVERSED, _REVERSED.c.id == _S.c.reverses_id)
    ),
    permission=READ,
    key=_S.c.id,
    order="-at",
    branch=_S.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class SettledRow:
    """What a settlement took off one instalment, with what was paid beside it."""

    id: str
    settlement_id: str
    settlement_number: int
    kind: str
    receivable_id: str
    document: str
    due_on: dt.date
    occurred_on: dt.date
    principal_amount: Decimal
    interest_amount: Decimal
    fine_amount: Decimal
    discount_amount: Decimal


_BY = api.settlement.alias("of_instalment")
settled = Query(
    "billing.settled",
    SettledRow,
    select(
        _E.c.id,
        _E.c.settlement_id,
        _S.c.number.label("settlement_number"),
        _S.c.kind,
        _E.c.receivable_id,
        document_name(_I, _BY, _O, _P).label("document"),
        _P.c.due_on,
        _E.c.occurred_on,
        _E.c.principal_amount,
        _E.c.interest_amount,
        _E.c.fine_amount,
        _E.c.discount_amount,
    ).select_from(
        _E.join(_S, _S.c.id == _E.c.settlement_id)
        .join(_P, _P.c.id == _E.c.receivable_id)
        .outerjoin(_I, _I.c.id == _P.c.invoice_id)
        .outerjoin(_BY, _BY.c.id == _P.c.settlement_id)
        .outerjoin(_O, _O.c.id == _P.c.opening_id)
    ),
    permission=READ,
    key=_E.c.id,
    order="due_on",
    branch=_S.c.branch_id,
    extra={"invoice_id": _P.c.invoice_id},
)


@dataclass(frozen=True, slots=True)
class SettlementMoneyRow:
    """How the money of a settlement came or went."""

    id: str
    settlement_id: str
    position: int
    method: str
    account_name: str
    amount: Decimal
    bank_reference: str | None
    till_session_id: str | None
    customer_name: str
    occurred_on: dt.date
    at: dt.datetime


_ACCOUNT = accounting.money_account_table
settlement_moneys = Query(
    "billing.settlement_moneys",
    SettlementMoneyRow,
    select(
        _M.c.id,
        _M.c.settlement_id,
        _M.c.position,
        _M.c.method,
        _ACCOUNT.c.name.label("account_name"),
        _M.c.amount,
        _M.c.bank_reference,
        _M.c.till_session_id,
        _PARTY.c.name.label("customer_name"),
        _S.c.occurred_on,
        _M.c.at,
    ).select_from(
        _M.join(_S, _S.c.id == _M.c.settlement_id)
        .join(_PARTY, _PARTY.c.id == _S.c.party_id)
        .join(_ACCOUNT, _ACCOUNT.c.id == _M.c.money_account_id)
    ),
    permission=READ,
    key=_M.c.id,
    order="at",
    branch=_S.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class CreditNoteLineRow:
    """What a credit note takes back of a billed line."""

    id: str
    settlement_id: str
    position: int
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    net_amount: Decimal


_N, _L = api.credit_note_line, api.invoice_line
credit_note_lines = Query(
    "billing.credit_note_lines",
    CreditNoteLineRow,
    select(
        _N.c.id,
        _N.c.settlement_id,
        _N.c.position,
        _L.c.code,
        _L.c.name,
        _L.c.unit_code,
        _N.c.quantity,
        _N.c.net_amount,
    ).select_from(_N.join(_L, _L.c.id == _N.c.invoice_line_id).join(_S, _S.c.id == _N.c.settlement_id)),
    permission=READ,
    key=_N.c.id,
    order="position",
    branch=_S.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of a customer's statement: what it added to what the customer owes (above zero) or took off, and what
    the customer owed afterwards (below zero: its credit). Charges paid with a payment stand beside it."""

    id: str
    party_id: str
    occurred_on: dt.date
    at: dt.datetime
    kind: str
    number: str
    amount: Decimal
    charges: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class StatementHeadRow:
    """Whose statement it is and who issues it."""

    id: str
    customer_name: str
    customer_tax_id: str | None
    company_name: str
    company_tax_id: str | None
    credit_amount: Decimal


statement_head = Query(
    "billing.statement_head",
    StatementHeadRow,
    select(
        _PARTY.c.id,
        func.coalesce(_PARTY.c.legal_name, _PARTY.c.name).label("customer_name"),
        _PARTY.c.tax_id_shown.label("customer_tax_id"),
        company.company.c.name.label("company_name"),
        company.company.c.tax_id.label("company_tax_id"),
        credit_of(_PARTY.c.id).label("credit_amount"),
    ).select_from(_PARTY.join(company.company, company.company.c.single == 1)),
    permission=READ,
    key=_PARTY.c.id,
    order="customer_name",
)

_RENEWED = case((_S.c.kind == rules.RENEGOTIATION, _S.c.value_amount), else_=Decimal(0))
_LINES = union_all(
    select(
        _I.c.id,
        party.survivor.label("party_id"),
        _I.c.issued_on.label("occurred_on"),
        _I.c.at,
        literal("invoice", String).label("kind"),
        cast(_I.c.number, String).label("number"),
        _I.c.total_amount.label("amount"),
        money(_I.c.total_amount - _I.c.total_amount).label("charges"),
    ).join(_PARTY, _PARTY.c.id == _I.c.party_id),
    select(
        _S.c.id,
        party.survivor.label("party_id"),
        _S.c.occurred_on,
        _S.c.at,
        _S.c.kind,
        cast(_S.c.number, String),
        money(_RENEWED - _S.c.principal_amount - _S.c.credit_amount).label("amount"),
        money(_S.c.interest_amount + _S.c.fine_amount).label("charges"),
    ).join(_PARTY, _PARTY.c.id == _S.c.party_id),
    select(
        _O.c.id,
        party.survivor.label("party_id"),
        _O.c.issued_on,
        _O.c.at,
        literal("opening", String),
        _O.c.number,
        _O.c.amount,
        money(_O.c.amount - _O.c.amount),
    ).join(_PARTY, _PARTY.c.id == _O.c.party_id),
).subquery("statement")
_BALANCE = money(func.sum(_LINES.c.amount).over(partition_by=_LINES.c.party_id, order_by=(_LINES.c.at, _LINES.c.id)))
_statement = select(*_LINES.c, _BALANCE.label("balance")).subquery("balanced_statement").c
statement = Query(
    "billing.statement",
    StatementRow,
    select(*_statement),
    permission=READ,
    key=_statement.id,
    order="at",
)
