"""The difference of a held invoice is approved by right, with a reason."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_it_is_owed_from_then_on(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), payment_terms="30/60")
    buying.receive(key)
    with acting(buying.office, "finance"):
        held = buying.bill(key, "NF 1", (buying.paper, "10", "25"))["id"]
    with acting(buying.office, "commercial"):
        outcome = buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova", version=1)
    (row,) = outcome.rows
    assert (row.state, row.approved_by, row.reason, row.open_amount) == (
        "posted",
        "Pessoa commercial",
        "tabela nova",
        250,
    )
    assert [p.amount for p in buying.payables()] == [125, 125]
    assert (buying.books("price_differences"), buying.books("payable")) == (50, -250)
    assert buying.lines(key)[0].invoiced == 10
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    with acting(buying.office, "finance"):
        held = buying.bill(key, "NF 1", (buying.paper, "10", "25"))["id"]
        with refused(buying.office, "kernel.forbidden"):
            buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova")
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.approve_invoice", invoice_id=new_id(), reason="tabela nova")
    with refused(buying.office, "kernel.stale"):
        buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova", version=7)
    with refused(buying.office, "purchasing.parts_differ"):
        parts = [{"due_on": "2026-12-05", "amount": "1"}]
        buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova", parts=parts)
    with refused(buying.office, "kernel.too_short"):
        buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="")
    buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova")
    with refused(buying.office, "purchasing.invoice_not_held"):
        buying.office.do("purchasing.approve_invoice", invoice_id=held, reason="tabela nova")
    assert buying.owed() == Decimal(250)
