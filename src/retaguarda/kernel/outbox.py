"""Effects outside the database: one row per event that an `after` listener waits for, claimed by lease.

Any running client (or `retaguarda work`) claims due rows for a while, runs the listener, and says done or tries again
later; after its last try a row is dead and stays visible. Listeners are idempotent: twice is once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Text, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.journal import encode
from retaguarda.kernel.model import Base, Key, Keyed, Rights, instant, ref, table_of, text
from retaguarda.kernel.module import Listener, event_name
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.trigger import Trigger, never_deleted

DUE, DONE, DEAD = "due", "done", "dead"
TRIES_MOST = 8
LEASE_S = 60
FIRST_WAIT_S = 5


class Outbox(Keyed, Base):
    """One effect to carry out: `target` is a station, or None for anyone."""

    __tablename__ = "outbox"
    __rights__ = Rights(read="company.read_journal")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("outbox"),)
    command_id: Mapped[str] = ref("command_journal")
    listener: Mapped[str] = text(80)
    event: Mapped[str] = text(80)
    payload: Mapped[str] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = text(8, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime] = instant()
    claimed_by: Mapped[str | None] = mapped_column(Key())
    claimed_until: Mapped[dt.datetime | None] = instant()
    generation: Mapped[int] = mapped_column(default=1)
    error: Mapped[str | None] = mapped_column(Text)


def effects_of(
    events: Iterable[Any], after: Mapping[str, Sequence[Listener]], now: dt.datetime
) -> list[dict[str, Any]]:
    """The rows for whoever listens `after` to what a command has said."""
    named = [(event, event_name(type(event))) for event in events]
    return [
        {"listener": listener.name, "event": name, "payload": encode(event), "state": DUE, "due_at": now}
        for event, name in named
        for listener in after.get(name, ())
    ]


_O = table_of(Outbox)
_AT = _O.c.due_at.type
_FREE = or_(_O.c.claimed_until.is_(None), _O.c.claimed_until < bindparam("now", type_=_AT))
DUE_ROWS = Statement(
    select(_O)
    .where(
        _O.c.state == DUE,
        _O.c.due_at <= bindparam("now", type_=_AT),
        _FREE,
        or_(_O.c.target.is_(None), _O.c.target == bindparam("station")),
    )
    .order_by(_O.c.due_at, _O.c.id)
    .limit(20)
)
CLAIM = Statement(
    update(_O)
    .where(_O.c.id == bindparam("b_id", type_=_O.c.id.type), _O.c.state == DUE, _FREE)
    .values(
        claimed_by=bindparam("claimed_by", type_=_O.c.claimed_by.type),
        claimed_until=bindparam("claimed_until", type_=_AT),
        tries=_O.c.tries + 1,
    )
)
FINISH = Statement(
    update(_O)
    .where(_O.c.id == bindparam("b_id", type_=_O.c.id.type))
    .values(
        state=bindparam("state"),
        due_at=bindparam("due_at", type_=_AT),
        claimed_by=None,
        claimed_until=None,
        error=bindparam("error"),
    )
)


def next_try(now: dt.datetime, tries: int) -> dt.datetime:
    """When a failed effect is tried again: 5 s, 10 s, 20 s …"""
    return now + dt.timedelta(seconds=FIRST_WAIT_S * 2 ** max(0, tries - 1))
