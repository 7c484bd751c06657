"""Lanes: the threads on which everything that may wait is done, so that the window never does.

One write lane (commands in the order they were given), a pool of three readers (the newest request of a screen first;
an older one of the same screen and topic that nobody has begun is dropped), a pool for files and networks, one lane for
the printers (papers come out in their order, and one that hangs holds nothing else up), one slow lane for reports, and
one for what is done with nobody at the desk. Results come back through the one callable given at construction, the
courier.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

LaneName = Literal["write", "read", "io", "print", "slow", "work"]
READERS, IO_THREADS = 3, 2
LESS_URGENT = 10
"""How many steps of niceness the slow lane yields to the others, where the system has such a thing for threads."""


class Cancelled(Exception):
    """The person cancelled the work, or nobody waits for its result any more."""


class Token:
    """Cancels a job and hears of its progress; the job calls `step`, which raises `Cancelled` once cancelled."""

    def __init__(self, on_progress: Callable[[int, int], object] | None = None) -> None:
        self._cancelled = threading.Event()
        self._on_progress = on_progress

    def cancel(self) -> None:
        """Asks the job to stop at its next step; one not begun yet never begins."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled.is_set()

    def step(self, done: int = 0, total: int = 0) -> None:
        """Reports `done` of `total` (0: nothing to report) and raises `Cancelled` when it is time to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        if self._on_progress is not None and total:
            self._on_progress(done, total)


current_token: ContextVar[Token | None] = ContextVar("current_token", default=None)
"""The token of the job that runs in this thread: long work deep inside reports its progress through it."""


def go_on(done: int = 0, total: int = 0) -> None:
    """Says how far the work in this thread is, and raises `Cancelled` when nobody wants it any more; without a job
    (the command line) there is nobody to tell."""
    token = current_token.get()
    if token is not None:
        token.step(done, total)


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work. `on_done` takes its result, `on_error` what it raised (`Cancelled` is silent)."""

    work: Callable[[], Any]
    on_done: Callable[[Any], object]
    on_error: Callable[[Exception], object]
    screen: str = ""
    topic: str = ""
    token: Token = field(default_factory=Token)


Courier = Callable[[Callable[[], object]], object]
"""Takes a call from any thread and makes it in the thread that owns the screens."""


class Lane:
    """Some threads over one queue. `newest_first` serves readers; writers and files go in order."""

    def __init__(
        self, name: str, threads: int, courier: Courier, newest_first: bool = False, urgent: bool = True
    ) -> None:
        self._courier, self._newest_first, self._urgent = courier, newest_first, urgent
        self._jobs: deque[Job] = deque()
        self._busy = 0
        self._open = True
        self._wake = threading.Condition()
        self._threads = [threading.Thread(target=self._run, name=f"lane-{name}-{n}") for n in range(threads)]
        for thread in self._threads:
            thread.start()

    def give(self, job: Job) -> Token:
        """Queues a job; an older unseen one of the same screen and topic is dropped when newest goes first."""
        with self._wake:
            if not self._open:
                raise RuntimeError("the lanes are closed")
            if self._newest_first and job.topic:
                for old in [j for j in self._jobs if (j.screen, j.topic) == (job.screen, job.topic)]:
                    old.token.cancel()
                    self._jobs.remove(old)
            self._jobs.append(job)
            self._wake.notify()
        return job.token

    def drop(self, screen: str) -> None:
        """Drops what a closed screen still waits for."""
        with self._wake:
            for job in [j for j in self._jobs if j.screen == screen]:
                job.token.cancel()
                self._jobs.remove(job)

    def wait(self, seconds: float = 30.0) -> bool:
        """Waits until nothing is queued or running; False when it took longer."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._jobs and not self._busy, seconds)

    def close(self, finish: bool) -> None:
        """Stops the threads and waits for them: queued jobs are carried out first (`finish`) or dropped."""
        with self._wake:
            self._open = False
            if not finish:
                for job in self._jobs:
                    job.token.cancel()
                self._jobs.clear()
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()

    def _next(self) -> Job | None:
        with self._wake:
            self._wake.wait_for(lambda: bool(self._jobs) or not self._open)
            if not self._jobs:
                return None
            self._busy += 1
            return self._jobs.pop() if self._newest_first else self._jobs.popleft()

    def _run(self) -> None:
        if not self._urgent and sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LESS_URGENT)
        while (job := self._next()) is not None:
            try:
                _carry_out(job, self._courier)
            finally:
                with self._wake:
                    self._busy -= 1
                    self._wake.notify_all()


def _unheard(_error: Exception) -> None:
    """Nobody is left to hear what went wrong."""


class Lanes:
    """All the lanes of a window. `give("read", work, on_done, on_error, screen=…, topic=…)` returns the token; `post`
    makes a call in the thread that owns the screens."""

    def __init__(self, courier: Courier) -> None:
        self.post = courier
        self._lanes: dict[LaneName, Lane] = {
            "write": Lane("write", 1, courier),
            "read": Lane("read", READERS, courier, newest_first=True),
            "io": Lane("io", IO_THREADS, courier),
            "print": Lane("print", 1, courier),
            "slow": Lane("slow", 1, courier, urgent=False),
            "work": Lane("work", 1, courier, urgent=False),
        }
        self._closed = False

    def give(
        self,
        lane: LaneName,
        work: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[Exception], object],
        *,
        screen: str = "",
        topic: str = "",
        token: Token | None = None,
    ) -> Token:
        """Queues work on a lane; the answer comes through the courier."""
        return self._lanes[lane].give(Job(work, on_done, on_error, screen, topic, token or Token()))

    @property
    def closed(self) -> bool:
        """Whether they have ended, or are about to."""
        return self._closed

    def drop(self, screen: str) -> None:
        """A screen was closed: what it still waits for is not read any more (commands always run)."""
        self._lanes["read"].drop(screen)
        self._lanes["slow"].drop(screen)

    def wait(self, seconds: float = 30.0) -> bool:
        """Waits until every lane is idle; False when one took longer."""
        return all(lane.wait(seconds) for lane in self._lanes.values())

    def close(self, last: Callable[[], object] | None = None, failed: Callable[[Exception], object] = _unheard) -> None:
        """Ends all threads: commands already given are carried out, reads, reports and papers not begun are dropped.

        `last` runs on the write lane when every other lane has ended: it may close what they read from (a connection
        closed under a running read takes the whole process down). Lanes that are closed already stay as they are.
        """
        if self._closed:
            return
        self._closed = True
        ending: tuple[LaneName, ...] = ("work", "slow", "read", "print", "io")
        for name in ending:
            self._lanes[name].close(finish=name == "io")
        if last is not None:
            self.give("write", last, lambda _result: None, failed)
        self._lanes["write"].close(finish=True)


def _carry_out(job: Job, courier: Courier) -> None:
    if job.token.cancelled:
        return
    marker = current_token.set(job.token)
    try:
        result = job.work()
    except Cancelled:
        return
    except Exception as wrong:
        # The thread must outlive any defect; whoever asked shows it or reports it.
        error = wrong
        courier(lambda: job.on_error(error))
    else:
        if not job.token.cancelled:
            courier(lambda: job.on_done(result))
    finally:
        current_token.reset(marker)
