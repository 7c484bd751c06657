"""What was asked for is not bought."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.purchasing.buying import Buying


def test_it_leaves_the_proposals_with_its_answer(buying: Buying) -> None:
    key = buying.office.do("purchasing.request_goods", product_id=buying.paper, quantity="7", reason="falta").value[
        "id"
    ]
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.refuse_requisition", requisition_id=new_id(), answer="há no outro depósito")
    with refused(buying.office, "kernel.stale"):
        buying.office.do("purchasing.refuse_requisition", requisition_id=key, answer="há no outro depósito", version=4)
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.office.do("purchasing.refuse_requisition", requisition_id=key, answer="há no outro depósito")
    with acting(buying.office, "commercial"):
        (row,) = buying.office.do(
            "purchasing.refuse_requisition", requisition_id=key, answer="há no outro depósito", version=1
        ).rows
    assert (row.state, row.answer) == ("refused", "há no outro depósito")
    assert buying.office.show("purchasing.proposals").rows == ()
    with refused(buying.office, "purchasing.requisition_not_open"):
        buying.office.do("purchasing.refuse_requisition", requisition_id=key, answer="de novo não")
    again = "UPDATE requisition SET state = 'open'"
    assert refused_by_database(buying.office, again) == "purchasing.requisition_ended"
