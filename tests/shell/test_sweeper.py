"""While a window lives its own thread looks for garbage, and Python does not."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.shell import sweeper


def test_the_window_sweeps_until_it_ends(qapp: QApplication) -> None:
    swept: list[bool] = []
    owner = QObject()
    gc.enable()
    try:
        with_sweeper = sweeper.Sweeper(owner)
        with_sweeper._timer.timeout.connect(lambda: swept.append(gc.isenabled()))
        with_sweeper._timer.setInterval(5)
        QTest.qWait(60)
        assert swept
        assert not any(swept)
        with_sweeper.end()
        assert gc.isenabled()
        assert not with_sweeper._timer.isActive()
    finally:
        gc.disable()
        owner.deleteLater()
        qapp.processEvents()
