"""Why somebody does not get in, and the ways out of it: a button for each, the best first, with how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.labels import IconMark, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row

Way = tuple[str, Callable[[], object]]
"""The words on a button and what it does."""


class Refusal(QWidget):
    """Why not, in full, with its icon; not there while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._cause, self._action = small("", "bad", wrap=True), small("", "text2", wrap=True)
        mark = column(IconMark("circle-alert", "bad", 14), None)
        self.setLayout(row(mark, (boxed(column(self._cause, self._action, gap=1)), 1), gap=6))
        self.hide()

    def say(self, cause: str, action: str) -> None:
        """Shows the cause and what to do."""
        self._cause.setText(cause)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{cause} {action}".strip())
        self.setVisible(bool(cause))


class WaysOut(QWidget):
    """The ways out as buttons under each other; the first has the keyboard and is pressed by Enter."""

    def __init__(self, progress: str) -> None:
        super().__init__()
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        self._progress, self._said = SegmentBar(name=progress), small("", "text2")
        self.setLayout(column(self._buttons, self._progress, self._said, gap=8, margins=(0, 8, 0, 0)))
        self.offer(())

    def offer(self, ways: Sequence[Way]) -> None:
        """Shows these ways, and nothing of how far an earlier one came."""
        empty(self._buttons)
        for place, (words, act) in enumerate(ways):
            button = Button(
                words, kind="secondary" if place else "primary", key="" if place else "Enter", size="big"
            )  # fmt: skip
            button.setAutoDefault(True)
            button.clicked.connect(lambda _on=False, act=act: act())
            self._buttons.addWidget(button)
            if not place:
                button.setFocus()
        self._progress.hide()
        self._said.hide()
        self.setVisible(bool(ways))

    def show_progress(self, done: int, total: int, said: str) -> None:
        """How far the chosen way has come."""
        self._progress.set_parts([(done, "accent")], said, float(total))
        self._said.setText(said)
        self._progress.show()
        self._said.show()
