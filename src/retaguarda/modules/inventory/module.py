"""The inventory: what there is, for whom it is kept, what is to come; it alone answers availability."""

from __future__ import annotations

from retaguarda.kernel.module import DocumentSpec, Handled, Job, Listener, Module
from retaguarda.modules.inventory import (
    commands,
    documents,
    events,
    jobs,
    listeners,
    migrations,
    model,
    queries,
    screens,
)

_WAREHOUSE = ("inventory.warehouses", "id")
_QUALITY = ("inventory.non_conformities", "id")
_DOCUMENT = ("inventory.documents", "id")
_SHEET = ("inventory.count_sheets", "id")
_ENTERS = ("inventory.read", "inventory.open_count", "inventory.enter_count", "inventory.count_stock")
_COUNTER = (*_ENTERS, "inventory.hold_stock", "inventory.report_non_conformity", "inventory.move_stock")
_PLACES = (
    "inventory.add_warehouse",
    "inventory.revise_warehouse",
    "inventory.add_location",
    "inventory.revise_location",
)
_KEEPER = (
    *_COUNTER,
    *_PLACES,
    "inventory.receive_stock",
    "inventory.release_hold",
    "inventory.write_off_stock",
    "inventory.expect_stock",
    "inventory.postpone_expected",
    "inventory.cancel_expected",
    "inventory.send_transfer",
    "inventory.receive_transfer",
)
# The analyst checks, stops and keeps the places in order; the goods are moved by those who answer for them.
_DECIDE = ("inventory.decide_non_conformity", "inventory.hold_lot")
_STEWARD = (
    *_ENTERS,
    *_DECIDE,
    "inventory.report_non_conformity",
    "inventory.hold_stock",
    "inventory.release_hold",
    *_PLACES,
)
_SHEETS = ("inventory.post_count", "inventory.cancel_count", "inventory.classify_stock")
_OPENS = ("inventory.record_opening_stock", "inventory.reverse_opening_stock")
_LOTS = ("inventory.set_kit", "inventory.track_product", "inventory.revise_lot", "inventory.hold_expired")
_EXPIRED = ("inventory.allow_expired", "inventory.forbid_expired")
_DECIDES = (
    *_EXPIRED,
    "inventory.read_cost",
    "inventory.authorise_negative",
    "inventory.withdraw_negative",
)
_READER = ("inventory.read",)

MODULE = Module(
    name="inventory",
    needs=("company", "imports", "party", "catalog", "accounting"),
    models=tuple(getattr(model, name) for name in model.__all__),
    commands=(
        Handled(commands.AddWarehouse, commands.add_warehouse, rows=_WAREHOUSE),
        Handled(commands.ReviseWarehouse, commands.revise_warehouse, rows=_WAREHOUSE),
        Handled(commands.AddLocation, commands.add_location, rows=("inventory.locations", "id")),
        Handled(commands.ReviseLocation, commands.revise_location, rows=("inventory.locations", "id")),
        Handled(commands.ReceiveStock, commands.receive_stock, rows=_DOCUMENT, undo="reversal"),
        Handled(
            commands.RecordOpeningStock,
            commands.record_opening_stock,
            rows=_DOCUMENT,
            undo="inventory.reverse_opening_stock",
        ),
        Handled(commands.ReverseOpeningStock, commands.reverse_opening_stock, rows=_DOCUMENT),
        Handled(commands.CountStock, commands.count_stock, rows=_DOCUMENT, undo="reversal"),
        Handled(commands.WriteOffStock, commands.write_off_stock, rows=_DOCUMENT, undo="reversal"),
        Handled(commands.MoveStock, commands.move_stock, rows=_DOCUMENT, undo="reversal"),
        Handled(commands.HoldStock, commands.hold_stock, undo="inventory.release_hold"),
        Handled(commands.ReleaseHold, commands.release_hold, undo="inventory.hold_stock"),
        Handled(commands.AuthoriseNegative, commands.authorise_negative, undo="inventory.withdraw_negative"),
        Handled(commands.WithdrawNegative, commands.withdraw_negative, undo="inventory.authorise_negative"),
        Handled(commands.SendTransfer, commands.send_transfer, rows=("inventory.transfers", "id"), undo="reversal"),
        Handled(commands.ReceiveTransfer, commands.receive_transfer, rows=("inventory.transfers", "id")),
        Handled(commands.SetKit, commands.set_kit, rows=("inventory.kits", "id")),
        Handled(commands.ReportNonConformity, commands.report_non_conformity, rows=_QUALITY),
        Handled(commands.DecideNonConformity, commands.decide_non_conformity, rows=_QUALITY),
        Handled(commands.HoldLot, commands.hold_lot, rows=("inventory.lots", "id")),
        Handled(commands.OpenCount, commands.open_count, rows=_SHEET, undo="inventory.cancel_count"),
        Handled(commands.EnterCount, commands.enter_count, rows=_SHEET),
        Handled(commands.PostCount, commands.post_count, rows=_SHEET, undo="reversal"),
        Handled(commands.CancelCount, commands.cancel_count, rows=_SHEET),
        Handled(commands.ClassifyStock, commands.classify_stock),
        Handled(commands.TrackProduct, commands.track_product, rows=("inventory.care", "id")),
        Handled(commands.ReviseLot, commands.revise_lot, rows=("inventory.lots", "id")),
        Handled(
            commands.AllowExpired,
            commands.allow_expired,
            rows=("inventory.lots", "id"),
            undo="inventory.forbid_expired",
        ),
        Handled(commands.ForbidExpired, commands.forbid_expired, rows=("inventory.lots", "id")),
        Handled(commands.HoldExpired, commands.hold_expired),
        Handled(commands.AdjustCost, commands.adjust_cost, rows=("inventory.values", "id"), undo="reversal"),
        Handled(commands.ExpectStock, commands.expect_stock, undo="inventory.cancel_expected"),
        Handled(commands.PostponeExpected, commands.postpone_expected),
        Handled(commands.CancelExpected, commands.cancel_expected),
    ),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=(
        Listener("company.CompanyCreated", "inventory.company_created", listeners.company_created),
        Listener("imports.BatchUndone", "inventory.undo_import", listeners.undo_import),
        Listener("company.BranchAdded", "inventory.branch_added", listeners.branch_added),
        Listener("catalog.ProductsMerged", "inventory.products_merged", listeners.products_merged),
    ),
    jobs=(
        Job("inventory.job.expired", 3600, jobs.hold_expired, ("inventory.read", "inventory.hold_expired")),
        Job("inventory.job.classes", 7 * 24 * 3600, jobs.classify_stock, ("inventory.classify_stock",)),
    ),
    events=(
        events.StockReceived,
        events.StockCounted,
        events.ReservationBroken,
        events.StockArrivedForLine,
        events.ExpectationMoved,
    ),
    documents=(
        DocumentSpec("inventory.count_sheet", "inventory.read", documents.count_sheet),
        DocumentSpec("inventory.labels", "inventory.read", documents.labels),
        DocumentSpec("inventory.stock_position", "inventory.read", documents.stock_position),
    ),
    failures=("inventory.reservation_broken",),
    permissions=("inventory.read", "inventory.read_cost"),
    grants={
        "sales": _READER,
        "commercial": (*_READER, *_DECIDES),
        "relations": _READER,
        "stock": (*_KEEPER, *_OPENS, *_DECIDE, *_LOTS, *_SHEETS),
        "finance": (*_READER, "inventory.read_cost", "inventory.adjust_cost"),
        "picking": _COUNTER,
        "shipping": _READER,
        "delivery": _READER,
        "analyst": (*_STEWARD, *_OPENS, *_LOTS, *_SHEETS),
        "marketing": _READER,
        "accounting": (*_READER, "inventory.read_cost", "inventory.adjust_cost"),
    },
    proofs=queries.PROOFS,
    migrations=migrations.MIGRATIONS,
    guards={
        "uq_stock_document_reverses_id": "inventory.reverse_opening_stock.reversed",
        "ck_stock_balance_reserved": "inventory.stock_taken",
        "ck_stock_balance_on_hand": "inventory.stock_gone",
        "ck_stock_balance_held": "inventory.stock_held_back",
        "ck_bin_balance_on_hand": "inventory.stock_gone",
        "ck_bin_balance_picked": "inventory.stock_picked",
        "ck_bin_balance_held": "inventory.stock_held_back",
        "ck_expected_movement_pegged": "inventory.expected_pegged",
    },
    uses=queries.USES,
    data_rules=queries.DATA_RULES,
)
