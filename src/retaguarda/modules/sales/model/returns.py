"""What came back of an order: how much of which line, why, in which condition, and the credit note for it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, amount, quantity, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.model.parts import one_of, written_later

# What came back because nobody took it has not gone out; what a customer brought back is counted beside.
_GONE_OUT = """COALESCE((
    SELECT CASE WHEN l.kind = 'stock' THEN COALESCE((
        SELECT SUM(CASE WHEN m.kind = 'ship' THEN m.quantity ELSE -m.quantity END)
        FROM stock_move m WHERE m.line_id = l.id AND m.kind IN ('ship', 'return') AND m.document_table <> 'sales_return'
    ), 0) WHEN o.state = 'closed' THEN l.quantity ELSE 0 END
    FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.id = NEW.line_id
), 0)"""
_CAME_BACK = "COALESCE((SELECT SUM(r.quantity) FROM sales_return_line r WHERE r.line_id = NEW.line_id), 0)"


class SalesReturn(Appended, Base):
    """Goods that a customer brought back, and the credit note that was issued for them."""

    __tablename__ = "sales_return"
    __rights__ = Rights(read="sales.read", rows="branch")
    __numbers__ = Numbers("sales.return")
    __ledger__ = Ledger(lock=("order_id",))
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    order_id: Mapped[str] = ref("sales_order")
    customer_id: Mapped[str] = ref("party")
    reason: Mapped[str] = text(12)
    note: Mapped[str] = text(200)
    refund: Mapped[str] = text(8)
    value_amount: Mapped[Decimal] = amount()
    credit_note_id: Mapped[str] = ref("settlement", unique=True, index=False)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint("number > 0", name="sales_return_number"),
        CheckConstraint("value_amount >= 0", name="sales_return_value"),
        CheckConstraint(one_of("reason", rules.RETURN_REASONS), name="sales_return_reason"),
        CheckConstraint(one_of("refund", rules.REFUNDS), name="sales_return_refund"),
    )


class SalesReturnLine(Appended, Base):
    """How much of one line came back in which condition. Never more than has gone out: the database sees to it."""

    __tablename__ = "sales_return_line"
    __rights__ = Rights(read="sales.read")
    __ledger__ = Ledger(lock=("order_id", "line_id"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "sales_return_line_went_out",
            "before insert",
            (Refuse("sales.returned_more_than_went_out", f"NEW.quantity > {_GONE_OUT} - {_CAME_BACK}"),),
        ),
        Trigger(
            "sales_return_line_went_out_still",
            "after insert",
            (Refuse("sales.returned_more_than_went_out", f"{_CAME_BACK} > {_GONE_OUT}"),),
            only="postgresql",
            deferred=True,
        ),
    )
    return_id: Mapped[str] = written_later("sales_return")
    order_id: Mapped[str] = ref("sales_order", index=False)
    line_id: Mapped[str] = ref("sales_order_line")
    product_id: Mapped[str] = ref("product", index=False)
    quantity: Mapped[Decimal] = quantity()
    condition: Mapped[str] = text(8)
    __table_args__ = (
        CheckConstraint("quantity > 0", name="sales_return_line_quantity"),
        CheckConstraint(one_of("condition", rules.CONDITIONS), name="sales_return_line_condition"),
    )
