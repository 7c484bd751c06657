"""The state of a form: save with faults beside fields, merge, close, and what follows a success."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from retaguarda.kernel.command import name_of, parse
from retaguarda.kernel.errors import Fault, Invalid, Problem, Stale
from retaguarda.kernel.outcome import Change, Outcome
from retaguarda.kernel.screen.drafting import DraftState, known
from retaguarda.kernel.screen.fields import FieldSet
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.pressing import BUSY, text_of
from retaguarda.kernel.screen.screens import FormScreen
from retaguarda.kernel.screen.state import Banner, Button, Go, Paper, Seat, Toast, refusal_of

SAVE = Action(name="save", text="shell.save", does="save", icon="save", shortcut="Ctrl+S")
SAVE_NEW = Action(name="save_new", text="shell.save_new", does="save", icon="plus", shortcut="Ctrl+Shift+S", then="new")
SAVE_CLOSE = Action(
    name="save_close", text="shell.save_close", does="save", icon="check", shortcut="F10", primary=True, then="close"
)
DO_IT = Action(
    name="save_close", text="shell.do_it", does="save", icon="check", shortcut="F10", primary=True, then="close"
)
"""The usual actions of a form, one key each; a dialog has the last one alone."""
UNSETTLED = Phrase("shell.reason.unsettled")


class FormState(DraftState):
    """A form on a new record (`key` empty) or a loaded one. Further topic: `focus` (`focus` names the field)."""

    def __init__(self, screen: FormScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.focus = ""
        self.number = ""

    def start(self) -> None:
        if self.key and self.screen.load:
            self.one("load", self.screen.load, self.key, self.loaded)

    def loaded(self, row: Any) -> None:
        self.number = str(getattr(row, self.screen.record_name, "") or "")
        super().loaded(row)

    def refresh(self) -> None:
        if not self.dirty and not self.busy:
            self.start()

    def hear(self, changes: Sequence[Change]) -> None:
        if self.key and any(self.key in change.ids for change in changes):
            super().hear(changes)

    # ---- actions ----
    def actions(self) -> tuple[Action, ...]:
        """The form's own actions, or the usual ones."""
        declared = self.seat.book.actions(self.screen)
        if any(action.does == "save" or action.press for action in declared):
            return declared
        return declared + ((SAVE, SAVE_NEW, SAVE_CLOSE) if self.screen.load else (DO_IT,))

    def buttons(self) -> tuple[Button, ...]:
        """Every action as it stands now."""
        return tuple(Button(action, text_of(self.screen, action), self.reason(action)) for action in self.actions())

    def reason(self, action: Action) -> Phrase | None:
        """Why an action cannot be pressed; None when it can."""
        if self.busy:
            return BUSY
        if action.does == "save" or action.press:
            refused = self._forbidden(action.press) or self._forbidden(name_of(self.command))
            if refused is not None:
                return refused
            if self.conflicts:
                return UNSETTLED
        return action.enabled(self) if action.enabled is not None else None

    def _forbidden(self, name: str) -> Phrase | None:
        return refusal_of(self.seat.person, name)

    def press(self, name: str) -> None:
        """Presses an action by its name; a disabled one says why in the banner instead."""
        action = next(a for a in self.actions() if a.name == name)
        reason = self.reason(action)
        if reason is not None:
            self.warn(reason)
        elif action.asks:
            self.ask(Phrase(action.asks), ("back", "go"), lambda a: self.act(action) if a == "go" else None)
        else:
            self.act(action)

    def act(self, action: Action) -> None:
        """Carries an action out; a command that is not the form's own is pressed on the saved record."""
        if action.does == "save" or action.press == name_of(self.command):
            self.save(lambda outcome: self.follow(action, outcome))
        elif action.press and (self.dirty or not self.key):
            self.save(lambda _outcome: self._press_saved(action))
        elif action.press:
            self._press_saved(action)
        elif action.opens:
            self.seat.tell(Go(action.opens, given={action.key: self.key} if action.key and self.key else {}))
        else:
            self.does(action.does)

    def does(self, what: str) -> None:
        """Something the screen does by itself."""
        raise ValueError(f"{self.screen.name} does not know how to {what}")

    def _press_saved(self, action: Action) -> None:
        payload: dict[str, Any] = {action.key: self.key} if action.key else {}
        if self.seat.book.takes_version(action.press) and self.version is not None:
            payload["version"] = self.version
        self.send((action.press, payload), lambda outcome: self.follow(action, outcome))

    # ---- saving ----
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

        def done(outcome: Outcome) -> None:
            self._saved(outcome)
            then(outcome)

        self.send(command, done, on_problem=lambda problem: self._refused(problem, then))

    def _understood(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload, once no field is left that could not be understood."""
        wrong = [Fault(path, f.fault.code, f.fault.params) for path, f in self._faulty() if f.fault is not None]
        if wrong:
            raise Invalid(*wrong)
        return payload

    def _faulty(self) -> list[tuple[str, Any]]:
        found = [(field.name, field) for field in self.fields.faulty()]
        for name, rows in self.lines.items():
            found += [(f"{name}.{i + 1}.{f.name}", f) for i, row in enumerate(rows.filled) for f in row.faulty()]
        return found

    def _saved(self, outcome: Outcome) -> None:
        value = outcome.value
        self.key = str(value.get("id") or value.get(self.screen.key) or self.key)
        self.version = value.get("version", self.version)
        self.number = str(value.get("number") or self.number)
        self.mark()
        self.done(name_of(self.command), outcome)
        if self.go.on_saved is not None:
            self.go.on_saved(self.key, str(value.get("name") or self.number))
        self.changed("saved", "title", "actions")

    def follow(self, action: Action, outcome: Outcome) -> None:
        """What the action asked for after its success: print, stay, a new form, close, or another screen."""
        if action.press and action.press != name_of(self.command):
            self.version = outcome.value.get("version", self.version)
            self.done(action.press, outcome)
        if action.prints_after:
            params = {action.key or self.screen.key or "id": self.key} | dict(outcome.value.get("prints", {}))
            self._send(
                "print_document", "print", (action.prints_after, params),
                lambda pdf: self.seat.tell(Paper(action.prints_after, params, pdf)), None,
            )  # fmt: skip
        if action.then == "new":
            self.key, self.version, self.number, self.go = "", None, "", Go(self.screen.name)
            self.begin()
            self.changed("loaded", "title", "actions")
        elif action.then == "stay":
            self.start()
        else:
            self.closed = True
            self.changed("closed")
            if action.then == "open":
                self.seat.tell(Go(action.opens, self.key))

    # ---- problems ----
    def _refused(self, problem: Problem, then: Callable[[Outcome], None]) -> None:
        if isinstance(problem, Stale) and self.screen.load and self.key:
            self.one("load", self.screen.load, self.key, lambda row: self._merged(row, then))
        elif isinstance(problem, Invalid):
            self.show_faults(problem.faults)
        else:
            if problem.field:
                self._put(Fault(problem.field, problem.code, problem.params))
            self.failed(problem)

    def _merged(self, row: Any, then: Callable[[Outcome], None]) -> None:
        found = self.merge_with(row)
        if found.asked:
            self.banner = Banner(Phrase("shell.merge_asks", {"n": len(found.asked)}), "plan")
            self.changed("banner")
            return
        labels = [f"{name_of(self.command)}.{name}" for name in found.taken]
        self.seat.tell(Toast(Phrase("shell.merged", {"fields": labels}), "info"))
        self.save(then)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Puts every fault beside its field; those without one, and the count, go into the banner."""
        homeless = [fault for fault in faults if not self._put(fault)]
        text = Phrase("shell.faults", {"n": len(faults)})
        if homeless and len(homeless) == len(faults):
            text = Phrase(homeless[0].code, homeless[0].params)
        self.banner = Banner(text)
        self.focus = next((fault.field for fault in faults if fault not in homeless), "")
        self.changed("banner", "focus", "actions")

    def _put(self, fault: Fault) -> bool:
        """Lays a fault beside the field of its path; False when this form shows no such field."""
        head, _, rest = fault.field.partition(".")
        row, name = self._home(head, rest)
        if row is None:
            if head in self.lines:
                self.lines[head].fault = Phrase(fault.code, fault.params)
                self.changed(f"lines.{head}")
            return head in self.lines
        row[name].fault, row[name].left = Phrase(fault.code, fault.params), True
        self.changed(f"fields.{head}" if not rest else f"lines.{head}")
        return True

    def _home(self, head: str, rest: str) -> tuple[FieldSet | None, str]:
        if not rest:
            return (self.fields, head) if head in self.fields else (None, "")
        number, _, name = rest.partition(".")
        rows = self.lines[head].filled if head in self.lines else []
        if number.isdigit() and 0 < int(number) <= len(rows) and name in rows[int(number) - 1]:
            return rows[int(number) - 1], name
        return None, ""

    # ---- closing ----
    def close(self) -> bool:
        """Closes a clean form; a dirty one asks: save, discard or back."""
        if not self.dirty:
            return super().close()
        self.ask(Phrase("shell.close_dirty"), ("back", "discard", "save"), self._closing)
        return False

    def _closing(self, reply: str) -> None:
        if reply == "discard":
            self.closed = True
            self.changed("discarded", "closed")
        elif reply == "save":
            self.save(lambda outcome: self.follow(SAVE_CLOSE, outcome))
