"""Several out of many: `Picker`, a line that finds what may be chosen, and under it what is, each to be put back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.fold import fold
from retaguarda.shell.widgets.buttons import Chip
from retaguarda.shell.widgets.labels import caption
from retaguarda.shell.widgets.layout import Flow, boxed, column, empty
from retaguarda.shell.widgets.search import Found, SearchBox


@dataclass(frozen=True, slots=True)
class Pick:
    """What may be chosen: its code, how it is called, and the group it stands in (none when empty)."""

    code: str
    text: str
    group: str = ""


class _PickBox(SearchBox):
    """The line of a picker: Tab takes what was looked for, and leaves alone a list that was only looked at."""

    emptied = Signal()

    def forget(self) -> None:
        """Lets go of what was typed."""
        self._asked = self._answered = ""
        self.hold(None, "")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and self.is_open() and not self.text().strip():
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Tab:
                self.forget()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)


class Picker(QWidget):
    """Type to find, Enter or Tab chooses or puts back, Down shows everything; Backspace in the empty line puts back
    the last one. Emits `changed(codes)`. `words` names what a screen reader and the list say (`chosen`, `nothing`,
    `put_back` with the name).
    """

    changed = Signal(object)

    def __init__(self, placeholder: str, *, chosen: str, nothing: str, put_back: Callable[[str], str]) -> None:
        super().__init__()
        self._says_chosen, self._says_nothing, self._says_put_back = chosen, nothing, put_back
        self._picks: tuple[Pick, ...] = ()
        self._codes: tuple[str, ...] = ()
        self._shown: object = None
        self._chips: list[Chip] = []
        self.box = _PickBox(placeholder=placeholder)
        self._chosen = column(gap=6)
        self.setLayout(column(self.box, self._chosen, gap=6))
        self.setFocusProxy(self.box)
        self.box.query_changed.connect(self._offer)
        self.box.chosen.connect(self._toggle)
        self.box.emptied.connect(lambda: self._set(self._codes[:-1]))
        self.box.editingFinished.connect(self._left)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.box.setAccessibleDescription(description)

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self.box.set_invalid(invalid)

    def set_choices(self, picks: Iterable[Pick]) -> None:
        """Offers these, by group and name."""
        self._picks = tuple(sorted(picks, key=lambda pick: (fold(pick.group), fold(pick.text))))
        self._draw()

    def value(self) -> tuple[str, ...]:
        """The codes that are chosen."""
        return self._codes

    def set_value(self, codes: Sequence[str]) -> None:
        """Chooses these codes without emitting; one that is not offered is shown as it is."""
        self._codes = tuple(codes)
        self._draw()

    def chips(self) -> list[Chip]:
        """What is chosen, as it is drawn."""
        return list(self._chips)

    def _set(self, codes: tuple[str, ...]) -> None:
        if codes != self._codes:
            self.set_value(codes)
            self.changed.emit(codes)

    def _toggle(self, code: object) -> None:
        self.box.forget()
        if code in self._codes:
            self._set(tuple(one for one in self._codes if one != code))
        elif code is not None:
            self._set((*self._codes, str(code)))

    def _left(self) -> None:
        if not self.box.hasFocus() and self.box.text():
            self.box.forget()

    def _offer(self, text: str) -> None:
        wanted = fold(text).split()
        found = [
            Found(
                pick.code,
                pick.text,
                pick.group,
                self._says_chosen if pick.code in self._codes else "",
                "check" if pick.code in self._codes else "plus",
                "ok" if pick.code in self._codes else "neutral",
            )
            for pick in self._picks
            if all(word in fold(f"{pick.text} {pick.group}") for word in wanted)
        ]
        self.box.show_found(found, "" if found else self._says_nothing, query=text)

    def _draw(self) -> None:
        """Draws what is chosen, anew only where it is another: a chip that has the keyboard keeps it."""
        known = {pick.code: pick for pick in self._picks}
        picks = [known.get(code, Pick(code, code)) for code in self._codes]
        picks.sort(key=lambda pick: (fold(pick.group), fold(pick.text)))
        if picks == self._shown:
            return
        self._shown = picks
        empty(self._chosen)
        self._chips = []
        before: QWidget = self.box
        for group, members in groupby(picks, key=lambda pick: pick.group):
            flow, chips = Flow(gap=6), [self._chip(pick) for pick in members]
            for chip in chips:
                flow.addWidget(chip)
            self._chosen.addWidget(boxed(column(*([caption(group)] if group else []), flow, gap=4)))
            self._chips += chips
            for chip in chips:
                QWidget.setTabOrder(before, chip)
                before = chip

    def _chip(self, pick: Pick) -> Chip:
        chip = Chip(pick.text, closable=True)
        chip.setCheckable(False)
        chip.setAccessibleName(self._says_put_back(pick.text))
        chip.setToolTip(self._says_put_back(pick.text))
        chip.closed.connect(lambda: self._put_back(pick.code))
        chip.clicked.connect(lambda _on=False: self._put_back(pick.code))
        return chip

    def _put_back(self, code: str) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._toggle(code)
