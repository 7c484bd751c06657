"""What people ask to be bought."""

from __future__ import annotations

from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_anybody_at_work_with_goods_may_ask(buying: Buying) -> None:
    with acting(buying.office, "sales"):
        (row,) = buying.office.do(
            "purchasing.request_goods",
            product_id=buying.paper,
            quantity="7",
            reason="cliente espera",
            needed_on="2026-12-01",
        ).rows
    assert (row.number, row.state, row.person_name, row.allowed) == (1, "open", "Pessoa sales", ())
    (proposed,) = buying.office.show("purchasing.proposals", {"kind": "requisition"}).rows
    assert (proposed.need, proposed.quantity, proposed.supplier_name, proposed.unit_price) == (
        7,
        10,
        "Papelaria Central",
        20,
    )
    buying.clean()


def test_refusals(buying: Buying) -> None:
    def ask(**more: str) -> None:
        values = {"product_id": buying.paper, "quantity": "7", "reason": "cliente espera", **more}
        buying.office.do(("purchasing.request_goods", values))

    with refused(buying.office, "purchasing.unknown_product"):
        ask(product_id="0" * 32)
    with refused(buying.office, "catalog.whole_quantity"):
        ask(quantity="0.5")
    with refused(buying.office, "purchasing.day_passed"):
        ask(needed_on="2026-11-22")
    with refused(buying.office, "kernel.too_short"):
        ask(reason="x")
    with acting(buying.office, "hr"), refused(buying.office, "kernel.forbidden"):
        ask()
