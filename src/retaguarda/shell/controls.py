"""Between a control and a field of the state: each takes what was typed and shows what the state holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.kinds import Choice, Picture, ValueFault
from retaguarda.kernel.screen import FieldView
from retaguarda.kernel.screen.drafting import DraftState
from retaguarda.kernel.screen.fields import YES, FieldState
from retaguarda.kernel.screen.parts import GRANTED, PERMISSIONS
from retaguarda.kernel.screen.state import Go
from retaguarda.kernel.text import decimal_key, format_date, parse_date
from retaguarda.shell.form_parts import CodesBox
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.dates import DateEdit
from retaguarda.shell.widgets.fields import LineEdit, NumberEdit, TextArea
from retaguarda.shell.widgets.offers import OfferBox
from retaguarda.shell.widgets.picker import Pick, Picker
from retaguarda.shell.widgets.search import Found, SearchBox
from retaguarda.shell.widgets.signature import SignatureBox, SignaturePad

ADD_KEY = "Ctrl+R"
EVERYTHING = "*"
NO_PICTURE = "?"
"""What is typed into a field of a picture by a file that holds none: its kind says what is wrong with it."""


class Control(QObject):
    """One control bound to the field `name`. `show` is called after each change of the field."""

    def __init__(self, state: DraftState, name: str, widget: QWidget, words: Words) -> None:
        super().__init__(widget)
        self.state, self.name, self.widget, self.words = state, name, widget, words

    @property
    def field(self) -> FieldState:
        """The field as it stands."""
        return self.state.fields[self.name]

    def show(self) -> None:
        """Shows the field's value."""
        raise NotImplementedError

    def typed(self, raw: str) -> None:
        """A key was pressed."""
        self.state.type_in(self.name, raw)

    def left(self) -> None:
        """The focus has gone elsewhere."""
        self.state.leave(self.name)


class TextControl(Control):
    """Texts, numbers and everything else that is one line."""

    widget: LineEdit

    def __init__(self, state: DraftState, name: str, widget: LineEdit, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.textEdited.connect(self._edited)
        widget.editingFinished.connect(self.left)

    def _edited(self, raw: str) -> None:
        # What appears at once in numbers was pasted and may be written in another language.
        before = self.field.raw
        self.state.type_in(self.name, raw, pasted=len(raw) - len(before) > 1)

    def show(self) -> None:
        if self.widget.text() != self.field.raw:
            self.widget.setText(self.field.raw)


class AreaControl(Control):
    """Several lines of text."""

    widget: TextArea

    def __init__(self, state: DraftState, name: str, widget: TextArea, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.textChanged.connect(self._edited)

    def _edited(self) -> None:
        if self.widget.toPlainText() != self.field.raw:
            self.typed(self.widget.toPlainText())

    def show(self) -> None:
        if self.widget.toPlainText() != self.field.raw:
            self.widget.setPlainText(self.field.raw)


class DayControl(Control):
    """A day: typed in any form, stepped with the arrows."""

    widget: DateEdit

    def __init__(self, state: DraftState, name: str, widget: DateEdit, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.textEdited.connect(self.typed)
        widget.date_changed.connect(self._stepped)
        widget.editingFinished.connect(self.left)

    def _stepped(self, day: object) -> None:
        if day is not None:
            self.state.choose(self.name, day)

    def show(self) -> None:
        field = self.field
        if field.value is not None:
            # "1" is a day already; whoever is still typing may mean another one.
            typing = self.widget.hasFocus() and self.widget.text() == field.raw
            if not typing and (self.widget.date() != field.value or not self.widget.hasFocus()):
                self.widget.set_date(field.value)
        elif self.widget.text() != field.raw:
            self.widget.set_date(None)
            self.widget.setText(field.raw)


class ChoiceControl(Control):
    """One of a few codes."""

    widget: Combo

    def __init__(self, state: DraftState, name: str, widget: Combo, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.set_choices(choices_of(self.field, words))
        widget.chosen.connect(self._chosen)

    def _chosen(self, code: object) -> None:
        self.state.choose(self.name, code)
        self.left()

    def show(self) -> None:
        self.widget.set_value(self.field.value)


class FlagControl(Control):
    """Yes or no."""

    widget: CheckBox

    def __init__(self, state: DraftState, name: str, widget: CheckBox, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.toggled.connect(lambda on: self.typed(YES if on else ""))

    def show(self) -> None:
        was = self.widget.blockSignals(True)
        self.widget.setChecked(bool(self.field.value))
        self.widget.blockSignals(was)


class CodesControl(Control):
    """Several codes out of those the view offers."""

    widget: CodesBox

    def __init__(self, state: DraftState, name: str, widget: CodesBox, words: Words) -> None:
        super().__init__(state, name, widget, words)
        view = self.field.view
        widget.set_choices([(code, words.say(f"{view.texts}.{code}")) for code in view.options])
        widget.changed.connect(lambda codes: state.choose(name, tuple(codes)))

    def show(self) -> None:
        self.widget.set_value(self.field.value or ())


class PickControl(Control):
    """Several codes out of many, found as one types."""

    widget: Picker

    def __init__(self, state: DraftState, name: str, widget: Picker, words: Words) -> None:
        super().__init__(state, name, widget, words)
        self._known: object = None
        widget.changed.connect(lambda codes: state.choose(name, tuple(codes)))
        widget.box.editingFinished.connect(self.left)
        if self.field.view.choices == PERMISSIONS:
            everything = Pick(EVERYTHING, words.say("kernel.everything"))
            widget.set_choices([everything, *map(self._right, state.seat.book.rights)])

    def _right(self, right: str) -> Pick:
        return Pick(right, self.words.say(right), self.words.say(f"{right.partition('.')[0]}.module"))

    def show(self) -> None:
        state: Any = self.state
        granted = self.field.view.choices == GRANTED
        known = state.row if granted else state.choices.get(self.name)
        if known is not None and known is not self._known:
            self._known = known
            if granted:
                self.widget.set_choices(map(self._right, state.seat.book.grants.get(known.code, ())))
            else:
                self.widget.set_choices(Pick(str(row.id), str(row.name)) for row in known)
        self.widget.set_value(self.field.value or ())


class PictureControl(Control):
    """A signature, drawn or taken from a file."""

    widget: SignatureBox

    def __init__(self, state: DraftState, name: str, widget: SignatureBox, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.pad.signed.connect(lambda png: state.choose(name, png))
        widget.refused.connect(self._refused)

    def _refused(self) -> None:
        self.typed(NO_PICTURE)
        self.left()

    def show(self) -> None:
        self.widget.pad.set_value(self.field.value)


class RefControl(Control):
    """A record found as one types; Ctrl+R makes a new one where the view names a form for it."""

    widget: SearchBox

    def __init__(self, state: DraftState, name: str, widget: SearchBox, words: Words) -> None:
        super().__init__(state, name, widget, words)
        widget.query_changed.connect(lambda text: state.suggest(name, text))
        widget.textEdited.connect(self._edited)
        widget.chosen.connect(self._chosen)
        widget.editingFinished.connect(self.left)
        if self.field.view.adds:
            QShortcut(
                QKeySequence(ADD_KEY), widget, self._add, context=Qt.ShortcutContext.WidgetShortcut
            )  # fmt: skip

    def _edited(self, text: str) -> None:
        # While a record is held, the box itself puts its name back or lets it go.
        if self.widget.chosen_key is None:
            self.typed(text)

    def _chosen(self, key: object) -> None:
        if key is None:
            self.state.choose(self.name, None)
            return
        row = next((row for row in self.state.suggestions if row.id == key), None)
        self.state.choose(self.name, key, row.name if row is not None else self.widget.text())

    def _add(self) -> None:
        view = self.field.view
        self.state.seat.tell(Go(view.adds, on_saved=lambda key, label: self.state.choose(self.name, key, label)))

    def suggested(self) -> None:
        """The answer to what was typed."""
        found = [found_of(row) for row in self.state.suggestions]
        self.widget.show_found(found, "" if found else self.words.say("shell.nothing_found"))

    def show(self) -> None:
        field = self.field
        if field.value is not None and (self.widget.chosen_key != field.value or self.widget.text() != field.raw):
            self.widget.hold(field.value, field.raw)
        elif field.value is None and self.widget.text() != field.raw:
            self.widget.hold(None, field.raw)


class OfferControl(RefControl):
    """A text with offers: what is typed counts as it stands, an offer that is taken is typed in its place."""

    def _edited(self, text: str) -> None:
        self.typed(text)

    def _chosen(self, key: object) -> None:
        row = next((row for row in self.state.suggestions if row.id == key), None)
        if row is not None:
            self.state.choose(self.name, str(getattr(row, self.field.view.offers)))

    def suggested(self) -> None:
        self.widget.show_found([found_of(row) for row in self.state.suggestions])

    def show(self) -> None:
        if self.widget.chosen_key is not None or self.widget.text() != self.field.raw:
            self.widget.hold(None, self.field.raw)


def found_of(row: Any) -> Found:
    """A suggestion row as it is shown: `name`, and where it has them `sub` and `right`."""
    return Found(row.id, str(row.name), str(getattr(row, "sub", "") or ""), str(getattr(row, "right", "") or ""))


def choices_of(field: FieldState, words: Words) -> list[tuple[Any, str]]:
    """What a Choice field offers; an empty choice first where the field may be empty."""
    kind = field.kind
    assert isinstance(kind, Choice)
    empty: list[tuple[Any, str]] = [(None, "—")] if field.spec.nullable else []
    return empty + [(option, words.say(f"{kind.texts}.{option}")) for option in kind.options]


def read_day(text: str, today: dt.date, language: str) -> dt.date | None:
    """The day a person typed in their language; None when it is none."""
    try:
        return parse_date(text, today, language)
    except ValueFault:
        return None


def bind_control(state: DraftState, name: str, widget: QWidget, words: Words) -> Control:
    """The control that fits the widget; TypeError for a widget no field can be bound to."""
    kinds: tuple[tuple[type[QWidget], Callable[..., Control]], ...] = (
        (OfferBox, OfferControl),
        (SearchBox, RefControl),
        (Picker, PickControl),
        (SignatureBox, PictureControl),
        (DateEdit, DayControl),
        (LineEdit, TextControl),
        (TextArea, AreaControl),
        (Combo, ChoiceControl),
        (CheckBox, FlagControl),
        (CodesBox, CodesControl),
    )
    for kind, made in kinds:
        if isinstance(widget, kind):
            return made(state, name, widget, words)
    raise TypeError(f"{name} is bound to a {type(widget).__name__}, which holds no value")


def signature_box(view: FieldView | None, state: DraftState, words: Words) -> SignatureBox:
    """A place to sign in, for the bytes that the field takes."""
    kind = state.fields[view.name].kind if view is not None and view.name in state.fields else Picture()
    assert isinstance(kind, Picture)
    said = {name: words.say(f"shell.signature.{name}") for name in ("here", "empty", "filled", "clear", "load")}
    pad = SignaturePad(said["here"], most=kind.most, empty=said["empty"], filled=said["filled"])
    return SignatureBox(pad, clear=said["clear"], load=said["load"])


def make_control(kind: str, state: DraftState, view: FieldView | None, words: Words) -> QWidget:
    """An empty control of that class for a field."""
    language = words.texts.language
    makers: dict[str, Callable[[], QWidget]] = {
        "LineEdit": LineEdit,
        "NumberEdit": lambda: NumberEdit(decimal=decimal_key(language)),
        "TextArea": TextArea,
        "DateEdit": lambda: DateEdit(
            today=state.seat.today,
            write=lambda day: format_date(day, language),
            read=lambda text: read_day(text, state.seat.today(), language),
        ),
        "Combo": Combo,
        "CheckBox": lambda: CheckBox(""),
        "OfferBox": lambda: OfferBox(placeholder="", icon=""),
        "SearchBox": lambda: SearchBox(
            placeholder=words.say("shell.find"), key=ADD_KEY if view is not None and view.adds else ""
        ),
        "CodesBox": CodesBox,
        "SignatureBox": lambda: signature_box(view, state, words),
        "Picker": lambda: Picker(
            words.say("shell.find"),
            chosen=words.say("shell.picked"),
            nothing=words.say("shell.nothing_found"),
            put_back=lambda name: words.say("shell.put_back", name=name),
        ),
    }
    return makers[kind]()
