"""The way into a company: opened on the write lane behind the painted window; where that fails, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import Lanes, Token
from retaguarda.kernel.screen import Phrase
from retaguarda.shell.courier import Courier
from retaguarda.shell.crash import Reports, as_problem
from retaguarda.shell.first_run_view import FirstRun, FirstRunView
from retaguarda.shell.front import MENDABLE, Connect, FirstSteps, Front
from retaguarda.shell.login_view import LoginView
from retaguarda.shell.translate import Words


class Hall(Protocol):
    """What the entrance needs of the window: its log-in, where the first page goes, who takes the opened company."""

    words: Words
    login: LoginView

    def show_first_run(self, view: FirstRunView) -> None: ...
    def entered(self, front: Front) -> None: ...


class Entrance:
    """Opens the company of a window; `trouble` is why it could not the last time."""

    def __init__(
        self, hall: Hall, lanes: Lanes, courier: Courier, reports: Reports, connect: Connect, steps: FirstSteps | None
    ) -> None:
        self._hall, self._lanes, self._courier, self._reports = hall, lanes, courier, reports
        self._connect, self._steps = connect, steps
        self.trouble: Problem | None = None
        self._opened: list[Front] = []
        self._token = Token()
        self._ended = False

    def connect(self) -> None:
        """Opens the company, off the window's thread."""
        self._hall.login.set_busy(True)
        self.open_by(self._connect, self._not_opened)

    def open_by(
        self, act: Connect, failed: Callable[[Exception], object], progress: Callable[[int, int], object] | None = None
    ) -> None:
        """Opens a company by `act` on the write lane. The end of the window cancels it, and closes what it opened even
        where nobody saw it."""

        def work() -> Front:
            front = act()
            self._opened.append(front)
            return front

        def said(done: int, total: int) -> None:
            if progress is not None:
                self._courier(lambda: progress(done, total))

        self.trouble = None
        self._token = Token(said)
        self._lanes.give("write", work, self._entered, failed, token=self._token)

    def _entered(self, front: Front) -> None:
        if not self._ended:
            self._hall.entered(front)

    def _not_opened(self, error: Exception) -> None:
        problem = self.trouble = as_problem(error, self._reports)
        steps, words = self._steps, self._hall.words
        if problem.code == "kernel.not_a_company" and steps is not None:
            self._found(steps)
            return
        said = Phrase(problem.code, problem.params)
        ways = [(words.say("login.try_again"), self.connect)]
        if problem.code in MENDABLE and steps is not None:
            way = words.say(f"login.mend.{problem.code.rpartition('.')[2]}")
            ways.insert(0, (way, partial(self._mend, steps, problem.code)))
        self._hall.login.show_trouble(words.cause(said), words.action(said), ways)

    def _found(self, steps: FirstSteps) -> None:
        """Shows the first page: there is no company here yet."""
        view = FirstRunView(self._hall.words)
        FirstRun(view, steps, self.open_by, lambda error: as_problem(error, self._reports))
        self._hall.show_first_run(view)

    def _mend(self, steps: FirstSteps, code: str) -> None:
        login = self._hall.login
        login.set_busy(True)
        self.open_by(lambda: steps.mend(code), self._not_opened, login.show_progress)

    def give_up(self) -> None:
        """The window ends: what is being opened is cancelled."""
        self._ended = True
        self._token.cancel()

    def close(self) -> None:
        """Closes what was opened; on the write lane, after everything else."""
        while self._opened:
            self._opened.pop().close()
