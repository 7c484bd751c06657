"""Timed work: contracts whose period is due are billed; a run that comes twice bills once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retaguarda.kernel.errors import Refusal

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def issue_due(door: Door) -> None:
    """Bills every period that is due, one command each; one that is refused (a blocked customer, a month closed, a
    period that somebody else has just billed) keeps the others from nothing and stays due in its list."""
    for row in door.show("billing.recurring", {"state": "due"}, limit=1000).rows:
        try:
            door.do(("billing.issue_recurring", {"recurring_id": row.id, "period_on": row.next_on}))
        except Refusal:
            continue
