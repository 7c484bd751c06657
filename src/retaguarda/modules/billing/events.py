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
