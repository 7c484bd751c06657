"""The states of a record's page and of a board: panels of rows, each asked for on its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.errors import Forbidden, Problem
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.listing import opening_of
from retaguarda.kernel.screen.parts import Action, FactsPanel, FiguresPanel, LightsPanel, Panel, Phrase, TablePanel
from retaguarda.kernel.screen.pressing import NOT_NOW, RecordState, payload_of, target
from retaguarda.kernel.screen.screens import BoardScreen, PageScreen
from retaguarda.kernel.screen.state import Button, Go, Seat, refusal_of

FORBIDDEN = Forbidden("").code


@dataclass(slots=True)
class PanelState:
    """What a panel has to show: `rows` None while loading; `chosen` the row of a table; `problem` why it has none."""

    panel: Panel
    rows: tuple[Any, ...] | None = None
    count: int | None = None
    count_capped: bool = False
    at: dt.datetime | None = None
    chosen: int | None = None
    problem: Phrase | None = None

    @property
    def row(self) -> Any:
        """The chosen row of a table, the first one otherwise."""
        return self.rows[self.chosen or 0] if self.rows else None


class PanelsState(RecordState):
    """A screen of panels. Topics: `panel.<name>`, `record`, `tab`."""

    screen: PageScreen | BoardScreen

    def __init__(self, screen: PageScreen | BoardScreen, seat: Seat, key: str = "") -> None:
        super().__init__(screen, seat, key)
        self.panels: dict[str, PanelState] = {}
        for panel in seat.book.panels(screen):
            if refusal_of(seat, panel.permission) is None:
                self.panels[panel.name] = PanelState(panel)
                if isinstance(panel, FiguresPanel) and panel.rows is not None:
                    self.panels[f"{panel.name}.rows"] = PanelState(panel.rows)
        main = [name for name, p in self.panels.items() if isinstance(p.panel, TablePanel) and p.panel.place == "main"]
        self.tab = main[0] if main else ""

    def fill(self, row: Any) -> None:
        """Asks for every panel's rows, on the record where there is one."""
        for name, state in self.panels.items():
            panel = state.panel
            if not panel.query:
                state.rows = (row,) if row is not None else ()
                self.changed(f"panel.{name}")
                continue
            where = dict(panel.always) | {key: getattr(row, source) for key, source in panel.where.items()}
            self._ask(name, panel, where)

    def _ask(self, name: str, panel: Panel, where: Mapping[str, Any]) -> None:
        def came(page: Page) -> None:
            state = self.panels[name]
            state.rows, state.count, state.count_capped = tuple(page.rows), page.count, page.count_capped
            state.at, state.problem = page.at, None
            state.chosen = min(state.chosen or 0, len(page.rows) - 1) if page.rows else None
            self.changed(f"panel.{name}")

        def missed(problem: Problem) -> None:
            self.panels[name].problem = Phrase(problem.code, problem.params)
            self.changed(f"panel.{name}")

        single = isinstance(panel, FactsPanel | FiguresPanel)
        self.show(
            f"panel:{name}", panel.query, came, where, panel.sort, 1 if single else panel.limit,
            count=isinstance(panel, TablePanel), on_problem=missed,
        )  # fmt: skip

    def choose_tab(self, name: str) -> None:
        """Brings a table of the main place to the front."""
        self.tab = name
        self.changed("tab")

    def choose(self, panel: str, index: int | None) -> None:
        """Chooses a row in a panel's table."""
        self.panels[panel].chosen = index

    def open(self, panel: str, index: int) -> None:
        """Opens the screen of a panel's row."""
        state = self.panels[panel]
        table = state.panel
        if isinstance(table, LightsPanel) and state.rows:
            light = state.rows[index]
            self.seat.tell(Go(light.opens, given=light.given))
        elif isinstance(table, TablePanel) and state.rows:
            go = opening_of(state.rows[index], table.opens, table.opens_key)
            if go is not None:
                self.seat.tell(go)

    def reason_in(self, panel: str, action: Action) -> Phrase | None:
        """Why an action of a panel's table cannot be pressed on its chosen row; None when it can."""
        row = self.panels[panel].row
        refused = refusal_of(self.seat, action.press)
        if refused is not None:
            return refused
        if action.on_row and (row is None or (action.press and action.press not in getattr(row, "allowed", ()))):
            return NOT_NOW
        return action.enabled(row) if action.enabled is not None else None

    def press_in(self, panel: str, name: str) -> None:
        """Presses an action of a panel's table on its chosen row."""
        table = self.panels[panel].panel
        assert isinstance(table, TablePanel)
        action = next(a for a in table.actions if a.name == name)
        row, reason = self.panels[panel].row, self.reason_in(panel, action)
        if reason is not None:
            self.warn(reason)
        elif action.press:
            payload = payload_of(self.seat, action, row)
            self.send((action.press, payload), lambda outcome: self.done(action.press, outcome))
        elif action.opens:
            self.seat.tell(Go(action.opens, given=target(action, row)))
        elif action.prints:
            self.print(action.prints, target(action, row))


class PageState(PanelsState):
    """One record's page. `row` is the record, None until it came."""

    screen: PageScreen

    def __init__(self, screen: PageScreen, seat: Seat, go: Go) -> None:
        super().__init__(screen, seat, go.key)
        self.row: Any = None

    @property
    def record(self) -> Any:
        return self.row

    def refresh(self) -> None:
        self.one("record", self.screen.load, self.key, self._came)

    def _came(self, row: Any) -> None:
        self.row = row
        self.changed("record", "title", "actions")
        self.borrow([row.id])
        self.fill(row)


class BoardState(PanelsState):
    """A board: panels without a record."""

    screen: BoardScreen

    def __init__(self, screen: BoardScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat)

    @property
    def record(self) -> Any:
        return None

    def buttons(self) -> tuple[Button, ...]:
        """What the person may press: a board is for everybody, and shows nobody what is not theirs."""
        return tuple(one for one in super().buttons() if one.reason is None or one.reason.code != FORBIDDEN)

    def refresh(self) -> None:
        self.fill(None)
