"""Every entry of the books names the number of its paper, whichever module wrote it."""

from __future__ import annotations

from sqlalchemy import select

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of
from retaguarda.kernel.statement import Statement

BOOKED = {
    "invoice", "purchase_receipt", "sales_order", "sales_return", "settlement", "stock_document",
    "supplier_payment", "supplier_return", "till_session", "transfer",
}  # fmt: skip
"""Papers with a number of ours that the sample company has booked."""


def test_an_entry_has_the_number_of_its_paper(sample: Office) -> None:
    numbered = {name: table_of(model) for name, model in models_of(MODULES).items() if model.__numbers__}
    entries = all_rows(sample, "accounting.entries", {}, "id")
    booked = {row.source_table for row in entries} & numbered.keys()
    for name in booked:
        table = numbered[name]
        given = {row.id: str(row.number) for row in sample.reads().all(Statement(select(table.c.id, table.c.number)))}
        wrong = [row for row in entries if row.source_table == name and row.source_number != given[row.source_id]]
        assert wrong == [], name
    assert booked == BOOKED


def test_an_entry_of_an_invoice_of_ours_to_pay_has_its_suppliers_number(sample: Office) -> None:
    found = {row.id: row.supplier_number for row in all_rows(sample, "purchasing.invoices", {}, "id")}
    entries = [
        row for row in all_rows(sample, "accounting.entries", {}, "id") if row.source_table == "supplier_invoice"
    ]
    assert entries
    assert all(row.source_number == found[row.source_id] for row in entries)
