"""The forms by which facts are entered: receipts, counts, damages, transfers, holds, expectations."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    FieldView,
    FormScreen,
    LinesView,
)
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import (
    LINE_LOCATION,
    LINE_PRODUCT,
    LOCATION,
    PRODUCT,
    REASON,
    WAREHOUSE,
    field,
)

RECEIPT_FORM = FormScreen(
    name="inventory.receipt_form",
    icon="package-check",
    command=commands.ReceiveStock,
    fields=(
        WAREHOUSE,
        field("supplier_id", suggestions="party.supplier_choices"),
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                field("quantity", width=110),
                field("unit_cost", width=110),
                LINE_LOCATION,
                field("lot", width=110),
                field("expires_on", width=110),
                field("serials", width=150),
            ),
        ),
        REASON,
    ),
)
COUNT_FORM = FormScreen(
    name="inventory.count_form",
    icon="list-checks",
    command=commands.CountStock,
    fields=(
        WAREHOUSE,
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                FieldView(name="quantity", label="inventory.field.counted", width=110),
                LINE_LOCATION,
                field("lot", width=120),
                field("serials", width=150),
            ),
        ),
        REASON,
    ),
)
WRITE_OFF_FORM = FormScreen(
    name="inventory.write_off_form",
    icon="package-x",
    command=commands.WriteOffStock,
    fields=(
        WAREHOUSE,
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                field("quantity", width=110),
                LINE_LOCATION,
                field("lot", width=120),
                field("serials", width=150),
            ),
        ),
        REASON,
    ),
)
TRANSFER_FORM = FormScreen(
    name="inventory.transfer_form",
    icon="arrow-right",
    command=commands.MoveStock,
    fields=(
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                field("quantity", width=110),
                field("from_location_id", width=150, suggestions="inventory.location_choices"),
                field("to_location_id", width=150, suggestions="inventory.location_choices"),
                field("lot", width=110),
                field("serials", width=150),
            ),
        ),
        REASON,
    ),
)
HOLD_FORM = FormScreen(
    name="inventory.hold_form",
    icon="hand",
    command=commands.HoldStock,
    fields=(PRODUCT, field("quantity"), WAREHOUSE, LOCATION, field("lot"), REASON),
)
RELEASE_FORM = FormScreen(
    name="inventory.release_form",
    icon="lock-open",
    command=commands.ReleaseHold,
    fields=(field("quantity", help="inventory.field.quantity.help_release"), REASON),
)
NEGATIVE_FORM = FormScreen(
    name="inventory.negative_form",
    icon="zap",
    command=commands.AuthoriseNegative,
    fields=(PRODUCT, field("quantity"), WAREHOUSE, LOCATION, REASON),
)
EXPECT_FORM = FormScreen(
    name="inventory.expect_form",
    icon="calendar-clock",
    command=commands.ExpectStock,
    fields=(PRODUCT, field("quantity"), field("expected_on", initial="+7"), WAREHOUSE),
)
POSTPONE_FORM = FormScreen(
    name="inventory.postpone_form",
    icon="calendar-clock",
    command=commands.PostponeExpected,
    fields=(field("expected_on", initial="+7"),),
)
