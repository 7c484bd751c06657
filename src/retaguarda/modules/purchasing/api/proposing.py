"""What should be bought: products below their reorder point and open requisitions, with the best supplier's price.

A product stands at what is free, what comes and is not promised, and what is drafted already. Below the minimum it is
bought up to the maximum, in whole packs. The supplier is the point's own, else the cheapest, then the fastest.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key, Minor
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing.api.tables import (
    purchase_order,
    purchase_order_line,
    reorder_point,
    requisition,
    supplier_price,
)

TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
POINT, REQUISITION = "point", "requisition"
_N, _Q, _O, _L = reorder_point.c, requisition.c, purchase_order.c, purchase_order_line.c
_S, _X = inventory.stock_balance.c, inventory.expected_movement.c


def _sum(of: Any, owner: Any, *where: Any) -> Any:
    # A sum of whole numbers is no whole number on PostgreSQL, and packs are counted by whole division.
    total = cast(func.coalesce(func.sum(of), ZERO), BigInteger)
    return select(total).where(*where).correlate(owner).scalar_subquery()


def _stands(owner: Any) -> tuple[Any, Any, Any]:
    """What is free, comes and is drafted of the product of `owner` in its warehouse."""
    free = _sum(
        _S.on_hand - _S.held - _S.reserved,
        owner,
        _S.product_id == owner.c.product_id,
        _S.warehouse_id == owner.c.warehouse_id,
    )
    comes = _sum(
        _X.quantity - _X.pegged, owner, _X.product_id == owner.c.product_id, _X.warehouse_id == owner.c.warehouse_id
    )
    drafted = _sum(
        _L.quantity,
        owner,
        _O.id == _L.order_id,
        _O.state == word("draft"),
        _L.active,
        _L.product_id == owner.c.product_id,
        _O.warehouse_id == owner.c.warehouse_id,
    )
    return free, comes, drafted


def _minor(column: Any) -> Any:
    return type_coerce(column, Minor(4))


def _wanted() -> Any:
    free, comes, drafted = _stands(reorder_point)
    stands = free + comes + drafted
    points = select(
        _N.id,
        word(POINT).label("kind"),
        _N.product_id,
        _N.warehouse_id,
        _N.supplier_id,
        _minor(free).label("free"),
        _minor(comes).label("incoming"),
        _minor(drafted).label("drafted"),
        _minor(_N.minimum_quantity).label("minimum_quantity"),
        _minor(_N.maximum_quantity - stands).label("need"),
        word("").label("reason"),
        type_coerce(literal_column("NULL"), Date()).label("needed_on"),
    ).where(_N.active, stands < _N.minimum_quantity)
    free, comes, drafted = _stands(requisition)
    asked = select(
        _Q.id,
        word(REQUISITION).label("kind"),
        _Q.product_id,
        _Q.warehouse_id,
        literal_column("NULL", Key()).label("supplier_id"),
        _minor(free).label("free"),
        _minor(comes).label("incoming"),
        _minor(drafted).label("drafted"),
        _minor(ZERO).label("minimum_quantity"),
        _minor(_Q.quantity).label("need"),
        _Q.reason,
        _Q.needed_on,
    ).where(_Q.state == word("open"))
    return union_all(points, asked).subquery("wanted")


wanted = _wanted()
"""Everything that should be bought: `id` is the reorder point's or the requisition's."""
_W, _PRICE = wanted.c, supplier_price.c
_RANK = func.row_number().over(
    partition_by=_W.id,
    order_by=(
        case((_PRICE.supplier_id == _W.supplier_id, 0), else_=1),
        case((_PRICE.least_quantity <= _W.need, 0), else_=1),
        _PRICE.unit_price,
        _PRICE.lead_days,
        _PRICE.id,
    ),
)
_HOLDS = and_(
    _PRICE.product_id == _W.product_id,
    _PRICE.valid_from <= TODAY,
    or_(_PRICE.valid_to.is_(None), _PRICE.valid_to >= TODAY),
)
_RANKED = (
    select(
        _W.id.label("wanted_id"),
        _PRICE.supplier_id,
        _PRICE.unit_price,
        _PRICE.least_quantity,
        _PRICE.pack_quantity,
        _PRICE.lead_days,
        _RANK.label("place"),
    )
    .select_from(wanted.join(supplier_price, _HOLDS))
    .subquery("ranked")
)
best_price = _RANKED.c
"""The supplier's price that counts for a proposal."""
proposals = wanted.outerjoin(_RANKED, and_(best_price.wanted_id == _W.id, best_price.place == 1))
"""What should be bought with the supplier's price that counts, if there is one."""


def _units(column: Any, nothing: str) -> Any:
    return type_coerce(func.coalesce(column, literal_column(nothing)), BigInteger)


_NEED, _LEAST, _PACK = (
    _units(_W.need, "0"),
    _units(best_price.least_quantity, "0"),
    _units(best_price.pack_quantity, "10000"),
)
_ENOUGH = case((_NEED > _LEAST, _NEED), else_=_LEAST)
proposed_quantity = type_coerce((_ENOUGH + _PACK - literal_column("1", BigInteger())) // _PACK * _PACK, Minor(4))
"""How much is proposed: enough, in whole packs of the supplier."""
proposed_supplier = func.coalesce(best_price.supplier_id, _W.supplier_id, type_=Key())
"""From whom: who has the price that counts, else the point's own supplier."""
