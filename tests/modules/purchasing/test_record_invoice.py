"""A supplier's invoice beside order and receipt: it agrees and is owed, or it is held."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_what_has_come_is_owed_in_instalments_to_the_cent(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"), payment_terms="30/60/90")
    buying.receive(key)
    with acting(buying.office, "finance"):
        outcome = buying.office.do(
            "purchasing.record_invoice", order_id=key, supplier_number="NF 1", other_amount="0.01"
        )
    (row,) = outcome.rows
    assert (row.state, row.goods_amount, row.total_amount, row.open_amount) == (
        "posted",
        230,
        Decimal("230.01"),
        Decimal("230.01"),
    )
    assert [(p.due_on.isoformat(), p.amount) for p in buying.payables(invoice_id=row.id)] == [
        ("2026-12-23", Decimal("76.67")),
        ("2027-01-22", Decimal("76.67")),
        ("2027-02-21", Decimal("76.67")),
    ]
    assert {p.age for p in buying.payables()} == {"coming"}
    lines = buying.office.show("purchasing.invoice_lines", {"invoice_id": row.id}).rows
    assert {line.judgement for line in lines} == {"same"}
    assert buying.books("payable") == Decimal("-230.01") == -buying.owed()
    assert buying.books("other_purchases") == Decimal("0.01")
    assert buying.books("goods_received") == 0, "what came is billed"
    assert [x.invoiced for x in buying.lines(key)] == [10, 20]
    with refused(buying.office, "purchasing.nothing_to_bill"):
        buying.bill(key, "NF 2")
    buying.clean()


def test_within_the_tolerance_it_is_owed_with_the_difference_booked(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    done = buying.bill(key, "NF 1", (buying.paper, "10", "20.40"), total_amount="204.00")
    assert (done["state"], done["differences"]) == ("posted", [])
    row = buying.office.one("purchasing.invoices", done["id"])
    assert (row.difference_amount, row.payment_terms) == (4, "")
    assert buying.books("price_differences") == 4
    (line,) = buying.office.show("purchasing.invoice_lines", {"invoice_id": done["id"]}).rows
    assert line.judgement == "within"
    buying.clean()


def test_beyond_it_is_held_and_every_line_named(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    buying.receive(key, {"product_id": buying.paper, "quantity": "6"}, {"product_id": buying.pen, "quantity": "20"})
    with acting(buying.office, "finance"):
        done = buying.bill(key, "NF 1", (buying.paper, "10", "20"), (buying.pen, "20", "1.60"), reason="não importa")
    assert (done["state"], [x["name"] for x in done["differences"]]) == ("held", ["Papel A4 75 g", "Caneta azul"])
    assert (done["differences"][0]["to_bill"], done["differences"][1]["price_difference"]) == ("6.0000", "2.00")
    lines = buying.office.show("purchasing.invoice_lines", {"invoice_id": done["id"]}, "position").rows
    assert [line.judgement for line in lines] == ["quantity", "price"]
    assert (buying.owed(), buying.payables()) == (0, [])
    assert [x.invoiced for x in buying.lines(key)] == [0, 0]
    buying.clean()


def test_who_may_approve_says_why_at_once(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.office.do("company.change_setting", code="purchase_tolerance_percent", value="0")
    buying.receive(key)
    done = buying.bill(key, "NF 1", (buying.paper, "10", "20.01"), reason="aumento combinado")
    row = buying.office.one("purchasing.invoices", done["id"])
    assert (row.state, row.approved_by, row.reason) == ("posted", "Ana Prado", "aumento combinado")
    buying.clean()


def test_an_expense_and_the_instalments_it_prints(buying: Buying) -> None:
    parts = [{"due_on": "2026-12-05", "amount": "100"}, {"due_on": "2027-01-05", "amount": "50.50"}]
    done = buying.bill(None, "LUZ 11", supplier_id=buying.other, other_amount="150.50", parts=parts)
    assert [(p.due_on, p.amount) for p in buying.payables(supplier_id=buying.other)] == [
        (dt.date(2026, 12, 5), 100),
        (dt.date(2027, 1, 5), Decimal("50.5")),
    ]
    assert buying.office.one("purchasing.invoices", done["id"]).order_number is None
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    draft = buying.draft()
    buying.receive(key)
    with refused(buying.office, "kernel.missing"):
        buying.bill(new_id())
    with refused(buying.office, "kernel.too_short"):
        buying.bill(key, " ")
    with refused(buying.office, "purchasing.record_invoice.not_sent"):
        buying.bill(draft)
    with refused(buying.office, "purchasing.day_to_come"):
        buying.bill(key, issued_on="2026-11-24")
    with refused(buying.office, "purchasing.not_of_this_order"):
        buying.bill(key, "NF 1", (buying.pen, "1", "1"))
    with refused(buying.office, "purchasing.twice"):
        buying.bill(key, "NF 1", (buying.paper, "1", "20"), (buying.paper, "1", "20"))
    with refused(buying.office, "purchasing.invoice_total_differs"):
        buying.bill(key, total_amount="199.99")
    with refused(buying.office, "purchasing.parts_differ"):
        buying.bill(key, parts=[{"due_on": "2026-12-05", "amount": "199"}])
    with refused(buying.office, "purchasing.unknown_terms"):
        buying.bill(key, payment_terms="quando der")
    with refused(buying.office, "kernel.required"):
        buying.bill(None, other_amount="5")
    with refused(buying.office, "purchasing.lines_need_order"):
        buying.bill(None, "NF 1", (buying.paper, "1", "1"), supplier_id=buying.supplier)
    with refused(buying.office, "purchasing.nothing_billed"):
        buying.bill(None, supplier_id=buying.supplier)
    with acting(buying.office, "commercial"), refused(buying.office, "kernel.forbidden"):
        buying.bill(key)
    buying.bill(key)
    with refused(buying.office, "purchasing.invoice_twice"):
        buying.bill(None, "NF 1", supplier_id=buying.supplier, other_amount="5")
    buying.bill(None, "NF 1", supplier_id=buying.other, other_amount="5")
    buying.bill(None, "NF 1", supplier_id=buying.supplier, supplier_series="2", other_amount="5")
