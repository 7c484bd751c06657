"""The papers of the books, read back: every figure equals its row, in both languages."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from retaguarda.kernel.text import Texts, format_amount
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger
from tests.modules.accounting.test_reports import story  # noqa: F401 - a fixture

PAPERS = ("trial_balance_report", "income_report", "balance_report", "ledger_report")


def read(pdf: bytes) -> str:
    """What stands on all pages, with plain spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def money(amount: Decimal, language: str = "pt_BR") -> str:
    return format_amount(amount, language, "R$").replace("\u00a0", " ")


def test_the_trial_balance_has_every_figure_of_its_rows(story: Ledger) -> None:  # noqa: F811
    where = {"since": "2026-11-01", "until": "2026-11-30"}
    paper = read(story.office.print("accounting.trial_balance_report", **where))
    for row in story.office.show("accounting.trial_balance", where).rows:
        assert row.code in paper
        assert row.name in paper
        for amount in (row.opening_amount, row.debit_amount, row.credit_amount, row.closing_amount):
            assert money(amount) in paper
    assert "01/11/2026" in paper


@pytest.mark.parametrize(("name", "query"), [("income", "income_statement"), ("balance", "balance_sheet")])
def test_the_reports_have_their_lines(story: Ledger, name: str, query: str) -> None:  # noqa: F811
    paper = read(story.office.print(f"accounting.{name}_report"))
    for row in story.office.show(f"accounting.{query}").rows:
        assert (row.label if row.code else row.label.upper()) in paper
        assert money(row.amount) in paper


def test_an_accounts_ledger_has_its_lines_and_the_balance(story: Ledger) -> None:  # noqa: F811
    key = story.role("receivable")
    paper = read(story.office.print("accounting.ledger_report", account_id=key))
    for row in story.office.show("accounting.account_ledger", {"account_id": key}).rows:
        assert money(row.balance) in paper
    assert "Duplicatas a receber" in paper


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_it_speaks_both_languages(ledger: Ledger, name: str, language: str) -> None:
    params = {"account_id": ledger.role("stock")} if name == "ledger_report" else {}
    office = ledger.office
    spec = office.registry.documents[f"accounting.{name}"]
    made = spec.build(office, params, Texts(language))
    assert made.language == language
    assert Texts(language).say("accounting.paper.made_on") in str(made.blocks)


def test_a_ledger_is_of_an_account(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.required"):
        ledger.office.print("accounting.ledger_report")
