"""The log-in: people as rows, one password, the state of base and backup at the foot. It knows no office.

view = LoginView(words, LoginFacts(company="Comercial Silva & Filhos", place="Matriz", station="Balcão 1"))
view.set_people([LoginPerson("marina", "Marina Souza", "Vendas")])
view.log_in.connect(lambda login, password: …)        # then show_refusal(cause, action) or take the view away
view.set_base("local", last_backup, today)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from retaguarda.shell.theme import color, current, draw_icon, font
from retaguarda.shell.theme.tokens import (
    CONTROL_BIG,
    FIGURE,
    MEDIUM,
    RADIUS_TILE,
    REGULAR,
    SECTION,
    SEMIBOLD,
    SMALL,
)
from retaguarda.shell.translate import Words, initials
from retaguarda.shell.ways_out import Refusal, Way, WaysOut
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import FIXED, IconMark, Label, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.scrolling import scrolling

FORM_WIDTH = 380
# The picture at the left leaves below this width of the window.
PICTURE_FROM = 1000
# So many people stand as rows; whoever is not among them types a name.
MOST_PEOPLE = 4
_STEPS = (("shopping-cart", "order"), ("package", "stock"), ("receipt-text", "invoice"), ("list-checks", "pick"),
          ("package-check", "pack"), ("truck", "deliver"))  # fmt: skip

Base = Literal["local", "server", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFacts:
    """Where one logs in: the company, its branch, the name of this computer, the version of the program."""

    company: str
    place: str = ""
    station: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class LoginPerson:
    """Somebody who may log in here: the log-in name, the person's name, what they do. The sample company's people
    need no password.
    """

    login: str
    name: str
    sub: str = ""
    needs_password: bool = True


class PersonRow(QRadioButton):
    """A person, 54 high: initials, name, what they do; the chosen one is tinted. Arrows go from one to the next."""

    def __init__(self, person: LoginPerson) -> None:
        super().__init__()
        self.person = person
        self.setAccessibleName(", ".join(part for part in (person.name, person.sub) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(FORM_WIDTH, 54)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect, on = paint.begin(self), QRectF(self.rect()), self.isChecked()
        ground = "accentbg" if on else "hover" if self.underMouse() else "surface"
        paint.box(painter, rect, ground, "accent" if on else "border", RADIUS_TILE)
        if self.hasFocus():
            paint.focus_ring(painter, rect, RADIUS_TILE)
        middle = rect.center().y()
        paint.avatar(painter, QRectF(12, middle - 18, 36, 36), initials(self.person.name), on_selection=on)
        words = QRectF(60, rect.top(), rect.width() - 60 - 42, rect.height())
        paint.two_lines(painter, words, self.person.name, self.person.sub, "text", "text2" if on else "text3", SEMIBOLD)
        draw_icon(
            painter, rect.right() - 32, middle - (9 if on else 8), "circle-check" if on else "chevron-right",
            "accent" if on else "text3", 18 if on else 16,
        )  # fmt: skip


class LoginView(QWidget):
    """Who is using it, and the password. `log_in(login, password)` is asked once; then `show_refusal` or the end.

    While the answer is on its way nothing can be pressed (`set_busy`). The first person is the one chosen.
    """

    log_in = Signal(str, str)

    def __init__(self, words: Words, facts: LoginFacts) -> None:
        super().__init__()
        self._words = words
        self._people: list[PersonRow] = []
        self._group = QButtonGroup(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._list = QWidget()
        self._list.setLayout(self._rows)
        self._list.setAccessibleName(words.say("login.people"))
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.other = Button(words.say("login.other"), kind="ghost", icon="user-plus")
        self.login = LineEdit(icon="user", name=words.say("login.name"), high=CONTROL_BIG)
        self._login_box = boxed(column(_label(words.say("login.name"), self.login), self.login, gap=4))
        self.password = LineEdit(icon="lock", name=words.say("login.password"), high=CONTROL_BIG)
        self.password.add_eye(words.say("login.show_password"))
        self._password_label = _label(words.say("login.password"), self.password)
        self._password_box = boxed(column(self._password_label, self.password, gap=4))
        self._open = small(words.say("login.no_password"), "text2")
        self._refusal, self._ways = Refusal(), WaysOut(words.say("login.progress"))
        self.enter = Button(words.say("login.enter"), kind="primary", key="Enter", size="big")
        self._base_mark, self._base = IconMark("database", "text3", 14), small("", "text2", wrap=True)
        self._picture = _Picture(words)
        self._place(facts)
        self.other.clicked.connect(lambda _on=False: self.choose_other())
        self.enter.clicked.connect(lambda _on=False: self._enter())
        for field in (self.login, self.password):
            field.returnPressed.connect(self._enter)
            field.textEdited.connect(lambda _text: self._refusal.say("", ""))
        self._group.idToggled.connect(lambda _at, on: self._chosen() if on else None)
        self.set_people(())

    def _place(self, facts: LoginFacts) -> None:
        words = self._words
        name = Label(words.say("shell.brand"), SECTION, SEMIBOLD)
        where = " · ".join(part for part in (facts.company, facts.place) if part)
        self._where = small(where, elide=True)
        brand = row(_Logo(), (boxed(column(name, self._where, gap=0)), 1), gap=12)
        self._head = Label(words.say("login.who"), FIGURE, SEMIBOLD)
        here = small(words.say("login.station", station=facts.station))
        here.setVisible(bool(facts.station))
        foot = row(self._base_mark, (self._base, 1), small(facts.version), gap=6)
        form = boxed(
            column(
                None, brand, 22, self._head, here, 10, self._list, (self.other, 0, Qt.AlignmentFlag.AlignHCenter), 8,
                self._login_box, self._password_box, self._open, self._refusal, self._ways, 4, self.enter, None, 12,
                foot,
                margins=(0, 24, 0, 20),
            ),
            width=FORM_WIDTH,
        )  # fmt: skip
        form.setSizePolicy(FIXED, QSizePolicy.Policy.Preferred)
        area = scrolling(boxed(row(None, form, None, margins=(16, 0, 16, 0))))
        self.setLayout(row((self._picture, 1), (area, 1), gap=0))

    # ---- told by the program ----
    def set_people(self, people: Sequence[LoginPerson]) -> None:
        """Shows who may log in, the most likely first; nobody at all leaves the name to be typed."""
        for one in self._people:
            self._group.removeButton(one)
        empty(self._rows)
        self._people = [PersonRow(one) for one in people[:MOST_PEOPLE]]
        for at, one in enumerate(self._people):
            self._group.addButton(one, at)
            self._rows.addWidget(one)
        self._list.setVisible(bool(self._people))
        self.other.setVisible(bool(self._people))
        if self._people:
            self._people[0].setChecked(True)
        else:
            self.choose_other()

    def set_base(self, base: Base, last_backup: dt.datetime | None, today: dt.date) -> None:
        """Says at the foot how the base is and how old the last backup; no backup at all is worth a look."""
        words = self._words
        said = words.say("login.backup_none")
        if last_backup is not None:
            day = last_backup.astimezone(words.texts.zone).date()
            code = "panel.when.today" if day == today else "panel.when.day"
            said = words.say("login.backup", when=words.say(code, day=day, at=last_backup))
        role = "bad" if base == "gone" else "ok" if last_backup is not None else "warn"
        self._base_mark.set_icon("database", role)
        self._base.setText(words.say(f"login.base_{base}") + ("" if base == "gone" else f" · {said}"))

    def show_refusal(self, cause: str, action: str = "") -> None:
        """Says why the log-in was refused; the password is typed again."""
        self.set_busy(False)
        self._refusal.say(cause, action)
        field = self.password if self._password_box.isVisibleTo(self) else self.login
        field.set_invalid(True)
        field.selectAll()
        field.setFocus()

    def show_trouble(self, cause: str, action: str, ways: Sequence[Way]) -> None:
        """Says why there is no company to log in to, and offers what can be done about it, the best first."""
        self.set_busy(False)
        for part in (self._where, self._head, self._list, self.other, self._login_box, self._password_box, self._open,
                     self.enter):  # fmt: skip
            part.hide()
        self._refusal.say(cause, action)
        self._ways.offer(ways)

    def show_progress(self, done: int, total: int) -> None:
        """How far what was chosen out of the ways has come."""
        self._ways.show_progress(done, total, self._words.say("login.steps", done=done, total=total))

    def set_busy(self, busy: bool) -> None:
        """Holds everything while the answer is on its way."""
        self._ways.setEnabled(not busy)
        for part in (self._list, self.other, self.login, self.password, self.enter):
            part.setEnabled(not busy)
        self.enter.setText(self._words.say("login.busy" if busy else "login.enter"))

    # ---- the person acts ----
    @property
    def chosen(self) -> LoginPerson | None:
        """The person whose row is chosen; None when a name is typed."""
        at = self._group.checkedId()
        return self._people[at].person if at >= 0 else None

    def choose(self, login: str) -> None:
        """Chooses a person's row by log-in name; one who has none is left to be typed."""
        for one in self._people:
            if one.person.login == login:
                one.setChecked(True)
                return
        self.choose_other()
        self.login.setText(login)

    def choose_other(self) -> None:
        """Lets a name be typed instead."""
        self._group.setExclusive(False)
        for one in self._people:
            one.setChecked(False)
        self._group.setExclusive(True)
        self._chosen()
        self.login.setFocus()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts: the password of the one chosen."""
        person = self.chosen
        if person is None:
            return self.login
        return self.password if person.needs_password else self.enter

    def _chosen(self) -> None:
        person, words = self.chosen, self._words
        needs = person is None or person.needs_password
        self._login_box.setVisible(person is None)
        self._password_box.setVisible(needs)
        self._open.setVisible(not needs)
        label = words.say("login.password")
        if person is not None:
            label = words.say("login.password_of", person=person.name.split()[0])
        self._password_label.setText(label)
        self.password.setAccessibleName(label)
        self.password.clear()
        self._refusal.say("", "")
        self.password.set_invalid(False)
        self.login.set_invalid(False)

    def _enter(self) -> None:
        person = self.chosen
        login = self.login.text().strip() if person is None else person.login
        if not login:
            self.login.setFocus()
        elif person is None and not self.password.text() and self.login.hasFocus():
            self.password.setFocus()
        elif self.enter.isEnabled():
            self.password.set_invalid(False)
            self._refusal.say("", "")
            self.set_busy(True)
            self.log_in.emit(login, self.password.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.window().width() >= PICTURE_FROM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("bg"))


class _Logo(QLabel):
    """The sign of the program, 40 square."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(40, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        paint.box(painter, QRectF(self.rect()), "accent", "", 10)
        draw_icon(painter, 9, 9, "building-2", "onaccent", 22)


class _Picture(QLabel):
    """The path of an order as quiet line art, with the way round when a step fails."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("login.hero"))
        self._sub, self._foot = words.say("login.hero_sub"), words.say("login.hero_foot")
        self._plan = words.say("login.plan_b")
        self._names = [words.say(f"login.step_{code}") for _icon, code in _STEPS]
        self.setAccessibleDescription(f"{self._sub} {self._foot}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, wide, high = paint.begin(self), self.width(), self.height()
        painter.fillRect(self.rect(), color("nav" if current().dark else "accentbg"))
        wrap = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        top = high * 0.24
        lines = ((self.text(), 30, SEMIBOLD, "text", QRectF(72, top, min(wide - 144.0, 400.0), 90)),
                 (self._sub, SECTION, REGULAR, "text2", QRectF(72, top + 88, wide - 144.0, 50)),
                 (self._foot, SMALL, REGULAR, "text3", QRectF(72, high - 56.0, wide - 144.0, 36)))  # fmt: skip
        for words, size, weight, token, rect in lines:
            painter.setFont(font(size, weight))
            painter.setPen(color(token))
            painter.drawText(rect, wrap, words)
        self._draw_path(painter, wide, high * 0.57)

    def _draw_path(self, painter: QPainter, wide: int, y: float) -> None:
        first, last = 98.0, wide - 98.0
        step = (last - first) / (len(_STEPS) - 1)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawLine(QPointF(first, y), QPointF(last, y))
        painter.setPen(QPen(color("warn"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(paint.NO_BRUSH)
        way = QPainterPath(QPointF(first + step, y))
        way.cubicTo(
            QPointF(first + step * 1.3, y - 96), QPointF(first + step * 2.7, y - 96), QPointF(first + step * 3, y)
        )
        painter.drawPath(way)
        for place, (icon, _code) in enumerate(_STEPS):
            x = first + step * place
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(color("surface"))
            painter.drawEllipse(QPointF(x, y), 24, 24)
            draw_icon(painter, x - 10, y - 10, icon, "accent", 20)
            name = QRectF(x - step / 2, y + 32, step, 18)
            paint.text(painter, name, self._names[place], SMALL, MEDIUM, "text2", paint.CENTRE)
        sign = QRectF(first + step * 2 - 46, y - 85, 92, 26)
        paint.box(painter, sign, "warnbg", "warnbd", 13)
        paint.text(painter, sign, self._plan, SMALL, SEMIBOLD, "warn", paint.CENTRE)


def _label(words: str, buddy: QWidget) -> Label:
    made = Label(words, SMALL, MEDIUM, "text2")
    made.setBuddy(buddy)
    return made
