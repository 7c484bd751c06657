"""Values that fit a column's type, for tests that must fill any table or statement."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import Key, Minor, UtcDateTime

MOMENT = dt.datetime(2026, 11, 23, 9, 30, 15, 250000, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
WORDS = "ção 100% %s :x ? {}"


def sample(kind: TypeEngine[Any]) -> Any:
    """One value that the type takes; None for a type that nobody has said anything about."""
    if isinstance(kind, Key):
        return new_id()
    if isinstance(kind, Minor):
        return Decimal(7) / 10**kind.scale
    if isinstance(kind, UtcDateTime):
        return MOMENT
    if isinstance(kind, Date):
        return MOMENT.date()
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 7
    if isinstance(kind, LargeBinary):
        return b"\x00\x89 picture"
    return WORDS[: kind.length or len(WORDS)] if isinstance(kind, String) else None
