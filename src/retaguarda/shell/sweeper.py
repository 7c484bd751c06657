"""Garbage is swept on the window's own thread while it lives (`kernel.garbage` says why)."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from retaguarda.kernel.garbage import sweep

EVERY_MS = 500


class Sweeper(QObject):
    """Sweeps twice a second until `end`; Python does not by itself meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(sweep)
        self._timer.start()

    def end(self) -> None:
        """Leaves it to Python again, where it was before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
