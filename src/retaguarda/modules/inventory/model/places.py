"""Where stock lies: warehouses of a branch, locations in them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Rights, Versioned, ref, text

READ = Rights(read="inventory.read")


class Warehouse(Versioned, Base):
    """A stock of one branch; the branch sells from its `main` one unless told otherwise. In its `transit` one lies what
    it has sent to another and nobody has received yet: nothing is sold, counted or held there."""

    __tablename__ = "warehouse"
    __rights__ = Rights(read="inventory.read", rows="branch")
    branch_id: Mapped[str] = ref("branch")
    code: Mapped[str] = text(10, unique=True)
    name: Mapped[str] = text(80)
    main: Mapped[bool] = mapped_column(default=False)
    transit: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index(
            "uq_warehouse_branch_id",
            "branch_id",
            unique=True,
            sqlite_where=sql_text("main"),
            postgresql_where=sql_text("main"),
        ),
        Index(
            "uq_warehouse_branch_id_transit",
            "branch_id",
            "transit",
            unique=True,
            sqlite_where=sql_text("transit"),
            postgresql_where=sql_text("transit"),
        ),
        CheckConstraint("NOT (main AND transit)", name="warehouse_transit"),
    )


class Location(Versioned, Base):
    """A place in a warehouse; `route` is its place on the picker's way, the lowest number first."""

    __tablename__ = "location"
    __rights__ = READ
    warehouse_id: Mapped[str] = ref("warehouse", index=False)
    code: Mapped[str] = text(20)
    name: Mapped[str] = text(80)
    route: Mapped[int] = mapped_column()
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        UniqueConstraint("warehouse_id", "code"),
        # Ledger rows name a location with its warehouse; this lets the database check that they belong together.
        UniqueConstraint("id", "warehouse_id"),
    )
