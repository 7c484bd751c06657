"""Document numbers: one counter row per branch, device and kind, taken last; gapless because it rolls back too.

A table says by `__numbers__` which series its rows carry; what proves them is generated from that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import BigInteger, ColumnElement, UniqueConstraint, and_, bindparam, func, literal, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Base, Key, Keyed, Numbers, Rights, table_of, text
from retaguarda.kernel.module import Proof
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


def next_number(unit: Unit, model: type[Base], branch_id: str, *, by: str = "", device: str = MAIN_DEVICE) -> int:
    """The next number for a row of `model`, whose series `__numbers__` declares; `by` is the row's value of the column
    that it names. The caller writes only the rows that carry the number afterwards."""
    numbers = model.__numbers__
    assert numbers is not None, f"{model.__name__} declares no numbers"
    assert bool(by) == bool(numbers.by), f"{numbers.kind} counts {f'by {numbers.by}' if numbers.by else 'as one'}"
    kind = f"{numbers.kind}.{by}" if by else numbers.kind
    taken = unit.take(TAKE, b_branch=branch_id, b_device=device, b_kind=kind)
    if taken is None:
        unit.add(NumberSeries, branch_id=branch_id, device=device, kind=kind, last=0)
        taken = unit.take(TAKE, b_branch=branch_id, b_device=device, b_kind=kind)
    assert taken is not None
    return int(taken.last)


@cache
def series_proofs(model: type[Base], numbers: Numbers) -> tuple[Proof, Proof]:
    """That each series of `model` gave every number from 1 to its last to one row, and each row has one of these."""
    table = table_of(model)
    same = and_(
        _S.c.kind == (literal(f"{numbers.kind}.") + table.c[numbers.by] if numbers.by else literal(numbers.kind)),
        _S.c.branch_id == table.c.branch_id,
        _S.c.device == (table.c.device if "device" in table.c else literal(MAIN_DEVICE)),
    )
    rows = select(func.count()).where(same).scalar_subquery()
    given = select(func.count(table.c.number.distinct())).where(same, _in_series(table.c.number)).scalar_subquery()
    own: ColumnElement[bool] = _S.c.kind == numbers.kind
    if numbers.by:
        own = _S.c.kind.startswith(f"{numbers.kind}.", autoescape=True)
    whole = select(_S.c.id, _S.c.last.label("expected"), given.label("found")).where(
        own, or_(_S.c.last != rows, _S.c.last != given)
    )
    stray = (
        select(table.c.id, _S.c.last.label("expected"), table.c.number.label("found"))
        .select_from(table.outerjoin(_S, same))
        .where(or_(_S.c.last.is_(None), ~_in_series(table.c.number)))
    )
    return (
        Proof(f"kernel.series_is_whole.{table.name}", whole),
        Proof(f"kernel.number_is_of_series.{table.name}", stray),
    )


def _in_series(number: ColumnElement[int]) -> ColumnElement[bool]:
    return number.between(1, _S.c.last)
