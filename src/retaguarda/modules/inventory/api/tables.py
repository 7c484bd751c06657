"""The selectables that higher modules may join."""

from __future__ import annotations

from sqlalchemy import case, func, literal_column, select, type_coerce

from retaguarda.kernel.model import Minor, table_of
from retaguarda.modules.inventory import model

warehouse = table_of(model.Warehouse)
location = table_of(model.Location)
stock_cost = table_of(model.StockCost)
cost_difference = table_of(model.CostDifference)
stock_balance = table_of(model.StockBalance)
bin_balance = table_of(model.BinBalance)
expected_movement = table_of(model.ExpectedMovement)
expected_entry = table_of(model.ExpectedEntry)
lot = table_of(model.Lot)
serial = table_of(model.Serial)
serial_move = table_of(model.SerialMove)
stock_care = table_of(model.StockCare)
transfer = table_of(model.Transfer)
transfer_line = table_of(model.TransferLine)
transfer_arrival = table_of(model.TransferArrival)
count_sheet = table_of(model.CountSheet)
count_sheet_line = table_of(model.CountSheetLine)
count_entry = table_of(model.CountEntry)
kit_part = table_of(model.KitPart)
non_conformity = table_of(model.NonConformity)
stock_move = table_of(model.StockMove)
stock_reservation = table_of(model.StockReservation)
stock_pick = table_of(model.StockPick)
stock_hold = table_of(model.StockHold)
authorised_negative = table_of(model.AuthorisedNegative)
reservation_broken = table_of(model.ReservationBroken)
stock_document = table_of(model.StockDocument)
stock_document_line = table_of(model.StockDocumentLine)

_R = stock_reservation.c
_PER_PART = (
    select(
        _R.line_id,
        _R.at,
        _R.kit_id,
        case(
            (_R.per_kit.is_(None), func.sum(-_R.quantity)),
            else_=func.sum(-_R.quantity) * literal_column("10000") / func.max(_R.per_kit),
        ).label("quantity"),
    )
    .where(_R.kind == "ship")
    .group_by(_R.line_id, _R.at, _R.product_id, _R.kit_id, _R.per_kit)
    .subquery("shipped_part")
)
_Q = _PER_PART.c.quantity
shipped_line = (
    select(
        _PER_PART.c.line_id,
        _PER_PART.c.at,
        type_coerce(case((func.count(_PER_PART.c.kit_id) == 0, func.sum(_Q)), else_=func.min(_Q)), Minor(4)).label(
            "quantity"
        ),
    )
    .group_by(_PER_PART.c.line_id, _PER_PART.c.at)
    .subquery("shipped_line")
)
"""How much has left for each line at each time, in what the line sells: kits, not their parts."""

_M = stock_move.c
_PART = (
    select(_R.line_id, _R.product_id, _R.kit_id, _R.per_kit)
    .where(_R.kind == "ship", _R.kit_id.is_not(None))
    .distinct()
    .subquery("kit_part_of_line")
)
_BACK_PER_PART = (
    select(
        _M.document_id,
        _M.line_id,
        _PART.c.kit_id,
        case(
            (_PART.c.per_kit.is_(None), func.sum(_M.quantity)),
            else_=func.sum(_M.quantity) * literal_column("10000") / func.max(_PART.c.per_kit),
        ).label("quantity"),
    )
    .select_from(stock_move.outerjoin(_PART, (_PART.c.line_id == _M.line_id) & (_PART.c.product_id == _M.product_id)))
    .where(_M.kind == "return")
    .group_by(_M.document_id, _M.line_id, _M.product_id, _PART.c.kit_id, _PART.c.per_kit)
    .subquery("returned_part")
)
_BQ = _BACK_PER_PART.c.quantity
returned_line = (
    select(
        _BACK_PER_PART.c.document_id,
        _BACK_PER_PART.c.line_id,
        type_coerce(
            case((func.count(_BACK_PER_PART.c.kit_id) == 0, func.sum(_BQ)), else_=func.min(_BQ)), Minor(4)
        ).label("quantity"),
    )
    .group_by(_BACK_PER_PART.c.document_id, _BACK_PER_PART.c.line_id)
    .subquery("returned_line")
)
"""How much each document brought back for each line, in what the line sells."""
