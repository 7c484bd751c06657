"""What a test must not leave behind: threads, top-level widgets, running timers of the application."""

import gc
import sys
import threading
import time
from collections.abc import Callable

GRACE_S = 2.0


def _threads() -> set[object]:
    return set(threading.enumerate())


def _qt_objects() -> set[object]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return set()
    from PySide6.QtCore import QEvent, QTimer

    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    timers = {timer for timer in application.findChildren(QTimer) if timer.isActive()}
    return timers | set(widgets.QApplication.topLevelWidgets())


class Leaks:
    """Remembers what stood when it was made; `left` names what came since and is still there."""

    def __init__(self) -> None:
        self._before: list[tuple[Callable[[], set[object]], set[object]]] = [
            (look, look()) for look in (_threads, _qt_objects)
        ]

    def left(self) -> list[str]:
        """What is left after a short grace for threads that are ending and objects kept by cycles only."""
        deadline = time.monotonic() + GRACE_S
        while names := self._names():
            if time.monotonic() > deadline:
                return names
            gc.collect()
            time.sleep(0.02)
        return []

    def _names(self) -> list[str]:
        return sorted(repr(new) for look, before in self._before for new in look() - before)
