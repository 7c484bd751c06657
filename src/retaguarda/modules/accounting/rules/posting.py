"""Posting rules: what is booked for what happens, by the names of amounts, and what a changed rule must keep.

A rule's lines are balanced whatever the amounts are: each amount is debited and credited alike, or stands in the
rule's *identity*: signs under which the amounts that the booking module sends always sum to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dc_field
from decimal import Decimal
from typing import Any

from retaguarda.modules.accounting.rules.chart import BOOKED_BY_MODULES, NODES, ROLES

DEBIT, CREDIT = "debit", "credit"
SIDES = (DEBIT, CREDIT)
_SIGN = {DEBIT: 1, CREDIT: -1}
GIVEN = "given:"
"""A role that no chart maps: the booking itself gives the account (`Booking.accounts["money"]` for `given:money`)."""


def given(name: str) -> str:
    """The role of an account that the booking gives under this name."""
    return GIVEN + name


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The amount of this name goes to this side of the account of this role; a negative amount to the other side."""

    amount: str
    side: str
    role: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A ready-made rule; `identity` gives the signs of amounts that sum to nothing together."""

    name: str
    lines: tuple[RuleLine, ...]
    identity: Mapping[str, int] = dc_field(default_factory=dict)

    @property
    def amounts(self) -> tuple[str, ...]:
        """The amounts that the booking module may send."""
        return tuple(dict.fromkeys([*(line.amount for line in self.lines), *self.identity]))

    @property
    def given(self) -> frozenset[str]:
        """The names of accounts that the booking gives."""
        return frozenset(line.role.removeprefix(GIVEN) for line in self.lines if line.role.startswith(GIVEN))


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What is wrong with a changed rule: the line (from 1; 0 is the whole rule) and its field, a code, parameters."""

    line: int
    field: str
    code: str
    params: Mapping[str, Any] = dc_field(default_factory=dict)


def _pairs(name: str, *moves: tuple[str, str, str]) -> Rule:
    """Each amount from one role to another: (amount, debited role, credited role)."""
    lines = [line for amount, to, of in moves for line in (RuleLine(amount, DEBIT, to), RuleLine(amount, CREDIT, of))]
    return Rule(name, tuple(lines))


def _signed(name: str, **sides: str) -> Rule:
    """Amounts that balance together: `principal="credit receivable"`."""
    lines = tuple(RuleLine(amount, *words.split(" ", 1)) for amount, words in sides.items())
    return Rule(name, lines, {line.amount: _SIGN[line.side] for line in lines})


_MONEY = given("money")
_ALL = (
    _pairs("inventory.opening", ("cost", "stock", "opening")),
    _pairs("inventory.received", ("cost", "stock", "goods_received")),
    _pairs("inventory.shipped", ("cost", "goods_sold", "stock")),
    _pairs("inventory.returned", ("cost", "stock", "goods_sold")),
    _pairs("inventory.difference_more", ("cost", "stock", "stock_differences")),
    _pairs("inventory.difference_less", ("cost", "stock_differences", "stock")),
    _pairs("inventory.cost_difference", ("cost", "cost_differences", "stock")),
    _pairs("inventory.returned_to_supplier", ("cost", "goods_received", "stock")),
    _pairs("billing.opening", ("principal", "receivable", "opening")),
    _pairs(
        "billing.invoice_issued",
        ("goods", "receivable", "sales_goods"),
        ("services", "receivable", "sales_services"),
        ("discount", "sales_discounts", "receivable"),
    ),
    _pairs(
        "billing.credit_note",
        ("goods", "sales_returns", "receivable"),
        ("services", "sales_returns", "receivable"),
        ("credit", "receivable", "customer_credit"),
    ),
    _signed(
        "billing.received",
        money=f"debit {_MONEY}",
        credit="debit customer_credit",
        discount="debit discounts_granted",
        principal="credit receivable",
        interest="credit interest_received",
        fine="credit fines_received",
        advance="credit customer_credit",
    ),
    _pairs("billing.renegotiated", ("interest", "receivable", "interest_received")),
    _pairs("billing.written_off", ("principal", "bad_debts", "receivable")),
    _pairs("billing.refunded", ("money", "customer_credit", _MONEY)),
    _pairs("billing.till_difference_more", ("money", _MONEY, "till_differences")),
    _pairs("billing.till_difference_less", ("money", "till_differences", _MONEY)),
    _pairs("billing.money_transferred", ("money", given("to"), given("from"))),
    _pairs("purchasing.opening", ("principal", "opening", "payable")),
    _pairs(
        "purchasing.invoiced",
        ("received", "goods_received", "payable"),
        ("other", "other_purchases", "payable"),
        ("difference", "price_differences", "payable"),
    ),
    _signed(
        "purchasing.paid",
        principal="debit payable",
        interest="debit interest_paid",
        discount="credit discounts_received",
        money=f"credit {_MONEY}",
    ),
    _pairs("purchasing.returned", ("received", "payable", "goods_received")),
    _pairs("accounting.money_opened", ("money", _MONEY, "opening")),
    _pairs("accounting.money_transferred", ("money", given("to"), given("from"))),
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _ALL}
"""Every rule the program books by. `inventory.cost_difference` above zero is a cost the stock no longer holds."""

AMOUNTS = tuple(dict.fromkeys(amount for rule in _ALL for amount in rule.amounts))
"""The names of all amounts that modules send."""
_GIVEN = sorted({given(name) for rule in _ALL for name in rule.given})
POSTED = (*(role for role in ROLES if role not in NODES), *_GIVEN)
"""What an account may be for in a line of a rule."""


def sums(lines: Iterable[RuleLine], amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What the lines make of the amounts, by role, debits above zero; roles that come to nothing are left out."""
    found: dict[str, Decimal] = {}
    for line in lines:
        amount = amounts.get(line.amount)
        if amount:
            found[line.role] = found.get(line.role, Decimal(0)) + _SIGN[line.side] * amount
    return {role: amount for role, amount in found.items() if amount}


def rule_faults(rule: Rule, lines: Sequence[RuleLine]) -> list[RuleFault]:
    """What is wrong with these lines in the place of the rule's own: unknown amounts and roles, amounts that are not
    booked or do not balance, and accounts of a module's ledger that would not move with it any more."""
    faults = [fault for n, line in enumerate(lines, 1) for fault in _line_faults(rule, n, line)]
    if faults:
        return faults
    for amount in rule.amounts:
        if not any(line.amount == amount for line in lines):
            faults.append(RuleFault(0, "", "accounting.amount_not_booked", {"amount": f"accounting.amount.{amount}"}))
    if not faults and not _balanced(rule, lines):
        faults.append(RuleFault(0, "", "accounting.rule_unbalanced"))
    if not faults and _kept(rule.lines) != _kept(lines):
        faults.append(RuleFault(0, "", "accounting.rule_leaves_ledger"))
    return faults


def _line_faults(rule: Rule, n: int, line: RuleLine) -> Iterable[RuleFault]:
    if line.amount not in rule.amounts:
        known = [f"accounting.amount.{amount}" for amount in rule.amounts]
        yield RuleFault(n, "amount", "accounting.unknown_amount", {"known": known})
    if line.role in NODES or not (line.role in ROLES or line.role in map(given, rule.given)):
        yield RuleFault(n, "role", "accounting.unknown_role", {"role": line.role})


def _coefficients(lines: Iterable[RuleLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.amount] = found.get(line.amount, 0) + _SIGN[line.side]
    return found


def _balanced(rule: Rule, lines: Sequence[RuleLine]) -> bool:
    net = _coefficients(lines)
    times = {net[amount] * sign for amount, sign in rule.identity.items()}
    return len(times) <= 1 and all(net[a] == 0 for a in rule.amounts if a not in rule.identity)


def _kept(lines: Iterable[RuleLine]) -> dict[tuple[str, str], int]:
    """How each amount moves the accounts that equal a ledger."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.role in BOOKED_BY_MODULES or line.role.startswith(GIVEN):
            key = (line.amount, line.role)
            found[key] = found.get(key, 0) + _SIGN[line.side]
    return {key: times for key, times in found.items() if times}
