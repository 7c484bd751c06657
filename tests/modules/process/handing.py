"""A hand-off about an order, sent by sales and answered by stock, for the tests of its commands."""

from __future__ import annotations

from typing import Any

from tests.helpers.company import acting
from tests.modules.process.conftest import Work

SENDER, RECEIVER = "sales", "stock"


def sent(work: Work, **more: Any) -> tuple[str, str]:
    """An order and what sales asked of stock about it."""
    order = work.order()
    payload = {"subject_id": order, "to_department": "stock", "what": "Reservar 5 da prateleira alta", **more}
    with acting(work.office, SENDER):
        return order, work.office.do(("process.send_handoff", payload)).value["id"]


def does(work: Work, role: str, verb: str, handoff: str, **more: Any) -> Any:
    """What a role does with it."""
    with acting(work.office, role):
        return work.office.do((f"process.{verb}_handoff", {"handoff_id": handoff, **more}))


def row(work: Work, handoff: str) -> Any:
    return work.office.one("process.handoffs", handoff)


def queue_of(work: Work, role: str) -> list[tuple[str, str]]:
    """The hand-offs in a role's own queue, with their step."""
    with acting(work.office, role):
        rows = work.office.show("process.my_queue").rows
    return [(found.handoff_id, found.step) for found in rows if found.handoff_id]


def thread(work: Work, handoff: str) -> list[tuple[str, str]]:
    rows = work.office.show("process.handoff_thread", {"handoff_id": handoff}, "seq").rows
    return [(found.kind, found.note) for found in rows]
