"""What `check` proves of purchasing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal_column, or_, select

from retaguarda.kernel.module import Proof
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api, rules

ZERO: ColumnElement[Any] = literal_column("0")
_O, _L, _B = api.purchase_order.c, api.purchase_order_line.c, api.purchase_line_balance.c
_X = inventory.expected_movement.c


def text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """A figure as `check` shows it, in minor units."""
    return cast(value, String)


_LINE_SUM = (
    select(func.coalesce(func.sum(_L.net_amount), ZERO)).where(_L.order_id == _O.id, _L.active).scalar_subquery()
)
_CAME = func.coalesce(_B.received, ZERO)
_STILL = case(
    (and_(_L.active, or_(*(_O.state == s for s in rules.AWAITED)), _L.quantity > _CAME), _L.quantity - _CAME),
    else_=ZERO,
)

PROOFS = (
    Proof(
        "purchasing.order_total_equals_lines",
        select(_O.id, text(_LINE_SUM).label("expected"), text(_O.total_amount).label("found")).where(
            _O.total_amount != _LINE_SUM
        ),
    ),
    # What the stock expects of an order is what its lines still lack.
    Proof(
        "purchasing.expected_equals_open",
        select(_L.id, text(_STILL).label("expected"), text(func.coalesce(_X.quantity, ZERO)).label("found"))
        .select_from(
            api.purchase_order_line.join(api.purchase_order, _O.id == _L.order_id)
            .outerjoin(api.purchase_line_balance, _B.id == _L.id)
            .outerjoin(inventory.expected_movement, _X.id == _L.expected_id)
        )
        .where(func.coalesce(_X.quantity, ZERO) != _STILL),
    ),
)
