"""A draft changes as a whole."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def revise(buying: Buying, key: str, *asked: tuple[str, str], **more: Any) -> Any:
    lines = [{"product_id": product, "quantity": quantity} for product, quantity in asked]
    return buying.office.do(("purchasing.revise_order", {"order_id": key, "lines": lines, **more}))


def test_lines_stay_change_leave_and_come(buying: Buying) -> None:
    key = buying.draft((buying.paper, "10"), (buying.pen, "20"))
    before = {line.product_id: line.id for line in buying.lines(key)}
    (row,) = revise(buying, key, (buying.paper, "15"), version=1, supplier_note="Entregar de manhã").rows
    assert (row.total_amount, row.version, row.expected_on.day) == (300, 2, 26)
    (row,) = revise(buying, key, (buying.pen, "20"), (buying.paper, "15")).rows
    lines = buying.lines(key)
    assert [(line.position, line.product_id, line.quantity) for line in lines] == [
        (1, buying.pen, 20),
        (2, buying.paper, 15),
    ]
    assert lines[1].id == before[buying.paper]
    assert lines[0].id != before[buying.pen], "what was taken out stays out"
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.draft()
    with refused(buying.office, "kernel.missing"):
        revise(buying, new_id(), (buying.paper, "1"))
    with refused(buying.office, "kernel.stale"):
        revise(buying, key, (buying.paper, "5"), version=7)
    with refused(buying.office, "purchasing.no_price"):
        revise(buying, key, (buying.ink, "5"))
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        revise(buying, key, (buying.paper, "5"))
    branch = buying.office.do("company.add_branch", code="2", name="Filial", state="SP").value["id"]
    far = buying.office.show("inventory.warehouses", {"branch_id": branch}).rows[0].id
    with refused(buying.office, "purchasing.other_branch"):
        revise(buying, key, (buying.paper, "5"), warehouse_id=far)
    buying.do("send_order", key)
    with refused(buying.office, "purchasing.revise_order.not_in_state"):
        revise(buying, key, (buying.paper, "5"))
