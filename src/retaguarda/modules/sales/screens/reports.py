"""What was sold, added up by time, product, customer, seller and place, and the lines behind each sum."""

from __future__ import annotations

from retaguarda.kernel.screen import Chart, Column, Cut, ListScreen, Parameter, Place, ReportScreen
from retaguarda.kernel.screen.reports import BRANCH, GRAIN, SPAN

_TABLES = ("invoice", "settlement")
_CARRIED = {"counted_on >=": "since", "counted_on <=": "until", "branch_id": "branch_id"}
_SUMS = ("sold_amount", "credited_amount", "net_amount")
_NET = Column(field="net_amount", show="money", width=150)
_AMOUNTS = (
    Column(field="sold_amount", show="money", width=140, hide_below=1200),
    Column(field="credited_amount", show="money", width=140, hide_below=1200),
    _NET,
)
_INVOICES = Column(field="invoices", show="whole", width=120)


def _by(name: str, given: str) -> Cut:
    return Cut(
        name=name,
        query=f"sales.sold_by_{name}",
        columns=(Column(field="name", title=f"sales.sales_report.cut.{name}", show="name"), _INVOICES, *_AMOUNTS),
        parameters=SPAN,
        sort="-net_amount",
        totals=("invoices", *_SUMS),
        chart=Chart(label="name", value="net_amount"),
        opens="sales.sold_list",
        given={given: "record_id"},
        carried=_CARRIED if given != "branch_id" else {k: v for k, v in _CARRIED.items() if k != "branch_id"},
    )


SALES_REPORT = ReportScreen(
    name="sales.sales_report",
    icon="chart-column",
    parameters=(
        Parameter(key="since", initial="-90"),
        Parameter(key="until", initial="d"),
        GRAIN,
        BRANCH,
    ),
    cuts=(
        Cut(
            name="period",
            query="sales.sold_by_period",
            columns=(Column(field="begun_on", show="day"), _INVOICES, *_AMOUNTS),
            parameters=(*SPAN, "grain"),
            sort="begun_on",
            totals=("invoices", *_SUMS),
            chart=Chart(label="begun_on", value="net_amount", kind="line"),
            opens="sales.sold_list",
            given={"counted_on >=": "first_on", "counted_on <=": "last_on"},
            carried={"branch_id": "branch_id"},
        ),
        Cut(
            name="product",
            query="sales.sold_by_product",
            columns=(
                Column(field="code", show="code", width=110),
                Column(field="name", show="name", title="sales.sales_report.cut.product"),
                Column(field="quantity", show="quantity", width=120),
                Column(field="unit_code", width=80),
                *_AMOUNTS,
            ),
            parameters=SPAN,
            sort="-net_amount",
            totals=_SUMS,
            chart=Chart(label="name", value="net_amount"),
            opens="sales.sold_list",
            given={"product_id": "id"},
            carried=_CARRIED,
        ),
        _by("customer", "customer_id"),
        _by("seller", "seller_id"),
        _by("place", "branch_id"),
        Cut(
            name="shares",
            query="sales.sold_shares",
            columns=(
                Column(
                    field="grade",
                    show="pill",
                    width=90,
                    texts="sales.sales_report.grade",
                    levels={"a": "ok", "b": "info", "c": ""},
                ),
                Column(field="code", show="code", width=110),
                Column(field="name", show="name", title="sales.sales_report.cut.product"),
                _NET,
                Column(field="running_rate", show="rate", width=120),
            ),
            parameters=SPAN,
            sort="-net_amount",
            totals=("net_amount",),
            chart=Chart(label="code", value="running_rate", kind="line"),
            opens="sales.sold_list",
            given={"product_id": "id"},
            carried=_CARRIED,
        ),
        Cut(
            name="margin",
            query="sales.margin_by_product",
            columns=(
                Column(field="code", show="code", width=110),
                Column(field="name", show="name", title="sales.sales_report.cut.product"),
                _NET,
                Column(field="cost_amount", show="money", width=140),
                Column(field="margin_amount", show="money", width=140),
                Column(field="margin_rate", show="rate", width=100),
            ),
            parameters=SPAN,
            sort="-net_amount",
            totals=("net_amount", "cost_amount"),
            derived=("margin_amount", "margin_rate"),
            chart=Chart(label="name", value="margin_amount"),
            opens="sales.sold_list",
            given={"product_id": "id"},
            carried=_CARRIED,
        ),
    ),
    refreshed_by=_TABLES,
)

SOLD_LIST = ListScreen(
    name="sales.sold_list",
    icon="receipt-text",
    query="sales.sold",
    sort="-counted_on",
    opens="billing.invoice_page",
    opens_key="invoice_id",
    columns=(
        Column(field="counted_on", show="day", width=110, sortable=True),
        Column(
            field="kind",
            show="pill",
            width=130,
            texts="sales.sold_list.kind",
            levels={"sale": "", "credit": "info"},
            hide_below=1200,
        ),
        Column(field="number", show="code", width=80, sortable=True),
        Column(field="customer_name", show="name", sortable=True),
        Column(field="code", show="code", width=100, hide_below=1200),
        Column(field="name", sortable=True),
        Column(field="seller_name", width=130, hide_below=1400),
        Column(field="quantity", show="quantity", width=90),
        Column(field="unit_code", width=60),
        Column(field="net_amount", show="money", width=120, sortable=True),
    ),
    refreshed_by=_TABLES,
)

REPORT_SCREENS = (SALES_REPORT, SOLD_LIST)
REPORT_PLACES = (Place(name="sales_report", screen="sales.sales_report", order=28, group="manage"),)
