"""What takes its time is done beside everything else: reports, files that go out, files that come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.screen.door import Door, Request
from retaguarda.kernel.screen.pressing import RecordState


class WorkingState(RecordState):
    """A state that has long work done for it, hears how far it is and gives it up when nobody wants it any more."""

    def work(
        self,
        topic: str,
        work: Callable[[Door], Any],
        then: Callable[[Any], object],
        on_problem: Callable[[Problem], None],
        on_progress: Callable[[int, int], None],
    ) -> Token:
        """Has something long done beside everything else; the token gives it up."""
        token = Token(lambda done, whole: self.seat.post(lambda: heard(done, whole)))

        def heard(done: int, whole: int) -> None:
            if not token.cancelled and not self.closed:
                on_progress(done, whole)

        def arrived(result: Any) -> None:
            if not token.cancelled and not self.closed:
                then(result)

        def failed(problem: Problem) -> None:
            if not token.cancelled and not self.closed:
                on_problem(problem)

        self.seat.ask(
            Request(
                kind="work",
                args=(work,),
                on_result=arrived,
                on_problem=failed,
                screen=f"{self.screen.name}:{id(self):x}",
                topic=topic,
                token=token,
            )
        )
        return token
