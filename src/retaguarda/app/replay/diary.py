"""What happened to past orders in the order in which it happened, on the disk, so that memory holds open cases only.

SQLite keeps a database without a name in a temporary file that is gone when it closes. Events, which the rules are fed
from, and endings, which only the verdict reads, are two tables: no event knows how its order ended.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from retaguarda.app.replay.travel import OPENED, Event, Raised
from retaguarda.kernel.imports import Profile, Record, records
from retaguarda.modules.contingency.api import CaseFacts, end_of

ALLOWED: Mapping[str, dt.timedelta] = {"check": dt.timedelta(days=3), "ship": dt.timedelta(days=6)}
"""How long a step may take where the source sets no limit: a boleto is paid within three days, and six days are the
median of what sellers are given from approval on."""
AT_ONCE = 5_000
_TABLES = """
CREATE TABLE event (at TEXT, place INTEGER, n INTEGER, what TEXT, said TEXT);
CREATE TABLE ending (n INTEGER PRIMARY KEY, key TEXT, outcome TEXT, facts TEXT);
CREATE TABLE alert (n INTEGER, rule TEXT, step TEXT, day TEXT);
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """An order as it is known in the end."""

    n: int
    key: str
    outcome: str
    facts: CaseFacts


class Diary:
    """Events, endings and alerts of past orders."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany
        self.steps: tuple[str, ...] = ()
        connection.executescript(_TABLES)

    def take_in(self, profile: Profile, folder: Path) -> None:
        """The orders of the files. One of which a value cannot be read stays out, as it does in an import."""
        self.steps = steps = tuple(mark.step for mark in profile.steps)
        read = (record for record in records(profile, folder) if not record.out)
        for some in batched(enumerate(read, 1), AT_ONCE):
            facts = [(n, record, facts_of(record, steps)) for n, record in some]
            self._run_many(
                "INSERT INTO ending VALUES (?, ?, ?, ?)",
                [(n, record.key, record.payload["outcome"], _written(case)) for n, record, case in facts],
            )
            self._run_many(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
                [event for n, _, case in facts for event in _events(n, case)],
            )
        self._run("CREATE INDEX event_at ON event (at, n, place)")

    def events(self) -> Iterator[Event]:
        """What happened, in its order."""
        for at, n, what, said in self._run("SELECT at, n, what, said FROM event ORDER BY at, n, place"):
            yield Event(dt.datetime.fromisoformat(at), n, what, _read(said) if said else None)

    def note(self, raised: Iterable[Raised]) -> None:
        """Keeps the alerts."""
        for some in batched(raised, AT_ONCE):
            rows = [(one.n, one.rule, one.step, one.day.isoformat()) for one in some]
            self._run_many("INSERT INTO alert VALUES (?, ?, ?, ?)", rows)
        self._run("CREATE INDEX alert_n ON alert (n, rule, step)")

    def endings(self) -> Iterator[Ending]:
        """Every order, in the order of the file."""
        for n, key, outcome, said in self._run("SELECT n, key, outcome, facts FROM ending ORDER BY n"):
            yield Ending(n, key, outcome, _read(said))

    def alerts_of(self, n: int) -> list[Raised]:
        """What an order was alerted for, by rule and step."""
        found = self._run("SELECT rule, step, day FROM alert WHERE n = ? ORDER BY rule, step", (n,))
        return [Raised(n, rule, step, dt.date.fromisoformat(day)) for rule, step, day in found]


@contextmanager
def diary() -> Iterator[Diary]:
    """An empty one, gone at the end."""
    connection = sqlite3.connect("")
    try:
        yield Diary(connection)
    finally:
        connection.close()


def facts_of(record: Record, steps: tuple[str, ...]) -> CaseFacts:
    """A record of a past order as the rules know a case, by the clock on the wall of its source."""
    said = record.payload
    day = said.get("promised_on")
    promised_on = dt.date.fromisoformat(day) if day else None
    limits = {} if promised_on is None else {steps[-1]: end_of(promised_on)}
    handed_by = [_wall(item["ship_by"]) for item in said.get("items", ()) if item.get("ship_by")]
    if handed_by:
        limits["ship"] = max(handed_by)
    done = {mark["step"]: _wall(mark["at"]) for mark in said.get("steps", ())}
    return CaseFacts(steps, _wall(said["ordered_at"]), promised_on, limits, ALLOWED, done)


def _wall(said: str) -> dt.datetime:
    return dt.datetime.fromisoformat(said).replace(tzinfo=None)


def _events(n: int, case: CaseFacts) -> Iterator[tuple[Any, ...]]:
    """The opening of an order, which knows nothing that was done later, and each step that was."""
    opened = case.known_at(case.opened_at)
    yield case.opened_at.isoformat(" "), 0, n, OPENED, _written(opened)
    for step, at in case.done.items():
        if step not in opened.done:
            yield at.isoformat(" "), 1 + case.steps.index(step), n, step, None


def _written(case: CaseFacts) -> str:
    return json.dumps(
        {
            "steps": case.steps,
            "opened_at": case.opened_at.isoformat(),
            "promised_on": case.promised_on and case.promised_on.isoformat(),
            "limits": {step: at.isoformat() for step, at in case.limits.items()},
            "done": {step: at.isoformat() for step, at in case.done.items()},
        }
    )


def _read(said: str) -> CaseFacts:
    kept = json.loads(said)
    day, at = kept["promised_on"], dt.datetime.fromisoformat
    return CaseFacts(
        tuple(kept["steps"]),
        at(kept["opened_at"]),
        dt.date.fromisoformat(day) if day else None,
        {step: at(moment) for step, moment in kept["limits"].items()},
        ALLOWED,
        {step: at(moment) for step, moment in kept["done"].items()},
    )
