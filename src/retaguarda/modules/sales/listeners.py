"""What sales does when billing says something: commissions are earned and taken back."""

from __future__ import annotations

from retaguarda.modules.sales.commands.earning import (
    invoice_credited,
    invoice_issued,
    payment_received,
    payment_reversed,
)

__all__ = ["invoice_credited", "invoice_issued", "payment_received", "payment_reversed"]
