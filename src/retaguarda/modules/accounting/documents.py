"""The papers of the books: trial balance, income statement, balance sheet, an account's ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    Column,
    ColumnKind,
    Document,
    KeyValues,
    Table,
    Total,
    company_head,
)
from retaguarda.kernel.document.rows import all_rows, each_row
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

DAYS = ("since", "until", "cost_centre_id", "span")


def trial_balance(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """Every account between two days: what it held, what came and went, what it holds."""
    where = _asked(params)
    rows = all_rows(door, "accounting.trial_balance", where, "code")
    leaves = [row for row in rows if row.postable]
    names = ("opening_amount", "debit_amount", "credit_amount", "closing_amount")
    cells = [(row.code, row.name, *(_money(texts, getattr(row, name)) for name in names)) for row in rows]
    sums = tuple(
        Total(_said(texts, name), _money(texts, sum((getattr(row, name) for row in leaves), start=0)))
        for name in ("debit_amount", "credit_amount")
    )
    table = Table(_columns(texts, ("code", "name"), names), cells, sums)
    return _paper(door, "accounting.trial_balance_report", texts, where, table)


def income_statement(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """Revenue and expense between two days, down to the result."""
    return _report(door, "accounting.income_report", "accounting.income_statement", params, texts)


def balance_sheet(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """What the company has and owes at the end of a day."""
    return _report(door, "accounting.balance_report", "accounting.balance_sheet", params, texts)


def account_ledger(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """Every line of an account with its running balance."""
    if not params.get("account_id"):
        raise Invalid(Fault("account_id", "kernel.required"))
    key = str(params["account_id"])
    account = door.one("accounting.account_card", key)
    words, numbers = (("occurred_on", 19.0), ("rule", 41.0), ("memo", 50.0)), ("debit", "credit", "balance")
    columns = (
        *(Column(_said(texts, name), width_mm=width) for name, width in words),
        *(Column(_said(texts, name), ColumnKind.NUMBER, width_mm=23.0) for name in numbers),
    )
    total = Total(_said(texts, "balance"), _money(texts, account.balance), strong=True)
    title = texts.say("accounting.paper.account_ledger", account=f"{account.code} {account.name}")
    table = Table(columns, LedgerLines(door, key, texts), (total,))
    return _paper(door, "accounting.ledger_report", texts, {}, table, title)


class LedgerLines:
    """The written lines of an account, read page by page whenever they are gone through, and never held all at once."""

    def __init__(self, door: Door, account_id: str, texts: Texts) -> None:
        self.door = door
        self.account_id = account_id
        self.texts = texts

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        rows = each_row(self.door, "accounting.account_ledger", {"account_id": self.account_id}, "occurred_on")
        return map(self._written, rows)

    def _written(self, row: Any) -> tuple[str, ...]:
        texts = self.texts
        what = (texts.say(f"accounting.rule.{row.rule}"), row.source_number or "")
        return (
            texts.write(row.occurred_on),
            " ".join(word for word in what if word),
            " · ".join(word for word in (row.party_name, row.memo) if word),
            _money(texts, row.debit),
            _money(texts, row.credit),
            _money(texts, row.balance),
        )


def _report(door: Door, name: str, query: str, params: Mapping[str, Any], texts: Texts) -> Document:
    where = _asked(params)
    rows = all_rows(door, query, where, "position")
    cells = [(row.code, row.label if row.code else row.label.upper(), _money(texts, row.amount)) for row in rows]
    return _paper(door, name, texts, where, Table(_columns(texts, ("code", "label"), ("amount",)), cells))


def _asked(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: params[name] for name in DAYS if params.get(name)}


def _columns(texts: Texts, words: tuple[str, ...], numbers: tuple[str, ...]) -> tuple[Column, ...]:
    return (
        *(Column(_said(texts, name)) for name in words),
        *(Column(_said(texts, name), ColumnKind.NUMBER) for name in numbers),
    )


def _said(texts: Texts, name: str) -> str:
    return texts.say(f"accounting.field.{name}")


def _money(texts: Texts, amount: Any) -> str:
    return "" if amount is None else texts.write(amount, "amount")


def _paper(door: Door, name: str, texts: Texts, where: Mapping[str, Any], table: Table, title: str = "") -> Document:
    company = door.show("company.company").rows[0]
    facts = [(_said(texts, key), texts.write(where[key], "date")) for key in ("since", "until") if key in where]
    facts.append((texts.say("accounting.paper.made_on"), texts.write(door.today())))
    words = title or texts.say(name)
    head = company_head(texts, company.name, company.tax_id)
    return Document(name, words, texts.language, head, (KeyValues(tuple(facts)), table), A4)


ALL: Mapping[str, Callable[[Door, Mapping[str, Any], Texts], Document]] = {
    "accounting.trial_balance_report": trial_balance,
    "accounting.income_report": income_statement,
    "accounting.balance_report": balance_sheet,
    "accounting.ledger_report": account_ledger,
}
