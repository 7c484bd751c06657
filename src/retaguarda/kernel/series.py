"""Document numbers: one counter row per branch, device and kind, taken last; gapless because it rolls back too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import BigInteger, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Keyed, Rights, table_of, text
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

if TYPE_CHECKING:
    from retaguarda.kernel.unit import Unit


class NumberSeries(Keyed, Base):
    """The last number given out for one kind of document at one branch and device; it only grows, by one."""

    __tablename__ = "number_series"
    __rights__ = Rights(read="company.read", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("number_series"),
        Trigger("number_series_steps", "before update", (Refuse("kernel.series_gap", "NEW.last <> OLD.last + 1"),)),
    )
    branch_id: Mapped[str] = mapped_column(Key())
    device: Mapped[str] = text(40)
    kind: Mapped[str] = text(40)
    last: Mapped[int] = mapped_column(BigInteger, default=0)
    __table_args__ = (UniqueConstraint("branch_id", "device", "kind"),)


_S = table_of(NumberSeries)
_WHERE = (
    _S.c.branch_id == bindparam("b_branch", type_=_S.c.branch_id.type),
    _S.c.device == bindparam("b_device"),
    _S.c.kind == bindparam("b_kind"),
)
TAKE = Statement(update(_S).where(*_WHERE).values(last=_S.c.last + 1).returning(_S.c.last))
FIND = Statement(select(_S).where(*_WHERE))
MAIN_DEVICE = "0"


def next_number(unit: Unit, kind: str, branch_id: str, device: str = MAIN_DEVICE) -> int:
    """The next number of a series; the caller writes only the rows that carry it afterwards."""
    taken = unit.take(TAKE, b_branch=branch_id, b_device=device, b_kind=kind)
    if taken is None:
        unit.add(NumberSeries, branch_id=branch_id, device=device, kind=kind, last=0)
        taken = unit.take(TAKE, b_branch=branch_id, b_device=device, b_kind=kind)
    assert taken is not None
    return int(taken.last)
