import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import leaks
from tests.helpers.leaks import Leaks


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE_S", 0.05)


def test_a_thread_left_running_is_named() -> None:
    stop = threading.Event()
    watch = Leaks()
    thread = threading.Thread(target=stop.wait, name="forgotten")
    thread.start()
    assert ["forgotten" in name for name in watch.left()] == [True]
    stop.set()
    thread.join()
    assert watch.left() == []


def test_a_widget_left_open_is_named(qapp: QApplication) -> None:
    watch = Leaks()
    widget = QWidget()
    widget.setObjectName("forgotten")
    assert ["forgotten" in name for name in watch.left()] == [True]
    widget.deleteLater()
    assert watch.left() == []


def test_a_timer_left_running_is_named(qapp: QApplication) -> None:
    watch = Leaks()
    timer = QTimer(qapp)
    timer.start(60_000)
    assert ["QTimer" in name for name in watch.left()] == [True]
    timer.stop()
    timer.setParent(None)
    assert watch.left() == []
