"""Dialogs over an order: why it is held, cancelled or declined."""

from __future__ import annotations

from retaguarda.kernel.command import Command
from retaguarda.kernel.screen import FieldView, FormScreen
from retaguarda.modules.sales.commands import orders, quotations


def _why(name: str, icon: str, command: type[Command]) -> FormScreen:
    return FormScreen(
        name=f"sales.{name}_form",
        icon=icon,
        command=command,
        fields=(FieldView(name="reason", width=2),),
        refreshed_by=("sales_order",),
    )


DIALOGS = (
    _why("hold", "pause", orders.HoldOrder),
    _why("cancel", "ban", orders.CancelOrder),
    _why("decline", "circle-x", quotations.DeclineQuotation),
)
