"""The courier brings results from the lanes into the window's thread, by one queued signal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Courier(QObject):
    """Called from any thread with a call; makes that call in the thread the courier lives in."""

    _brought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._brought.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], object]) -> None:
        self._brought.emit(call)

    def _deliver(self, call: Callable[[], object]) -> None:
        call()
