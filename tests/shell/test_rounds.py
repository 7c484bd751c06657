"""Timed work behind the window: in rounds on a lane of its own, never two at once, and stopped at its next step."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from retaguarda.kernel.clock import SystemClock
from retaguarda.kernel.lanes import Cancelled, Lanes, go_on
from retaguarda.kernel.outcome import Change
from retaguarda.shell import rounds
from retaguarda.shell.courier import Courier
from retaguarda.shell.crash import Reports
from retaguarda.shell.rounds import Rounds
from tests.helpers.toy_front import ToyFront

TOLD = (Change("timed_job", "revise", ()),)


class Working(ToyFront):
    """A front whose rounds last until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.at_once, self.most, self.stopped = 0, 0, 0, False
        self.free = threading.Event()
        self.fault: Exception | None = None

    def work(self) -> Sequence[Change]:
        self.begun, self.at_once = self.begun + 1, self.at_once + 1
        self.most = max(self.most, self.at_once)
        try:
            while not self.free.wait(0.01):
                go_on()
        except Cancelled:
            self.stopped = True
            raise
        finally:
            self.at_once -= 1
        if self.fault is not None:
            raise self.fault
        return TOLD


@pytest.fixture
def made(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(rounds, "EVERY_MS", 10)
    courier, owner = Courier(), QObject()
    lanes = Lanes(courier)
    heard: list[Sequence[Change]] = []
    front = Working()
    found = Rounds(owner, lanes, Reports(tmp_path, SystemClock()), heard.append)
    found.begin(front)
    yield found, front, heard, qtbot
    found.end()
    lanes.close()


def test_one_round_after_the_other_and_the_window_hears_what_changed(made: Any) -> None:
    _found, front, heard, qtbot = made
    qtbot.waitUntil(lambda: front.begun == 1)
    qtbot.wait(60)
    assert (front.begun, heard) == (1, [])  # many ticks, one round
    front.free.set()
    qtbot.waitUntil(lambda: front.begun > 2)
    assert front.most == 1
    assert heard[0] == TOLD


def test_a_round_that_fails_leaves_a_report_and_the_next_one_comes(made: Any, tmp_path: Path) -> None:
    _found, front, heard, qtbot = made
    front.fault = ZeroDivisionError()
    front.free.set()
    qtbot.waitUntil(lambda: front.begun > 1)
    assert heard == []
    assert "ZeroDivisionError" in next(tmp_path.glob("*.txt")).read_text(encoding="utf-8")


def test_at_the_end_the_round_under_way_stops_at_its_next_step(made: Any) -> None:
    found, front, heard, qtbot = made
    qtbot.waitUntil(lambda: front.begun == 1)
    found.end()
    qtbot.waitUntil(lambda: front.stopped)
    assert heard == []
