"""The gates: what must not be found in any picture. Each gives the faults it finds, as gate, widget and text."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QSizeGrip, QWidget

from retaguarda.shell.widgets.search import FoundList
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.toast import Toast
from tests.tour.seeing import SLACK, Text, widgets_in_sight
from tests.tour.words import Speech

LEAST_CONTRAST = 4.5
OVERLAP = 2
"""Pixels by which neighbours may touch: focus rings and shadows reach over."""
_CODE = re.compile(r"(?<![\w@/.-])[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+(?![\w@/-])")
_FLOATING = (FoundList, Sheet, Toast, QScrollBar, QSizeGrip)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a gate found."""

    gate: str
    widget: str
    text: str


def look_over(window: QWidget, picture: QImage, texts: Sequence[Text], speech: Speech) -> list[Fault]:
    """All faults of a picture, each once."""
    found = [*elided(texts), *overlapping(window, texts), *untranslated(texts, speech), *faint(picture, texts)]
    found += outside(window, texts)
    return list(dict.fromkeys(found))


def elided(texts: Sequence[Text]) -> Iterator[Fault]:
    """Texts that do not fit; second lines may be shortened."""
    for text in texts:
        if text.cut and not text.under and not text.seen.isEmpty():
            yield _fault("elided", text)


def overlapping(window: QWidget, texts: Sequence[Text]) -> Iterator[Fault]:
    """Neighbours of one parent, or texts in one painted widget, that lie over one another."""
    parents = [window, *widgets_in_sight(window)]
    for parent in parents:
        children = [child for child in _children(parent) if not isinstance(child, _FLOATING)]
        for one, other in combinations(children, 2):
            if _meet(one.geometry(), other.geometry()):
                yield Fault("overlapping", _name(one), f"{_words(one)} | {_words(other)}")
    by_owner: dict[int, list[Text]] = {}
    for text in texts:
        if text.ink is not None:
            by_owner.setdefault(id(text.owner), []).append(text)
    for owned in by_owner.values():
        for one_text, other_text in combinations(owned, 2):
            if _meet(one_text.seen, other_text.seen):
                yield _fault("overlapping", one_text, f"{one_text.words} | {other_text.words}")


def untranslated(texts: Sequence[Text], speech: Speech) -> Iterator[Fault]:
    """Codes of the catalogue in place of words, and words of the other language."""
    for text in texts:
        bare = any(speech.is_code(found) for found in _CODE.findall(text.words))
        if bare or speech.is_foreign(text.words):
            yield _fault("untranslated", text)


def faint(picture: QImage, texts: Sequence[Text]) -> Iterator[Fault]:
    """Texts whose ink stands out too little from the ground measured under them."""
    for text in texts:
        rect = text.seen.intersected(picture.rect())
        if (
            rect.width() < 4
            or rect.height() < text.rect.height() * 0.8
            or not any(letter.isalnum() for letter in text.words)
        ):
            continue
        ground, ink = _ground_and_ink(picture, rect)
        contrast = _contrast(ink if text.ink is None else text.ink.rgb(), ground)
        if contrast < LEAST_CONTRAST:
            yield _fault("faint", text, f"{text.words} ({contrast:.1f})")


def outside(window: QWidget, texts: Sequence[Text]) -> Iterator[Fault]:
    """Widgets that leave their parent, and painted texts that leave their widget, where nothing scrolls them back."""
    for widget in widgets_in_sight(window):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or isinstance(widget, _FLOATING) or _scrolled(widget):
            continue
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
            yield Fault("outside", _name(widget), _words(widget))
    frame = window.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for text in texts:
        held = text.seen.isEmpty() or _scrolled(text.owner) or _in_viewport(text.owner)
        if not held and (not frame.contains(text.rect) or _clipped_too_much(text)):
            yield _fault("outside", text)


# ---- inside ----
def _fault(gate: str, text: Text, words: str = "") -> Fault:
    return Fault(gate, _name(text.owner), words or text.words)


def _name(widget: QWidget) -> str:
    own = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__} {own}".strip()


def _words(widget: QWidget) -> str:
    said = getattr(widget, "text", None)
    return str(said()) if callable(said) else _name(widget)


def _children(parent: QWidget) -> list[QWidget]:
    if isinstance(parent, QAbstractScrollArea) or _in_viewport(parent):
        return []
    return [
        child for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and not child.size().isEmpty()
    ]  # fmt: skip


def _meet(one: QRect, other: QRect) -> bool:
    both = one.intersected(other)
    return both.width() > OVERLAP and both.height() > OVERLAP


def _in_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _scrolled(widget: QWidget) -> bool:
    """Whether a scroll area moves the widget: then its parent may well be smaller."""
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, QAbstractScrollArea) or _in_viewport(parent))


def _clipped_too_much(text: Text) -> bool:
    """Whether part of a text is lost at the edge of its own widget (a scroll area's edge is no loss)."""
    here: QWidget | None = text.owner
    while here is not None:
        if _scrolled(here):
            return False
        here = here.parentWidget()
    return text.rect.width() > text.seen.width() + 2 or text.rect.height() > text.seen.height() + 4


def _ground_and_ink(picture: QImage, rect: QRect) -> tuple[int, int]:
    """The commonest colour in a part of the picture, and the one that stands out most from it."""
    part = picture.copy(rect).convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(part.constBits()).cast("I") if part.bytesPerLine() == part.width() * 4 else ()
    counts = Counter(pixels)
    ground = max(counts, key=counts.__getitem__)
    # Contrast grows with the distance from the ground on either side: the lightest or the darkest stands out most.
    ends = min(counts, key=_luminance), max(counts, key=_luminance)
    return ground, max(ends, key=lambda one: _contrast(one, ground))


def _contrast(one: int, other: int) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@functools.cache
def _luminance(rgb: int) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    one = QColor.fromRgb(rgb)
    return 0.2126 * channel(one.redF()) + 0.7152 * channel(one.greenF()) + 0.0722 * channel(one.blueF())
