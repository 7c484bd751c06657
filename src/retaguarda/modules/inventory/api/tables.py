"""The selectables that higher modules may join."""

from __future__ import annotations

from retaguarda.kernel.model import table_of
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
stock_move = table_of(model.StockMove)
stock_reservation = table_of(model.StockReservation)
stock_pick = table_of(model.StockPick)
stock_hold = table_of(model.StockHold)
authorised_negative = table_of(model.AuthorisedNegative)
reservation_broken = table_of(model.ReservationBroken)
stock_document = table_of(model.StockDocument)
stock_document_line = table_of(model.StockDocumentLine)
