"""Blocks to strips: pieces of full width that a page break never cuts, each with its marks from its own upper edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from itertools import chain

from retaguarda.kernel.document.ean import MODULES, ean13_modules
from retaguarda.kernel.document.marks import Bars, Drawn, Face, Ground, Mark, Measure, Rule, Stripes, Words, wrap
from retaguarda.kernel.document.model import (
    POINTS_PER_MM,
    Align,
    Barcode,
    Block,
    Column,
    ColumnKind,
    Display,
    Ean13,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Spacer,
    Table,
    Total,
)
from retaguarda.kernel.picture import png_size

LEADING = 1.4
WIDEST_EAN = 0.33 * POINTS_PER_MM
"""The nominal width of a module of EAN-13 (magnification 1)."""
CELL_GAP = 8.0
ROW_GAP = 4.0
MOST_ROW_LINES = 20
"""Longer cells go on in the next strip, so that no row is higher than a page."""
LABEL_GREY = 0.4
WIDEST_MODULE = 0.33 * POINTS_PER_MM
NARROWEST_MODULE = 0.19 * POINTS_PER_MM
"""Thinner bars are unreadable for common scanners (GS1 General Specifications allow 0.17 mm at the least)."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece that is not cut: `keep_next` holds it on its next one's page, a new page begins with `head` above it;
    behind one that `breaks` a new page begins."""

    height: float
    marks: tuple[Mark, ...] = ()
    keep_next: bool = False
    head: Strip | None = None
    breaks: bool = False


class StripMaker:
    """Makes the strips of one paper's blocks; `measure` knows the fonts."""

    def __init__(self, paper: Paper, measure: Measure) -> None:
        self.paper = paper
        self.measure = measure
        self.left = paper.margin
        self.width = paper.width - 2 * paper.margin
        self.size = paper.text_size
        self.leading = self.size * LEADING

    @singledispatchmethod
    def strips(self, block: Block) -> Iterable[Strip]:
        """The strips of a block, in order; those of a table that is not held come one by one."""
        raise TypeError(f"{type(block).__name__} is no block")

    @strips.register
    def _(self, block: Heading) -> list[Strip]:
        size = self.size + 2
        lines = self.lines(block.text, self.width, Face.STRONG, size)
        strips = [
            Strip(size * LEADING, (Words(self.left, size * 1.05, line, Face.STRONG, size),), keep_next=True)
            for line in lines
        ]
        return [Strip(ROW_GAP), *strips, Strip(ROW_GAP / 2, keep_next=True)]

    @strips.register
    def _(self, block: Paragraph) -> list[Strip]:
        face = Face.STRONG if block.strong else Face.REGULAR
        lines = self.lines(block.text, self.width, face, self.size)
        # The first two lines and the last two stay together, so that no line stands alone on a page.
        strips = [
            Strip(
                self.leading,
                (Words(self.left, self.size * 1.05, line, face, self.size),),
                keep_next=place in (0, len(lines) - 2) and place < len(lines) - 1,
            )
            for place, line in enumerate(lines)
        ]
        return [*strips, Strip(ROW_GAP)]

    @strips.register
    def _(self, block: Note) -> list[Strip]:
        lines = self.lines(block.text, self.width - 2 * CELL_GAP, Face.REGULAR, self.size)
        edge = Strip(ROW_GAP, (Ground(self.left, 0, self.width, ROW_GAP),), keep_next=True)
        middle = [
            Strip(
                self.leading,
                (
                    Ground(self.left, 0, self.width, self.leading),
                    Words(self.left + CELL_GAP, self.size * 1.05, line, Face.REGULAR, self.size),
                ),
                keep_next=place in (0, len(lines) - 1),
            )
            for place, line in enumerate(lines)
        ]
        return [Strip(ROW_GAP), edge, *middle, Strip(ROW_GAP, edge.marks), Strip(ROW_GAP)]

    @strips.register
    def _(self, block: Display) -> list[Strip]:
        lines = self.lines(block.text, self.width, Face.STRONG, block.size)
        return [
            Strip(block.size * 1.25, (Words(self.left, block.size, line, Face.STRONG, block.size),), keep_next=True)
            for line in lines
        ]

    @strips.register
    def _(self, block: PageBreak) -> list[Strip]:
        return [Strip(0, breaks=True)]

    @strips.register
    def _(self, block: Picture) -> list[Strip]:
        width, height = png_size(block.data)
        scale = min(block.width_mm / width, block.height_mm / height) * POINTS_PER_MM
        drawn = Drawn(self.left, 0, width * scale, height * scale, block.data)
        return [Strip(height * scale + ROW_GAP, (drawn,), keep_next=True)]

    @strips.register
    def _(self, block: Spacer) -> list[Strip]:
        return [Strip(block.height_mm * POINTS_PER_MM)]

    @strips.register
    def _(self, block: Barcode) -> list[Strip]:
        # Set B needs 11 modules a character, start and check, 13 for stop, and a quiet zone of 10 on each side.
        modules = 11 * (len(block.value) + 2) + 13 + 20
        module = min(WIDEST_MODULE, self.width / modules)
        if module < NARROWEST_MODULE:
            raise ValueError(f"{block.value!r} is too long for a bar code on this paper")
        height = block.height_mm * POINTS_PER_MM
        under = Words(self.left + 10 * module, height + self.leading, block.value, Face.REGULAR, self.size)
        bars = Bars(self.left, 0, block.value, height, module)
        return [Strip(height + self.leading + ROW_GAP * 2, (bars, under))]

    @strips.register
    def _(self, block: Ean13) -> list[Strip]:
        # Eleven light modules on the left and seven on the right belong to it (GS1 General Specifications, 5.2.3).
        module = min(WIDEST_EAN, self.width / (MODULES + 18))
        height = block.height_mm * POINTS_PER_MM
        left = self.left + 11 * module
        stripes = Stripes(left, 0, ean13_modules(block.value), height, module)
        digits = f"{block.value[0]} {block.value[1:7]} {block.value[7:]}"
        under = Words(left, height + self.leading, digits, Face.FIGURES, self.size)
        return [Strip(height + self.leading + ROW_GAP * 2, (stripes, under))]

    @strips.register
    def _(self, block: KeyValues) -> list[Strip]:
        if self.paper.height is None:
            return [*chain.from_iterable(self._roll_pair(*pair) for pair in block.pairs), Strip(ROW_GAP)]
        across = max(1, block.across)
        cell = (self.width - CELL_GAP * (across - 1)) / across
        strips = []
        for first in range(0, len(block.pairs), across):
            cells = [self._pair(label, value, cell) for label, value in block.pairs[first : first + across]]
            strips.extend(self._pair_row(cells, cell + CELL_GAP))
        return [*strips, Strip(ROW_GAP)]

    @strips.register
    def _(self, block: Table) -> Iterable[Strip]:
        widths = self._widths(block)
        titles = tuple(column.title for column in block.columns)
        head = self._row(block.columns, widths, titles, Face.STRONG, self.size - 0.5)[0]
        ground = Ground(self.left, 0, self.width, head.height)
        head = Strip(head.height, (ground, *head.marks), keep_next=True)
        return chain([head], self._table_rows(block, widths, head), [Strip(ROW_GAP * 2)])

    def _table_rows(self, block: Table, widths: Sequence[float], head: Strip) -> Iterator[Strip]:
        before: Strip | None = None
        for row in block.rows:
            for strip in self._row(block.columns, widths, row, None, self.size):
                if before is not None:
                    yield before
                rule = Rule(self.left, strip.height, self.width)
                before = Strip(strip.height, (*strip.marks, rule), head=head)
        if before is not None:
            yield replace(before, keep_next=True) if block.totals else before
        yield from self._totals(block.totals, head)

    def lines(self, text: str, width: float, face: Face, size: float) -> list[str]:
        """The text in lines that fit the width."""
        return wrap(text, width, face, size, self.measure)

    def _pair(self, label: str, value: str, width: float) -> list[Words]:
        """The lines of a labelled value: the label small and grey over it."""
        return [
            Words(0, 0, line, Face.REGULAR, size, grey=grey)
            for text, size, grey in ((label, self.size - 1.5, LABEL_GREY), (value, self.size, 0.1))
            for line in self.lines(text, width, Face.REGULAR, size)
        ]

    def _roll_pair(self, label: str, value: str) -> list[Strip]:
        """A labelled value on a roll: on one line, the value at the right edge, where both have room there."""
        size = self.size - 0.5
        taken = self.measure(label, Face.REGULAR, size) + CELL_GAP + self.measure(value, Face.FIGURES, self.size)
        if "\n" in value or taken > self.width:
            return self._pair_row([self._pair(label, value, self.width)], self.width)
        y = self.size * 1.05
        said = Words(self.left, y, label, Face.REGULAR, size, grey=LABEL_GREY)
        stood = Words(self.left + self.width, y, value, Face.FIGURES, self.size, Align.RIGHT)
        return [Strip(self.leading, (said, stood))]

    def _pair_row(self, cells: Sequence[list[Words]], step: float) -> list[Strip]:
        """Labelled values side by side, in several strips where one has very many lines."""
        strips = []
        longest = max(len(lines) for lines in cells)
        for first in range(0, longest, MOST_ROW_LINES):
            marks: list[Mark] = []
            depth = 0.0
            for place, lines in enumerate(cells):
                y = 0.0
                for line in lines[first : first + MOST_ROW_LINES]:
                    marks.append(replace(line, x=self.left + place * step, y=y + line.size * 1.05))
                    y += line.size * LEADING
                depth = max(depth, y)
            strips.append(Strip(depth + (ROW_GAP if first + MOST_ROW_LINES >= longest else 0), tuple(marks)))
        return strips

    def _totals(self, totals: Sequence[Total], head: Strip) -> list[Strip]:
        strips = []
        edge = self.left + self.width
        styles = [(Face.STRONG_FIGURES, self.size + 1.5) if t.strong else (Face.FIGURES, self.size) for t in totals]
        widths = [self.measure(total.value, *style) for total, style in zip(totals, styles, strict=True)]
        value_width = max(widths, default=0.0)
        for place, (total, (face, size)) in enumerate(zip(totals, styles, strict=True)):
            room = max(self.width - value_width - CELL_GAP * 2, self.width / 4)
            marks: list[Mark] = [
                Words(edge - CELL_GAP / 2, size * 1.05 + ROW_GAP / 2, total.value, face, size, Align.RIGHT)
            ]
            label_face = Face.STRONG if total.strong else Face.REGULAR
            lines = self.lines(total.label, room, label_face, size)
            for line_place, line in enumerate(lines):
                x, y = edge - value_width - CELL_GAP * 2, size * (1.05 + LEADING * line_place) + ROW_GAP / 2
                marks.append(Words(x, y, line, label_face, size, Align.RIGHT))
            height = size * LEADING * len(lines) + ROW_GAP / 2
            strips.append(Strip(height, tuple(marks), keep_next=place < len(totals) - 1, head=head))
        return strips

    def _row(
        self, columns: Sequence[Column], widths: Sequence[float], row: Sequence[str], face: Face | None, size: float
    ) -> list[Strip]:
        """A row in one strip, or in several where a cell has very many lines."""
        cells = []
        for column, width, text in zip(columns, widths, row, strict=True):
            own = face or _cell_face(column)
            cells.append((own, self.lines(text, width - CELL_GAP, own, size)))
        strips = []
        for first in range(0, max(len(lines) for _, lines in cells), MOST_ROW_LINES):
            marks: list[Mark] = []
            x = self.left
            most = 0
            for column, width, (own, lines) in zip(columns, widths, cells, strict=True):
                shown = lines[first : first + MOST_ROW_LINES]
                most = max(most, len(shown))
                for place, line in enumerate(shown):
                    if line:
                        y = ROW_GAP / 2 + size * (1.05 + LEADING * place)
                        marks.append(Words(_edge(column.side, x, width), y, line, own, size, column.side))
                x += width
            strips.append(Strip(most * size * LEADING + ROW_GAP, tuple(marks)))
        return strips

    def _widths(self, table: Table) -> list[float]:
        """Columns as wide as their content; the widest words take what is left, or give way where room is short."""
        widths = [self._natural(table, place) for place in range(len(table.columns))]
        soft = [
            place
            for place, column in enumerate(table.columns)
            if column.kind is ColumnKind.WORDS and column.width_mm is None
        ]
        firm = sum(width for place, width in enumerate(widths) if place not in soft)
        if firm > self.width * 0.75:
            soft, firm = list(range(len(widths))), 0.0
        level = _level([widths[place] for place in soft], self.width - firm)
        for place in soft:
            widths[place] = min(widths[place], level)
        widest = max(soft or range(len(widths)), key=lambda place: widths[place])
        widths[widest] += self.width - sum(widths)
        return widths

    def _natural(self, table: Table, place: int) -> float:
        column = table.columns[place]
        if column.width_mm is not None:
            return column.width_mm * POINTS_PER_MM
        words = column.title.split() or [""]
        title = max(self.measure(word, Face.STRONG, self.size) for word in words)
        face = _cell_face(column)
        cells = (self.measure(line, face, self.size) for row in table.rows for line in row[place].splitlines())
        return max(title, *cells, 12.0) + CELL_GAP


def _level(widths: Sequence[float], room: float) -> float:
    """The width at which the widest must be cut so that all together fit the room; narrow ones stay whole."""
    for place, width in enumerate(sorted(widths)):
        share = room / (len(widths) - place)
        if width > share:
            return share
        room -= width
    return max(widths, default=room)


def _cell_face(column: Column) -> Face:
    return Face.FIGURES if column.kind is ColumnKind.NUMBER else Face.REGULAR


def _edge(side: Align, x: float, width: float) -> float:
    """Where the text of a cell begins, ends or has its middle."""
    if side is Align.RIGHT:
        return x + width - CELL_GAP / 2
    return x + width / 2 if side is Align.CENTRE else x + CELL_GAP / 2
