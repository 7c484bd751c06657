"""The documents of the warehouse: receipts, counts, damages, transfers, opening stock; written once, without gap."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, ref, text
from retaguarda.kernel.model import quantity as quantity_column
from retaguarda.kernel.trigger import Run, Trigger

READ = Rights(read="inventory.read")


class StockDocument(Appended, Base):
    """One receipt, count, damage, transfer or opening stock: who says what changed, and why. A reversal says which
    document it takes back, and no document is taken back twice."""

    __tablename__ = "stock_document"
    __rights__ = Rights(read="inventory.read", rows="branch")
    __ledger__: ClassVar[Ledger] = Ledger(lock=("number",))
    __numbers__: ClassVar[Numbers] = Numbers("inventory.document", by="kind")
    branch_id: Mapped[str] = ref("branch")
    warehouse_id: Mapped[str] = ref("warehouse")
    kind: Mapped[str] = text(8)
    number: Mapped[int] = mapped_column(BigInteger)
    on_day: Mapped[dt.date] = mapped_column()
    party_id: Mapped[str | None] = ref("party", index=False)
    reason: Mapped[str] = text(200)
    reverses_id: Mapped[str | None] = ref("stock_document", index=False)
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        CheckConstraint(
            "kind IN ('receipt', 'count', 'damage', 'transfer', 'opening', 'reversal')", name="stock_document_kind"
        ),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="stock_document_reverses"),
        UniqueConstraint("branch_id", "kind", "number"),
        UniqueConstraint("reverses_id"),
    )


class StockDocumentLine(Appended, Base):
    """One line: what was received, counted, damaged or moved; `booked_quantity` is what a count found in the books."""

    __tablename__ = "stock_document_line"
    __rights__ = READ
    __ledger__: ClassVar[Ledger] = Ledger(lock=("document_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        # A place remembers when it was last counted: what was counted long ago is doubtful.
        Trigger(
            "stock_document_line_counts",
            "after insert",
            (
                Run(
                    "INSERT INTO bin_balance (product_id, location_id, lot) "
                    "VALUES (NEW.product_id, NEW.location_id, NEW.lot) ON CONFLICT DO NOTHING"
                ),
                Run(
                    "UPDATE bin_balance SET counted_at = NEW.at WHERE product_id = NEW.product_id "
                    "AND location_id = NEW.location_id AND lot = NEW.lot"
                ),
            ),
            when="NEW.booked_quantity IS NOT NULL",
        ),
    )
    # Deferred: the number, and with it the document's own row, comes last.
    document_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("stock_document.id", deferrable=True, initially="DEFERRED"), index=True
    )
    position: Mapped[int] = mapped_column()
    product_id: Mapped[str] = ref("product", index=False)
    location_id: Mapped[str] = ref("location", index=False)
    to_location_id: Mapped[str | None] = ref("location", index=False)
    lot: Mapped[str] = text(40)
    quantity: Mapped[Decimal] = quantity_column()
    booked_quantity: Mapped[Decimal | None] = quantity_column()
    __table_args__ = (UniqueConstraint("document_id", "position"),)
