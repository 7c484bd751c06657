"""What is to be received: the list that receives by one key, the account of a customer, renegotiation and write-off."""

from __future__ import annotations

from dataclasses import replace

from retaguarda.kernel.screen import (
    Action,
    Column,
    FieldView,
    FiguresPanel,
    FormScreen,
    LinesView,
    ListScreen,
    PageScreen,
    Phrase,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.form import FormState
from retaguarda.modules.billing import commands
from retaguarda.modules.billing.screens.parts import ACCOUNT, DUE_LEVELS, METHOD, PAYING_ACCOUNT, REFERENCE

TABLES = ("invoice", "settlement")
_ACCOUNT_OF_ROW = Action(
    name="account", icon="wallet", opens="billing.account_page", key="id", given={"id": "party_id"}
)
FIGURES = FiguresPanel(
    name="receivable_figures",
    title="billing.receivable_figures",
    icon="banknote",
    query="billing.receivable_figures",
    permission="billing.read",
    place="top",
    figures=tuple(
        Column(field=name, title=f"billing.receivable_figures.{name}", show="money")
        for name in ("overdue", "today", "week", "open")
    ),
    levels={"overdue": "bad", "today": "warn"},
)

receivable_list = ListScreen(
    name="billing.receivable_list",
    icon="banknote",
    query="billing.receivables",
    sort="due_on",
    opens="billing.receive_form",
    opens_key="leads_to",
    tabs=(
        Tab(name="unpaid", where={"state !=": "settled"}),
        Tab(name="overdue", where={"state": "overdue"}),
        Tab(name="today", where={"state": "today"}),
        Tab(name="settled", where={"state": "settled"}, counted=False),
    ),
    columns=(
        Column(field="name", show="code", width=90),
        Column(field="customer_name", show="name", sortable=True),
        Column(field="state", show="pill", width=120, texts="billing.due_state", levels=DUE_LEVELS),
        Column(field="due_on", show="day", width=110, sortable=True),
        Column(field="days_late", show="whole", width=80, sortable=True, hide_below=1100),
        Column(field="due_amount", show="money", width=120, hide_below=1300),
        Column(field="open_amount", show="money", width=120, sortable=True),
        Column(field="extra_amount", show="money", width=110, hide_below=1200),
        Column(field="payable_amount", show="money", width=120),
    ),
    more=(Column(field="branch_name", width=150),),
    actions=(
        Action(name="receive", icon="banknote", opens="billing.receive_form", shortcut="F10", primary=True),
        Action(
            name="receive_all",
            icon="layers",
            opens="billing.receive_customer_form",
            key="party_id",
            given={"party_id": "party_id"},
            shortcut="F8",
        ),
        _ACCOUNT_OF_ROW,
        Action(
            name="renegotiate",
            icon="calendar-clock",
            opens="billing.renegotiate_form",
            given={"party_id": "party_id"},
        ),
        Action(name="write_off", icon="x", opens="billing.write_off_form", key="receivable_id", danger=True),
    ),
    panels=(FIGURES,),
    refreshed_by=TABLES,
)

_RECEIVE = Action(
    name="receive",
    icon="check",
    does="save",
    shortcut="F10",
    primary=True,
    then="close",
    prints_after="billing.receipt",
    key="settlement_id",
)
_MONEYS = LinesView(
    name="moneys",
    label="billing.field.moneys",
    columns=(
        FieldView(name="method", label="billing.field.method", width=150),
        FieldView(name="amount", label="billing.field.amount", width=120),
        replace(ACCOUNT, help=""),
        replace(REFERENCE, width=160),
    ),
)
_PARTS = LinesView(
    name="parts",
    label="billing.field.parts",
    columns=(
        FieldView(
            name="receivable_id",
            label="billing.field.receivable_id",
            suggestions="billing.receivable_choices",
            shown_by="name",
        ),
        FieldView(name="amount", label="billing.field.amount", width=130),
    ),
)
_FIELDS = (
    FieldView(name="amount", label="billing.field.amount", help="billing.field.amount.help"),
    METHOD,
    ACCOUNT,
    REFERENCE,
    FieldView(name="received_on", label="billing.field.received_on"),
    FieldView(name="use_credit", label="billing.field.use_credit"),
    _PARTS,
    _MONEYS,
    FieldView(name="keep_credit", label="billing.field.keep_credit"),
    FieldView(name="waive_charges", label="billing.field.waive_charges"),
)


def _still_open(form: FormState) -> Phrase | None:
    """Why nothing can be received: somebody has, or the instalment went another way."""
    day = form.row.settled_on if form.row is not None else None
    return None if day is None else Phrase("billing.receive_form.settled", {"day": day})


receive_form = FormScreen(
    name="billing.receive_form",
    icon="banknote",
    revise=commands.ReceivePayment,
    load="billing.payment_draft",
    record_name="customer_name",
    fields=_FIELDS,
    actions=(replace(_RECEIVE, enabled=_still_open),),
    refreshed_by=TABLES,
)
receive_customer_form = replace(
    receive_form,
    name="billing.receive_customer_form",
    load="billing.customer_payment_draft",
    record_name="name",
    actions=(_RECEIVE,),
)

account_page = PageScreen(
    name="billing.account_page",
    icon="wallet",
    load="billing.customer_accounts",
    record_title="name",
    context=(Column(field="sub"),),
    panels=(
        FiguresPanel(
            name="owed",
            place="top",
            figures=(
                Column(field="open_amount", show="money"),
                Column(field="overdue_amount", show="money"),
                Column(field="credit_amount", show="money"),
                Column(field="credit_limit", show="money"),
            ),
            levels={"overdue_amount": "bad", "credit_amount": "ok"},
        ),
        TablePanel(
            name="open",
            query="billing.receivables",
            where={"party_id": "id"},
            always={"state !=": "settled"},
            sort="due_on",
            opens="billing.receive_form",
            opens_key="leads_to",
            columns=(
                Column(field="name", show="code", width=90),
                Column(field="due_on", show="day", width=110),
                Column(field="state", show="pill", width=120, texts="billing.due_state", levels=DUE_LEVELS),
                Column(field="due_amount", show="money"),
                Column(field="open_amount", show="money", width=120),
                Column(field="payable_amount", show="money", width=120),
            ),
        ),
        TablePanel(
            name="statement",
            query="billing.statement",
            where={"party_id": "id"},
            sort="-at",
            limit=200,
            columns=(
                Column(field="occurred_on", show="day", width=110),
                Column(field="kind", show="code", texts="billing.kind"),
                Column(field="number", show="code", width=90),
                Column(field="amount", show="money", width=120),
                Column(field="balance", show="money", width=120),
            ),
        ),
        TablePanel(
            name="settlements",
            query="billing.settlements",
            where={"party_id": "id"},
            sort="-at",
            opens="billing.settlement_page",
            columns=(
                Column(field="occurred_on", show="day", width=110),
                Column(field="kind", show="code", texts="billing.kind"),
                Column(field="number", show="code", width=90),
                Column(field="money_amount", show="money", width=120),
                Column(field="principal_amount", show="money", width=120),
            ),
        ),
    ),
    actions=(
        Action(
            name="receive",
            icon="banknote",
            opens="billing.receive_customer_form",
            key="party_id",
            shortcut="F10",
            primary=True,
        ),
        Action(
            name="print",
            icon="printer",
            prints="billing.customer_statement",
            key="party_id",
            shortcut="Ctrl+P",
        ),
        Action(name="renegotiate", icon="calendar-clock", opens="billing.renegotiate_form", key="party_id"),
        Action(name="refund", icon="undo-2", opens="billing.refund_form", key="party_id"),
    ),
    refreshed_by=TABLES,
)

renegotiate_form = FormScreen(
    name="billing.renegotiate_form",
    icon="calendar-clock",
    command=commands.RenegotiateDebt,
    fields=(
        FieldView(name="payment_terms", width=2, help="billing.field.payment_terms.help"),
        FieldView(name="reason", width=2),
        FieldView(name="waive_charges", width=2, label="billing.field.waive_charges"),
        LinesView(
            name="parts",
            label="billing.field.only_parts",
            columns=(
                FieldView(
                    name="receivable_id",
                    label="billing.field.receivable_id",
                    suggestions="billing.receivable_choices",
                ),
            ),
        ),
    ),
    refreshed_by=TABLES,
)
write_off_form = FormScreen(
    name="billing.write_off_form",
    icon="x",
    command=commands.WriteOffDebt,
    fields=(FieldView(name="reason", width=2, help="billing.field.write_off.help"),),
    refreshed_by=TABLES,
)
refund_form = FormScreen(
    name="billing.refund_form",
    icon="undo-2",
    command=commands.RefundCredit,
    fields=(
        FieldView(name="amount", label="billing.field.amount", help="billing.field.refund_amount.help"),
        METHOD,
        PAYING_ACCOUNT,
        REFERENCE,
    ),
    actions=(replace(_RECEIVE, name="refund"),),
    refreshed_by=TABLES,
)
ageing_list = ListScreen(
    name="billing.ageing_list",
    icon="hourglass",
    query="billing.ageing",
    sort="-open_amount",
    opens="billing.account_page",
    columns=(
        Column(field="customer_name", show="name", sortable=True),
        *(
            Column(field=name, show="money", width=112, sortable=True)
            for name in ("not_due", "days_30", "days_60", "days_90", "older", "open_amount")
        ),
    ),
    panels=(FIGURES,),
    actions=(Action(name="report", icon="chart-column", opens="billing.receivable_report", on_row=False),),
    refreshed_by=TABLES,
)

SCREENS = (
    receivable_list,
    receive_form,
    receive_customer_form,
    account_page,
    renegotiate_form,
    write_off_form,
    refund_form,
    ageing_list,
)
