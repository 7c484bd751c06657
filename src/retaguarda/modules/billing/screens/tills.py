"""Tills: the list with what may be done at this station, the page of a session, the forms of a till's day."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    FieldView,
    FormScreen,
    Level,
    ListScreen,
    PageScreen,
    Tab,
    TablePanel,
)
from retaguarda.modules.billing import commands

TABLES = ("till_session", "till_entry", "till_closing")
_LEVELS: dict[str, Level] = {"open": "info", "closed": ""}
_STATE = Column(field="state", show="pill", width=110, texts="billing.till_state", levels=_LEVELS)
_CHOICES = "billing.money_account_choices"
_ON_SESSION = (
    Action(name="supply", icon="arrow-down", opens="billing.supply_form", key="session_id", shortcut="F6"),
    Action(name="withdraw", icon="arrow-up", opens="billing.withdraw_form", key="session_id", shortcut="F7"),
    Action(name="close", icon="lock", opens="billing.close_till_form", key="session_id", shortcut="F9"),
    Action(name="print", icon="printer", prints="billing.till_closing", key="session_id", shortcut="Ctrl+P"),
)

till_list = ListScreen(
    name="billing.till_list",
    icon="calculator",
    query="billing.tills",
    sort="-opened_at",
    opens="billing.till_page",
    search="",
    tabs=(Tab(name="all", counted=False), Tab(name="open", where={"state": "open"})),
    columns=(
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="account_name", show="name", sub="person_name"),
        _STATE,
        Column(field="opened_at", show="instant", width=150, sortable=True),
        Column(field="closed_at", show="instant", width=150, hide_below=1200),
        Column(field="float_amount", show="money", width=110, hide_below=1300),
        Column(field="counted_amount", show="money", width=120),
        Column(field="difference_amount", show="money", width=120),
    ),
    actions=(
        Action(
            name="open",
            icon="lock-open",
            opens="billing.open_till_form",
            shortcut="Ctrl+N",
            primary=True,
            on_row=False,
        ),
        *_ON_SESSION,
    ),
    refreshed_by=TABLES,
)

till_page = PageScreen(
    name="billing.till_page",
    icon="calculator",
    load="billing.tills",
    record_title="number",
    pills=(_STATE,),
    context=(
        Column(field="account_name", show="name"),
        Column(field="person_name"),
        Column(field="opened_at", show="instant"),
    ),
    panels=(
        TablePanel(
            name="entries",
            query="billing.till_entries",
            where={"session_id": "id"},
            limit=500,
            columns=(
                Column(field="at", show="instant", width=150),
                Column(field="kind", show="code", texts="billing.till_entry", sub="reason"),
                Column(field="other_name", width=160),
                Column(field="person_name", title="billing.settlement_list.person_name", width=140, hide_below=1200),
                Column(field="amount", show="money", width=120),
            ),
        ),
        TablePanel(
            name="moneys",
            query="billing.settlement_moneys",
            where={"till_session_id": "id"},
            sort="-at",
            limit=500,
            columns=(
                Column(field="at", show="instant", width=150),
                Column(field="customer_name", show="name"),
                Column(field="method", show="code", width=130, texts="billing.method"),
                Column(field="amount", show="money", width=120),
            ),
        ),
        FactsPanel(
            name="found",
            place="side",
            facts=(
                Column(field="float_amount", show="money"),
                Column(field="expected_amount", show="money"),
                Column(field="counted_amount", show="money"),
                Column(field="difference_amount", show="money"),
                Column(field="closed_at", show="instant"),
                Column(field="closer_name"),
                Column(field="reason"),
            ),
        ),
        TablePanel(
            name="methods",
            query="billing.till_methods",
            where={"session_id": "id"},
            place="side",
            columns=(
                Column(field="method", show="code", texts="billing.method"),
                Column(field="count", show="whole", width=60),
                Column(field="amount", show="money", width=120),
            ),
        ),
    ),
    actions=_ON_SESSION,
    refreshed_by=TABLES,
)

open_till_form = FormScreen(
    name="billing.open_till_form",
    icon="lock-open",
    command=commands.OpenTill,
    fields=(
        FieldView(name="float_amount", help="billing.field.float_amount.help"),
        FieldView(name="from_account_id", suggestions=_CHOICES, help="billing.field.from_account_id.help"),
    ),
    refreshed_by=TABLES,
)
supply_form = FormScreen(
    name="billing.supply_form",
    icon="arrow-down",
    command=commands.SupplyTill,
    fields=(
        FieldView(name="amount"),
        FieldView(name="from_account_id", suggestions=_CHOICES),
        FieldView(name="reason", width=2),
    ),
    refreshed_by=TABLES,
)
withdraw_form = FormScreen(
    name="billing.withdraw_form",
    icon="arrow-up",
    command=commands.WithdrawTill,
    fields=(
        FieldView(name="amount"),
        FieldView(name="to_account_id", suggestions=_CHOICES),
        FieldView(name="reason", width=2),
    ),
    refreshed_by=TABLES,
)
close_till_form = FormScreen(
    name="billing.close_till_form",
    icon="lock",
    command=commands.CloseTill,
    fields=(
        FieldView(name="counted_amount", help="billing.field.counted_amount.help"),
        FieldView(name="to_account_id", suggestions=_CHOICES, help="billing.field.to_account_id.help"),
        FieldView(name="reason", width=2),
    ),
    actions=(
        Action(
            name="close",
            icon="check",
            does="save",
            shortcut="F10",
            primary=True,
            then="close",
            prints_after="billing.till_closing",
            key="session_id",
        ),
    ),
    refreshed_by=TABLES,
)

SCREENS = (till_list, till_page, open_till_form, supply_form, withdraw_form, close_till_form)
