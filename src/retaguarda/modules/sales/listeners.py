"""What sales does when others say something: commissions are earned and taken back, the unnamed customer stays one."""

from __future__ import annotations

from retaguarda.modules.sales.commands.counter import parties_merged
from retaguarda.modules.sales.commands.earning import (
    invoice_credited,
    invoice_issued,
    payment_received,
    payment_reversed,
)

__all__ = ["invoice_credited", "invoice_issued", "parties_merged", "payment_received", "payment_reversed"]
