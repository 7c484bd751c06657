"""What an open company answers: rows, the places of pages, groups, one record, each under the rights of who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from retaguarda.kernel import query
from retaguarda.kernel.grouping import Adding, groups
from retaguarda.kernel.module import Registry
from retaguarda.kernel.page import PAGE, Anchors, By, Groups, Page
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.store import Store
from retaguarda.kernel.unit import Actor


class Answers:
    """The reading half of an office."""

    store: Store
    registry: Registry
    actor: Actor

    def reads(self) -> ReadOnly:
        """Reads on this thread's connection."""
        raise NotImplementedError

    def today(self) -> dt.date:
        """The company's calendar day."""
        raise NotImplementedError

    def zone(self) -> str:
        """The company's time zone."""
        raise NotImplementedError

    def now(self) -> dt.datetime:
        """The present instant, UTC."""
        raise NotImplementedError

    def show(
        self,
        query_name: str,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = PAGE,
        after: Any = None,
        count: bool = False,
    ) -> Page:
        """Rows of a query, as far as the person may see them."""
        ask = query.Ask(where or {}, sort, limit, after, count)
        found = self.registry.query(query_name)
        return query.show(self.reads().reader, self.store.dialect, found, ask, self.actor, self.now(), self.today())

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        """Where the pages of all rows begin, and how many there are."""
        found, ask = self.registry.query(query_name), query.Ask(where or {}, sort)
        return query.anchors(self.reads().reader, self.store.dialect, found, ask, self.actor, self.now(), self.today())

    def groups(
        self,
        query_name: str,
        where: Mapping[str, Any] | None,
        by: Sequence[By],
        sums: Sequence[str],
        most: int = 0,
        largest: bool = False,
    ) -> Groups:
        """All rows added up by columns: how many of each value, and the sums of theirs."""
        found, ask, now = self.registry.query(query_name), query.Ask(where or {}), self.now()
        adding = Adding(by, sums, most, largest, self.zone())
        return groups(self.reads().reader, self.store.dialect, found, ask, adding, self.actor, now, self.today())

    def one(self, query_name: str, key: str) -> Any:
        """The row of one record; raises `Missing`."""
        found = self.registry.query(query_name)
        return query.one(self.reads().reader, self.store.dialect, found, key, self.actor, self.now(), self.today())
