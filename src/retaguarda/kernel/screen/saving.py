"""Saving a draft: the command is built, sent, and whatever is refused lands where it can be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from retaguarda.kernel.command import name_of, parse
from retaguarda.kernel.errors import Fault, Invalid, Mishap, Problem, Remedy, Stale
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.drafting import DraftState, known
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.screens import FormScreen
from retaguarda.kernel.screen.state import Banner, Go, Seat, Toast


class SavingState(DraftState):
    """A draft that can be saved. Further topics: `saved`, `focus` (`focus` names the first field at fault)."""

    def __init__(self, screen: FormScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.focus = ""
        self.number = ""
        self._onward: Callable[[Outcome], None] | None = None
        self._failed_with: Any = None

    def payload(self) -> dict[str, Any]:
        """What the command is built from: fields, lines, given values, the record's key and version."""
        out = {name: value for name, value in self.go.given.items() if name in known([name], self.command)}
        out |= self.draft.payload()
        if self.key and self.screen.key:
            out[self.screen.key] = self.key
        if self.version is not None and known(["version"], self.command):
            out["version"] = self.version
        return out

    def save(self, then: Callable[[Outcome], None]) -> None:
        """Builds the command and sends it; what cannot be built shows its faults at once."""
        try:
            command = parse(self.command, self._understood(self.payload()))
        except Invalid as invalid:
            self.show_faults(invalid.faults)
            return

        sent = self.draft.baseline(), self.draft.snapshot()

        def done(outcome: Outcome) -> None:
            self._before, self._origin = sent
            self._saved(outcome)
            then(outcome)

        self.send(command, done, on_problem=lambda problem: self._refused(problem, then))

    def _understood(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload, once no field is left that could not be understood."""
        wrong = self.draft.faulty()
        if wrong:
            raise Invalid(*wrong)
        return payload

    def _saved(self, outcome: Outcome, by: str = "") -> None:
        self._failed_with = None
        value, command = outcome.value, self.command
        self.key = str(value.get("id") or value.get(self.screen.key) or self.key)
        self.version = value.get("version", self.version)
        self.number = str(value.get("number") or self.number)
        if self.command is not command:
            typed_on = self.dirty
            self.relay()
            if not typed_on:
                self.mark()
        if by or self.go.on_done is None:
            self.done(by or name_of(command), outcome)
        if self.go.on_saved is not None:
            self.go.on_saved(self.key, str(value.get("name") or self.number))
        self.changed("saved", "title", "actions")

    def failed(self, problem: Problem, again: Callable[[], None] | None = None) -> None:
        """A dialog closes after its deed: what went wrong by it stands over the screen that opened it."""
        if isinstance(problem, Mishap) and self.go.on_mishap is not None:
            self.go.on_mishap(problem)
        else:
            super().failed(problem, again)

    def _refused(self, problem: Problem, then: Callable[[Outcome], None]) -> None:
        if isinstance(problem, Stale) and self.screen.load and self.key:
            self.one("load", self.screen.load, self.key, lambda row: self._merged(row, then))
        elif isinstance(problem, Invalid):
            self.show_faults(problem.faults)
        else:
            if problem.field:
                self.lay(Fault(problem.field, problem.code, problem.params))
            self.failed_before(problem, then)

    def failed_before(self, problem: Problem, onward: Callable[[Outcome], None]) -> None:
        """Shows what a command ran into that `onward` waited for: it goes on with what a remedy gives."""
        self._onward, self._failed_with = onward, self.draft.snapshot()
        self.failed(problem)

    def remedy(self, which: Remedy) -> None:
        """Carries out a remedy offered by the banner: what was typed is answered by it, and what waited goes on.

        What was typed since it was offered is not answered by it: then it says so and does nothing.
        """
        if self._failed_with is None:
            super().remedy(which)
            return
        sent = self.draft.baseline(), self.draft.snapshot()
        if sent[1] != self._failed_with:
            self.warn(Phrase("shell.remedy_of_before"))
            return

        def done(outcome: Outcome) -> None:
            self._before, self._origin = sent
            self._saved(outcome, which.command)
            if self._onward is not None:
                self._onward(outcome)

        self.send((which.command, which.payload), done)

    def _merged(self, row: Any, then: Callable[[Outcome], None]) -> None:
        if self.merged(row):
            self.save(then)

    def merged(self, row: Any) -> bool:
        """Lays a newer record under what was typed and says so; False when the form asks about a field now."""
        found = self.merge_with(row)
        self._ask_whose([name for name in found.asked if name in self.draft.lines])
        if found.asked:
            self.banner = Banner(Phrase("shell.merge_asks", {"n": len(found.asked)}), "plan")
            self.changed("banner")
            return False
        if found.taken:
            labels = [self.screen.label(name) for name in found.taken]
            self.seat.tell(Toast(Phrase("shell.merged", {"fields": labels}), "info"))
        return True

    def _ask_whose(self, grids: Sequence[str]) -> None:
        """Lines have no place beside a field where one could choose: they are asked about one grid after the other."""
        if not grids:
            return

        def take(whose: str) -> None:
            self.settle(grids[0], whose)
            self._ask_whose(grids[1:])

        conflict = self.conflicts[grids[0]]
        said = {"fields": [self.screen.label(grids[0])], "mine": int(conflict.mine), "theirs": int(conflict.theirs)}
        self.ask(Phrase("shell.conflict.lines", said), ("mine", "theirs"), take)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Puts every fault beside its field; those without one, and the count, go into the banner."""
        homeless = [fault for fault in faults if not self.lay(fault)]
        text = Phrase("shell.faults", {"n": len(faults)})
        if homeless and len(homeless) == len(faults):
            text = Phrase(homeless[0].code, homeless[0].params)
        self.banner = Banner(text)
        order = [view.name for view in self.screen.fields]
        shown = sorted((fault for fault in faults if fault not in homeless), key=lambda fault: _place(order, fault))
        self.focus = shown[0].field if shown else ""
        self.changed("banner", "focus", "actions")

    def lay(self, fault: Fault) -> bool:
        """Lays a fault beside its field; False when this form shows no such field."""
        topic = self.draft.put(fault)
        if topic:
            self.changed(topic)
        return bool(topic)


def _place(order: Sequence[str], fault: Fault) -> int:
    """Where the field of a fault stands on the form; what is not among its fields (an entry's lines) comes last."""
    head = fault.field.partition(".")[0]
    return order.index(head) if head in order else len(order)
