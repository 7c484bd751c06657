"""Dates by keyboard: `d` today, `+3`, `15`, `15/3`, arrows a day, Page keys a month; typed or pasted in any form."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

from retaguarda.shell.theme import draw_icon, font
from retaguarda.shell.theme.tokens import BASE, REGULAR
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.fields import LineEdit

_NUMBERS = re.compile(r"\d+")
_OFFSET = re.compile(r"^[+-]\d{1,4}$")


def read_date(text: str, today: dt.date, *, day_first: bool = True, today_keys: str = "dh") -> dt.date | None:
    """The date a person means: `d` or `h` today, `+3` in three days, `15` of this month, `15/3` of this year,
    `15/3/26`, `15032026`, `2026-03-15`. None when it is no date.
    """
    text = text.strip().lower()
    if len(text) == 1 and text in today_keys:
        return today
    if _OFFSET.match(text):
        return today + dt.timedelta(days=int(text))
    parts = _NUMBERS.findall(text)
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        digits = parts[0]
        parts = [digits[:2], digits[2:4], digits[4:]]
    numbers = [int(part) for part in parts]
    try:
        return _compose(parts, numbers, today, day_first)
    except ValueError:
        return None


def _compose(parts: list[str], numbers: list[int], today: dt.date, day_first: bool) -> dt.date | None:
    if not 1 <= len(numbers) <= 3:
        return None
    if len(numbers) == 1:
        return today.replace(day=numbers[0])
    if len(numbers) == 3 and len(parts[0]) == 4:
        return dt.date(*numbers)
    first, second = numbers[0], numbers[1]
    day, month = (first, second) if day_first else (second, first)
    year = numbers[2] if len(numbers) == 3 else today.year
    return dt.date(year + 2000 if year < 100 else year, month, day)


def month_on(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last one of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class DateEdit(LineEdit):
    """A line that understands dates.

    `today`, `write` and `read` come from the screen (clock and language); `off_day` says what is special about a day (a
    holiday's name, a weekend), shown in amber in the line. `date_changed(date or None)` follows the person;
    a text that is no date keeps its place, and `date()` is None.
    """

    date_changed = Signal(object)

    def __init__(
        self,
        *,
        today: Callable[[], dt.date],
        write: Callable[[dt.date], str],
        read: Callable[[str], dt.date | None] | None = None,
        off_day: Callable[[dt.date], str] = lambda _day: "",
        name: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(name=name, placeholder=placeholder)
        self._today, self._write, self._off_day = today, write, off_day
        self._read = read or (lambda text: read_date(text, today()))
        self._date: dt.date | None = None
        self.setFont(font(BASE, REGULAR, True))
        self.setTextMargins(8, 0, 34, 0)
        self.editingFinished.connect(self.settle)

    def date(self) -> dt.date | None:
        """The date; None when empty or not understood."""
        return self._date

    def set_date(self, day: dt.date | None) -> None:
        """Shows a date without emitting."""
        self._date = day
        self.setText(self._write(day) if day else "")
        self.setToolTip(self._off_day(day) if day else "")
        self.update()

    def settle(self) -> None:
        """Understands what was typed and writes it out in full."""
        day = self._read(self.text()) if self.text().strip() else None
        before = self._date
        if day is not None or not self.text().strip():
            self.set_date(day)
        else:
            self._date = None
        if before != self._date:
            self.date_changed.emit(self._date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        pressed = event.key()
        if pressed not in steps and pressed not in months:
            super().keyPressEvent(event)
            return
        self.settle()
        day = self._date or self._today()
        if self._date is not None:
            key = Qt.Key(pressed)
            day = day + dt.timedelta(days=steps[key]) if pressed in steps else month_on(day, months[key])
        self.set_date(day)
        self.selectAll()
        self.date_changed.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = paint.begin(self)
        special = self._date is not None and bool(self._off_day(self._date))
        mark = "calendar-x" if special else "calendar"
        rect = QRectF(self.rect())
        draw_icon(painter, rect.right() - 26, rect.center().y() - 8, mark, "warn" if special else "text3", 16)
