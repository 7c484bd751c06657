"""What happened in billing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InvoiceIssued:
    """An invoice stands, with its number; `source_table` and `source_id` name the document it bills."""

    invoice_id: str
    number: int
    source_table: str
    source_id: str
    party_id: str
    branch_id: str
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceCredited:
    """A credit note took (part of) an invoice back; the source is the document the invoice bills."""

    settlement_id: str
    number: int
    invoice_id: str
    source_table: str
    source_id: str
    party_id: str
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class PaymentReceived:
    """A customer paid: so much of what it owed is settled, with so much money."""

    settlement_id: str
    number: int
    party_id: str
    branch_id: str
    principal_amount: Decimal
    money_amount: Decimal


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """A settlement of that kind (payment, write_off) was taken back; what it had settled is owed again."""

    settlement_id: str
    reverses_id: str
    party_id: str
    branch_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class TillClosed:
    """A till session ended; `difference_amount` is what was counted beyond what was expected."""

    session_id: str
    number: int
    branch_id: str
    difference_amount: Decimal
