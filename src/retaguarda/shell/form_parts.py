"""Parts of a form beside the kit's controls: label, section, the line under a control, boxes for several codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from retaguarda.shell.theme.tokens import MEDIUM, SMALL
from retaguarda.shell.widgets.buttons import LinkButton
from retaguarda.shell.widgets.choices import CheckBox
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import IconMark, Label, section
from retaguarda.shell.widgets.layout import row

_ABREAST = 4
"""So many boxes stand beside each other: a week takes two lines."""


class FieldLabel(Label):
    """The label over a control."""

    def __init__(self) -> None:
        super().__init__("", SMALL, MEDIUM, "text2")


class SectionLabel(Label):
    """The name of a section of a form."""

    def __init__(self) -> None:
        model = section("")
        super().__init__("", model.font().pixelSize() if model.font().pixelSize() > 0 else 15, 600)
        model.deleteLater()


class HintLine(QWidget):
    """The line under a control: a hint, what is wrong, or choices where two values stand against each other."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconMark("circle-alert", "bad", 13)
        self._words = Label("", SMALL, token="text3", wrap=True)
        self._links = row(gap=10)
        self._made: list[LinkButton] = []
        self._said: object = None
        self.setLayout(row(self._mark, (self._words, 1), self._links, gap=5))
        self.say("")

    def say(self, text: str, *, wrong: bool = False, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Shows a line, red with its icon when something is wrong; `choices` are (key, text) pairs to pick from."""
        said = (text, wrong, tuple(choices))
        if said == self._said:
            return
        self._said = said
        self._mark.setVisible(wrong)
        self._words.setText(text)
        self._words.set_token("bad" if wrong else "text3")
        for old in self._made:
            self._links.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        for key, words in choices:
            link = LinkButton(words, size=SMALL)
            link.clicked.connect(lambda _on=False, key=key: self.picked.emit(key))
            self._links.addWidget(link)
            self._made.append(link)
        self.setVisible(bool(text or choices))


class SecretEdit(LineEdit):
    """A line whose text is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(LineEdit.EchoMode.Password)


class CodesBox(QWidget):
    """Several of some codes, each a box to tick; emits `changed(codes)`."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for at in range(_ABREAST):
            self._grid.setColumnStretch(at, 1)
        self._boxes: dict[str, CheckBox] = {}

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offers codes with their words; made once."""
        for at, (code, words) in enumerate(choices):
            box = CheckBox(words)
            box.toggled.connect(lambda _on: self.changed.emit(self.value()))
            self._boxes[code] = box
            self._grid.addWidget(box, at // _ABREAST, at % _ABREAST, Qt.AlignmentFlag.AlignLeft)
            # Shown at once: what is hidden until the next turn of the loop has no height in the form's first one.
            box.show()
        self._grid.activate()
        self.updateGeometry()
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order offered."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_value(self, codes: Sequence[str]) -> None:
        """Ticks these codes without emitting."""
        for code, box in self._boxes.items():
            was = box.blockSignals(True)
            box.setChecked(code in codes)
            box.blockSignals(was)
