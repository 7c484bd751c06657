"""A line that offers codes while one types, and takes what is typed as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from retaguarda.kernel.fold import fold
from retaguarda.shell.widgets.search import Found, SearchBox


class OfferBox(SearchBox):
    """A SearchBox that forces nothing: Enter and Tab take an offer only where it says just what was typed or was gone
    to with the arrows."""

    def show_found(self, found: Sequence[Found], note: str = "", *, query: str | None = None) -> None:
        super().show_found(found, query=query)
        if self._popup is not None and self.is_open():
            typed = fold(self.text())
            place = next((n for n, one in enumerate(found) if typed in (fold(one.text), fold(one.sub))), None)
            model = self._popup.model
            self._popup.view.setCurrentIndex(QModelIndex() if place is None else model.index(place))

    def is_marked(self) -> bool:
        """Whether an offer is there to be taken."""
        return self._popup is not None and self.is_open() and self._popup.view.currentIndex().isValid()

    def _enter(self) -> bool:
        if self._popup is None or not self.is_marked():
            return False
        self._take(self._popup.view.currentIndex().row())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_open():
            self._close()
        else:
            event.ignore()
