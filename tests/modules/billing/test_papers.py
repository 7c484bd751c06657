"""Receipt, credit note, statement and till closing: every field read back with a PDF library, in both languages."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def printed(billing: Billing, name: str, language: str = "pt_BR", **params: Any) -> str:
    office = billing.office
    before = office.actor
    office.actor = dataclasses.replace(before, language=language)
    try:
        data = office.print_document(f"billing.{name}", params)
    finally:
        office.actor = before
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\u00a0", " ")


def says(text: str, *words: str) -> None:
    flat = " ".join(text.split())
    assert [word for word in words if word not in flat] == []


def test_the_receipt_names_what_was_paid_and_how(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.later(30)
    billing.open_till("50.00")
    more = [{"method": "pix", "amount": "9.00", "money_account_id": billing.bank}]
    paid = billing.pay("300.00", method="cash", money_account_id=None, moneys=more)
    text = printed(billing, "receipt", settlement_id=paid["id"])
    says(text, "Recibo 1", "Padaria Estrela Ltda.", "99.000.001/0001-01", "1/1", "R$ 300,00", "Juros", "R$ 3,00")
    says(text, "Multa", "R$ 6,00", "R$ 309,00", "Dinheiro", "Pix", "R$ 9,00", "Recebemos de Padaria Estrela Ltda.")
    says(printed(billing, "receipt", "en", settlement_id=paid["id"]), "Receipt 1", "Interest", "Cash", "309.00")


def test_the_receipt_is_as_wide_as_the_roll(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    paid = billing.pay()
    data = billing.office.print_document("billing.receipt", {"settlement_id": paid["id"]})
    page = PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert round(float(page.width) / 72 * 25.4) == 80


def test_the_credit_note_names_its_lines_and_where_the_money_went(billing: Billing) -> None:
    done = billing.bill(billing.line("100", "2"), billing.line("7", product=1))
    billing.pay("150.00")
    note = billing.do("credit_invoice", invoice_id=done["id"], reason="avaria no transporte")
    text = printed(billing, "credit_note", settlement_id=note["id"])
    says(text, "Nota de crédito 1", "avaria no transporte", "Parafuso sextavado", "R$ 200,00", "R$ 207,00")
    says(text, "Crédito do cliente", "R$ 150,00", "Abatido", "R$ 57,00", "Página 1 de 1")
    says(printed(billing, "credit_note", "en", settlement_id=note["id"]), "Credit note 1", "Page 1 of 1")


def test_the_statement_runs_from_what_was_owed_to_what_is(billing: Billing) -> None:
    billing.bill(billing.line("100"), payment_terms="30")
    first = billing.office.today()
    billing.later(10)
    billing.bill(billing.line("50"), payment_terms="30")
    billing.pay("120.00")
    text = printed(billing, "customer_statement", party_id=billing.customer)
    says(text, "Extrato do cliente", "Fatura", "Recebimento", "R$ 100,00", "R$ 150,00", "R$ 120,00", "R$ 30,00")
    since = first.replace(day=first.day + 1).isoformat()
    later = printed(billing, "customer_statement", party_id=billing.customer, since=since)
    says(later, "Saldo anterior R$ 100,00", "R$ 30,00 Total em aberto")
    with refused(billing.office, "kernel.not_a_day"):
        printed(billing, "customer_statement", party_id=billing.customer, since="ontem")


def test_the_closing_says_what_was_counted_expected_and_moved(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    till = billing.open_till("50.00")
    billing.pay(method="cash", money_account_id=None)
    billing.do("withdraw_till", session_id=till, amount="80.00", to_account_id=billing.cash, reason="cofre")
    billing.do("close_till", session_id=till, counted_amount="69.00", to_account_id=billing.cash)
    text = printed(billing, "till_closing", session_id=till)
    says(text, "Fechamento do caixa 1", "Caixa 1", "Ana Prado", "Fundo", "R$ 50,00", "Esperado", "R$ 70,00")
    says(text, "Contado", "R$ 69,00", "Diferença", "-R$ 1,00", "Sangria", "cofre", "-R$ 80,00")


@pytest.mark.parametrize(
    ("name", "params", "code"),
    [
        ("receipt", {}, "kernel.required"),
        ("receipt", {"settlement_id": "0" * 32}, "kernel.missing"),
        ("customer_statement", {"party_id": "0" * 32}, "kernel.missing"),
        ("till_closing", {"session_id": "0" * 32}, "kernel.missing"),
    ],
)
def test_what_is_not_there_is_not_printed(billing: Billing, name: str, params: dict[str, str], code: str) -> None:
    with refused(billing.office, code):
        billing.office.print_document(f"billing.{name}", params)


def test_a_paper_is_of_its_own_kind_and_for_who_may_read_it(billing: Billing) -> None:
    done = billing.bill(billing.line("100"))
    paid = billing.pay("10.00")
    note = billing.do("credit_invoice", invoice_id=done["id"], reason="avaria")
    with refused(billing.office, "billing.no_receipt"):
        printed(billing, "receipt", settlement_id=note["id"])
    with refused(billing.office, "billing.no_credit_note"):
        printed(billing, "credit_note", settlement_id=paid["id"])
    with acting(billing.office, "picking"), refused(billing.office, "kernel.forbidden"):
        billing.office.print_document("billing.receipt", {"settlement_id": paid["id"]})
