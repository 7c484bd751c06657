"""What the screens of the process share: columns, levels, the buttons of a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from retaguarda.kernel.screen import Action, Column, Level, Phrase
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.modules.process import rules
from retaguarda.modules.process.flows import ORDER

TABLES = ("case_head", "case_step", "sales_order", "failure", "handoff")
"""What changes the queues and lists here."""
SITUATION_LEVELS: dict[str, Level] = {
    **{step.name: "info" for step in ORDER.steps},
    ORDER.steps[0].name: "",
    "delivered": "ok",
    "held": "warn",
    "failed": "bad",
}
WHY_LEVELS: dict[str, Level] = {
    rules.TODAY: "bad",
    rules.PAST: "bad",
    rules.FLAGGED: "info",
    rules.LATE: "warn",
    rules.FAILED: "warn",
}
HANDOFF_LEVELS: dict[str, Level] = {
    rules.SENT: "info",
    rules.ACCEPTED: "info",
    rules.REFUSED: "bad",
    rules.ENDED: "ok",
}
LIGHT_LEVELS: dict[str, Level] = {"ok": "ok", "warn": "warn", "bad": "bad"}

RANK = Column(field="rank", title="process.rank", show="whole", width=58, align="left")
WORK = Column(field="title", title="process.work", show="name")
ASKED = Column(field="title", title="process.work", show="name", sub="asked")
STEP = Column(field="step_key", title="process.step", show="code", width=120, texts="process.step")
NEXT = Column(field="next_command", title="process.next", show="code", width=144, texts="process.next")
WAITS = Column(field="waits", title="process.waits", width=100)
WHY = Column(field="why", title="process.why", show="pill", width=152, texts="process.why", levels=WHY_LEVELS)


_ABOUT = {"order_id": "subject_id", "version": "subject_version"}


def allowed(command: str) -> Callable[[Any], Phrase | None]:
    """Enables what opens a dialog, or sends another version than the row's, while the row allows its command."""
    return lambda row: None if row is not None and command in row.allowed else NOT_NOW


TAKE = Action(name="take", text="process.take_step", icon="hand", press="process.take_step", key="step_id",
              shortcut="Ctrl+T")  # fmt: skip
RELEASE = Action(name="release", text="process.release_step", icon="undo-2", press="process.release_step",
                 key="step_id")  # fmt: skip
ASSIGN = Action(
    name="assign",
    text="process.assign_step",
    icon="user-check",
    opens="process.assign_form",
    key="step_id",
    given={"version": "version"},
    enabled=allowed("process.assign_step"),
)
FLAG = Action(
    name="flag",
    text="process.set_priority",
    icon="arrow-up",
    opens="process.priority_form",
    given={"case_id": "case_id", "version": "case_version"},
    enabled=allowed("process.set_priority"),
)


SEND = Action(name="send", text="process.send_handoff", icon="send", opens="process.send_handoff_form",
              given={"subject_id": "subject_id"}, enabled=allowed("process.send_handoff"))  # fmt: skip
_HANDED = {"handoff_id": "handoff_id", "version": "handoff_version"}
REFUSE = Action(name="refuse", text="process.refuse_handoff", icon="circle-x", opens="process.refuse_handoff_form",
                given=_HANDED, enabled=allowed("process.refuse_handoff"))  # fmt: skip


SNOOZE = Action(name="snooze", text="process.snooze_step", icon="alarm-clock", opens="process.snooze_form",
                key="step_id", given={"version": "version"}, shortcut="Z",
                enabled=allowed("process.snooze_step"))  # fmt: skip
WAKE = Action(name="wake", text="process.wake_step", icon="sun", press="process.wake_step", key="step_id")


def _next(
    command: str, icon: str, *, dialog: str = "", prints_after: str = "", given: Mapping[str, str] = _ABOUT
) -> Action:
    """The way on of a row, pressed on what the row is about; only the one that ends its step is enabled."""
    return Action(
        name=command.partition(".")[2],
        text=f"process.next.{command}",
        icon=icon,
        press="" if dialog else command,
        opens=dialog,
        given=given,
        shortcut="F10",
        primary=True,
        enabled=allowed(command),
        prints_after=prints_after,
    )


NEXT_OF_ORDERS = (
    _next("sales.confirm_order", "check"),
    _next("sales.invoice_order", "receipt-text", prints_after="billing.invoice"),
    _next("delivery.pick_order", "package-check"),
    _next("delivery.pack_order", "package", dialog="delivery.pack_form"),
    _next("delivery.ship_order", "truck", dialog="delivery.ship_form"),
    _next("delivery.deliver_order", "hand", dialog="delivery.deliver_form"),
    _next("sales.resume_order", "play"),
)
"""One key for the next step of an order: whichever the row allows."""
NEXT_ACTIONS = (
    *NEXT_OF_ORDERS,
    _next("process.accept_handoff", "check", given=_HANDED),
    _next("process.resend_handoff", "send", dialog="process.resend_handoff_form", given=_HANDED),
    _next("process.end_handoff", "circle-check", given=_HANDED),
)
"""The same for every flow, hand-offs among them."""
