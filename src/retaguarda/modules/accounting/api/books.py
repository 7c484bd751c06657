"""What an office remembers of the books between commands (chart, roles, rules), and the months they are kept in.

Every booking reads the books' edition together with its month, in one statement; what is remembered holds as long as
the edition is the same, whichever program changed it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select, update

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import rules
from retaguarda.modules.accounting.api import tables
from retaguarda.modules.accounting.model import Period

KEPT = "accounting.books"
_B, _A, _P = tables.books.c, tables.account.c, tables.period.c
_R, _L = tables.posting_rule.c, tables.posting_rule_line.c
_DAY = bindparam("day", type_=_P.starts_on.type)
_CLOSED_FROM = select(func.max(_P.ends_on)).where(_P.state == rules.CLOSED).scalar_subquery()

STANDING = Statement(
    select(_B.edition, _P.id.label("period_id"), _CLOSED_FROM.label("closed_through")).select_from(
        tables.books.outerjoin(tables.period, and_(_P.starts_on <= _DAY, _P.ends_on >= _DAY))
    )
)
NEXT_EDITION = Statement(
    update(tables.books)
    .where(_B.single == 1)
    .values(edition=_B.edition + 1, command_id=bindparam("b_command", type_=_B.command_id.type))
    .returning(_B.edition)
)
ACCOUNTS = Statement(select(_A.id, _A.code, _A.name, _A.kind, _A.postable, _A.archived))
ROLES = Statement(select(tables.account_role.c.role, tables.account_role.c.account_id))
RULE_LINES = Statement(
    select(_R.rule, _L.amount, _L.side, _L.role)
    .join(tables.posting_rule_line, and_(_L.rule_id == _R.id, _L.edition == _R.version))
    .order_by(_R.rule, _L.position)
)
PERIODS = Statement(select(tables.period).order_by(_P.starts_on))
CHANGE_THE_BOOKS = frozenset({"account", "account_role", "cost_centre", "posting_rule", "posting_rule_line"})


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as bookings need it."""

    id: str
    code: str
    name: str
    kind: str
    usable: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """Chart, roles and rules of one edition of the books."""

    edition: int
    accounts: Mapping[str, AccountFacts]
    by_role: Mapping[str, str]
    rules: Mapping[str, tuple[rules.RuleLine, ...]]


@dataclass(frozen=True, slots=True)
class Month:
    """The period of a day, and until when the books are closed."""

    period_id: str | None
    edition: int
    closed_through: dt.date | None


def standing(unit: Unit, day: dt.date) -> Month:
    """The month of `day` as it stands now; read once per command and day."""
    found: Month | None = unit.memo.get((KEPT, day))
    if found is None:
        row = unit.one(STANDING, day=day)
        assert row is not None, "the books are opened with the company"
        closed = row.closed_through
        if isinstance(closed, str):
            closed = dt.date.fromisoformat(closed)
        found = unit.memo[KEPT, day] = Month(row.period_id, row.edition, closed)
    return found


def changed(unit: Unit) -> None:
    """Says that chart, rules or months change now: waits for whoever else changes them, and what offices remember of
    the books ends with this command."""
    unit.take(NEXT_EDITION, b_command=unit.command_id)
    for key in [key for key in unit.memo if isinstance(key, tuple) and key[0] == KEPT]:
        del unit.memo[key]


def remembered(unit: Unit, day: dt.date) -> Remembered:
    """Chart, roles and rules as they stand now, from memory where the edition is the same."""
    edition = standing(unit, day).edition
    found: Remembered | None = unit.memo.get(KEPT) or unit.kept.get(KEPT)
    if found is not None and found.edition == edition:
        return found
    found = unit.memo[KEPT] = _read(unit, edition)
    # What this command itself has changed may yet be refused, and the edition be given to another change.
    if not any(change.table in CHANGE_THE_BOOKS for change in unit.changes):
        unit.kept[KEPT] = found
    return found


def _read(unit: Unit, edition: int) -> Remembered:
    lines: dict[str, list[rules.RuleLine]] = defaultdict(list)
    for row in unit.all(RULE_LINES):
        lines[row.rule].append(rules.RuleLine(row.amount, row.side, row.role))
    accounts = unit.all(ACCOUNTS)
    return Remembered(
        edition,
        {a.id: AccountFacts(a.id, a.code, a.name, a.kind, bool(a.postable and not a.archived)) for a in accounts},
        {row.role: row.account_id for row in unit.all(ROLES)},
        {rule: tuple(found) for rule, found in lines.items()},
    )


def period_of(unit: Unit, day: dt.date) -> str:
    """The key of the open month of `day`, made when it is the first to be booked in it.

    Refuses with `accounting.period_closed` a day in a closed month or before one.
    """
    month = standing(unit, day)
    starts_on, ends_on = rules.month_of(day)
    if month.closed_through is not None and day <= month.closed_through:
        raise Refusal("accounting.period_closed", field="occurred_on", month=starts_on, through=month.closed_through)
    if month.period_id is None:
        changed(unit)
        month = standing(unit, day)
    if month.period_id is not None:
        return month.period_id
    period_id = unit.add(Period, starts_on=starts_on, ends_on=ends_on, state=rules.OPEN)
    unit.memo[KEPT, day] = Month(period_id, month.edition, month.closed_through)
    return period_id
