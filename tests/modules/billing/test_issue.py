"""Issuing an invoice: its rows, its number, what is refused, and that nothing of it ever changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Insert, delete, insert, update
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.store import Store
from retaguarda.modules.billing import api
from tests.helpers.company import MONDAY, acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing

TODAY = MONDAY.date()


def test_an_invoice_has_its_lines_instalments_and_number(billing: Billing) -> None:
    done = billing.bill(
        billing.line("10.05", "3", "0.1"), billing.line("0.335", "100", product=1), payment_terms="30/60/90"
    )
    assert done["number"] == 1
    card = billing.office.one("billing.invoice_card", done["id"])
    assert (card.gross_amount, card.discount_amount, card.total_amount) == tuple(
        map(Decimal, ("63.65", "3.02", "60.63"))
    )
    assert (card.buyer_name, card.buyer_tax_id) == ("Padaria Estrela Ltda.", "99.000.001/0001-01")
    assert card.buyer_address == "Rua B, 2 sala 3, Jundiaí"
    assert card.issued_on == TODAY
    lines = billing.office.show("billing.invoice_lines", {"invoice_id": done["id"]}).rows
    assert [(x.position, x.code, x.unit_code, x.net_amount) for x in lines] == [
        (1, "A-1", "UN", Decimal("27.13")),
        (2, "B-2", "UN", Decimal("33.50")),
    ]
    parts = billing.office.show("billing.instalments", {"invoice_id": done["id"]}).rows
    assert [(p.due_on, p.amount) for p in parts] == [
        (TODAY + dt.timedelta(days=days), Decimal("20.21")) for days in (30, 60, 90)
    ]
    assert billing.office.check() == []


def test_numbers_run_without_a_gap_even_where_one_is_refused(billing: Billing) -> None:
    first = billing.bill(billing.line("1"))
    with refused(billing.office, "billing.already_billed"):
        billing.bill(billing.line("1"), source_id=first["source_id"])
    assert billing.bill(billing.line("1"))["number"] == 2
    assert billing.office.check() == []


def test_the_same_command_again_bills_once(billing: Billing) -> None:
    command_id = new_id()
    first = billing.bill(billing.line("5"), command_id=command_id)
    assert billing.bill(billing.line("5"), command_id=command_id) == first
    assert len(billing.office.show("billing.invoices").rows) == 1


def test_a_gift_has_no_instalments(billing: Billing) -> None:
    done = billing.bill(billing.line("7.90", discount="1"), payment_terms="2x")
    assert billing.office.show("billing.instalments", {"invoice_id": done["id"]}).rows == ()
    assert billing.office.check() == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"payment_terms": "some day"}, "billing.unknown_terms"),
        ({"party_id": "0" * 32}, "kernel.missing"),
    ],
)
def test_what_cannot_be_billed_is_refused(billing: Billing, more: dict[str, str], code: str) -> None:
    with refused(billing.office, code):
        billing.bill(billing.line("1"), **more)


def test_a_document_without_lines_is_refused(billing: Billing) -> None:
    with refused(billing.office, "billing.no_lines"):
        billing.bill()


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ("late_line", "billing.invoice.posted"),
        ("late_instalment", "billing.invoice.posted"),
        ("wrong_total", "billing.invoice.lines_differ"),
        ("wrong_instalments", "billing.invoice.instalments_differ"),
    ],
)
def test_the_database_refuses_an_invoice_that_does_not_add_up(billing: Billing, then: str, code: str) -> None:
    with refused(billing.office, code):
        billing.bill(billing.line("10"), billing.line("20"), payment_terms="2x", then=then)


@pytest.mark.parametrize("table", [api.invoice, api.invoice_line, api.instalment], ids=lambda t: t.name)
def test_nothing_of_a_posted_invoice_changes(billing: Billing, table) -> None:
    billing.bill(billing.line("10"))
    for statement in (update(table).values(command_id=table.c.command_id), delete(table)):
        with pytest.raises(DBAPIError, match=r"kernel\.append_only"), billing.office.store.engine.begin() as connection:
            connection.execute(statement)


def test_a_late_line_of_another_command_cannot_be_committed(billing: Billing) -> None:
    """Not even one that no trigger saw: the deferred key carries the command that issued the invoice."""
    done = billing.bill(billing.line("10"))
    other = billing.bill(billing.line("20"))
    store = billing.office.store
    lines = api.invoice_line
    with store.engine.connect() as connection:
        row = dict(connection.execute(lines.select().where(lines.c.invoice_id == other["id"])).mappings().one())
    row.update(id=new_id(), invoice_id=done["id"], position=2)
    with pytest.raises(DBAPIError, match=r"FOREIGN KEY|fk_"):
        write_unseen(store, insert(lines).values(**row))


def write_unseen(store: Store, statement: Insert) -> None:
    """Writes with the trigger that refuses late lines switched off."""
    off = {
        "sqlite": "DROP TRIGGER invoice_line_before_head",
        "postgresql": "ALTER TABLE invoice_line DISABLE TRIGGER invoice_line_before_head",
    }
    with store.engine.begin() as connection:
        connection.exec_driver_sql(off[store.name])
        connection.execute(statement)


def test_who_may_read_invoices(billing: Billing) -> None:
    billing.bill(billing.line("10"))
    for role in ("finance", "sales", "accounting"):
        with acting(billing.office, role):
            assert len(billing.office.show("billing.invoices").rows) == 1
    with acting(billing.office, "picking"), refused(billing.office, "kernel.forbidden"):
        billing.office.show("billing.invoices")
