"""Draws every widget into pictures, light and dark, for looking at: `python -m tests.shell.gallery FOLDER [NAME…]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.shell import theme
from tests.shell import boards

BOARDS: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "basics": (boards.basics, (1100, 560)),
    "entry": (boards.entry, (1180, 800)),
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
