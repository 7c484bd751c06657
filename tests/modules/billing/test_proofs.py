"""`check` names exactly the row that somebody changed behind the program's back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, update

from retaguarda.kernel.model import table_of
from retaguarda.kernel.series import NumberSeries
from retaguarda.modules.billing import api
from tests.helpers.tampering import without_triggers

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing

series = table_of(NumberSeries)
WHOLE, NUMBER = "kernel.series_is_whole.invoice", "kernel.number_is_of_series.invoice"


@pytest.mark.parametrize(
    ("table", "values", "proofs"),
    [
        (api.invoice, {"number": 9}, {NUMBER, WHOLE}),
        (series, {"last": 3}, {WHOLE}),
        (api.invoice_line, {"gross_amount": Decimal(11), "net_amount": Decimal(11)}, {"billing.total_equals_lines"}),
        (
            api.instalment,
            {"amount": Decimal(11)},
            {"billing.total_equals_instalments", "billing.receivable_equals_instalment"},
        ),
    ],
    ids=["number", "series", "lines", "instalments"],
)
def test_a_changed_row_is_named(billing: Billing, table: Table, values: dict[str, object], proofs: set[str]) -> None:
    billing.bill(billing.line("5"))
    done = billing.bill(billing.line("10"))
    office = billing.office
    key = {
        "invoice": table.c.id == done["id"],
        "number_series": table.c.id.is_not(None),
    }.get(table.name)
    where = key if key is not None else table.c.invoice_id == done["id"]
    if table is series:
        where = where & (series.c.kind == "billing.invoice")
    with without_triggers(office) as connection:
        connection.execute(update(table).where(where).values(**values))
    found = office.check()
    assert {f.proof for f in found} == proofs
    if table is not series:
        elsewhere = (WHOLE, "billing.receivable_equals_instalment")
        assert [f.id for f in found if f.proof not in elsewhere] == [done["id"]]
