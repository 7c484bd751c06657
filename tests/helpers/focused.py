"""Where the keyboard is. Qt ends the whole process when a key is sent to nothing, so it is waited for here."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

PATIENCE_MS, STEP_MS = 5000, 10


def focused() -> Any:
    """The widget that has the keyboard; a window that is not in front yet is brought there."""
    for _ in range(PATIENCE_MS // STEP_MS):
        here = QApplication.focusWidget()
        if here is not None:
            return here
        shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        if shown and QApplication.activeWindow() is None:
            shown[-1].activateWindow()
        QTest.qWait(STEP_MS)
    raise AssertionError("nothing has the keyboard")
