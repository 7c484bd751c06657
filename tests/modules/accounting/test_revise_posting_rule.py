"""Changing posting rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.text import Texts
from retaguarda.modules.accounting import rules
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger

Line = tuple[str, str, str]
SHIPPED = [("cost", "debit", "goods_sold"), ("cost", "credit", "stock")]


def rule(ledger: Ledger, name: str) -> Any:
    return ledger.office.show("accounting.posting_rules", {"rule": name}).rows[0]


def revise(ledger: Ledger, name: str, lines: list[Line], **more: Any) -> Any:
    rows = [dict(zip(("amount", "side", "role"), line, strict=True)) for line in lines]
    asked = {"posting_rule_id": rule(ledger, name).id, "lines": rows, **more}
    return ledger.office.do(("accounting.revise_posting_rule", asked)).rows[0]


def test_the_next_booking_follows_it_and_the_last_one_stays(ledger: Ledger) -> None:
    (before,) = ledger.book("inventory.shipped", cost="3")
    was = ledger.lines(before)
    row = revise(ledger, "inventory.shipped", [("cost", "debit", "other_purchases"), SHIPPED[1]])
    assert row.lines[0]["role"] == "other_purchases"
    (after,) = ledger.book("inventory.shipped", cost="3")
    other = ledger.office.one("accounting.accounts", ledger.role("other_purchases")).code
    assert ledger.lines(after)[other] == Decimal(3)
    assert ledger.lines(before) == was


def test_an_amount_may_be_split_over_more_lines_of_the_identity(ledger: Ledger) -> None:
    lines = [(x.amount, x.side, x.role) for x in rules.RULES["billing.received"].lines]
    swapped = [(a, s, "interest_received" if r == "fines_received" else r) for a, s, r in lines]
    assert len(revise(ledger, "billing.received", swapped).lines) == len(lines)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([("price", "debit", "goods_sold"), *SHIPPED], "accounting.unknown_amount"),
        ([("cost", "debit", "luck"), SHIPPED[1]], "accounting.unknown_role"),
        ([("cost", "debit", "given:money"), SHIPPED[1]], "accounting.unknown_role"),
        ([("cost", "debit", "bank"), SHIPPED[1]], "accounting.unknown_role"),
        ([SHIPPED[1], SHIPPED[1]], "accounting.rule_unbalanced"),
        ([("cost", "debit", "goods_sold"), ("cost", "credit", "goods_sold")], "accounting.rule_leaves_ledger"),
        ([SHIPPED[0]], "kernel.too_few"),
    ],
)
def test_what_does_not_hold_is_refused(ledger: Ledger, lines: list[Line], code: str) -> None:
    with refused(ledger.office, code):
        revise(ledger, "inventory.shipped", lines)


def test_which_amounts_a_rule_knows_is_said_in_words(ledger: Ledger) -> None:
    with refused(ledger.office, "accounting.unknown_amount") as said:
        revise(ledger, "billing.invoice_issued", [("cost", "debit", "receivable"), SHIPPED[1]])
    assert isinstance(said[0], Invalid)
    fault = said[0].faults[0]
    assert (
        Texts("pt_BR", strict=True)
        .cause(fault.code, **fault.params)
        .endswith("ela conhece Mercadorias, Serviços, Desconto.")
    )
    assert all(Texts("en").has(f"accounting.amount.{a}") for rule in rules.RULES.values() for a in rule.amounts)


def test_every_amount_is_booked(ledger: Ledger) -> None:
    lines = [("goods", "debit", "receivable"), ("goods", "credit", "sales_goods")]
    with refused(ledger.office, "accounting.amount_not_booked"):
        revise(ledger, "billing.invoice_issued", lines)


def test_a_stale_version_is_refused(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.stale"):
        revise(ledger, "inventory.shipped", SHIPPED, version=4)
