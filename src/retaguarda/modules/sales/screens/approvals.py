"""The sheets in which somebody with more rights lets a refused command pass: who, the password, why."""

from __future__ import annotations

from retaguarda.kernel.command import Command, name_of
from retaguarda.kernel.screen import FieldView, FormScreen
from retaguarda.modules.sales.commands import amendments, counter, orders, quotations

_LINES = ("sales.discount_over_limit", "sales.price_below_floor", "sales.approval_without_reason")


def _approval(command: type[Command], *codes: str) -> FormScreen:
    return FormScreen(
        name=f"{name_of(command)}_approval",
        title="sales.approval.title",
        icon="shield-check",
        command=command,
        approves=codes,
        fields=tuple(
            FieldView(name=name, label=f"sales.approval.{name}", width=width)
            for name, width in (("approved_by", 1), ("approval_password", 1), ("approval_reason", 2))
        ),
    )


APPROVAL_FORMS = (
    _approval(quotations.CreateQuotation, *_LINES),
    _approval(quotations.ReviseQuotation, *_LINES),
    _approval(counter.SellAtCounter, *_LINES),
    _approval(orders.ConfirmOrder, orders.CONFIRM_CREDIT),
    _approval(amendments.AmendOrder, *_LINES, amendments.AMEND_CREDIT),
)
