"""The state of a form: its actions, what follows a success, closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from retaguarda.kernel.command import name_of
from retaguarda.kernel.outcome import Change, Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.parts import DO_IT, GRANTED, PERMISSIONS, SAVE, SAVE_CLOSE, SAVE_NEW, Action, Phrase
from retaguarda.kernel.screen.pressing import BUSY, text_of
from retaguarda.kernel.screen.saving import SavingState
from retaguarda.kernel.screen.state import Button, Go, Paper, refusal_of

MOST_CHOICES = 500
UNSETTLED = Phrase("shell.reason.unsettled")


class FormState(SavingState):
    """A form on a new record (`key` empty) or a loaded one."""

    def start(self) -> None:
        for field in self.fields:
            if field.view.choices not in ("", PERMISSIONS, GRANTED):
                self._ask_choices(field.name, field.view.choices)
        if self.key and self.screen.load:
            self.one("load", self.screen.load, self.key, self._arrived)
        elif self.screen.single:
            self.show("load", self.screen.load, self._only, limit=1)

    def _ask_choices(self, name: str, query: str) -> None:
        def arrived(page: Page) -> None:
            self.choices[name] = tuple(page.rows)
            self.changed(f"fields.{name}")

        self.show(f"choices.{name}", query, arrived, limit=MOST_CHOICES)

    def _only(self, page: Page) -> None:
        if page.rows:
            self.key = page.rows[0].id
            self._arrived(page.rows[0])

    def _arrived(self, row: Any) -> None:
        if not self.dirty:
            self.loaded(row)
        elif self.version is None:
            # What was typed while the record was on its way stays.
            self.merge_with(row)
        elif getattr(row, "version", None) != self.version:
            self.changed("merging")
            self.merged(row)

    def loaded(self, row: Any) -> None:
        self.number = str(getattr(row, self.screen.record_name, "") or "")
        super().loaded(row)
        # What the record takes no more is said before anything is typed for nothing.
        saves = [action for action in self.actions() if action.does == "save" and action.enabled is not None]
        for why in (action.enabled(self) for action in saves if action.enabled is not None):
            if why is not None:
                self.warn(why)

    def refresh(self) -> None:
        # What is being saved finds out by itself, and a form without `load` has nothing to show anew.
        if not self.busy:
            self.start()

    def hear(self, changes: Sequence[Change]) -> None:
        """Somebody changed the record: a clean form shows it, one that is being typed in lays both together (U43)."""
        if self.key and any(change.concerns(self.key) for change in changes):
            super().hear(changes)

    # ---- actions ----
    def actions(self) -> tuple[Action, ...]:
        """The form's own actions, or the usual ones."""
        declared = self.seat.book.actions(self.screen)
        if any(action.does == "save" or action.press for action in declared):
            return declared
        return declared + self._usual()

    def _usual(self) -> tuple[Action, ...]:
        if not self.screen.load:
            return (replace(DO_IT, text=f"{self.screen.name}.do"),)
        return (SAVE, SAVE_NEW, SAVE_CLOSE) if self.screen.command is not None else (SAVE, SAVE_CLOSE)

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
        return refusal_of(self.seat, name)

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
        self.send(
            (action.press, payload),
            lambda outcome: self.follow(action, outcome),
            on_problem=lambda problem: self.failed_before(problem, lambda outcome: self.go_on(action, outcome)),
        )

    def follow(self, action: Action, outcome: Outcome) -> None:
        """What an action's success says, and what the action asked for after it."""
        if action.press and action.press != name_of(self.command):
            self.version = outcome.value.get("version", self.version)
            self.done(action.press, outcome)
        self.go_on(action, outcome)

    def go_on(self, action: Action, outcome: Outcome) -> None:
        """What the action asked for after its success: print, stay, a new form, close, or another screen."""
        if action.prints_after:
            params = {action.key or self.screen.key or "id": self.key} | dict(outcome.value.get("prints", {}))
            self._send(
                "print_document", "print", (action.prints_after, params),
                lambda pdf: self.seat.tell(Paper(action.prints_after, params, pdf, action.shows_paper)), None,
            )  # fmt: skip
        if action.then == "new":
            self.key, self.version, self.number, self.go = "", None, "", Go(self.screen.name)
            self.begin()
            self.changed("loaded", "title", "actions", "begun")
        elif action.then == "stay":
            self.start()
        else:
            self.closed = True
            self.changed("closed")
            if action.then == "open":
                self.seat.tell(Go(action.opens, self.key))
            if self.go.on_done is not None:
                self.go.on_done(outcome)

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
