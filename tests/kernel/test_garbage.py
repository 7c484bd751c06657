"""Garbage is swept where it is asked for: what refers to itself ends on the thread that sweeps, and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from retaguarda.kernel.garbage import sweep


class _Knot:
    """Something that refers to itself, and says on which thread it ends."""

    def __init__(self, ended: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread().name))


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """Looking is due after every few objects."""
    before = gc.get_threshold()
    gc.set_threshold(10, 2, 2)
    yield
    gc.set_threshold(*before)


def test_what_another_thread_leaves_ends_where_it_is_swept() -> None:
    ended: list[str] = []

    def leave() -> None:
        for _ in range(200):
            _Knot(ended)

    worker = threading.Thread(target=leave, name="lane")
    worker.start()
    worker.join()
    assert ended == []
    for _ in range(20):
        left: list[list[int]] = [[] for _ in range(50)]
        sweep()
        del left
    assert ended == ["MainThread"] * 200


def test_it_looks_only_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "collect", asked.append)
    for counts in ((10, 9, 9), (11, 2, 9), (11, 3, 2), (11, 3, 3)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        sweep()
    assert asked == [0, 1, 2]
