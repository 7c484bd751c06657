"""Pure rules of the process: why a step stands where it does in the queue, how urgent a case is, who sees what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from retaguarda.kernel.calendar import NeverOpen, WorkingCalendar

TODAY, PAST, FLAGGED, LATE, FAILED, TURN, HELD = "today", "past", "flagged", "late", "failed", "turn", "held"
SNOOZED = "snoozed"
WHYS: tuple[str, ...] = (TODAY, PAST, FLAGGED, LATE, FAILED, TURN, HELD, SNOOZED)
"""The reasons of the queue, the most urgent first: a promise that can still be kept today, a promise that is broken
already, a case flagged by hand, a step over its limit, something failed, its turn by deadline; what is held comes after
all that, and last what somebody snoozed.
Within a reason the flagged come first, then the nearest deadline, then the older step."""

PRIORITIES: tuple[str, ...] = ("normal", "high", "urgent")
"""How much a case is flagged; its place is the number kept with the case."""

HOUR, TOMORROW, WEEK = "hour", "tomorrow", "week"
SNOOZES: tuple[str, ...] = (HOUR, TOMORROW, WEEK)
"""How long a step is put out of the way: an hour of work, until the next working day, until the fifth one from now."""

PROCESSES: Mapping[str, tuple[str, ...]] = {
    "sales": ("check",),
    "invoicing": ("invoice",),
    "picking": ("pick",),
    "packing": ("pack",),
    "shipping": ("ship",),
    "delivery": ("deliver",),
    "departments": ("answer", "mend", "fulfil"),
}
"""The processes whose health Home shows, with the steps where their work stands."""
STOCK = "stock"
STOCK_FAILURES: tuple[str, ...] = (
    "sales.confirm_order.no_stock",
    "sales.amend_order.no_stock",
    "sales.invoice_order.not_reserved",
    "delivery.pick_order.not_reserved",
    "delivery.ship_order.not_reserved",
    "delivery.goods_missing",
    "inventory.reservation_broken",
)
"""What is a failure of the stock, whoever met it."""
LATE_WORK, FAILING, CALM = "late", "failing", "ok"
STANDINGS: tuple[str, ...] = (LATE_WORK, FAILING, CALM)
"""How an open step stands: over its time (a held order's clock does not run), something failed, neither."""

EVERY_DEPARTMENT: tuple[str, ...] = ("administrator", "analyst")
"""The roles whose queue is everybody's."""
ALSO_OF: Mapping[str, str] = {"commercial": "sales", "relations": "sales"}
"""The department that a role works for when it is not called the same."""

DELIVERED, CANCELLED, UNAVAILABLE, UNFINISHED = "delivered", "cancelled", "unavailable", "unfinished"
PAST_OUTCOMES: tuple[str, ...] = (DELIVERED, CANCELLED, UNAVAILABLE, UNFINISHED)
"""How a past order ended, as far as its source says: unfinished is what nobody knows the end of."""
WHOLE_WAY: tuple[str, ...] = ("check", "ship", "deliver")
"""The steps that have to be recorded for the way of a past order to be measured: from the desk to the door."""
PAST_CASE = "past_case"
"""The table that past cases are about: by it they are told from live ones."""

SENT, ACCEPTED, REFUSED, ENDED, WITHDRAWN, SAID = "sent", "accepted", "refused", "ended", "withdrawn", "said"
HANDOFF_STATES: tuple[str, ...] = (SENT, ACCEPTED, REFUSED, ENDED, WITHDRAWN)
HANDOFF_ENTRIES: tuple[str, ...] = (*HANDOFF_STATES, "resent", SAID)
"""What can stand in the thread of a hand-off."""
HANDOFF_MOVES: Mapping[tuple[str, str], str] = {
    (SENT, "accept"): ACCEPTED,
    (SENT, "refuse"): REFUSED,
    (SENT, "withdraw"): WITHDRAWN,
    (REFUSED, "resend"): SENT,
    (REFUSED, "withdraw"): WITHDRAWN,
    (ACCEPTED, "end"): ENDED,
}
"""Where a verb leads a hand-off from a state; a pair that is not here is refused."""
HANDOFF_SHOWN: Mapping[str, tuple[str, str]] = {
    SENT: ("send", "info"),
    ACCEPTED: ("check", "ok"),
    REFUSED: ("circle-x", "bad"),
    ENDED: ("circle-check", "ok"),
    WITHDRAWN: ("undo-2", ""),
    "resent": ("send", "info"),
    SAID: ("message-square", ""),
}
"""How a timeline shows each entry: its icon and level."""
ANSWERED_BY = dt.timedelta(hours=2)
"""The working time in which a department says whether it accepts, and in which a refused hand-off is sent again."""
MOST_REFUSALS = 2
"""From so many refusals on the hand-off is a failure: the departments do not agree."""

HAPPENINGS: Mapping[str, tuple[str, str]] = {
    "sales.revise_quotation": ("pencil", ""),
    "sales.decline_quotation": ("circle-x", "bad"),
    "sales.amend_order": ("pencil", "info"),
    "sales.hold_order": ("pause", "warn"),
    "sales.resume_order": ("play", ""),
    "sales.cancel_order": ("circle-x", "bad"),
    "process.take_step": ("hand", ""),
    "process.release_step": ("undo-2", ""),
    "process.assign_step": ("user-check", ""),
    "process.snooze_step": ("alarm-clock", ""),
    "process.wake_step": ("sun", ""),
    "process.set_priority": ("arrow-up", "info"),
    "process.close_failure": ("shield-check", "ok"),
}
"""What a timeline tells beside the steps that were done: the command, its icon and level. What people do to the order
without a word here (an address looked up, a paper printed) is no news of it."""


def due_at(
    calendar: WorkingCalendar, now: dt.datetime, promised_on: dt.date | None, own: dt.timedelta, later: dt.timedelta
) -> dt.datetime | None:
    """When a step has to be done: what the limits of the later steps leave of the time to the end of the promised day.

    Where the limits together ask for more than is left, the steps share it as their limits stand to one another; of a
    promise that is broken nothing is left. Nothing promised: the step's own limit. A branch without hours sets none.
    """
    try:
        if promised_on is None:
            return calendar.add_working(now, own)
        closing = calendar.closing_on(promised_on)
        left = calendar.working_between(now, closing)
        if left <= dt.timedelta(0):
            return closing
        return calendar.add_working(now, left - later if left >= own + later else left * (own / (own + later)))
    except NeverOpen:
        return None


def departments_of(roles: Collection[str], place: str | None) -> frozenset[str] | None:
    """The departments a person works for: that of their place and those of their roles; None is everybody's."""
    if any(role in EVERY_DEPARTMENT for role in roles):
        return None
    return frozenset([*(ALSO_OF.get(role, role) for role in roles), *([place] if place else ())])


def snoozed_until(calendar: WorkingCalendar, now: dt.datetime, until: str) -> dt.datetime:
    """When a step comes back: an hour of work from now, or the opening of a later working day.

    A branch without hours knows no working time: there the hour, the day and the week are those of the clock.
    """
    try:
        if until == HOUR:
            return calendar.add_working(now, dt.timedelta(hours=1))
        days = 1 if until == TOMORROW else 5
        day = calendar.add_working_days(now.astimezone(calendar.zone).date(), days)
        return calendar.spans_on(day)[0][0]
    except NeverOpen:
        plain = {HOUR: dt.timedelta(hours=1), TOMORROW: dt.timedelta(days=1), WEEK: dt.timedelta(days=7)}
        return now + plain[until]
