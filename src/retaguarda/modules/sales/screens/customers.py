"""What sales fills into the page of a customer: the credit that is used and free, and the orders."""

from __future__ import annotations

from retaguarda.kernel.screen import Column, FactsPanel, FiguresPanel, SlotFill, TablePanel
from retaguarda.modules.sales.screens.orders import STATE_LEVELS

_PAGE = "party.customer_page"

SLOTS = (
    SlotFill(
        _PAGE,
        "panels",
        FiguresPanel(
            name="credit",
            title="sales.credit",
            icon="wallet",
            query="sales.customer_credit",
            where={"id": "id"},
            place="side",
            figures=(
                Column(field="used", title="sales.credit.used", show="money"),
                Column(field="free", title="sales.credit.free", show="money"),
            ),
            levels={"used": "info", "free": "ok"},
            bar=("used", "free"),
            permission="sales.read_credit",
        ),
    ),
    SlotFill(
        _PAGE,
        "panels",
        FactsPanel(
            name="credit_parts",
            title="sales.credit.parts",
            icon="list",
            query="sales.customer_credit",
            where={"id": "id"},
            place="side",
            facts=(
                Column(field="owed_amount", title="sales.credit.owed_amount", show="money"),
                Column(field="ordered_amount", title="sales.credit.ordered_amount", show="money"),
                Column(field="over", title="sales.credit.over", show="money"),
            ),
            permission="sales.read_credit",
        ),
    ),
    SlotFill(
        _PAGE,
        "panels",
        TablePanel(
            name="orders",
            title="sales.customer_orders",
            icon="shopping-cart",
            query="sales.orders",
            where={"customer_id": "id"},
            sort="-number",
            columns=(
                Column(field="number", title="sales.order_list.number", show="code", width=90),
                Column(field="ordered_at", title="sales.order_list.ordered_at", show="instant"),
                Column(field="state", title="sales.customer_orders.state", show="pill", texts="sales.order.state",
                       levels=STATE_LEVELS, width=130),
                Column(field="promised_on", title="sales.order_list.promised_on", show="day", width=120),
                Column(field="total_amount", title="sales.order_list.total_amount", show="money", width=130),
            ),
            opens="sales.order_page",
            permission="sales.read",
        ),
    ),
)  # fmt: skip
