"""How a person has arranged a list: which columns stand there, in which order, how wide; kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from retaguarda.kernel.screen.exporting import ExportingState
from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Seat, refusal_of

NARROWEST, WIDEST = 40, 1200
"""What a column may be made at least and at most, in px."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`order` are the columns by field as the person left them, `shown` those of them to be seen (empty: as declared),
    `widths` those that were made wider or narrower.

    It is laid over the columns that the program has today: a column that is gone is nobody's loss, one that has come
    since stands where it was declared.
    """

    order: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Any) -> Arrangement:
        """The arrangement out of what was kept; what cannot be understood is left out."""
        known = kept if isinstance(kept, Mapping) else {}
        widths = known.get("widths")
        return cls(
            _words(known.get("order")),
            _words(known.get("shown")),
            {
                str(name): max(NARROWEST, min(WIDEST, width))
                for name, width in (widths.items() if isinstance(widths, Mapping) else ())
                if type(width) is int
            },
        )

    def kept(self) -> dict[str, Any]:
        """What is kept of it, as JSON values."""
        return {"order": list(self.order), "shown": list(self.shown), "widths": dict(self.widths)}

    def ordered(self, columns: Sequence[Column]) -> list[Column]:
        """All columns in the person's order."""
        known = {column.field: column for column in columns}
        out = [known[name] for name in dict.fromkeys(self.order) if name in known]
        for at, column in enumerate(columns):
            if column not in out:
                out.insert(out.index(columns[at - 1]) + 1 if at else 0, column)
        return out

    def shows(self, column: Column) -> bool:
        """Whether a column is to be seen; one that the person has not met yet is."""
        return not self.shown or column.field in self.shown or column.field not in self.order

    def lay(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns as they are shown: at least one. One that was asked for stays in a narrow window."""
        seen = [column for column in self.ordered(columns) if self.shows(column)]
        return tuple(
            replace(
                column,
                width=self.widths.get(column.field, column.width),
                hide_below=0 if column.field in self.shown else column.hide_below,
            )
            for column in seen or columns
        )


def _words(kept: Any) -> tuple[str, ...]:
    return tuple(one for one in kept if isinstance(one, str))[:_MOST] if isinstance(kept, list) else ()


class ArrangedState(ExportingState):
    """The columns of a list. `declared` are those that this person may see, `columns` those that are seen. Topic:
    `columns`."""

    screen: ListScreen

    def __init__(self, screen: ListScreen, seat: Seat, key: str = "") -> None:
        super().__init__(screen, seat, key)
        # What another module shows here needs that module's own right.
        self.joins = tuple(one for one in seat.book.joined(screen) if refusal_of(seat, one.query) is None)
        kept_out = {one.column.field for one in seat.book.joined(screen)} - {one.column.field for one in self.joins}
        self.declared = tuple(c for c in seat.book.columns(screen) if c.field not in kept_out)
        self.arrangement = Arrangement.of(seat.recall(screen.name).get("columns"))
        self.columns = self.arrangement.lay(self.declared)

    def arrange(self, arrangement: Arrangement) -> None:
        """Shows the columns so, now and the next time."""
        if arrangement != self.arrangement:
            self.lay_out(arrangement)
            self.keep(columns=arrangement.kept())

    def lay_out(self, arrangement: Arrangement) -> None:
        """Shows the columns so."""
        self.arrangement = arrangement
        self.columns = arrangement.lay(self.declared)
        self.changed("columns")

    def keep(self, **values: Any) -> None:
        """Keeps something of this list for the next time, beside what is kept already."""
        self.seat.keep(self.screen.name, {**self.seat.recall(self.screen.name), **values})

    def move_column(self, name: str, place: int) -> None:
        """Puts a column that is seen at another place among those that are."""
        seen = [column.field for column in self.columns if column.field != name]
        seen.insert(place, name)
        order = [column.field for column in self.arrangement.ordered(self.declared)]
        rest = iter(seen)
        order = [next(rest) if one in seen else one for one in order]
        self.arrange(replace(self.arrangement, order=tuple(order)))

    def widen_column(self, name: str, width: int) -> None:
        """Makes a column so wide."""
        widths = {**self.arrangement.widths, name: max(NARROWEST, min(WIDEST, width))}
        self.arrange(replace(self.arrangement, widths=widths))

    def hide_column(self, name: str) -> None:
        """Takes a column out of sight; the last one stays."""
        left = [column.field for column in self.columns if column.field != name]
        if left:
            order = tuple(column.field for column in self.arrangement.ordered(self.declared))
            self.arrange(replace(self.arrangement, order=order, shown=tuple(left)))
