"""The reports over several modules, and the lists of what they add up."""

from __future__ import annotations

from collections.abc import Mapping

from retaguarda.kernel.screen import Chart, Column, Cut, ListScreen, Parameter, Place, ReportScreen
from retaguarda.kernel.screen.parts import Level
from retaguarda.kernel.screen.reports import BRANCH, GRAIN, SPAN

_DUE_TABLES = ("receivable", "payable", "money_movement", "sales_order", "purchase_order", "supplier_invoice")
_DUE = {"due_on >=": "first_on", "due_on <=": "last_on"}
_KINDS: Mapping[str, Level] = {"in": "ok", "out": "warn", "order": "info", "purchase": ""}
_IN = Column(field="in_amount", show="money", width=140)
_OUT = Column(field="out_amount", show="money", width=140)

CASH_REPORT = ReportScreen(
    name="reports.cash_report",
    icon="arrow-up-right",
    parameters=(Parameter(key="until", initial="+90"), GRAIN, BRANCH),
    cuts=(
        Cut(
            name="due",
            query="reports.cash_forecast",
            columns=(
                Column(field="begun_on", show="day"),
                Column(
                    field="standing",
                    show="pill",
                    width=190,
                    texts="reports.standing",
                    levels={"begin": "info", "coming": ""},
                ),
                Column(field="held_amount", show="money", width=140),
                _IN,
                _OUT,
                Column(field="net_amount", show="money", width=140, hide_below=1200),
                Column(field="balance_amount", show="money", width=150),
            ),
            parameters=("until", "grain", "branch_id"),
            sort="id",
            totals=("held_amount", "in_amount", "out_amount"),
            derived=("net_amount",),
            chart=Chart(label="begun_on", value="balance_amount", kind="line"),
            opens="reports.cash_list",
            given=_DUE,
            carried={"branch_id": "branch_id"},
        ),
    ),
    refreshed_by=_DUE_TABLES,
)
CASH_LIST = ListScreen(
    name="reports.cash_list",
    icon="arrow-up-right",
    query="reports.cash_due",
    sort="due_on",
    opens="billing.invoice_page",
    opens_key="leads_to",
    columns=(
        Column(field="due_on", show="day", width=110, sortable=True),
        Column(field="kind", show="pill", width=150, texts="reports.kind", levels=_KINDS),
        Column(field="number", show="code", width=110, sortable=True),
        Column(field="party_name", show="name", sortable=True),
        Column(field="branch_name", width=150, hide_below=1200),
        _IN,
        _OUT,
    ),
    refreshed_by=_DUE_TABLES,
)

_PROMISE_TABLES = ("sales_order", "promise_result", "case_step")
_CARRIED = {"promised_on >=": "since", "promised_on <=": "until", "branch_id": "branch_id"}
_COUNTS = ("orders", "kept", "late", "short", "open")
_WHOLE = {name: Column(field=name, show="whole", width=96) for name in _COUNTS}
_HOW_LATE = (
    Column(field="median_days", show="whole", width=110),
    Column(field="p90_days", show="whole", width=110),
    Column(field="total_amount", show="money", width=130, hide_below=1200),
)
_RATE = Column(field="kept_rate", show="rate", width=100)
_LEVELS: Mapping[str, Level] = {"kept": "ok", "late": "bad", "short": "warn", "open": "bad"}
_EVERY = (*_WHOLE.values(), _RATE, *_HOW_LATE)

PROMISE_REPORT = ReportScreen(
    name="reports.promise_report",
    icon="badge-check",
    parameters=(Parameter(key="since", initial="-90"), Parameter(key="until", initial="d"), GRAIN, BRANCH),
    cuts=(
        Cut(
            name="period",
            query="reports.kept_by_period",
            columns=(Column(field="begun_on", show="day"), *_EVERY),
            parameters=("since", "until", "grain", "branch_id"),
            sort="id",
            totals=(*_COUNTS, "total_amount"),
            derived=("kept_rate",),
            chart=Chart(label="begun_on", value="kept_rate", kind="line"),
            opens="reports.promise_list",
            given={"promised_on >=": "first_on", "promised_on <=": "last_on"},
            carried={"branch_id": "branch_id"},
        ),
        Cut(
            name="place",
            query="reports.kept_by_place",
            columns=(Column(field="name", show="name", title="reports.promise_report.cut.place"), *_EVERY),
            parameters=SPAN,
            sort="-orders",
            totals=(*_COUNTS, "total_amount"),
            derived=("kept_rate",),
            chart=Chart(label="name", value="kept_rate"),
            opens="reports.promise_list",
            given={"branch_id": "record_id"},
            carried={key: name for key, name in _CARRIED.items() if key != "branch_id"},
        ),
        Cut(
            name="step",
            query="reports.kept_by_step",
            columns=(
                Column(field="name", show="code", title="reports.promise_report.cut.step", texts="process.step"),
                *(_WHOLE[name] for name in _COUNTS if name != "kept"),
                *_HOW_LATE,
            ),
            parameters=SPAN,
            sort="-orders",
            totals=(*(name for name in _COUNTS if name != "kept"), "total_amount"),
            chart=Chart(label="name", value="orders"),
            opens="reports.promise_list",
            given={"step": "record_id", "state !=": "but"},
            carried=_CARRIED,
        ),
    ),
    refreshed_by=_PROMISE_TABLES,
)
PROMISE_LIST = ListScreen(
    name="reports.promise_list",
    icon="badge-check",
    query="reports.promises_judged",
    sort="-promised_on",
    opens="sales.order_page",
    columns=(
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="customer_name", show="name", sortable=True),
        Column(field="state", show="pill", width=150, texts="reports.promise", levels=_LEVELS),
        Column(field="promised_on", show="day", width=110, sortable=True),
        Column(field="delivered_on", show="day", width=110, sortable=True),
        Column(field="late_days", show="whole", width=110, sortable=True),
        Column(field="step", show="code", width=150, texts="process.step", hide_below=1200),
        Column(field="branch_name", width=130, hide_below=1400),
        Column(field="total_amount", show="money", width=120, sortable=True),
    ),
    refreshed_by=_PROMISE_TABLES,
)

DECLARED = (CASH_REPORT, CASH_LIST, PROMISE_REPORT, PROMISE_LIST)
PLACES = (
    Place(name="promise_report", screen="reports.promise_report", group="manage", order=27),
    Place(name="cash_report", screen="reports.cash_report", group="manage", order=29),
)
