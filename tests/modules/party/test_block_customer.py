"""Blocking: with a reason, and nobody sells to a blocked customer."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.modules.party import api
from tests.helpers.company import acting, refused
from tests.modules.party.records import CNPJ, add_customer


def test_a_blocked_customer_may_not_buy_and_the_reason_is_said(office: Office) -> None:
    key = add_customer(office, tax_id=CNPJ)
    facts = api.may_buy(office.reads(), key)
    assert (facts.id, facts.name, facts.tax_id_shown, facts.credit_limit) == (key, "Padaria São João", CNPJ, None)
    with acting(office, "legal"):
        outcome = office.do("party.block_customer", party_id=key, version=1, reason="não pagou a fatura 12")
    row = outcome.rows[0]
    assert (row.status, row.block_reason) == ("blocked", "não pagou a fatura 12")
    assert "party.unblock_customer" in row.allowed
    assert "party.block_customer" not in row.allowed
    with pytest.raises(Refusal) as caught:
        api.may_buy(office.reads(), key, field="customer_id")
    assert (caught.value.code, caught.value.field, caught.value.params["reason"]) == (
        "party.blocked",
        "customer_id",
        "não pagou a fatura 12",
    )


def test_who_else_may_not_buy(office: Office) -> None:
    supplier = office.do("party.add_party", name="Só vende", supplier=True).value["id"]
    gone = add_customer(office)
    office.do("party.archive_party", party_id=gone)
    for key, code in ((supplier, "party.not_a_customer"), (gone, "party.archived")):
        with pytest.raises(Refusal) as caught:
            api.may_buy(office.reads(), key)
        assert caught.value.code == code
    with pytest.raises(Missing):
        api.may_buy(office.reads(), "0" * 32)


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    with refused(office, "kernel.too_short"):
        office.do("party.block_customer", party_id=key, reason="x")
    with refused(office, "kernel.stale"):
        office.do("party.block_customer", party_id=key, version=3, reason="motivo")
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.block_customer", party_id=key, reason="motivo")
    office.do("party.block_customer", party_id=key, reason="motivo")
    with refused(office, "party.block_customer.already"):
        office.do("party.block_customer", party_id=key, reason="outro motivo")
