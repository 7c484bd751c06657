"""The inventory: what there is, for whom it is kept, what is to come; it alone answers availability."""

from __future__ import annotations

from retaguarda.kernel.module import Listener, Module
from retaguarda.modules.inventory import events, listeners, model

MODULE = Module(
    name="inventory",
    needs=("company", "catalog"),
    models=tuple(getattr(model, name) for name in model.__all__),
    listeners=(
        Listener("company.CompanyCreated", "inventory.company_created", listeners.company_created),
        Listener("company.BranchAdded", "inventory.branch_added", listeners.branch_added),
    ),
    events=(
        events.StockReceived,
        events.StockCounted,
        events.ReservationBroken,
        events.StockArrivedForLine,
        events.ExpectationMoved,
    ),
    failures=("inventory.reservation_broken",),
    permissions=("inventory.read",),
    guards={
        "ck_stock_balance_reserved": "inventory.stock_taken",
        "ck_stock_balance_on_hand": "inventory.stock_gone",
        "ck_stock_balance_held": "inventory.stock_held_back",
        "ck_bin_balance_on_hand": "inventory.stock_gone",
        "ck_bin_balance_picked": "inventory.stock_picked",
        "ck_expected_movement_pegged": "inventory.expected_pegged",
    },
)
