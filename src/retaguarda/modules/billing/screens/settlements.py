"""Payments, credit notes and whatever else settled something: the list, one whole, taking one back."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    FieldView,
    FormScreen,
    Level,
    ListScreen,
    PageScreen,
    Phrase,
    Tab,
    TablePanel,
)
from retaguarda.modules.billing import commands

TABLES = ("settlement",)
_LEVELS: dict[str, Level] = {"stands": "ok", "reversed": "warn"}
_PAPERS = ("payment", "refund", "reversal")


def _has_receipt(row: Any) -> Phrase | None:
    return None if row is not None and row.kind in _PAPERS else Phrase("billing.reason.no_receipt")


def _has_note(row: Any) -> Phrase | None:
    return None if row is not None and row.kind == "credit_note" else Phrase("billing.reason.no_credit_note")


_ACTIONS = (
    Action(
        name="print",
        icon="printer",
        prints="billing.receipt",
        key="settlement_id",
        shortcut="Ctrl+P",
        enabled=_has_receipt,
    ),
    Action(name="print_note", icon="file-text", prints="billing.credit_note", key="settlement_id", enabled=_has_note),
    Action(name="reverse", icon="undo-2", opens="billing.reverse_payment_form", key="settlement_id", danger=True),
    Action(name="reverse_write_off", icon="undo-2", opens="billing.reverse_write_off_form", key="settlement_id"),
)

settlement_list = ListScreen(
    name="billing.settlement_list",
    icon="hand-coins",
    query="billing.settlements",
    sort="-at",
    opens="billing.settlement_page",
    tabs=(
        Tab(name="payments", where={"kind": "payment"}, counted=False),
        Tab(name="credit_notes", where={"kind": "credit_note"}, counted=False),
        Tab(
            name="others",
            where={"kind": ["refund", "write_off", "renegotiation", "reversal", "annulment"]},
            counted=False,
        ),
        Tab(name="all", counted=False),
    ),
    columns=(
        Column(field="kind", show="code", width=130, texts="billing.kind"),
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="occurred_on", show="day", width=110, sortable=True),
        Column(field="customer_name", show="name", sub="reason", sub_show="words", sortable=True),
        Column(
            field="state", show="pill", width=120, texts="billing.settlement_state", levels=_LEVELS, hide_below=1100
        ),
        Column(field="person_name", width=140, hide_below=1300),
        Column(field="principal_amount", show="money", width=120, hide_below=1200),
        Column(field="money_amount", show="money", width=120, sortable=True),
    ),
    actions=_ACTIONS,
    refreshed_by=TABLES,
)

settlement_page = PageScreen(
    name="billing.settlement_page",
    icon="wallet",
    load="billing.settlements",
    record_title="number",
    pills=(Column(field="state", show="pill", texts="billing.settlement_state", levels=_LEVELS),),
    context=(
        Column(field="kind", show="code", texts="billing.kind"),
        Column(field="customer_name", show="name"),
        Column(field="occurred_on", show="day"),
    ),
    panels=(
        TablePanel(
            name="settled",
            query="billing.settled",
            where={"settlement_id": "id"},
            limit=500,
            columns=(
                Column(field="document", show="code", width=100),
                Column(field="due_on", show="day", width=110),
                Column(field="principal_amount", show="money"),
                Column(field="interest_amount", show="money", width=110),
                Column(field="fine_amount", show="money", width=110),
                Column(field="discount_amount", show="money", width=110),
            ),
        ),
        TablePanel(
            name="lines",
            query="billing.credit_note_lines",
            where={"settlement_id": "id"},
            limit=500,
            columns=(
                Column(field="name", show="name", sub="code", sub_show="code"),
                Column(field="quantity", show="quantity", width=100),
                Column(field="net_amount", show="money", width=120),
            ),
        ),
        FactsPanel(
            name="sums",
            place="side",
            facts=tuple(
                Column(field=f"{name}_amount", show="money")
                for name in ("money", "value", "principal", "interest", "fine", "discount", "credit")
            ),
        ),
        TablePanel(
            name="moneys",
            query="billing.settlement_moneys",
            where={"settlement_id": "id"},
            sort="position",
            place="side",
            columns=(
                Column(field="method", show="code", texts="billing.method", sub="account_name"),
                Column(field="amount", show="money", width=120),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                Column(field="person_name"),
                Column(field="reason", show="words"),
                Column(field="invoice_number", show="code"),
                Column(field="reverses_number", show="code"),
            ),
        ),
    ),
    actions=_ACTIONS,
    refreshed_by=TABLES,
)


def _reversing(name: str, command: type[Any]) -> FormScreen:
    return FormScreen(
        name=name,
        icon="undo-2",
        command=command,
        fields=(FieldView(name="reason", width=2, help="billing.field.reverse.help"),),
        refreshed_by=TABLES,
    )


reverse_payment_form = _reversing("billing.reverse_payment_form", commands.ReversePayment)
reverse_write_off_form = _reversing("billing.reverse_write_off_form", commands.ReverseWriteOff)

SCREENS = (settlement_list, settlement_page, reverse_payment_form, reverse_write_off_form)
