"""The books of a company that was at work before it kept any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api
from retaguarda.modules.accounting.events import BooksOpened
from retaguarda.modules.company import api as company

BOOKS = Statement(select(api.books.c.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBooks(Command):
    """Opens the books of a company that was at work before it kept any: chart of accounts, posting rules and reports,
    a cash box for every branch, and what customers owe by now as opening balances. Runs by itself when the company's
    database is updated."""


def open_books(unit: Unit, command: OpenBooks) -> Mapping[str, Any]:
    if unit.one(BOOKS) is not None:
        raise Refusal("accounting.books_are_open")
    facts = company.the_company(unit)
    assert facts is not None, "books belong to a company"
    api.seed_books(unit, facts.country, facts.language)
    for branch in company.branches(unit):
        api.seed_cash(unit, branch.id, branch.code, facts.language)
    unit.emit(BooksOpened(unit.today))
    return {}
