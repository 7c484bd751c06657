"""What is owed: every instalment with what paying it today costs, by customer with its age, the forms that receive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, select

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.periods import days_between
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.debts import LATE_SETTINGS, credit_of
from retaguarda.modules.billing.api.tables import is_open, open_amount
from retaguarda.modules.billing.queries.parts import READ, RECEIVE, SETTLED_BY, TODAY, LeadsOn, document_name
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_R, _P, _I, _S, _E = api.receivable, api.instalment, api.invoice, api.settlement, api.receivable_entry
_PARTY, _CREDIT, _O = party.party, api.customer_credit, api.opening_receivable
_ZERO = Decimal(0)


def _setting(code: str) -> ColumnElement[str]:
    table = company.setting_table
    stored = select(table.c.value).where(table.c.code == code).scalar_subquery()
    return func.coalesce(stored, literal(company.standard(code), String), type_=String)


_RATES = _setting(LATE_SETTINGS[0])
for _code in LATE_SETTINGS[1:]:
    _RATES = _RATES.op("||")("|").op("||")(_setting(_code))
_HISTORY = nested(
    [_E.c.id, _E.c.occurred_on, _E.c.principal_amount, _E.c.interest_amount, _E.c.fine_amount],
    _E.c.receivable_id == _R.c.id,
    order="id",
)
_NUMBER = func.coalesce(cast(func.coalesce(_I.c.number, _S.c.number), String), _O.c.number, type_=String)
_NAME = document_name(_I, _S, _O, _P)
_STATE = case((~is_open, "settled"), (_R.c.due_on < TODAY, "overdue"), (_R.c.due_on == TODAY, "today"), else_="open")
_FOLDED = func.coalesce(
    _I.c.folded, _O.c.folded, cast(_S.c.number, String).op("||")(" ").op("||")(_PARTY.c.folded), type_=String
)
_FROM = (
    _R.join(_P, _P.c.id == _R.c.id)
    .join(_PARTY, _PARTY.c.id == _R.c.party_id)
    .outerjoin(_I, _I.c.id == _P.c.invoice_id)
    .outerjoin(_S, _S.c.id == _P.c.settlement_id)
    .outerjoin(_O, _O.c.id == _P.c.opening_id)
)


class _Payable:
    """What paying a row's instalment on a day costs, by the company's rates."""

    __slots__ = ()
    due_amount: Decimal
    due_on: dt.date
    free_until: dt.date
    history: tuple[NestedRow, ...]
    rates: str
    today: dt.date

    @property
    def charges(self) -> rules.Charges:
        """Fine, interest and discount of today."""
        settled = tuple(
            rules.Settled(h["occurred_on"], h["principal_amount"], h["interest_amount"], h["fine_amount"])
            for h in self.history
        )
        owing = rules.Owing(self.due_amount, self.due_on, self.free_until, settled)
        fine, interest, grace, early, days = self.rates.split("|")
        late = rules.Late(Decimal(fine) / 100, Decimal(interest) / 100, int(grace), Decimal(early) / 100, int(days))
        return rules.charges_of(owing, self.today, late)


@dataclass(frozen=True, slots=True)
class ReceivableRow(_Payable, LeadsOn):
    """An instalment in the list of what is to be received; `document` is what it is of, with its number."""

    id: str
    name: str
    document: str
    number: str
    position: int
    invoice_id: str | None
    party_id: str
    customer_name: str
    branch_name: str
    due_on: dt.date
    free_until: dt.date
    days_late: int
    due_amount: Decimal
    settled_amount: Decimal
    open_amount: Decimal
    state: str
    today: dt.date
    rates: str
    history: tuple[NestedRow, ...]
    settled_by: str | None
    allowed: tuple[str, ...] = ()

    @property
    def payable_amount(self) -> Decimal:
        """What pays it today, charges and discount included."""
        return self.open_amount + self.charges.extra

    @property
    def extra_amount(self) -> Decimal:
        """What of that is charge (above zero) or discount (below)."""
        return self.charges.extra


def _receivable_allowed(row: Any) -> tuple[str, ...]:
    if row.state == "settled":
        return ()
    return (RECEIVE, "billing.renegotiate_debt", "billing.write_off_debt")


_DAYS_LATE = days_between(_R.c.due_on, TODAY)
receivables = Query(
    "billing.receivables",
    ReceivableRow,
    select(
        _R.c.id,
        _NAME.label("name"),
        case(
            (_P.c.invoice_id.is_not(None), "invoice"), (_P.c.opening_id.is_not(None), "opening"), else_="renegotiation"
        ).label("document"),
        _NUMBER.label("number"),
        _P.c.position,
        _P.c.invoice_id,
        party.survivor.label("party_id"),
        _PARTY.c.name.label("customer_name"),
        company.branch.c.name.label("branch_name"),
        _R.c.due_on,
        _R.c.free_until,
        case((and_(is_open, _R.c.due_on < TODAY), _DAYS_LATE), else_=0).label("days_late"),
        _R.c.due_amount,
        _R.c.settled_amount,
        open_amount.label("open_amount"),
        _STATE.label("state"),
        TODAY.label("today"),
        _RATES.label("rates"),
        _HISTORY.label("history"),
        SETTLED_BY.label("settled_by"),
    ).select_from(_FROM.join(company.branch, company.branch.c.id == _R.c.branch_id)),
    permission=READ,
    key=_R.c.id,
    order="due_on",
    search=_FOLDED,
    branch=_R.c.branch_id,
    allowed=_receivable_allowed,
)


@dataclass(frozen=True, slots=True)
class ReceivableChoiceRow:
    """An open instalment to choose in a form: document and position, whose it is."""

    id: str
    name: str
    sub: str
    party_id: str
    due_on: dt.date
    open_amount: Decimal


receivable_choices = Query(
    "billing.receivable_choices",
    ReceivableChoiceRow,
    select(
        _R.c.id,
        _NAME.label("name"),
        _PARTY.c.name.label("sub"),
        party.survivor.label("party_id"),
        _R.c.due_on,
        open_amount.label("open_amount"),
    )
    .select_from(_FROM)
    .where(is_open),
    permission=READ,
    key=_R.c.id,
    order="due_on",
    search=_FOLDED,
    branch=_R.c.branch_id,
)


def _part(receivable_id: str, name: str, amount: Decimal) -> NestedRow:
    return {"receivable_id": receivable_id, "name": name, "amount": amount}


@dataclass(frozen=True, slots=True)
class PaymentDraftRow(_Payable):
    """How the payment of one instalment begins: what is due proposes itself. Somebody may just have received it."""

    id: str
    name: str
    party_id: str
    customer_name: str
    due_on: dt.date
    free_until: dt.date
    due_amount: Decimal
    open_amount: Decimal
    today: dt.date
    rates: str
    history: tuple[NestedRow, ...]
    method: str

    @property
    def amount(self) -> Decimal:
        """What pays it today."""
        return self.open_amount + self.charges.extra

    @property
    def parts(self) -> tuple[NestedRow, ...]:
        """The line of the form; none of what is settled."""
        if not self.open_amount:
            return ()
        return (_part(self.id, f"{self.name} · {self.customer_name}", self.amount),)

    @property
    def received_on(self) -> dt.date:
        """Today, unless it came earlier."""
        return self.today

    @property
    def settled_on(self) -> dt.date | None:
        """The day on which nothing of it was open any more."""
        return None if self.open_amount else max((h["occurred_on"] for h in self.history), default=self.today)


payment_draft = Query(
    "billing.payment_draft",
    PaymentDraftRow,
    select(
        _R.c.id,
        _NAME.label("name"),
        party.survivor.label("party_id"),
        _PARTY.c.name.label("customer_name"),
        _R.c.due_on,
        _R.c.free_until,
        _R.c.due_amount,
        open_amount.label("open_amount"),
        TODAY.label("today"),
        _RATES.label("rates"),
        _HISTORY.label("history"),
        literal(rules.CASH).label("method"),
    ).select_from(_FROM),
    permission=RECEIVE,
    key=_R.c.id,
    order="due_on",
    search=_FOLDED,
    branch=_R.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class CustomerPaymentDraftRow:
    """How the payment of all that a customer owes begins."""

    id: str
    name: str
    credit_amount: Decimal
    method: str
    today: dt.date
    rows: tuple[ReceivableRow, ...] = field(default=(), compare=False)

    @property
    def owed(self) -> tuple[ReceivableRow, ...]:
        """The open instalments, the one due first first."""
        return tuple(sorted((row for row in self.rows if row.open_amount), key=lambda row: (row.due_on, row.id)))

    @property
    def parts(self) -> tuple[NestedRow, ...]:
        """The lines of the form."""
        return tuple(_part(row.id, row.name, row.payable_amount) for row in self.owed)

    @property
    def amount(self) -> Decimal:
        """What pays all of it today."""
        return sum((row.payable_amount for row in self.owed), _ZERO)

    @property
    def received_on(self) -> dt.date:
        """Today, unless it came earlier."""
        return self.today


customer_payment_draft = Query(
    "billing.customer_payment_draft",
    CustomerPaymentDraftRow,
    select(
        _PARTY.c.id,
        _PARTY.c.name,
        credit_of(_PARTY.c.id).label("credit_amount"),
        literal(rules.CASH).label("method"),
        TODAY.label("today"),
    ).select_from(_PARTY),
    permission=RECEIVE,
    key=_PARTY.c.id,
    order="name",
    search=_PARTY.c.folded,
    parts={"rows": (receivables, "party_id")},
)
