"""The binder loads a form's `.ui` and ties it to its state: `bind` names a field, `press` an action, `label_of` and
`hint_of` the field a label or hint belongs to, `lines` a line grid, `section` a heading."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.screen import FieldView, FormScreen, Phrase
from retaguarda.kernel.screen.form import FormState
from retaguarda.shell.controls import Control, RefControl, bind_control, make_control
from retaguarda.shell.form_layout import without_cells, write_form
from retaguarda.shell.form_parts import CodesBox, FieldLabel, HintLine, SecretEdit, SectionLabel
from retaguarda.shell.lines_editor import LinesEditor
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import CheckBox
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.offers import OfferBox
from retaguarda.shell.widgets.picker import Picker
from retaguarda.shell.widgets.search import SearchBox
from retaguarda.shell.widgets.signature import SignatureBox

PARTS: dict[str, Callable[[], QWidget]] = {
    "FieldLabel": FieldLabel,
    "SectionLabel": SectionLabel,
    "HintLine": HintLine,
    "SecretEdit": SecretEdit,
    "LinesEditor": LinesEditor,
    "Button": Button,
}
CONTROLS = ("LineEdit", "NumberEdit", "TextArea", "DateEdit", "Combo", "CheckBox", "SearchBox", "OfferBox", "CodesBox",
            "Picker", "SignatureBox")  # fmt: skip


class FormLoader(QUiLoader):
    """Makes the house's widgets where a `.ui` names them."""

    def __init__(self, state: FormState, words: Words) -> None:
        super().__init__()
        self._state, self._words = state, words
        self._views = {view.name: view for view in state.screen.fields if isinstance(view, FieldView)}

    def createWidget(self, className: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if className in PARTS:
            made = PARTS[className]()
        elif className in CONTROLS:
            made = make_control(className, self._state, self._views.get(name), self._words)
        else:
            return super().createWidget(className, parent, name)
        made.setParent(parent)
        made.setObjectName(name)
        return made


def form_text(screen: FormScreen) -> bytes:
    """The committed `.ui` of a form; a form that has none yet is laid out from its declaration."""
    module, _, name = screen.name.partition(".")
    try:
        return find_resource("ui", module, f"{name}.ui").read_bytes()
    except FileNotFoundError:
        return write_form(screen).encode()


def load_form(state: FormState, words: Words) -> QWidget:
    """The form as widgets, not yet bound."""
    have = {*(field.name for field in state.fields), *state.lines}
    absent = {view.name for view in state.screen.fields if view.name not in have}
    text = form_text(state.screen)
    data = QBuffer()
    data.setData(QByteArray(without_cells(text, absent) if absent else text))
    data.open(QBuffer.OpenModeFlag.ReadOnly)
    return FormLoader(state, words).load(data)


class Binder(QObject):
    """Ties the widgets under `root` to the state; faults, hints and conflicts show beside their fields."""

    def __init__(self, state: FormState, words: Words, root: QWidget) -> None:
        super().__init__(root)
        self._state, self._words = state, words
        self._controls: dict[str, Control] = {}
        self._hints: dict[str, HintLine] = {}
        self._labels: dict[str, QLabel] = {}
        self.lines: dict[str, LinesEditor] = {}
        for widget in root.findChildren(QWidget):
            self._bind(widget)
        for name, label in self._labels.items():
            if name in self._controls:
                label.setBuddy(self._controls[name].widget)
        self._order(root)
        self.show_all()

    def _order(self, root: QWidget) -> None:
        """Tab goes as the `.ui` stands, whenever a part of it was made."""
        stops = [self._stops(widget) for widget in root.findChildren(QWidget)]
        known = [one for one in stops if one is not None]
        self._starts = [first for first, _ in known]
        for (_, last), (first, _) in pairwise(known):
            QWidget.setTabOrder(last, first)

    def _stops(self, widget: QWidget) -> tuple[QWidget, QWidget] | None:
        """The first and the last place the keyboard stops at in a bound widget."""
        if isinstance(widget, CodesBox):
            boxes = widget.findChildren(CheckBox)
            return (boxes[0], boxes[-1]) if boxes else None
        if isinstance(widget, Picker):
            return widget.box, widget.box
        if isinstance(widget, SignatureBox):
            return widget.pad, widget.loader
        if isinstance(widget, LinesEditor) and widget.table is not None:
            return widget.table, widget.table
        return (widget, widget) if any(c.widget is widget for c in self._controls.values()) else None

    def _bind(self, widget: QWidget) -> None:
        found = {key: str(widget.property(key) or "") for key in ("bind", "label_of", "hint_of", "lines", "section")}
        name = next((value for value in found.values() if value), "")
        if found["bind"] and name in self._state.fields:
            self._bind_control(name, widget)
        elif found["lines"] and isinstance(widget, LinesEditor) and name in self._state.lines:
            widget.bind(self._state, name, self._words)
            self.lines[name] = widget
        elif found["section"] and isinstance(widget, QLabel):
            widget.setText(self._words.say(found["section"]))
        elif found["label_of"] and isinstance(widget, QLabel):
            self._labels[name] = widget
            self._label(name, widget)
        elif found["hint_of"] and isinstance(widget, HintLine):
            self._hints[name] = widget
            widget.picked.connect(partial(self._picked, name))
        elif any(found.values()):
            # A part of a field that the present command does not have, put somewhere else than in its cell.
            widget.hide()
        if widget.property("press") and isinstance(widget, QAbstractButton):
            self._bind_press(str(widget.property("press")), widget)

    def _bind_control(self, name: str, widget: QWidget) -> None:
        label = self._words.say(self._state.screen.label(name))
        self._controls[name] = bind_control(self._state, name, widget, self._words)
        widget.setAccessibleName(label)
        if isinstance(widget, CheckBox):
            widget.setText(label)
        for part in (widget, *widget.findChildren(QWidget)):
            part.installEventFilter(self)

    def _label(self, name: str, label: QLabel) -> None:
        if name not in self._state.fields:
            label.hide()
            return
        spec = self._state.fields[name].spec
        star = " *" if spec.required and not spec.nullable else ""
        label.setText(self._words.say(self._state.screen.label(name)) + star)

    def _bind_press(self, press: str, button: QAbstractButton) -> None:
        action = next(a for a in self._state.actions() if press in (a.name, a.press))
        button.setText(self._words.say(action.text or f"{self._state.screen.name}.{action.name}"))
        button.clicked.connect(lambda _on=False: self._state.press(action.name))

    # ---- showing ----
    def show_all(self) -> None:
        """Shows every field anew."""
        for name in self._controls:
            self.show_field(name)
        for editor in self.lines.values():
            editor.show_rows()

    def show_field(self, name: str) -> None:
        """Shows one field: value, fault, conflict, whether it has a meaning now."""
        control = self._controls.get(name)
        if control is None:
            return
        control.show()
        self._show_unit(control)
        field, hint = control.field, self._hints.get(name)
        gate = field.view.gated_by
        control.widget.setEnabled(gate is None or gate(self._state.fields.values()))
        conflict, fault = self._state.conflicts.get(name), field.shown_fault
        wrong = conflict is not None or fault is not None
        invalid = getattr(control.widget, "set_invalid", None)
        if invalid is not None:
            invalid(wrong)
        if hint is None:
            return
        if conflict is not None:
            mine = self._words.say("shell.conflict.mine", mine=conflict.mine)
            theirs = self._words.say("shell.conflict.theirs", theirs=conflict.theirs)
            lead = self._words.say("shell.conflict.lead")
            hint.say(lead, wrong=True, choices=(("mine", mine), ("theirs", theirs)))
        elif fault is not None:
            hint.say(self._fault(fault), wrong=True, choices=[(text, text) for text in field.candidates])
        else:
            hint.say(self._words.say(field.view.help) if field.view.help else "")
        control.widget.setAccessibleDescription(self._fault(fault) if fault is not None else "")

    def _show_unit(self, control: Control) -> None:
        view, row, widget = control.field.view, self._state.row, control.widget
        code = getattr(row, view.unit) if view.unit and row is not None else ""
        unit = self._words.say(code) if code else ""
        if isinstance(widget, LineEdit) and unit != widget.unit:
            label = self._words.say(self._state.screen.label(control.name))
            widget.set_unit(unit)
            widget.setAccessibleName(f"{label} ({unit})")

    def _fault(self, fault: Phrase) -> str:
        return self._words.phrase(fault)

    def _picked(self, name: str, key: str) -> None:
        if name in self._state.conflicts:
            self._state.settle(name, key)
        else:
            self._state.type_in(name, key)
            self._state.leave(name)

    def suggested(self) -> None:
        """Suggestions came for the field that asked."""
        control = self._controls.get(self._state.suggesting)
        if isinstance(control, RefControl):
            control.suggested()

    def focus(self, path: str) -> None:
        """Puts the keyboard into the field of a path."""
        head, _, rest = path.partition(".")
        if head in self._controls:
            self._controls[head].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        elif head in self.lines:
            self.lines[head].focus_path(rest)

    def first(self) -> QWidget | None:
        """Where the keyboard starts."""
        return next((widget for widget in self._starts if widget.isEnabled()), None)

    def settle(self) -> None:
        """Takes over what is still being typed in the control that has the keyboard."""
        for control in self._controls.values():
            if control.widget.hasFocus() or control.widget.focusProxy() is QApplication.focusWidget() is not None:
                control.left()
        for editor in self.lines.values():
            editor.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            assert isinstance(event, QKeyEvent)
            plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
            if plain and not (isinstance(watched, SearchBox) and self._searching(watched)):
                # Tab is what the control would do by itself.
                QApplication.sendEvent(watched, QKeyEvent(event.type(), Qt.Key.Key_Tab, event.modifiers()))
                return True
        return super().eventFilter(watched, event)

    def _searching(self, box: SearchBox) -> bool:
        """Whether Enter belongs to the box: its list is open, or what was typed is not chosen yet."""
        if isinstance(box, OfferBox):
            return box.is_marked()
        control = next((c for c in self._controls.values() if c.widget is box), None)
        chosen = control is not None and control.field.value is not None
        return box.is_open() or (bool(box.text().strip()) and not chosen)
