"""Lanes: order, newest first, cancelling, progress, defects, a clean end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from queue import SimpleQueue
from typing import Any

import pytest

from retaguarda.kernel.lanes import Cancelled, Lanes, Token, current_token


def _never(wrong: object) -> None:
    raise AssertionError(wrong)


class Post:
    """A courier that keeps the calls until the test delivers them in its own thread."""

    def __init__(self) -> None:
        self.calls: SimpleQueue[Any] = SimpleQueue()

    def __call__(self, call) -> None:
        self.calls.put(call)

    def deliver(self) -> None:
        while not self.calls.empty():
            self.calls.get()()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def lanes(post) -> Iterator[Lanes]:
    lanes = Lanes(post)
    yield lanes
    lanes.close()


def test_writes_keep_their_order_and_answer_in_the_owners_thread(lanes, post):
    threads: set[str] = set()
    answers: list[Any] = []

    def work(n: int) -> int:
        threads.add(threading.current_thread().name)
        return n

    for n in range(50):
        lanes.give(
            "write",
            lambda n=n: work(n),
            lambda result: answers.append((result, threading.current_thread().name)),
            _never,
        )
    assert lanes.wait(10)
    assert answers == []
    post.deliver()
    assert [result for result, _ in answers] == list(range(50))
    assert {thread for _, thread in answers} == {threading.current_thread().name}
    assert threads == {"lane-write-0"}


def test_a_newer_read_of_the_same_topic_drops_the_older_unseen_one(lanes, post):
    gate, begun = threading.Event(), threading.Semaphore(0)
    ran: list[int] = []
    answers: list[Any] = []

    def held() -> bool:
        begun.release()
        return gate.wait(10)

    for n in range(3):
        lanes.give("read", held, answers.append, _never, screen="other", topic=f"t{n}")
    # A thread that has not begun would take the newest read, as it should.
    assert all(begun.acquire(timeout=10) for _ in range(3))
    tokens = [
        lanes.give("read", lambda n=n: ran.append(n), answers.append, _never, screen="list", topic="rows")
        for n in range(4)
    ]
    gate.set()
    assert lanes.wait(10)
    assert ran == [3]
    assert [token.cancelled for token in tokens] == [True, True, True, False]


def test_the_newest_read_goes_first(lanes, post):
    gate = threading.Event()
    ran: list[int] = []
    for n in range(3):
        lanes.give("read", gate.wait, str, _never, screen="busy", topic=f"{n}")
    for n in range(5):
        lanes.give("read", lambda n=n: ran.append(n), str, _never, screen="s", topic=f"{n}")
    gate.set()
    assert lanes.wait(10)
    assert 4 in ran[:3]
    assert sorted(ran) == [0, 1, 2, 3, 4]


def test_a_closed_screen_is_not_read_for(lanes, post):
    gate = threading.Event()
    ran: list[int] = []
    for n in range(3):
        lanes.give("read", gate.wait, str, _never, screen="busy", topic=f"{n}")
    lanes.give("read", lambda: ran.append(1), str, _never, screen="gone", topic="x")
    lanes.drop("gone")
    gate.set()
    assert lanes.wait(10)
    assert ran == []


def test_long_work_reports_and_stops_when_cancelled(lanes, post):
    begun = threading.Event()
    seen: list[tuple[int, int]] = []
    token = Token(lambda done, total: seen.append((done, total)))

    def work() -> None:
        mine = current_token.get()
        assert mine is token
        for n in range(1000):
            mine.step(n, 1000)
            begun.set()
            token._cancelled.wait(0.001)

    lanes.give("slow", work, _never, _never, token=token)
    assert begun.wait(5)
    token.cancel()
    assert lanes.wait(10)
    post.deliver()
    assert seen[0] == (0, 1000)
    assert len(seen) < 1000


def test_a_defect_reaches_who_asked_and_the_thread_lives_on(lanes, post):
    errors: list[Exception] = []
    answers: list[Any] = []
    lanes.give("write", lambda: 1 // 0, answers.append, errors.append)
    lanes.give("write", lambda: "after", answers.append, errors.append)
    assert lanes.wait(10)
    post.deliver()
    assert answers == ["after"]
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_closing_carries_out_what_was_commanded_and_leaves_no_thread(post):
    lanes = Lanes(post)
    ran: list[int] = []
    for n in range(20):
        lanes.give("write", partial(ran.append, n), str, _never)
    lanes.close()
    assert ran == list(range(20))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane-")]
    with pytest.raises(RuntimeError, match="closed"):
        lanes.give("write", str, str, _never)


def test_what_is_read_from_is_closed_when_nothing_reads_any_more(post):
    lanes = Lanes(post)
    reading, told = threading.Event(), []

    def read() -> None:
        reading.set()
        time.sleep(0.1)
        told.append("read")

    def close() -> None:
        told.append("closed")
        raise OSError("gone")

    lanes.give("read", read, str, _never, screen="a", topic="b")
    assert reading.wait(5)
    errors: list[Exception] = []
    lanes.close(close, errors.append)
    post.deliver()
    lanes.close(lambda: told.append("closed again"))
    assert told == ["read", "closed"]
    assert [type(error) for error in errors] == [OSError]


def test_a_cancelled_token_stops_at_its_next_step():
    token = Token()
    token.step()
    token.cancel()
    with pytest.raises(Cancelled):
        token.step()
