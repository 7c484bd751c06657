"""Dialogs over an order: confirmed for a day, postponed, closed, cancelled."""

from __future__ import annotations

from retaguarda.kernel.screen import FormScreen
from retaguarda.modules.purchasing.commands import changes, orders
from retaguarda.modules.purchasing.screens.parts import field

_REFRESHED = ("purchase_order",)

DIALOGS = (
    FormScreen(
        name="purchasing.confirm_form",
        icon="calendar-check",
        command=orders.ConfirmOrder,
        fields=(field("expected_on", help="purchasing.field.expected_on.help"), field("supplier_reference")),
        refreshed_by=_REFRESHED,
    ),
    FormScreen(
        name="purchasing.postpone_form",
        icon="calendar-clock",
        command=changes.PostponeOrder,
        fields=(field("expected_on"), field("reason", width=2)),
        refreshed_by=_REFRESHED,
    ),
    FormScreen(
        name="purchasing.close_form",
        icon="circle-check",
        command=orders.CloseOrder,
        fields=(field("reason", width=2, help="purchasing.field.reason.help_close"),),
        refreshed_by=_REFRESHED,
    ),
    FormScreen(
        name="purchasing.cancel_form",
        icon="ban",
        command=orders.CancelOrder,
        fields=(field("reason", width=2),),
        refreshed_by=_REFRESHED,
    ),
)
