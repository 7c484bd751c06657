"""What a table shows, as plain data: columns, rows and the kinds of cell. No Qt in here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """How the cells of a column are drawn; beside each the value it takes (a plain text is always welcome)."""

    TEXT = "text"  # str or Toned
    MUTED = "muted"  # str or Toned, 12 px
    STRONG = "strong"  # str or Toned, 500
    CODE = "code"  # str, figures of one width
    NUMBER = "number"  # str or Toned, right aligned figures
    AMOUNT = "amount"  # str or Toned, right aligned figures, 500
    POSITION = "position"  # str, the number of the line
    TWO_LINE = "two_line"  # TwoLine
    PILL = "pill"  # State
    AVAILABILITY = "availability"  # Availability
    AVATAR = "avatar"  # Who
    ACTION = "action"  # Action; a click or Enter on it emits `action_pressed`
    AGE = "age"  # str or Toned
    ICON = "icon"  # Sign
    CHECK = "check"  # bool; a click or Space emits `check_toggled`


RIGHT_ALIGNED = frozenset({Kind.NUMBER, Kind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in pixels; columns that `stretch` share what is left; it leaves when the table is narrower
    than `hide_below`. `editable` cells open an editor; `sortable` heads emit `sort_requested`. `align` is `left` or
    `right` where the kind's own side is not wanted. A `fixed` width is a person's own, narrower than the title or not.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 120
    stretch: bool = False
    editable: bool = False
    sortable: bool = False
    hide_below: int = 0
    align: str = ""
    fixed: bool = False

    @property
    def to_right(self) -> bool:
        """Whether one-line cells and the head stand at the right."""
        return self.align == "right" if self.align else self.kind in RIGHT_ALIGNED


class Toned(NamedTuple):
    """A text in a role's colour; `raw` is what an editor opens with when it differs from what is shown."""

    text: str
    role: str = "text"
    raw: str | None = None


class TwoLine(NamedTuple):
    """A name and what is said under it; `faint` greys both (a line still to be filled, a record put away)."""

    first: str
    second: str = ""
    faint: bool = False


class State(NamedTuple):
    """A pill: a state in a role's colours, with a dot or an icon."""

    text: str
    role: str = "neutral"
    icon: str = ""


class Availability(NamedTuple):
    """Whether there is enough: the answer in a role's colour with its icon, and what it rests on."""

    role: str
    first: str
    second: str = ""


class Who(NamedTuple):
    """A person: initials on a disc, and the name."""

    initials: str
    name: str
    role: str = "accent"


class Action(NamedTuple):
    """The next thing to do, pressed right in the row."""

    text: str
    icon: str = ""


class Sign(NamedTuple):
    """An icon alone; `name` is what it says."""

    icon: str
    role: str
    name: str


Cell = str | Toned | TwoLine | State | Availability | Who | Action | Sign | bool | None


class Note(NamedTuple):
    """A strip under a row, over the whole width: icon, what is so (bold), more words, a link and its key."""

    role: str
    icon: str
    lead: str
    text: str
    link: str = ""
    key: str = ""


class Group(NamedTuple):
    """Makes a row the head of a group: chevron, icon, name and count before the cells of the other columns."""

    name: str
    tally: str = ""
    icon: str = ""
    role: str = "neutral"
    unfolded: bool = True


class LazyCells(Sequence[Cell]):
    """Cells that are made when one of them is looked at first: of the two hundred rows of a page some twenty are in
    sight. Ones that nobody has looked at equal nothing."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, make: Callable[[], tuple[Cell, ...]]) -> None:
        self._make = make
        self._made: tuple[Cell, ...] | None = None

    def _all(self) -> tuple[Cell, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        return self._made is not None and isinstance(other, Sequence) and self._made == tuple(other)


class Row(NamedTuple):
    """One row. `key` finds it again when it changes; `tint` (`bad`, `warn`) colours it, with a bar at its left.

    `fixed` rows refuse editing, `marked` ones have a ticked box before their first cell.
    """

    key: Hashable
    cells: Sequence[Cell]
    tint: str = ""
    note: Note | None = None
    group: Group | None = None
    fixed: bool = False
    marked: bool = False


def spoken(value: Cell) -> str:
    """What a screen reader says for a cell, and what is copied from it."""
    match value:
        case None | bool():
            return ""
        case str():
            return value
        case Toned() | State() | Action():
            return value.text
        case TwoLine() | Availability():
            return f"{value.first}, {value.second}" if value.second else value.first
        case Who() | Sign():
            return value.name


def editable_text(value: Cell) -> str:
    """What an editor opens with; a dash stands for nothing."""
    if isinstance(value, Toned) and value.raw is not None:
        return value.raw
    if isinstance(value, TwoLine):
        return "" if value.faint else value.first
    shown = spoken(value)
    return "" if shown in ("—", "–", "-") else shown
