"""What customers owe, added up by how late it is and by the week in which it is due."""

from __future__ import annotations

from retaguarda.kernel.screen import Chart, Column, Cut, ReportScreen

_AGES = ("not_due", "days_30", "days_60", "days_90", "older", "open_amount")
receivable_report = ReportScreen(
    name="billing.receivable_report",
    icon="hourglass",
    cuts=(
        Cut(
            name="late",
            query="billing.ageing",
            columns=(
                Column(field="customer_name", show="name", title="billing.ageing_list.customer_name"),
                *(Column(field=name, show="money", width=116, title=f"billing.ageing_list.{name}") for name in _AGES),
            ),
            sort="-open_amount",
            totals=_AGES,
            chart=Chart(label="customer_name", value="open_amount"),
            opens="billing.receivable_list",
            given={"party_id": "id"},
        ),
        Cut(
            name="due",
            query="billing.due_weeks",
            columns=(
                Column(field="begun_on", show="day"),
                Column(field="instalments", show="whole", width=130),
                Column(field="open_amount", show="money", width=150),
            ),
            sort="begun_on",
            totals=("instalments", "open_amount"),
            chart=Chart(label="begun_on", value="open_amount"),
            opens="billing.receivable_list",
            given={"due_on >=": "first_on", "due_on <=": "last_on"},
        ),
    ),
    refreshed_by=("invoice", "settlement"),
)
