"""What stands in a company, picked by chance: rows that offer a command, rows of a query, keys of a table."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from retaguarda.app.compose import MODULES, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of
from retaguarda.kernel.query import Query
from retaguarda.kernel.statement import Statement

MOST = 400


class NothingStandsError(LookupError):
    """No record is there that the command could be for."""


class _NoRow:
    """Stands where no row offers a command: whoever asks it for something finds that nothing stands."""

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, _name: str) -> Any:
        raise NothingStandsError


NO_ROW = _NoRow()


@functools.cache
def keys_of(table: str) -> Statement:
    """The keys of a table's first records, in the order they were made."""
    key = table_of(models_of(MODULES)[table]).c.id
    return Statement(select(key).order_by(key).limit(MOST))


@functools.cache
def offering(command: str) -> tuple[Query, ...]:
    """The queries whose rows may offer a command: those of its own module."""
    module = command.partition(".")[0]
    return tuple(q for q in registry().queries.values() if q.allowed and q.name.startswith(f"{module}."))


class Standing:
    """The records of an office, and the chance by which they are picked."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance = office, chance

    def one_of[T](self, found: Sequence[T]) -> T:
        """One of them; raises where there is none."""
        if not found:
            raise NothingStandsError
        return self.chance.choice(found)

    def rows(self, query: str, fits: Callable[[Any], bool] = lambda _: True, **where: Any) -> list[Any]:
        """Rows of a query that fit."""
        return [row for row in self.office.show(query, where, limit=MOST).rows if fits(row)]

    def row(self, query: str, fits: Callable[[Any], bool] = lambda _: True, **where: Any) -> Any:
        """One row of a query that fits."""
        return self.one_of(self.rows(query, fits, **where))

    def key(self, table: str) -> str:
        """The key of any record of a table, or of nothing where it has none."""
        found = self.office.reads().all(keys_of(table))
        return str(self.chance.choice(found).id) if found else new_id()

    def offered(self, command: str) -> Any:
        """A row that offers the command."""
        queries = list(offering(command))
        self.chance.shuffle(queries)
        for query in queries:
            if query.permission and not self.office.actor.may(query.permission):
                continue
            found = self.rows(query.name, lambda row: command in row.allowed)
            if found:
                return self.chance.choice(found)
        raise NothingStandsError

    # -- values

    def day(self, least: int = 1, most: int = 20) -> str:
        """A day so many days from today."""
        return (self.office.today() + dt.timedelta(days=self.chance.randint(least, most))).isoformat()

    def word(self) -> str:
        """A word that nobody used yet."""
        return f"W{self.chance.randrange(10**9):09}"

    def whole(self, most: int = 5) -> str:
        """A small whole number from 1, as JSON says quantities and money."""
        return str(self.chance.randint(1, most))
