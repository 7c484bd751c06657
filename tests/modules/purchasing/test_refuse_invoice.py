"""A held invoice goes back; its number may come again."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying

WHY = {"reason": "preço não combinado"}


def test_nothing_is_owed_and_the_right_one_comes(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    with acting(buying.office, "finance"):
        held = buying.bill(key, "NF 1", (buying.paper, "10", "25"))["id"]
        (row,) = buying.office.do("purchasing.refuse_invoice", invoice_id=held, version=1, **WHY).rows
        assert (row.state, row.allowed, row.open_amount) == ("refused", (), 0)
        assert buying.bill(key, "NF 1")["state"] == "posted"
    assert buying.owed() == 200
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key)
    posted = buying.bill(key, "NF 1")["id"]
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.refuse_invoice", invoice_id=new_id(), **WHY)
    with refused(buying.office, "kernel.stale"):
        buying.office.do("purchasing.refuse_invoice", invoice_id=posted, version=7, **WHY)
    with refused(buying.office, "purchasing.invoice_not_held"):
        buying.office.do("purchasing.refuse_invoice", invoice_id=posted, **WHY)
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.office.do("purchasing.refuse_invoice", invoice_id=posted, **WHY)
