"""What may still come back of an order: what its form of a return begins with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, literal, or_, select, type_coerce

from retaguarda.kernel.model import Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, rules

_O, _L, _M, _R = api.sales_order.c, api.sales_order_line.c, inventory.stock_move.c, api.sales_return_line.c
_ZERO = Decimal("0")
_OUT = (
    select(func.coalesce(func.sum(case((_M.kind == "ship", _M.quantity), else_=-_M.quantity)), _ZERO))
    .where(_M.line_id == _L.id, or_(_M.kind == "ship", _M.kind == "return"), _M.document_table != api.RETURN)
    .correlate(api.sales_order_line)
    .scalar_subquery()
)
_BACK = (
    select(func.coalesce(func.sum(_R.quantity), _ZERO))
    .where(_R.line_id == _L.id)
    .correlate(api.sales_order_line)
    .scalar_subquery()
)
_LEFT = type_coerce(case((_L.kind == rules.STOCK, _OUT), else_=_L.quantity) - _BACK, Minor(4))


@dataclass(frozen=True, slots=True)
class ReturnDraftRow:
    """An order with what is still with the customer."""

    id: str
    version: int
    number: int
    reason: str
    note: str
    refund: str
    lines: tuple[NestedRow, ...]

    @property
    def bought(self) -> tuple[NestedRow, ...]:
        """What leaves in exchange: nothing is proposed."""
        return ()


@dataclass(frozen=True, slots=True)
class ReturnableRow:
    """A line that may come back, as it is suggested."""

    id: str
    name: str
    sub: str


return_draft = Query(
    "sales.return_draft",
    ReturnDraftRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        literal("not_wanted").label("reason"),
        literal("").label("note"),
        literal(rules.BALANCE).label("refund"),
        nested(
            [
                _L.position,
                _L.id.label("line_id"),
                _L.name,
                _LEFT.label("quantity"),
                literal(rules.GOOD).label("condition"),
            ],
            _L.order_id == _O.id,
            _L.active,
            _LEFT > _ZERO,
            order="position",
        ).label("lines"),
    ),
    permission="sales.return_order",
    key=_O.id,
    order="-number",
    branch=_O.branch_id,
)

returnable_lines = Query(
    "sales.returnable_lines",
    ReturnableRow,
    select(_L.id, _L.name, catalog.product.c.code.label("sub"))
    .select_from(
        api.sales_order_line.join(api.sales_order, _O.id == _L.order_id).join(
            catalog.product, catalog.product.c.id == _L.product_id
        )
    )
    .where(_L.active, _O.invoiced_at.is_not(None)),
    permission="sales.read",
    key=_L.id,
    order="name",
    search=catalog.product.c.folded,
    branch=_O.branch_id,
)
