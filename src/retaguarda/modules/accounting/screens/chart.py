"""The chart of accounts, an account's ledger, cost centres, purposes, rules and layouts."""

from __future__ import annotations

from retaguarda.kernel.kinds import Choice
from retaguarda.kernel.screen import Action, FactsPanel, FormScreen, LinesView, ListScreen, PageScreen, Tab, TablePanel
from retaguarda.modules.accounting import commands, rules
from retaguarda.modules.accounting.screens.parts import column, field, new

ACCOUNT_LIST = ListScreen(
    name="accounting.account_list",
    icon="list",
    query="accounting.accounts",
    sort="code",
    found=("name", "code"),
    opens="accounting.account_page",
    columns=(
        column("code", show="code", width=130, sortable=True),
        column("name", show="name", sortable=True),
        column("kind", show="pill", texts="accounting.kind", width=150),
        column("postable", show="flag", width=120),
    ),
    tabs=(
        Tab(name="in_use", where={"archived": False}),
        Tab(name="leaves", where={"archived": False, "postable": True}),
        Tab(name="archived", where={"archived": True}),
        Tab(name="all", counted=False),
    ),
    actions=(
        new("accounting.account_form"),
        Action(name="revise", icon="pencil", opens="accounting.account_form", key="account_id"),
        Action(
            name="archive",
            icon="archive",
            press="accounting.archive_account",
            key="account_id",
            asks="accounting.ask.archive_account",
        ),
        Action(name="restore", icon="undo-2", press="accounting.restore_account", key="account_id"),
        Action(name="purposes", icon="link", opens="accounting.role_list", on_row=False),
    ),
    refreshed_by=("account", "account_role"),
)
ACCOUNT_PAGE = PageScreen(
    name="accounting.account_page",
    icon="list",
    load="accounting.account_card",
    record_title="name",
    pills=(column("kind", show="pill", texts="accounting.kind"),),
    context=(column("code", show="code"), column("parent_name")),
    panels=(
        TablePanel(
            name="ledger",
            query="accounting.account_ledger",
            where={"account_id": "id"},
            sort="-occurred_on",
            limit=500,
            opens="accounting.entry_page",
            opens_key="entry_id",
            columns=(
                column("occurred_on", show="day", width=100),
                column("rule", show="code", texts="accounting.rule", width=160),
                column("source_number", show="code", width=80),
                column("party_name", show="name", sub="memo"),
                column("debit", show="money", width=96),
                column("credit", show="money", width=96),
                column("balance", show="money", width=110),
            ),
        ),
        FactsPanel(
            name="facts",
            place="side",
            facts=(
                column("balance", show="money"),
                column("debit_amount", show="money"),
                column("credit_amount", show="money"),
                column("line_count", show="whole"),
            ),
        ),
    ),
    actions=(
        Action(name="print", icon="printer", prints="accounting.ledger_report", key="account_id", primary=True),
        Action(name="revise", icon="pencil", opens="accounting.account_form", key="account_id"),
    ),
    refreshed_by=("entry", "account"),
)
ACCOUNT_FORM = FormScreen(
    name="accounting.account_form",
    icon="list",
    command=commands.AddAccount,
    revise=commands.ReviseAccount,
    load="accounting.accounts",
    key="account_id",
    fields=(
        field("parent_id", suggestions="accounting.node_choices", shown_by="parent_name", width=2),
        field("name", width=2),
        field("code", help="accounting.field.code.help"),
        field("sums", width=2),
    ),
    refreshed_by=("account",),
)
ROLE_LIST = ListScreen(
    name="accounting.role_list",
    icon="link",
    query="accounting.roles",
    sort="account_code",
    columns=(
        column("role", show="code", texts="accounting.role"),
        column("account_name", show="name", sub="account_code", sub_show="code"),
    ),
    opens="accounting.role_form",
    actions=(Action(name="assign", icon="link", opens="accounting.role_form", given={"role": "role"}, primary=True),),
    refreshed_by=("account_role", "account"),
)
ROLE_FORM = FormScreen(
    name="accounting.role_form",
    icon="link",
    revise=commands.AssignRole,
    load="accounting.roles",
    key="",
    record_name="role",
    record_texts="accounting.role",
    fields=(field("role"), field("account_id", suggestions="accounting.every_account", shown_by="account_name")),
    refreshed_by=("account_role",),
)
CENTRE_LIST = ListScreen(
    name="accounting.centre_list",
    icon="chart-pie",
    query="accounting.cost_centres",
    sort="code",
    opens="accounting.centre_form",
    columns=(column("code", show="code", width=140, sortable=True), column("name", show="name", sortable=True)),
    tabs=(Tab(name="in_use", where={"archived": False}), Tab(name="archived", where={"archived": True})),
    actions=(
        new("accounting.centre_form"),
        Action(name="archive", icon="archive", press="accounting.archive_cost_centre", key="cost_centre_id"),
        Action(name="restore", icon="undo-2", press="accounting.restore_cost_centre", key="cost_centre_id"),
    ),
    refreshed_by=("cost_centre",),
)
CENTRE_FORM = FormScreen(
    name="accounting.centre_form",
    icon="layers",
    command=commands.AddCostCentre,
    revise=commands.ReviseCostCentre,
    load="accounting.cost_centres",
    key="cost_centre_id",
    fields=(field("code"), field("name", width=2)),
    refreshed_by=("cost_centre",),
)
RULE_LIST = ListScreen(
    name="accounting.rule_list",
    icon="git-merge",
    query="accounting.posting_rules",
    sort="rule",
    opens="accounting.rule_form",
    columns=(
        column("rule", show="code", texts="accounting.rule", sortable=True),
        column("line_count", show="whole", width=120),
    ),
    refreshed_by=("posting_rule",),
)
RULE_FORM = FormScreen(
    name="accounting.rule_form",
    icon="git-merge",
    revise=commands.RevisePostingRule,
    load="accounting.posting_rules",
    key="posting_rule_id",
    record_name="rule",
    record_texts="accounting.rule",
    fields=(
        LinesView(
            name="lines",
            label="accounting.field.lines",
            columns=(
                field("amount", width=240, kind=Choice(rules.AMOUNTS, texts="accounting.amount")),
                field("side", width=130),
                field("role", kind=Choice(rules.POSTED, texts="accounting.role")),
            ),
        ),
    ),
    refreshed_by=("posting_rule",),
)
LAYOUT_LIST = ListScreen(
    name="accounting.layout_list",
    icon="rows-3",
    query="accounting.report_layouts",
    sort="report",
    search="",
    opens="accounting.layout_form",
    columns=(column("report", show="code", texts="accounting.report"),),
    refreshed_by=("report_layout",),
)
LAYOUT_FORM = FormScreen(
    name="accounting.layout_form",
    icon="rows-3",
    revise=commands.ReviseReportLayout,
    load="accounting.report_layouts",
    key="report_layout_id",
    record_name="report",
    record_texts="accounting.report",
    fields=(
        LinesView(
            name="lines",
            label="accounting.field.lines",
            columns=(
                field("kind", width=140),
                field("account_id", suggestions="accounting.every_account", shown_by="account_name"),
                field("label"),
            ),
        ),
    ),
    refreshed_by=("report_layout",),
)
SCREENS = (
    ACCOUNT_LIST,
    ACCOUNT_PAGE,
    ACCOUNT_FORM,
    ROLE_LIST,
    ROLE_FORM,
    CENTRE_LIST,
    CENTRE_FORM,
    RULE_LIST,
    RULE_FORM,
    LAYOUT_LIST,
    LAYOUT_FORM,
)
