"""The state of a list: rows of a query page by page, tabs with counts, filters, search, one chosen row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.page import Anchors, Page
from retaguarda.kernel.screen.gathering import Asked, Exporting, value_of
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.kernel.screen.marking import MarkedState
from retaguarda.kernel.screen.parts import Action, JoinedColumn, Phrase
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat

Status = Literal["loading", "ready", "empty", "none_found", "failed"]


class ListState(MarkedState):
    """A list. Topics: `rows` (all new), `more` (rows added at the end), `joined`, `counts`, `chosen`, `status`.

    A list of more rows than are counted at once becomes a long one (`rows` is then `LongRows`) as soon as it is known
    where its pages begin.

    `joined` holds the values of columns other modules fill: column field -> row id -> value. `counts` holds what is
    known about the tabs: name -> (count, capped).
    """

    screen: ListScreen

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.status: Status = "loading"
        self.counts: dict[str, tuple[int, bool]] = {}
        self.answered_at: dt.datetime | None = None
        self.joined: dict[str, dict[str, Any]] = {}
        self._after: Any = None
        self._more_asked = False

    def refresh(self) -> None:
        super().refresh()
        self.day = self.seat.today()
        question = (self.where, self.sort)
        same, self._question = question == self._question, question
        if same and isinstance(self.rows, LongRows):
            self._count_tabs()
            self._find_places()
            return
        self.ask_rows()

    def ask_rows(self) -> None:
        self._more_asked = False
        if not self.rows:
            self.status = "loading"
            self.changed("status")
        self.show(
            "rows", self.screen.query, self._came, self.where, self.sort, self.screen.page_size, count=True,
            on_problem=self._failed,
        )  # fmt: skip

    def _count_tabs(self) -> None:
        for tab in self.screen.tabs:
            if tab.counted and tab is not self.tab:
                where = dict(self.screen.where) | dict(tab.where)

                def counted(page: Page, name: str = tab.name) -> None:
                    self._counted(name, page)

                self.show(f"count:{tab.name}", self.screen.query, counted, where, limit=0, count=True)

    def _counted(self, name: str, page: Page) -> None:
        if page.count is not None:
            self.counts[name] = (page.count, page.count_capped)
            self.changed("counts")

    def _failed(self, problem: Problem) -> None:
        self.status = "ready" if self.rows else "failed"
        self.failed(problem, again=self.refresh)
        self.changed("status")

    def _came(self, page: Page) -> None:
        chosen = self.record.id if self.record is not None else self.key
        self._sought = None
        self.rows, self._after = list(page.rows), page.after
        self.count, self.count_capped, self.answered_at = page.count, page.count_capped, page.at
        if self.tab is not None and not self.is_narrowed:
            self._counted(self.tab.name, page)
        # Where the person filters, an empty list means that nothing was found; the first tab is the list.
        narrowed = self.is_narrowed or bool(self.tab and self.tab != self.screen.tabs[0])
        self.status = "ready" if self.rows else ("none_found" if narrowed else "empty")
        ids = [row.id for row in page.rows]
        self.chosen = ids.index(chosen) if chosen in ids else (0 if ids else None)
        self.changed("rows", "status", "chosen", "actions")
        # Nothing else is read before the rows are painted: it would take the processor from them.
        self.seat.later(lambda: self._go_on(ids))

    def _go_on(self, ids: Sequence[str]) -> None:
        if self.closed:
            return
        self._beside(ids)
        self._count_tabs()
        if self.count_capped and self._after is not None:
            self._find_places()

    # ---- a long list ----
    def _begin(self, anchors: Anchors) -> None:
        super()._begin(anchors)
        if isinstance(self.rows, LongRows):
            self._after = None
            if self.tab is not None and not self.is_narrowed:
                self.counts[self.tab.name] = (anchors.count, False)
                self.changed("counts")

    def page_here(self, page: int, found: Page, gone: Sequence[str]) -> None:
        self.answered_at = found.at
        for values in (*self.joined.values(), *self._lent.values()):
            for key in gone:
                values.pop(key, None)
        self.changed(f"page:{page}")
        self._beside([row.id for row in found.rows], f"page:{page}")

    def more(self) -> None:
        """Asks for the next page, when there is one and it has not been asked for."""
        if self._after is not None and not self._more_asked:
            self._more_asked = True
            self.show(
                "more", self.screen.query, self._more_came, self.where, self.sort, self.screen.page_size, self._after
            )

    def _more_came(self, page: Page) -> None:
        self._more_asked = False
        if isinstance(self.rows, LongRows):
            return
        self.rows.extend(page.rows)
        self._after = page.after
        self.changed("more")
        self._beside([row.id for row in page.rows])

    def _beside(self, ids: Sequence[str], topic: str = "joined") -> None:
        self.borrow(ids)
        for joined in self.joins if ids else ():

            def join(page: Page, joined: JoinedColumn = joined) -> None:
                values = self.joined.setdefault(joined.column.field, {})
                values.update({getattr(row, joined.key): row for row in page.rows})
                self.changed(topic)

            where = {joined.key: tuple(ids)}
            self.show(f"joined:{joined.column.field}:{ids[0]}", joined.query, join, where, limit=len(ids))

    def value(self, index: int, field: str) -> Any:
        """What a column shows for a row: its attribute, or the joined row's (None until that came)."""
        return value_of(self.rows[index], field, self.joined)

    def view(self) -> Exporting:
        texts, name = self.seat.texts, self.screen.name
        tab = [texts.say(self.tab.title or f"{name}.tab.{self.tab.name}")] if self.tab else []
        return Exporting(
            asked=Asked(self.screen.query, self.where, self.sort),
            title=texts.say(self.screen.title_code),
            lines=tuple(line for line in (*tab, self.text.strip(), *map(self.said, self.conditions.values())) if line),
            columns=tuple(column for column in self.columns if column.show != "answer"),
            heads=tuple(texts.say(c.title or f"{name}.{c.field}") for c in self.columns if c.show != "answer"),
            texts=texts,
            issuer=self.seat.company,
            joined=self.joins,
        )

    # ---- what a person does ----
    def open(self) -> None:
        """Opens the chosen row's screen."""
        if self.record is not None:
            go = opening_of(self.record, self.screen.opens, self.screen.opens_key)
            if go is not None and go.screen not in self.seat.book:
                # What a row names may be gone since it was written.
                self.warn(Phrase("shell.screen_gone"))
            elif go is not None:
                self.seat.tell(go)

    def pressed(self, action: Action, row: Any, outcome: Outcome) -> None:
        self.take_fresh(outcome)
        super().pressed(action, row, outcome)


def opening_of(row: Any, screen: str, key: str) -> Go | None:
    """Where a row leads: the declared screen, or the one the row itself names in its attribute `opens`; a row with the
    attribute `given` leads to a list and says what leaves exactly its rows there."""
    target = getattr(row, "opens", "") or screen
    if target and hasattr(row, "given"):
        return Go(target, given=row.given)
    return Go(target, str(getattr(row, key))) if target else None
