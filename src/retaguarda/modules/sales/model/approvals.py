"""What was let through beyond the rights of the person who asked for it: by whom, why, how far beyond."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, price, ref, text
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.model.parts import one_of, written_later


class Approval(Appended, Base):
    """One thing beyond a limit: a discount (in percent), a price under the floor, credit over the customer's limit.

    `asked_by` sent the command, `approved_by` had the right to it and is the same person where no other was needed.
    """

    __tablename__ = "approval"
    __rights__ = Rights(read="sales.read_approvals")
    __ledger__ = Ledger(lock=("order_id",))
    order_id: Mapped[str] = written_later("sales_order")
    line_id: Mapped[str | None] = mapped_column(Key())
    kind: Mapped[str] = text(10)
    asked_value: Mapped[Decimal] = price()
    limit_value: Mapped[Decimal] = price()
    asked_by: Mapped[str | None] = ref("person", index=False)
    approved_by: Mapped[str | None] = ref("person")
    reason: Mapped[str] = text(200)
    __table_args__ = (
        CheckConstraint(one_of("kind", rules.APPROVALS), name="approval_kind"),
        CheckConstraint("reason <> ''", name="approval_reason"),
        CheckConstraint("(kind = 'credit') = (line_id IS NULL)", name="approval_line"),
        CheckConstraint(
            "CASE WHEN kind = 'price' THEN asked_value < limit_value ELSE asked_value > limit_value END",
            name="approval_beyond",
        ),
    )
