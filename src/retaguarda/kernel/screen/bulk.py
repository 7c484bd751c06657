"""One field of many rows changed: asked, read anew, tried, shown, done, taken back; each row by a command of its own.

What would come of it is not computed but tried: every command is carried out and taken back, so that a refusal is known
before anything is changed. Commands go in parts, one transaction each, and between two of them it can be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.errors import Invalid, Problem, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.lanes import Token, go_on
from retaguarda.kernel.outcome import Answer, Change
from retaguarda.kernel.screen.bulk_plan import Fate, Item, NewValue, Plan
from retaguarda.kernel.screen.door import Door, Request
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Seat, Toast

AT_ONCE, READ_AT_ONCE = 50, 500
Stage = Literal["asking", "reading", "trying", "tried", "doing", "done", "undoing", "undone"]
UNDER_WAY: Mapping[Stage, Stage] = {"reading": "asking", "trying": "asking", "doing": "done", "undoing": "undone"}
"""What is under way, and where one stands when it breaks off."""


class BulkEdit:
    """The change of one field of the rows of `query` with these keys; `work` reads them. `told` is called after each
    change of it."""

    def __init__(
        self, seat: Seat, query: str, offers: Sequence[Bulk], work: Callable[..., Token], told: Callable[[], object]
    ) -> None:
        self._seat, self._query, self.offers, self._work, self._told = seat, query, tuple(offers), work, told
        self.stage: Stage = "asking"
        self.keys: tuple[str, ...] = ()
        self.items: list[Item] = []
        self.plan: Plan | None = None
        self.progress = (0, 0)
        self.fault: Phrase | None = None
        self.problem: Problem | None = None
        self._token: Token | None = None
        self._stopped = False
        self._changes: list[Change] = []

    def begin(self, keys: Iterable[str]) -> None:
        """Asks anew, for the rows of these keys."""
        self.keys, self.items = tuple(keys), []
        self.fault = None
        self._stand("asking")

    def preview(self, bulk: Bulk, asked: NewValue) -> None:
        """Reads the rows anew and tries what was asked; what is typed wrong is the `fault` and asks nothing."""
        try:
            plan = self.plan = Plan(self._seat, bulk, asked)
        except ValueFault as wrong:
            self.fault = Phrase(wrong.code, wrong.params)
            self._told()
            return
        self.fault = None
        self._stand("reading")
        query, keys = self._query, self.keys

        def came(rows: Sequence[Any]) -> None:
            self.items = [plan.item(row) for row in rows]
            self._try(plan)

        self._token = self._work("bulk", lambda door: _rows(door, query, keys), came, self._broke, self._far)

    def _try(self, plan: Plan) -> None:
        def took(item: Item, answer: Answer) -> None:
            if isinstance(answer, Refusal):
                item.fate, item.why = "refused", why_of(answer)

        self._stand("trying")
        self._run(plan.bulk.command, self._waiting, took, lambda: self._stand(self._tried), stays=False)

    @property
    def _tried(self) -> Stage:
        return "asking" if self._stopped else "tried"

    def carry_out(self) -> None:
        """Changes what can be changed; once more goes on where it was stopped or broke off."""
        assert self.plan is not None

        def took(item: Item, answer: Answer) -> None:
            if isinstance(answer, Refusal):
                item.fate, item.why = "refused", why_of(answer)
            else:
                item.fate, item.outcome = "done", answer
                self._changes += answer.changes

        def ended() -> None:
            self._stand("done")
            self.tell_done()

        self._stand("doing")
        self._run(self.plan.bulk.command, self._waiting, took, ended)

    def tell_done(self) -> None:
        """Says how many were changed, with the way back."""
        if self.can_undo:
            self._seat.tell(Toast(Phrase("shell.bulk.done", {"n": self.count("done")}), undo=self.undo))

    def undo(self) -> None:
        """Takes back what was done, the last first; what somebody changed since stays, and says so."""
        plan = self.plan
        assert plan is not None
        backs: list[Item] = []
        for item in reversed(self.items):
            if item.fate != "done":
                continue
            back = plan.way_back(item)
            if back is None:
                item.fate, item.why = "stays", Phrase("shell.bulk.no_way_back")
            else:
                backs.append(Item(row=item, payload=dict(back)))

        def took(back: Item, answer: Answer) -> None:
            if isinstance(answer, Refusal):
                back.row.fate, back.row.why = "stays", why_of(answer)
            else:
                back.row.fate, back.row.why = "undone", None
                self._changes += answer.changes

        def ended() -> None:
            self._stand("undone")
            whole = self.went_whole
            said = Phrase("shell.undone" if whole else "shell.bulk.partly_undone", {"n": self.count("undone")})
            self._seat.tell(Toast(said, "ok" if whole else "warn"))

        self._stand("undoing")
        self._run(plan.inverse, backs, took, ended)

    def stop(self) -> None:
        """Gives up what is under way: what is done is done, the rest is not sent."""
        self._stopped = True
        if self.stage == "reading" and self._token is not None:
            self._token.cancel()
            self._stand("asking")

    # ---- what came of it ----
    def count(self, *fates: Fate) -> int:
        """How many rows have one of these fates."""
        return sum(item.fate in fates for item in self.items)

    @property
    def gone(self) -> int:
        """How many of the rows were no longer there when they were read."""
        return len(self.keys) - len(self.items) if self.items else 0

    @property
    def under_way(self) -> bool:
        """Whether something is being read, tried or done."""
        return self.stage in UNDER_WAY

    @property
    def can_undo(self) -> bool:
        """Whether something was done that nobody has tried to take back."""
        return self.stage in ("done", "undone") and self.count("done") > 0

    @property
    def went_whole(self) -> bool:
        """Whether nothing was left over: all was done, or all was taken back."""
        over: tuple[Fate, ...] = ("will", "refused", "stays")
        return not self.count(*over, *(("done",) if self.stage == "undone" else ()))

    @property
    def _waiting(self) -> list[Item]:
        return [item for item in self.items if item.fate == "will"]

    # ---- inside ----
    def _stand(self, stage: Stage) -> None:
        self.stage, self.progress, self.problem = stage, (0, 0), None
        if self.under_way:
            self._stopped = False
        self._told()
        if self._changes and not self.under_way:
            changes, self._changes = together(self._changes), []
            self._seat.heard(changes)

    def _far(self, done: int, whole: int) -> None:
        self.progress = (done, whole)
        self._told()

    def _broke(self, problem: Problem) -> None:
        self._stand(UNDER_WAY[self.stage])
        self.problem = problem
        self._told()

    def _run(
        self, name: str, items: Sequence[Item], took: Callable[[Item, Answer], None], ended: Callable[[], None], *,
        stays: bool = True,
    ) -> None:  # fmt: skip
        """Sends the items' commands part by part; it ends with the last, with a stop, or where the ground gives way."""

        def part(first: int) -> None:
            some = items[first : first + AT_ONCE]
            if not some or self._stopped:
                ended()
                return
            for item in some:
                item.command_id = item.command_id or new_id()
            sent = [(name, item.payload, item.command_id if stays else new_id()) for item in some]

            def answered(answers: Sequence[Answer]) -> None:
                for item, answer in zip(some, answers, strict=True):
                    took(item, answer)
                self._far(first + len(some), len(items))
                part(first + AT_ONCE)

            # A part that was sent is heard of also when the list is closed by then.
            self._seat.ask(Request(kind="do_many", args=(sent, stays), on_result=answered, on_problem=self._broke))

        part(0)


def _rows(door: Door, query: str, keys: Sequence[str]) -> list[Any]:
    """The rows of these keys as they stand now, in the order of the keys; those that are gone are left out."""
    found: dict[str, Any] = {}
    for first in range(0, len(keys), READ_AT_ONCE):
        some = keys[first : first + READ_AT_ONCE]
        found |= {row.id: row for row in door.show(query, {"id": tuple(some)}, limit=len(some)).rows}
        go_on(first + len(some), len(keys))
    return [found[key] for key in keys if key in found]


def why_of(refusal: Refusal) -> Phrase:
    """A refusal in the words of its cause: of several faults the first."""
    faults = refusal.faults if isinstance(refusal, Invalid) else ()
    return Phrase(faults[0].code, faults[0].params) if faults else Phrase(refusal.code, refusal.params)


def together(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes of many commands, one for each table and kind."""
    ids: dict[tuple[str, str], dict[str, None]] = {}
    for change in changes:
        ids.setdefault((change.table, change.kind), {}).update(dict.fromkeys(change.ids))
    return tuple(Change(table, kind, tuple(keys)) for (table, kind), keys in ids.items())
