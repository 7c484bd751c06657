"""What a report is asked: the cut it is added up by, what is typed for its parameters and what that means today."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.screen.gathering import Exporting
from retaguarda.kernel.screen.inquiry import SINCE, UNTIL, Inquiry, read, typed_of
from retaguarda.kernel.screen.reading import ReadingState
from retaguarda.kernel.screen.reports import Parameter, ReportScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of
from retaguarda.kernel.spans import SPANS


class AskingState(ReadingState):
    """`typed` is what stands for each parameter as people type it, `values` what that means today, `cuts` the ways of
    adding up that the person may read. Topic: `values`."""

    screen: ReportScreen

    def __init__(self, screen: ReportScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go.key if go else "")
        self.cuts = tuple(cut for cut in screen.cuts if refusal_of(seat, cut.query) is None)
        self.cut = self.cuts[0] if self.cuts else screen.cuts[0]
        self.offers: dict[str, tuple[tuple[str, str], ...]] = {}
        self.typed: dict[str, str] = {one.key: one.initial for one in screen.parameters}
        self.typed.update({key: typed_of(value) for key, value in go.given.items()} if go else {})
        self.values: dict[str, Any] = {one.key: self.meant(one) for one in screen.parameters}

    @property
    def inquiry(self) -> Inquiry:
        """The present cut with what it is asked."""
        return Inquiry(self.screen, self.cut, self.values)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the present cut is asked with."""
        return self.inquiry.parameters

    def meant(self, one: Parameter) -> Any:
        """What a parameter means today; what is none leaves it open."""
        try:
            return read(one, self.typed[one.key], self.seat.today(), self.seat.texts.language)
        except ValueFault:
            self.typed[one.key] = ""
            return None

    def set(self, key: str, value: Any) -> None:
        """Sets a parameter; None leaves it open."""
        if self.values.get(key) != value:
            self.values[key], self.typed[key] = value, typed_of(value)
            self.changed("values")
            self.refresh()

    @property
    def span(self) -> str:
        """The span of days that both its ends stand for; empty where they are days of their own."""
        since, until = self.typed.get(SINCE, ""), self.typed.get(UNTIL, "")
        return since if since == until and since in SPANS else ""

    def choose_span(self, span: str) -> None:
        """Asks for a span of days, which is another one on another day; empty keeps the days as they stand."""
        for one in self.screen.parameters:
            if one.key in (SINCE, UNTIL):
                self.typed[one.key] = span or typed_of(self.values[one.key])
                self.values[one.key] = self.meant(one)
        self.changed("values")
        self.refresh()

    def view(self) -> Exporting:
        return self.inquiry.exporting(self.seat.texts, self.seat.company, self.offers)
