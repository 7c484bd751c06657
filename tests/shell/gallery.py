"""Draws every widget into pictures, light and dark, for looking at: `python -m tests.shell.gallery FOLDER [NAME…]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.shell import theme
from tests.shell import boards, boards_frame, boards_state

BOARDS: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "basics": (boards.basics, (1100, 560)),
    "entry": (boards.entry, (1180, 800)),
    "home": (boards_state.home, (1216, 820)),
    "order": (boards_state.order, (1216, 820)),
    "states": (boards_state.states, (1216, 700)),
    "frame-wide": (boards_frame.frame, (1440, 900)),
    "frame-usual": (boards_frame.frame, (1366, 768)),
    "frame-small": (boards_frame.frame, (1024, 768)),
}


def draw(folder: Path, only: list[str]) -> None:
    """One PNG per board and theme."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for look in (theme.LIGHT, theme.DARK):
        theme.apply(app, look)
        for name, (make, size) in BOARDS.items():
            if only and name not in only:
                continue
            board = make()
            board.resize(*size)
            board.show()
            for _ in range(3):
                app.processEvents()
            board.grab().save(str(folder / f"{name}-{look.name}.png"))
            board.close()
            board.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2:])
