"""The bar over the pages, 52 high, and the line under everything, 26 high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from retaguarda.shell.theme import color, draw_icon, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, REGULAR, SEMIBOLD, SMALL, STATUS_BAR, TOP_BAR
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.labels import Pill
from retaguarda.shell.widgets.layout import row


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """Every word the frame says, already in the person's language; `search_key` and the others are key caps."""

    brand: str
    navigation: str
    search: str
    notices: str
    printing: str
    theme: str
    settings: str
    tabs: str
    close_tab: str
    close_toast: str
    more_places: str
    search_key: str = "Ctrl+K"


class SearchButton(QAbstractButton):
    """Looks like a search line and opens the palette: a click, Enter or Space on it does the same."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self._key = key.replace("+", " ")
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(420)

    def sizeHint(self) -> QSize:
        return QSize(420, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = paint.begin(self), QRectF(self.rect())
        paint.box(painter, rect, "surface2", "border" if self.underMouse() else "", 6)
        if self.hasFocus():
            paint.focus_ring(painter, rect, 6)
        draw_icon(painter, 8, 8, "search", "text3", 16)
        wide = paint.key_width(self._key)
        paint.key_cap(painter, QRectF(rect.right() - wide - 8, 7, wide, 18), self._key)
        words = rect.adjusted(39, 0, -wide - 16, 0)
        paint.text(painter, words, self.text(), BASE, REGULAR, "text3")


class PersonButton(QAbstractButton):
    """The person's initials; pressed, it opens their menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(32, 32)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_person(self, initials: str, name: str) -> None:
        """Shows who is using the program."""
        self.setText(initials)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        paint.avatar(painter, QRectF(1, 1, 30, 30), self.text())
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(0, 0, 32, 32), 16)


class NoticeButton(Button):
    """The bell or the printer, with the count of what waits."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__(icon=icon, kind="ghost", name=name)
        self._plain, self._badge = name, ""

    def set_badge(self, count: str) -> None:
        """Shows how many wait; empty for none."""
        self._badge = count
        self.setAccessibleName(f"{self._plain} {count}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._badge:
            painter = paint.begin(self)
            wide = max(15.0, width_of(self._badge, 10, SEMIBOLD) + 7)
            spot = QRectF(self.width() - wide - 1, 1, wide, 15)
            paint.box(painter, spot, "bad", "", 7.5)
            paint.text(painter, spot.adjusted(-2, 0, 2, 0), self._badge, 10, SEMIBOLD, "surface", paint.CENTRE)


class TopBar(QFrame):
    """Search, the state of the connection when it is not plain, notices, printing, theme, settings, the person."""

    search_pressed = Signal()
    notices_pressed = Signal()
    printing_pressed = Signal()
    theme_pressed = Signal()
    settings_pressed = Signal()
    person_pressed = Signal()

    def __init__(self, texts: FrameTexts) -> None:
        super().__init__()
        self.setFixedHeight(TOP_BAR)
        self.search = SearchButton(texts.search, texts.search_key)
        self.connection = Pill("", "warn")
        self.connection.hide()
        self.notices = NoticeButton("bell", texts.notices)
        self.printing = NoticeButton("printer", texts.printing)
        self.theme = Button(icon="moon", kind="ghost", name=texts.theme)
        self.settings = Button(icon="settings", kind="ghost", name=texts.settings)
        self.person = PersonButton()
        self.setLayout(
            row(
                (self.search, 10), (None, 1), self.connection, self.notices, self.printing, self.theme, self.settings,
                self.person, margins=(24, 0, 16, 0),
            )
        )  # fmt: skip
        self.search.clicked.connect(self.search_pressed)
        self.notices.clicked.connect(self.notices_pressed)
        self.printing.clicked.connect(self.printing_pressed)
        self.theme.clicked.connect(self.theme_pressed)
        self.settings.clicked.connect(self.settings_pressed)
        self.person.clicked.connect(self.person_pressed)

    def set_connection(self, text: str, role: str = "warn", icon: str = "wifi-off") -> None:
        """Says what is not plain about the connection; an empty text says nothing."""
        self.connection.setVisible(bool(text))
        if text:
            self.connection.set_state(text, role, icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("border"))


class StatusLine(QFrame):
    """The state of the base at the left, facts at the right; painted as one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_BAR)
        self._text, self._role, self._facts = "", "ok", ""

    def set_state(self, text: str, role: str = "ok") -> None:
        """Says how the base is."""
        self._text, self._role = text, role
        self._name()

    def set_facts(self, facts: Sequence[str]) -> None:
        """Says what stands at the right, for example the version."""
        self._facts = "   ·   ".join(facts)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._text} {self._facts}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, self.width(), 1, color("border"))
        rect = QRectF(self.rect()).adjusted(12, 1, -12, 0)
        facts = width_of(self._facts, SMALL)
        paint.text(painter, rect, self._facts, SMALL, REGULAR, "text3", paint.RIGHT)
        ink = role_ink(self._role)
        if self._text:
            paint.box(painter, QRectF(rect.left(), rect.center().y() - 4.5, 9, 9), ink, "", 4.5)
            words = rect.adjusted(18, 0, -facts - 16, 0)
            paint.text(painter, words, self._text, SMALL, REGULAR, ink)
