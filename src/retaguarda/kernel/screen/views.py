"""Views of a list: how it is shown (columns, conditions, order, tab) under a name, one's own or shared with a role."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.arranging import Arrangement
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.long_listing import LongState
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of

MOST = 100


class ViewedState(LongState):
    """The views of a list. `view` is the one that is shown (None: the list as it comes), `default` the id of the one it
    opens with. Topics: `views`, `view`."""

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        kept_by = seat.book.views
        self.keeps_views = kept_by if kept_by and refusal_of(seat, kept_by.keep) is None else None
        self.views: tuple[Any, ...] = ()
        self.view_now: Any = None
        default = seat.recall(screen.name).get("view")
        self.default = default if isinstance(default, str) else ""
        # Who comes for certain rows, or for one that is named, is shown these.
        self._opens_plain = bool(go and (go.given or go.key))

    def start(self) -> None:
        """Asks for the first rows: those of the view that the list opens with."""
        if not self.default or self._opens_plain or self.keeps_views is None:
            self.refresh()
            return

        def begin() -> None:
            view = next((one for one in self.views if one.id == self.default), None)
            if view is None:
                # It was taken away, or is shared no longer.
                self.refresh()
            else:
                self.use(view)

        self.ask_views(begin)

    def ask_views(self, then: Callable[[], object]) -> None:
        """Reads which views there are; where they are out of reach, there are none."""
        kept_by = self.keeps_views
        if kept_by is None:
            return

        def came(page: Page) -> None:
            self.views = tuple(page.rows)
            self.changed("views")
            then()

        def out_of_reach(_problem: Problem) -> None:
            then()

        self.show("views", kept_by.query, came, {"screen": self.screen.name}, limit=MOST, on_problem=out_of_reach)

    @property
    def look(self) -> dict[str, Any]:
        """How the list is shown, as JSON values."""
        return {
            "columns": self.arrangement.kept(),
            "conditions": [one.kept() for one in self.conditions.values()],
            "filters": {one.key: self.filters[one.key] for one in self.screen.filters if one.key in self.filters},
            "sort": self.sort,
            "tab": self.tab.name if self.tab else "",
        }

    def use(self, view: Any) -> None:
        """Shows the list as a view has it; None shows it as it comes. What the list no longer has is left out."""
        self.view_now = view
        look = _read(view.look) if view is not None else {}
        tabs = {tab.name: tab for tab in self.screen.tabs}
        self.tab = tabs.get(str(look.get("tab")), self.screen.tabs[0] if self.screen.tabs else None)
        kept = look.get("filters")
        offered = {one.key: one.options for one in self.screen.filters}
        self.filters = {
            key: value
            for key, value in (kept.items() if isinstance(kept, Mapping) else ())
            if value in offered.get(key, ())
        }
        self.text, self.rows, self.chosen = "", [], None
        self.lay_out(Arrangement.of(look.get("columns")))
        asked = look.get("conditions")
        conditions = [Condition.of(one) for one in (asked if isinstance(asked, list) else ())]
        sorts = {column.field for column in self.declared if column.sortable}
        sort = look.get("sort")
        self.sort = sort if isinstance(sort, str) and sort.lstrip("-") in sorts else self.screen.sort
        self.changed("view", "tab")
        self.ask_of(one for one in conditions if one is not None)

    def keep_view(self, name: str, role: str, then: Callable[[], object]) -> None:
        """Keeps the list as it is shown; `role` is the code of whom it is shared with."""
        assert self.keeps_views is not None
        look = json.dumps(self.look, ensure_ascii=False)

        def kept(outcome: Outcome) -> None:
            if outcome.rows:
                self.view_now = outcome.rows[0]
            self.changed("view")
            self.done(self.keeps_views.keep if self.keeps_views else "", outcome)
            then()

        self.send((self.keeps_views.keep, {"screen": self.screen.name, "name": name, "look": look, "role": role}), kept)

    def archive_view(self) -> None:
        """Takes the view that is shown away; the list stays as it is."""
        view, kept_by = self.view_now, self.keeps_views
        if view is None or kept_by is None:
            return

        def gone(outcome: Outcome) -> None:
            self.view_now = None
            self.open_with(False)
            self.done(kept_by.archive, outcome)

        self.send((kept_by.archive, {"view_id": view.id, "version": view.version}), gone)

    def open_with(self, this: bool) -> None:
        """Opens the list with the view that is shown from now on, or as it comes."""
        self.default = self.view_now.id if this and self.view_now is not None else ""
        self.keep(view=self.default)
        self.changed("view")


def _read(look: str) -> Mapping[str, Any]:
    try:
        found = json.loads(look)
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}
