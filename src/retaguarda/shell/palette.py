"""The palette (Ctrl+K): type a part of what is wanted; Enter goes there, does it, or opens the record it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.fold import begun_in, fold, spelled
from retaguarda.kernel.fold import words as folded_words
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.finding import Finder, FoundGroup, FoundRow
from retaguarda.kernel.screen.state import Go, Seat
from retaguarda.kernel.text.saying import NOTHING
from retaguarda.shell.theme.tokens import SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.search import Found, Heading, found_view
from retaguarda.shell.widgets.sheet import Sheet

_WIDE, _HIGH = 720, 560
_WAIT_MS = 90
_WORD = re.compile(r"\w+")
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Offer:
    """A place or a deed: where to go, what to do."""

    text: str
    right: str
    icon: str
    deed: Callable[[], object]


class Palette(Sheet):
    """Offers are added with `offer`, then `begin` opens it; records are looked for in every list the person may read,
    and `go` opens one. It deletes itself when it closes."""

    def __init__(self, over: QWidget, words: Words, seat: Seat, go: Callable[[Go], object]) -> None:
        self._words, self._go = words, go
        self._offers: list[Offer] = []
        self._does: dict[int, Callable[[], object]] = {}
        name = words.say("shell.search")
        self._line = LineEdit(placeholder=name, icon="search", name=name)
        self._view, self._model = found_view(name)
        self._note = Label("", SMALL, token="text3")
        super().__init__(
            over, column(self._line, (self._view, 1), self._note), title=name,
            close_name=words.say("shell.dismiss"), width=_WIDE, high=_HIGH,
        )  # fmt: skip
        self._finder = Finder(seat, self._show)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(lambda: self._finder.look(self._line.text()))
        self._line.textChanged.connect(self._typed)
        self._line.installEventFilter(self)
        self._view.clicked.connect(lambda index: self._take(index.row()))
        self.closed.connect(self._end)

    def offer(self, text: str, right: str, icon: str, deed: Callable[[], object]) -> None:
        """Adds a line."""
        self._offers.append(Offer(text, right, icon, deed))

    def begin(self) -> None:
        """Opens the palette with everything it offers."""
        self._show()
        self.open(self._line)

    def _end(self) -> None:
        self._wait.stop()
        self._finder.look("")
        self.deleteLater()

    def _typed(self) -> None:
        self._wait.start()
        self._show(stay=False)

    def _matching(self) -> list[Offer]:
        wanted = _words_of(self._line.text())
        found = [one for one in self._offers if _begun(_words_of(one.text), wanted)]
        # Who types the whole name means that one, not a longer one which has it too.
        return sorted(found, key=lambda one: _words_of(one.text) != wanted)

    def _show(self, *, stay: bool = True) -> None:
        """Places and deeds first, which are there at once: what is found comes under them and moves nothing."""
        at = self._view.currentIndex().row() if stay else -1
        self._does = {}
        lines: list[Found | Heading] = []
        for line, deed in self._lines():
            if deed is not None:
                self._does[len(lines)] = deed
            lines.append(line)
        self._model.show(lines)
        self._stand(at if at in self._does else min(self._does, default=-1))
        self._say_count()

    def _lines(self) -> Iterator[tuple[Found | Heading, Callable[[], object] | None]]:
        offers, groups = self._matching(), self._finder.groups
        if offers and groups:
            yield Heading(self._words.say("shell.go_and_do"), self._words.count(len(offers))), None
        for n, one in enumerate(offers):
            yield Found(("deed", n), one.text, "", one.right, one.icon), one.deed
        for group in groups:
            count = self._words.count(group.count, group.capped)
            title = self._words.say(group.screen.title_code)
            yield Heading(title, count), None
            for row in group.rows:
                yield self._found(group, row), partial(self._go, row.go)
            if group.count > len(group.rows):
                text = self._words.say("shell.see_all", n=group.count)
                yield Found(group.screen.name, text, icon="arrow-right"), partial(self._go, group.all)

    def _found(self, group: FoundGroup, row: FoundRow) -> Found:
        shown = [(c, self._words.value(v, c.show, c.texts, symbol=True)) for c, v in row.cells]
        wanted = folded_words(self._finder.text)
        marks = tuple(dict.fromkeys(one for word in wanted for one in (word, *spelled(word))))
        lacking = [word for word in wanted if not begun_in(shown[0][1], (word, *spelled(word)))]
        hits = [c for c, text in shown[1:] if begun_in(text, [w for one in lacking for w in (one, *spelled(one))])]
        why = ", ".join(self._words.say(hit.title or f"{group.screen.name}.{hit.field}") for hit in hits)
        archived = self._words.say("shell.archived") if row.archived else ""
        return Found(
            (group.screen.name, row.go.key),
            shown[0][1],
            " · ".join(text for _, text in shown[1:] if text != NOTHING),
            " · ".join(part for part in (why, archived) if part),
            group.screen.icon,
            pale=row.archived,
            marks=marks,
        )

    def _say_count(self) -> None:
        trouble = self._finder.trouble
        if trouble is not None:
            self._note.setText(self._words.cause(Phrase(trouble.code, trouble.params)))
            return
        found = sum(group.count for group in self._finder.groups)
        nothing = self._finder.text and not self._does and not self._finder.looking
        self._note.setText(
            self._words.say("shell.nothing_found") if nothing
            else self._words.say("shell.count", n=found) if found
            else self._words.say("shell.search_hint")
        )  # fmt: skip

    def _stand(self, at: int) -> None:
        if at >= 0:
            self._view.setCurrentIndex(self._model.index(at))

    def _move(self, key: int) -> None:
        places = sorted(self._does)
        if not places:
            return
        here = places.index(at) if (at := self._view.currentIndex().row()) in places else 0
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}[Qt.Key(key)]
        self._stand(places[max(0, min(len(places) - 1, here + by))])

    def _take(self, at: int) -> None:
        deed = self._does.get(at)
        if deed is not None:
            self.close_sheet()
            deed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in _MOVES:
                self._move(event.key())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._view.currentIndex().row())
                return True
        return super().eventFilter(watched, event)


def _words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _begun(words: list[str], wanted: list[str]) -> bool:
    """Whether each of these begins one of the words: who types "sao" looks for a customer, not for "impressão"."""
    return all(any(word.startswith(part) for word in words) for part in wanted)
