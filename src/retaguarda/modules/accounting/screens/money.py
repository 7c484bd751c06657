"""Money accounts with what is in them, their movements, and moving money between them."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FactsPanel, FormScreen, ListScreen, PageScreen, SlotFill, Tab, TablePanel
from retaguarda.modules.accounting import commands
from retaguarda.modules.accounting.screens.parts import column, field, new

_TRANSFER = Action(
    name="transfer",
    icon="arrow-right",
    opens="accounting.transfer_form",
    given={"from_id": "id"},
    labels={"from_id": "name"},
)
MONEY_LIST = ListScreen(
    name="accounting.money_list",
    icon="wallet",
    query="accounting.money_accounts",
    sort="name",
    opens="accounting.money_page",
    columns=(
        column("name", show="name", sub="account_code", sub_show="code", sortable=True),
        column("kind", show="pill", texts="accounting.money_kind", width=150),
        column("bank_number", show="code", width=140, hide_below=1200),
        column("branch_name", width=160, hide_below=1100),
        column("balance", show="money", width=150, sortable=True),
    ),
    tabs=(Tab(name="in_use", where={"archived": False}), Tab(name="archived", where={"archived": True})),
    actions=(
        new("accounting.money_form"),
        _TRANSFER,
        Action(name="revise", icon="pencil", opens="accounting.money_form", key="money_account_id"),
        Action(
            name="archive",
            icon="archive",
            press="accounting.archive_money_account",
            key="money_account_id",
            asks="accounting.ask.archive_money_account",
        ),
        Action(name="restore", icon="undo-2", press="accounting.restore_money_account", key="money_account_id"),
    ),
    refreshed_by=("money_account", "money_movement"),
)
MONEY_PAGE = PageScreen(
    name="accounting.money_page",
    icon="wallet",
    load="accounting.money_accounts",
    record_title="name",
    pills=(column("kind", show="pill", texts="accounting.money_kind"),),
    context=(column("branch_name"), column("account_code", show="code")),
    panels=(
        TablePanel(
            name="movements",
            query="accounting.money_movements",
            where={"money_account_id": "id"},
            sort="-occurred_on",
            limit=500,
            columns=(
                column("occurred_on", show="day", width=110),
                column("movement", show="code", texts="accounting.movement", width=160),
                column("memo"),
                column("bank_reference", show="code", width=190),
                column("amount", show="money", width=140),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("balance", show="money"),
                column("bank_code", show="code"),
                column("bank_agency", show="code"),
                column("bank_number", show="code"),
                column("station", show="code"),
            ),
        ),
    ),
    actions=(
        Action(
            name="transfer",
            icon="arrow-right",
            opens="accounting.transfer_form",
            given={"from_id": "id"},
            labels={"from_id": "name"},
            primary=True,
        ),
        Action(name="revise", icon="pencil", opens="accounting.money_form", key="money_account_id"),
    ),
    refreshed_by=("money_account", "money_movement"),
)
MONEY_FORM = FormScreen(
    name="accounting.money_form",
    icon="wallet",
    command=commands.AddMoneyAccount,
    revise=commands.ReviseMoneyAccount,
    load="accounting.money_accounts",
    key="money_account_id",
    fields=(
        field("name", width=2),
        field("kind"),
        field("branch_id", suggestions="company.branch_choices", shown_by="branch_name"),
        field("station", help="accounting.field.station.help"),
        field("bank_code", suggestions="reference.bank_choices", offers="code"),
        field("bank_agency"),
        field("bank_number"),
        field("opening_amount", help="accounting.field.opening_amount.help"),
        field("opening_on"),
    ),
    refreshed_by=("money_account",),
)
TRANSFER_FORM = FormScreen(
    name="accounting.transfer_form",
    icon="arrow-right",
    command=commands.TransferMoney,
    fields=(
        field("from_id", suggestions="accounting.money_account_choices"),
        field("to_id", suggestions="accounting.money_account_choices"),
        field("amount"),
        field("occurred_on", initial="d"),
        field("bank_reference"),
        field("memo", width=2),
    ),
)
SLOTS = (
    SlotFill(
        "reference.edition_page",
        "panels",
        TablePanel(
            name="money_accounts",
            title="accounting.lost_bank",
            query="reference.lost_money_accounts",
            where={"edition_id": "id"},
            permission="accounting.read_money",
            sort="name",
            columns=(column("code", "bank_code", show="code", width=110), column("name", show="name")),
            opens="accounting.money_page",
            opens_key="record_id",
        ),
    ),
)
SCREENS = (MONEY_LIST, MONEY_PAGE, MONEY_FORM, TRANSFER_FORM)
