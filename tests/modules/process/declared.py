"""What the tests over all modules ask of the process: rights, its ledger filled, its proofs broken one by one."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office
from tests.helpers.tampering import Break, Change
from tests.modules.process.past import past

RIGHTS = """
process.accept_handoff       S C R E F P X D A N . . . . .
process.end_handoff          S C R E F P X D A N . . . . .
process.record_past_case     . . . . . . . . A N . . . . .
process.refuse_handoff       S C R E F P X D A N . . . . .
process.resend_handoff       S C R E F P X D A N . . . . .
process.say_in_handoff       S C R E F P X D A N . . . . .
process.send_handoff         S C R E F P X D A N . . . . .
process.snooze_step          S C R E F P X D A N . . . . .
process.wake_step            S C R E F P X D A N . . . . .
process.withdraw_handoff     S C R E F P X D A N . . . . .
"""
PLACES = """
past_orders     . . . . . . . . A N . . . . .
handoffs        S C R E F P X D A N M H T J I
health_report   S C R E F P X D A N M H T J I
"""


def tell(office: Office) -> None:
    """An order about which finance was asked for something and refused it once, and an order of the past."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    customer = do("party.add_party", name="Ana Prado", customer=True)["id"]
    nail = do("catalog.add_product", code="H-1", name="Prego", price="1")["id"]
    lines = [{"product_id": nail, "quantity": "1"}]
    order = do("sales.create_quotation", customer_id=customer, lines=lines)["id"]
    sent = do("process.send_handoff", subject_id=order, to_department="finance", what="Conferir o crédito")["id"]
    do("process.refuse_handoff", handoff_id=sent, reason="falta o comprovante")
    past(office)


def breaks() -> list[Break]:
    """A hand-off that says it was sent, asked by another department, or refused more often than its thread tells."""
    here = {"state": "refused"}
    return [
        Break("process.handoff_stands_in_its_step", [Change("handoff", {"from_department": "picking"}, here)]),
        Break("process.handoff_equals_thread", [Change("handoff", {"state": "withdrawn"}, here)],
              also=["process.handoff_stands_in_its_step"]),
        Break("process.refusals_equal_thread", [Change("handoff", {"refusals": 1}, here)]),
    ]  # fmt: skip
