"""Strips to pages: the company's head, breaks that keep what belongs together, and "page n of m" at the foot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from retaguarda.kernel.document.marks import Face, Mark, Measure, Rule, Words, lowered
from retaguarda.kernel.document.model import Align, Document, Table
from retaguarda.kernel.document.strips import CELL_GAP, LABEL_GREY, LEADING, ROW_GAP, Strip, StripMaker
from retaguarda.kernel.text import Texts

LONGEST_ROLL = 14_000.0
"""PDF readers take pages of 14,400 points (200 inches) at the most; a longer roll goes on in a second page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what stands on it; `height` is the paper's, or the roll's cut."""

    height: float
    marks: tuple[Mark, ...]


def lay_out(document: Document, measure: Measure) -> Iterator[Page]:
    """The pages of a document, one after the other, the same for the same document: no clock, no chance.

    Every page says how many there are, so the strips are gone through twice; those of a table that is not held are
    made anew, and nothing but the present page is kept.
    """
    maker = StripMaker(document.paper, measure)
    first, later = _head(document, maker), _short_head(document, maker)
    room = (document.paper.height or LONGEST_ROLL) - 2 * document.paper.margin - maker.leading * 1.5
    streamed = any(isinstance(block, Table) and block.streamed for block in document.blocks)
    held = None if streamed else [*_strips(document, maker)]
    total = sum(1 for _ in _broken(held or _strips(document, maker), first, later, room))
    texts = Texts(document.language)
    for place, body in enumerate(_broken(held or _strips(document, maker), first, later, room), 1):
        yield _page(document, maker, body, place, total, texts)


def _strips(document: Document, maker: StripMaker) -> Iterator[Strip]:
    return chain.from_iterable(maker.strips(block) for block in document.blocks)


def _broken(strips: Iterable[Strip], first: Strip, later: Strip, room: float) -> Iterator[list[Strip]]:
    """The strips of each page; what keeps with its next moves as one, unless no page could hold it."""
    page = [first]
    used = first.height
    most = room - later.height
    for strip, height in _with_what_they_keep(strips, most):
        if strip.breaks:
            yield page
            page, used = [later], later.height
            continue
        if used + height > room:
            if not strip.marks:
                # A gap does not make a page.
                continue
            yield page
            page, used = [later], later.height
            if strip.head is not None and strip.head.height + strip.height <= most:
                page.append(strip.head)
                used += strip.head.height
        page.append(strip)
        used += strip.height
    yield page


def _with_what_they_keep(strips: Iterable[Strip], most: float) -> Iterator[tuple[Strip, float]]:
    """Each strip with the height that must fit with it: of all it keeps with, or its own where that is too much."""
    source, ahead = iter(strips), deque[Strip]()
    while (strip := ahead.popleft() if ahead else next(source, None)) is not None:
        height, last, place = strip.height, strip, 0
        while last.keep_next and height <= most:
            if place == len(ahead):
                ahead.extend(islice(source, 1))
            if place == len(ahead):
                break
            last = ahead[place]
            height += last.height
            place += 1
        yield strip, height if height <= most else strip.height


def _page(document: Document, maker: StripMaker, body: list[Strip], n: int, total: int, texts: Texts) -> Page:
    marks: list[Mark] = []
    y = document.paper.margin
    for strip in body:
        marks.extend(lowered(mark, y) for mark in strip.marks)
        y += strip.height
    height = document.paper.height
    if height is None:
        return Page(y + document.paper.margin, tuple(marks))
    size = maker.size - 1.5
    foot = height - document.paper.margin
    number = texts.say("document.page", page=n, pages=total)
    marks.append(Words(maker.left + maker.width, foot, number, Face.FIGURES, size, Align.RIGHT, LABEL_GREY))
    return Page(height, tuple(marks))


def _head(document: Document, maker: StripMaker) -> Strip:
    """The company on the left and the document's title on the right; one under the other on narrow paper."""
    size, narrow = maker.size, maker.width < 400
    title_width = maker.measure(document.title, Face.STRONG, size + 3)
    left_room = maker.width if narrow else max(maker.width - title_width - CELL_GAP, maker.width * 0.45)
    marks: list[Mark] = []
    y = 0.0
    for text, face, text_size, grey in (
        (document.header.name, Face.STRONG, size + 3, 0.1),
        *((line, Face.REGULAR, size - 0.5, LABEL_GREY) for line in document.header.lines),
    ):
        for line in maker.lines(text, left_room, face, text_size):
            marks.append(Words(maker.left, y + text_size * 1.05, line, face, text_size, grey=grey))
            y += text_size * LEADING
    title_y = y + ROW_GAP if narrow else 0.0
    title_room = maker.width if narrow else maker.width - left_room - CELL_GAP
    x, side = (maker.left, Align.LEFT) if narrow else (maker.left + maker.width, Align.RIGHT)
    for line in maker.lines(document.title, title_room, Face.STRONG, size + 3):
        marks.append(Words(x, title_y + (size + 3) * 1.05, line, Face.STRONG, size + 3, side))
        title_y += (size + 3) * LEADING
    return _ruled(marks, max(y, title_y), maker)


def _short_head(document: Document, maker: StripMaker) -> Strip:
    """The head of the later pages: company and title on one line each side, cut by wrapping into their halves."""
    size = maker.size
    marks: list[Mark] = []
    depth = 0.0
    half = (maker.width - CELL_GAP) / 2
    for text, x, side in (
        (document.header.name, maker.left, Align.LEFT),
        (document.title, maker.left + maker.width, Align.RIGHT),
    ):
        for place, line in enumerate(maker.lines(text, half, Face.STRONG, size)):
            marks.append(Words(x, size * (1.05 + LEADING * place), line, Face.STRONG, size, side))
            depth = max(depth, size * LEADING * (place + 1))
    return _ruled(marks, depth, maker)


def _ruled(marks: list[Mark], depth: float, maker: StripMaker) -> Strip:
    rule = Rule(maker.left, depth + ROW_GAP, maker.width, grey=0.3)
    return Strip(depth + ROW_GAP * 3, (*marks, rule))
