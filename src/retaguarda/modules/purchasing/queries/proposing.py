"""What should be bought, what people asked for, and who waits for what is on its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, or_, select

from retaguarda.kernel.model import Key, digits
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api

READ, READ_REQUISITIONS = "purchasing.read", "purchasing.read_requisitions"
ZERO: ColumnElement[Any] = literal_column("0")
_W, _V, _P, _H = api.wanted.c, api.best_price, catalog.product.c, inventory.warehouse.c
_Q, _O = api.requisition.c, api.purchase_order.c
_SUPPLIER, _WHO = party.party.alias("supplier_party"), company.person.alias("who")
_ME = company.person.alias("me")


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Something that should be bought: how it stands, how much is proposed, from whom at which price."""

    id: str
    kind: str
    product_id: str
    code: str
    name: str
    unit_code: str
    warehouse_id: str
    warehouse_name: str
    free: Decimal
    incoming: Decimal
    drafted: Decimal
    minimum_quantity: Decimal
    need: Decimal
    quantity: Decimal
    supplier_id: str | None
    supplier_name: str | None
    unit_price: Decimal | None
    lead_days: int | None
    needed_on: dt.date | None
    reason: str


_SOURCE = (
    api.proposals.join(catalog.product, _P.id == _W.product_id)
    .join(inventory.warehouse, _H.id == _W.warehouse_id)
    .outerjoin(_SUPPLIER, _SUPPLIER.c.id == api.proposed_supplier)
)
proposals = Query(
    "purchasing.proposals",
    ProposalRow,
    select(
        _W.id,
        _W.kind,
        _W.product_id,
        _P.code,
        _P.name,
        _P.unit_code,
        _W.warehouse_id,
        _H.name.label("warehouse_name"),
        _W.free,
        _W.incoming,
        _W.drafted,
        _W.minimum_quantity,
        _W.need,
        api.proposed_quantity.label("quantity"),
        api.proposed_supplier.label("supplier_id"),
        _SUPPLIER.c.name.label("supplier_name"),
        _V.unit_price,
        _V.lead_days,
        _W.needed_on,
        _W.reason,
    ).select_from(_SOURCE),
    permission=READ,
    key=_W.id,
    order="name",
    search=_P.folded,
    branch=_H.branch_id,
)


@dataclass(frozen=True, slots=True)
class ProposalSheetRow:
    """Everything that should be bought at the branches of who asks, ready to be chosen from."""

    id: str
    lines: tuple[NestedRow, ...]

    @property
    def name(self) -> str:
        """A sheet has no name of its own."""
        return ""


_ALL = (
    select(
        _W.id.label("proposal_id"),
        _W.product_id,
        _P.name,
        _P.code,
        _P.unit_code,
        _W.free,
        _W.incoming,
        _W.minimum_quantity,
        api.proposed_quantity.label("quantity"),
        _SUPPLIER.c.name.label("supplier_name"),
        _V.unit_price.label("price"),
        _H.branch_id,
    )
    .select_from(_SOURCE)
    .subquery("sheet")
)
_S = _ALL.c
_MINE = or_(
    _ME.c.all_branches,
    _ME.c.branch_id == _S.branch_id,
    select(company.person_branch.c.id)
    .where(
        company.person_branch.c.person_id == _ME.c.id,
        company.person_branch.c.branch_id == _S.branch_id,
        company.person_branch.c.active,
    )
    .exists(),
)
_LINES = nested(
    [
        _S.name,
        _S.proposal_id,
        _S.product_id,
        _S.code,
        _S.unit_code,
        _S.free,
        _S.incoming,
        _S.minimum_quantity,
        _S.quantity,
        _S.supplier_name,
        _S.price,
    ],
    _MINE,
    order="name",
)
proposal_sheet = Query(
    "purchasing.proposal_sheet",
    ProposalSheetRow,
    select(_ME.c.id, _LINES.label("lines")).where(_ME.c.id == bindparam("person_id", type_=Key())),
    permission="purchasing.order_proposals",
    key=_ME.c.id,
    order="id",
)


@dataclass(frozen=True, slots=True)
class RequisitionRow:
    """What somebody asked to be bought, and what became of it."""

    id: str
    version: int
    number: int
    product_id: str
    code: str
    name: str
    quantity: Decimal
    unit_code: str
    needed_on: dt.date | None
    reason: str
    person_id: str | None
    person_name: str | None
    warehouse_name: str
    state: str
    answer: str
    order_id: str | None
    order_number: int | None
    allowed: tuple[str, ...] = ()


def _requisition_commands(row: Any) -> tuple[str, ...]:
    return ("purchasing.refuse_requisition",) if row.state == "open" else ()


requisitions = Query(
    "purchasing.requisitions",
    RequisitionRow,
    select(
        _Q.id,
        _Q.version,
        _Q.number,
        _Q.product_id,
        _P.code,
        _P.name,
        _Q.quantity,
        _P.unit_code,
        _Q.needed_on,
        _Q.reason,
        _Q.person_id,
        _WHO.c.name.label("person_name"),
        _H.name.label("warehouse_name"),
        _Q.state,
        _Q.answer,
        _Q.order_id,
        _O.number.label("order_number"),
    )
    .join(catalog.product, _P.id == _Q.product_id)
    .join(inventory.warehouse, _H.id == _Q.warehouse_id)
    .outerjoin(_WHO, _WHO.c.id == _Q.person_id)
    .outerjoin(api.purchase_order, _O.id == _Q.order_id),
    permission=READ_REQUISITIONS,
    key=_Q.id,
    order="-number",
    search=_P.folded,
    branch=_Q.branch_id,
    allowed=_requisition_commands,
)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A document of the house that was promised what a purchase order brings."""

    id: str
    order_id: str
    product_id: str
    code: str
    name: str
    quantity: Decimal
    promised_on: dt.date | None
    expected_on: dt.date
    in_time: bool
    document_table: str
    document_id: str


_R, _X = inventory.stock_reservation.c, inventory.expected_movement.c
_LEFT = func.sum(_R.quantity)
_PEGGED = (
    select(
        (digits(_R.line_id) + digits(_R.expected_id)).label("id"),
        _R.line_id,
        _R.expected_id,
        _R.document_table,
        _R.document_id,
        _LEFT.label("quantity"),
        func.max(_R.promised_on).label("promised_on"),
    )
    .where(_R.expected_id.is_not(None))
    .group_by(_R.line_id, _R.expected_id, _R.document_table, _R.document_id)
    .having(_LEFT > ZERO)
    .subquery("pegged")
)
_G = _PEGGED.c
waiting = Query(
    "purchasing.waiting",
    WaitingRow,
    select(
        _G.id,
        _X.document_id.label("order_id"),
        _X.product_id,
        _P.code,
        _P.name,
        _G.quantity,
        _G.promised_on,
        _X.expected_on,
        or_(_G.promised_on.is_(None), _G.promised_on >= _X.expected_on).label("in_time"),
        _G.document_table,
        _G.document_id,
    )
    .join(inventory.expected_movement, _X.id == _G.expected_id)
    .join(api.purchase_order, _O.id == _X.document_id)
    .join(catalog.product, _P.id == _X.product_id),
    permission=READ,
    key=_G.id,
    order="promised_on",
    branch=_O.branch_id,
)
