"""Trial balance, income statement, balance sheet, and the months they run over."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, ListScreen
from retaguarda.modules.accounting import commands
from retaguarda.modules.accounting.screens.parts import SPANS, STATE_LEVELS, column, field

_DAYS = {"since": "starts_on", "until": "ends_on"}

TRIAL_BALANCE = ListScreen(
    name="accounting.trial_balance_list",
    adds_up=False,
    icon="scale",
    query="accounting.trial_balance",
    sort="code",
    opens="accounting.account_page",
    page_size=500,
    columns=(
        column("code", show="code", width=130),
        column("name", show="name"),
        column("opening_amount", show="money", width=140),
        column("debit_amount", show="money", width=140),
        column("credit_amount", show="money", width=140),
        column("closing_amount", show="money", width=140),
    ),
    tabs=SPANS,
    actions=(
        Action(name="print", icon="printer", prints="accounting.trial_balance_report", on_row=False, primary=True),
    ),
    refreshed_by=("entry", "account"),
)
INCOME = ListScreen(
    name="accounting.income_list",
    adds_up=False,
    icon="trending-up",
    query="accounting.income_statement",
    sort="position",
    search="",
    opens="accounting.account_page",
    opens_key="account_id",
    columns=(
        column("code", show="code", width=110),
        column("label", show="name"),
        column("kind", show="code", texts="accounting.line_kind", width=140, hide_below=1200),
        column("amount", show="money", width=160),
    ),
    tabs=SPANS,
    actions=(
        Action(name="print", icon="printer", prints="accounting.income_report", on_row=False, primary=True),
        Action(name="layout", icon="rows-3", opens="accounting.layout_list", on_row=False),
    ),
    refreshed_by=("entry", "report_layout"),
)
BALANCE = ListScreen(
    name="accounting.balance_list",
    adds_up=False,
    icon="landmark",
    query="accounting.balance_sheet",
    sort="position",
    search="",
    opens="accounting.account_page",
    opens_key="account_id",
    columns=INCOME.columns,
    tabs=tuple(tab for tab in SPANS if tab.name in ("month", "last_month")),
    actions=(
        Action(name="print", icon="printer", prints="accounting.balance_report", on_row=False, primary=True),
        Action(name="layout", icon="rows-3", opens="accounting.layout_list", on_row=False),
    ),
    refreshed_by=("entry", "report_layout"),
)
PERIOD_LIST = ListScreen(
    name="accounting.period_list",
    icon="calendar",
    query="accounting.periods",
    sort="-starts_on",
    search="",
    opens="accounting.trial_balance_list",
    columns=(
        column("starts_on", show="day", width=120, sortable=True),
        column("ends_on", show="day", width=120),
        column("state", show="pill", texts="accounting.state", levels=STATE_LEVELS, width=120),
        column("entries", show="whole", width=120),
        column("debit_amount", show="money", width=150),
        column("changed_at", show="instant", width=160, hide_below=1200),
        column("person_name", sub="reason"),
    ),
    actions=(
        Action(
            name="close",
            icon="lock",
            press="accounting.close_period",
            key="period_id",
            primary=True,
            asks="accounting.ask.close_period",
        ),
        Action(name="reopen", icon="lock-open", opens="accounting.reopen_form", key="period_id", danger=True),
        Action(name="balance", icon="scale", opens="accounting.trial_balance_list", given=_DAYS),
        Action(name="result", icon="trending-up", opens="accounting.income_list", given=_DAYS),
        Action(name="print", icon="printer", prints="accounting.trial_balance_report", given=_DAYS),
    ),
    refreshed_by=("period", "entry"),
)
REOPEN_FORM = FormScreen(
    name="accounting.reopen_form",
    icon="lock-open",
    command=commands.ReopenPeriod,
    fields=(field("reason", width=2),),
)
SCREENS = (TRIAL_BALANCE, INCOME, BALANCE, PERIOD_LIST, REOPEN_FORM)
