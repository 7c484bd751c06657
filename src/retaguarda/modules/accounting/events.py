"""What happened in accounting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BooksOpened:
    """The books of a company that was at work before it kept any are open since this day; modules book what they hold
    already, against the account of opening balances."""

    occurred_on: dt.date
