"""A till's day: opened with its float, supplied and relieved, counted blind and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Money, Ref, Text
from retaguarda.kernel.series import MAIN_DEVICE, next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api
from retaguarda.modules.billing.api.settling import ZERO
from retaguarda.modules.billing.api.tills import SESSION
from retaguarda.modules.billing.commands.receiving import Account, Amount
from retaguarda.modules.billing.events import TillClosed
from retaguarda.modules.billing.model import TillClosing, TillEntry, TillSession

ANY_TILL = "billing.close_any_till"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTill(Command):
    """Opens the till of this station with the money that lies in it; what is put in comes from the account named."""

    float_amount: Annotated[Decimal, Money(least=Decimal(0))] = Decimal(0)
    from_account_id: Account | None = None


def open_till(unit: Unit, command: OpenTill) -> Mapping[str, Any]:
    branch_id, station = str(unit.actor.branch_id), unit.actor.station
    drawer = accounting.till_of(unit, station)
    # A person of another branch who sits at this station has no till here.
    if drawer is None or drawer.branch_id != branch_id:
        raise Refusal("billing.no_till_here", station=station)
    standing = api.open_till(unit, branch_id, station)
    if standing is not None:
        raise Refusal("billing.till_open_already", number=standing.number)
    put_in = command.float_amount - drawer.balance
    if put_in < 0:
        raise Invalid(Fault("float_amount", "billing.float_too_small", {"balance": drawer.balance}))
    session_id = unit.new_id()
    if put_in:
        other = _other(unit, command.from_account_id, drawer, "from_account_id")
        _move(unit, session_id, branch_id, drawer, other, put_in)
    number = next_number(unit, TillSession, branch_id)
    row = {
        "id": session_id,
        "branch_id": branch_id,
        "device": MAIN_DEVICE,
        "number": number,
        "money_account_id": drawer.id,
        "station": station,
        "person_id": unit.actor.person_id,
        "float_amount": command.float_amount,
    }
    unit.append(TillSession, [row])
    return {"id": session_id, "number": number}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyTill(Command):
    """Puts cash into an open till: change from the safe, for instance."""

    session_id: Annotated[str, Ref("till_session")]
    amount: Amount
    from_account_id: Account
    reason: Annotated[str, Text(200)] = ""


def supply_till(unit: Unit, command: SupplyTill) -> Mapping[str, Any]:
    return _put(unit, command.session_id, "supply", command.amount, command.from_account_id, command.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTill(Command):
    """Takes cash out of an open till and into the account named: to the safe, for instance."""

    session_id: Annotated[str, Ref("till_session")]
    amount: Amount
    to_account_id: Account
    reason: Annotated[str, Text(200)] = ""


def withdraw_till(unit: Unit, command: WithdrawTill) -> Mapping[str, Any]:
    return _put(unit, command.session_id, "withdrawal", -command.amount, command.to_account_id, command.reason)


def _put(unit: Unit, session_id: str, kind: str, amount: Decimal, other_id: str, reason: str) -> Mapping[str, Any]:
    session = _open_session(unit, session_id)
    drawer = accounting.money_account(unit, session.money_account_id)
    other = _other(unit, other_id, drawer, "from_account_id" if amount > 0 else "to_account_id")
    if session.cash_amount + amount < 0:
        raise Invalid(Fault("amount", "billing.not_so_much_in_till"))
    entry_id = _enter(unit, session, kind, amount, other.id, reason)
    _move(unit, session.id, session.branch_id, drawer, other, amount)
    return {"id": session.id, "number": session.number, "entry_id": entry_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTill(Command):
    """Closes a till with the cash that was counted in it, before what was expected is shown; the cash goes to the
    account named and a difference is posted. Only who opened it may close it, or who may close any till."""

    session_id: Annotated[str, Ref("till_session")]
    counted_amount: Annotated[Decimal, Money(least=Decimal(0))]
    to_account_id: Account | None = None
    reason: Annotated[str, Text(200)] = ""


def close_till(unit: Unit, command: CloseTill) -> Mapping[str, Any]:
    session = _open_session(unit, command.session_id)
    if session.person_id != unit.actor.person_id and not unit.actor.may(ANY_TILL):
        raise Refusal("billing.till_of_another", field="session_id", number=session.number)
    drawer = accounting.money_account(unit, session.money_account_id)
    counted, expected = command.counted_amount, session.cash_amount
    difference = counted - expected
    other = _other(unit, command.to_account_id, drawer, "to_account_id") if counted else None
    if difference:
        _enter(unit, session, "difference", difference, None, command.reason)
    if other is not None:
        _enter(unit, session, "emptied", -counted, other.id, command.reason)
    if difference:
        _post_difference(unit, session, drawer, difference)
    if other is not None:
        _move(unit, session.id, session.branch_id, drawer, other, -counted)
    closing = {
        "session_id": session.id,
        "counted_amount": counted,
        "expected_amount": expected,
        "difference_amount": difference,
        "person_id": unit.actor.person_id,
        "reason": command.reason,
    }
    unit.append(TillClosing, [closing])
    unit.emit(TillClosed(session.id, session.number, session.branch_id, difference))
    return {
        "id": session.id,
        "number": session.number,
        "expected": str(expected),
        "difference": str(difference),
        "prints": {"session_id": session.id},
    }


def _open_session(unit: Unit, session_id: str) -> Any:
    """The session under the lock of its drawer; refuses an unknown one and one that is closed."""
    row = unit.one(SESSION, session_id=session_id)
    if row is None or not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
        raise Missing("till_session", session_id, field="session_id")
    if row.state != "open":
        raise Refusal("billing.till_closed", field="session_id", number=row.number)
    unit.numbered(("till_session", session_id), row.number)
    return row


def _other(
    unit: Unit, account_id: str | None, drawer: accounting.MoneyAccountFacts, field: str
) -> accounting.MoneyAccountFacts:
    """The account on the other side: named, open, and no till (a drawer's cash is moved by its own session alone)."""
    if account_id is None:
        raise Invalid(Fault(field, "kernel.required"))
    found = accounting.open_money_account(unit, account_id, field)
    if found.kind == "till" or found.id == drawer.id:
        raise Invalid(Fault(field, "billing.not_into_a_till"))
    return found


def _enter(unit: Unit, session: Any, kind: str, amount: Decimal, other_id: str | None, reason: str) -> str:
    row = {
        "session_id": session.id,
        "kind": kind,
        "amount": amount,
        "other_account_id": other_id,
        "person_id": unit.actor.person_id,
        "reason": reason,
    }
    return unit.append(TillEntry, [row])[0]


def _move(
    unit: Unit,
    session_id: str,
    branch_id: str,
    drawer: accounting.MoneyAccountFacts,
    other: accounting.MoneyAccountFacts,
    amount: Decimal,
) -> None:
    """Moves money into the drawer (above zero) or out of it, and books it."""
    source = ("till_session", session_id)
    into = amount > 0
    accounting.move_money(
        unit,
        accounting.Movement(
            money_account_id=drawer.id, amount=amount, kind="supplied" if into else "withdrawn", source=source
        ),
        accounting.Movement(money_account_id=other.id, amount=-amount, kind="transferred", source=source),
    )
    to, of = (drawer, other) if into else (other, drawer)
    accounting.book(
        unit,
        accounting.Booking(
            rule="billing.money_transferred",
            source=source,
            branch_id=branch_id,
            amounts={"money": abs(amount)},
            accounts={"to": to.account_id, "from": of.account_id},
        ),
    )


def _post_difference(unit: Unit, session: Any, drawer: accounting.MoneyAccountFacts, difference: Decimal) -> None:
    source = ("till_session", session.id)
    movement = accounting.Movement(money_account_id=drawer.id, amount=difference, kind="difference", source=source)
    accounting.move_money(unit, movement)
    accounting.book(
        unit,
        accounting.Booking(
            rule=f"billing.till_difference_{'more' if difference > ZERO else 'less'}",
            source=source,
            branch_id=session.branch_id,
            amounts={"money": abs(difference)},
            accounts={"money": drawer.account_id},
        ),
    )
