"""What a document is made of: blocks in reading order, with values already written in the document's language.

Lengths are points (1/72 inch) from the upper left corner, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retaguarda.kernel.gtin import gtin_fault

POINTS_PER_MM = 72 / 25.4
GTIN_13 = 13


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper; without `height` it is a roll, cut where the document ends."""

    width: float
    height: float | None
    margin: float
    text_size: float


A4 = Paper(210 * POINTS_PER_MM, 297 * POINTS_PER_MM, 15 * POINTS_PER_MM, 9)
LABEL_100X150 = Paper(100 * POINTS_PER_MM, 150 * POINTS_PER_MM, 5 * POINTS_PER_MM, 8.5)
RECEIPT_80 = Paper(80 * POINTS_PER_MM, None, 4 * POINTS_PER_MM, 8)


@dataclass(frozen=True, slots=True)
class CompanyHeader:
    """Who issues the document: its name and the lines under it (tax identity, address, telephone)."""

    name: str
    lines: tuple[str, ...] = ()


class ColumnKind(StrEnum):
    """What a table column holds: words wrap and take the room that is left, numbers stand right in even figures."""

    WORDS = "words"
    NUMBER = "number"


class Align(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `align` follows the kind unless given, `width_mm` follows the content unless given."""

    title: str
    kind: ColumnKind = ColumnKind.WORDS
    align: Align | None = None
    width_mm: float | None = None

    @property
    def side(self) -> Align:
        """Where its text stands, given or by kind."""
        return self.align or (Align.RIGHT if self.kind is ColumnKind.NUMBER else Align.LEFT)


@dataclass(frozen=True, slots=True)
class Total:
    """A line under a table, at its right edge; the strong one is the sum that is paid."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under columns; the head is repeated on every page that the rows reach.

    Rows that are no sequence but can be gone through again (a ledger read page by page) are never held all at once:
    every column then says its width.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]] | Iterable[tuple[str, ...]]
    totals: tuple[Total, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        if not self.columns or (not self.streamed and any(len(row) != len(self.columns) for row in self.rows)):
            raise ValueError("every row has one text for each column")
        if self.streamed and any(column.width_mm is None for column in self.columns):
            raise ValueError("rows that are not held say how wide their columns are")

    @property
    def streamed(self) -> bool:
        """Whether the rows are read anew each time they are gone through."""
        return not isinstance(self.rows, Sequence)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; it stays with what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Labelled values in a grid of `across` pairs a row; rolls put every pair on its own line."""

    pairs: tuple[tuple[str, str], ...]
    across: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it stays one."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Words that must not be overlooked: on a grey ground."""

    text: str


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty height."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class Display:
    """Words that are read from afar, in `size` points."""

    text: str
    size: float = 24


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page (a label for each volume)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, as large as fits the box without being pulled out of shape."""

    data: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 bar code with its text under it; printable ASCII only."""

    value: str
    height_mm: float = 14

    def __post_init__(self) -> None:
        """Refuse what Code 128 cannot hold, or a scanner cannot read in one line."""
        if not 1 <= len(self.value) <= 48 or any(not " " <= char <= "~" for char in self.value):
            raise ValueError(f"{self.value!r} cannot be a Code 128: 1 to 48 printable ASCII characters")


@dataclass(frozen=True, slots=True)
class Ean13:
    """The bar code of a GTIN-13 with its digits under it, as retail scanners expect it."""

    value: str
    height_mm: float = 22

    def __post_init__(self) -> None:
        """Refuse what is no valid GTIN-13."""
        if len(self.value) != GTIN_13 or gtin_fault(self.value) is not None:
            raise ValueError(f"{self.value!r} is no GTIN-13")


Block = Heading | KeyValues | Table | Paragraph | Note | Spacer | Barcode | Ean13 | Display | PageBreak | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """One document: `kind` is its name in the registry (`billing.invoice`), `title` what people call it."""

    kind: str
    title: str
    language: str
    header: CompanyHeader
    blocks: tuple[Block, ...]
    paper: Paper = A4
