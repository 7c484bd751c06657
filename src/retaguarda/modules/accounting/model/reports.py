"""The layouts of the income statement and the balance sheet, as data."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Rights, Versioned, ref, text

READ = Rights(read="accounting.read")


class ReportLayout(Versioned, Base):
    """How a report is laid out; its lines are those written under its present version."""

    __tablename__ = "report_layout"
    __rights__ = READ
    report: Mapped[str] = text(10, unique=True)
    __table_args__ = (CheckConstraint("report IN ('income', 'balance')", name="report_layout_report"),)


class ReportLine(Appended, Base):
    """One line of one edition of a layout: an account with all below it, the result, or a sum of lines above."""

    __tablename__ = "report_line"
    __rights__ = READ
    __ledger__ = Ledger(lock=("layout_id", "edition", "position"))
    layout_id: Mapped[str] = ref("report_layout", index=False)
    edition: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = text(10)
    label: Mapped[str] = text(120)
    account_id: Mapped[str | None] = ref("account", index=False)
    __table_args__ = (
        UniqueConstraint("layout_id", "edition", "position"),
        CheckConstraint("kind IN ('accounts', 'result', 'subtotal', 'total', 'running')", name="report_line_kind"),
        CheckConstraint("(kind = 'accounts') = (account_id IS NOT NULL)", name="report_line_account"),
    )
