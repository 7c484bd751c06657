"""Buttons over records: which actions stand, why one cannot be pressed, what pressing sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from retaguarda.kernel.command import name_of
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.permitting import refusal_to_open
from retaguarda.kernel.screen.screens import FormScreen, Screen
from retaguarda.kernel.screen.state import Button, Go, Paper, Seat, State, refusal_of

BUSY = Phrase("shell.reason.busy")
NO_ROW = Phrase("shell.reason.no_row")
NOT_NOW = Phrase("shell.reason.not_now")
_NAMES = ("number", "supplier_number", "customer_name", "supplier_name", "account_name", "name")


def text_of(screen: Screen, action: Action) -> str:
    """The catalogue code of an action's text."""
    return action.text or f"{screen.name}.{action.name}"


def target(action: Action, row: Any) -> dict[str, Any]:
    """What `key` and `given` take from a row: field of the command -> value."""
    values = {action.key: row.id} if action.key and row is not None else {}
    return values | {field: getattr(row, source) for field, source in action.given.items() if row is not None}


def payload_of(seat: Seat, action: Action, row: Any) -> dict[str, Any]:
    """The payload a press sends for a row; its version goes along where the command takes one and none is `given`."""
    payload = target(action, row)
    if row is not None and seat.book.takes_version(action.press) and hasattr(row, "version"):
        payload.setdefault("version", row.version)
    return payload


class RecordState(State):
    """A state whose actions press commands on records: the chosen row of a list, the record of a page."""

    def __init__(self, screen: Screen, seat: Seat, key: str = "") -> None:
        super().__init__(screen, seat, key)
        self._lent: dict[str, dict[str, tuple[str, ...]]] = {}

    @property
    def record(self) -> Any:
        """The row that actions act on, None when there is none."""
        raise NotImplementedError

    def buttons(self) -> tuple[Button, ...]:
        """Every action of the screen as it stands now."""
        return tuple(
            Button(action, text_of(self.screen, action), self.reason(action))
            for action in self.seat.book.actions(self.screen)
        )

    def reason(self, action: Action) -> Phrase | None:
        """Why the action cannot be pressed; None when it can."""
        if self.busy:
            return BUSY
        refused = self._forbidden(action)
        if refused is not None:
            return refused
        if action.on_row and self.record is None:
            return NO_ROW
        if action.enabled is not None:
            return action.enabled(self.record)
        sends = (action.press,) if action.press else self._sent_by(action.opens)
        if sends and action.on_row and not set(sends) & set(self._allowed(action)):
            return NOT_NOW
        return None

    def _sent_by(self, screen: str) -> tuple[str, ...]:
        """The commands of the form behind a button: it may only be opened while one of them is possible."""
        form = self.seat.book.screen(screen) if screen in self.seat.book else None
        if not isinstance(form, FormScreen):
            return ()
        return tuple(name_of(command) for command in (form.command, form.revise) if command is not None)

    def _forbidden(self, action: Action) -> Phrase | None:
        if action.press or action.opens not in self.seat.book:
            return refusal_of(self.seat, action.press)
        return refusal_to_open(self.seat, self.seat.book.screen(action.opens))

    def _allowed(self, action: Action) -> Sequence[str]:
        if action.allowed_by:
            return self._lent.get(action.allowed_by, {}).get(self.record.id, ())
        allowed: Sequence[str] = getattr(self.record, "allowed", ())
        return allowed

    def borrow(self, ids: Sequence[str]) -> None:
        """Asks the modules whose actions stand here which of them these records allow."""
        queries = {a.allowed_by for a in self.seat.book.actions(self.screen) if a.allowed_by}
        for query in sorted(queries) if ids else ():

            def lend(page: Page, query: str = query) -> None:
                self._lent.setdefault(query, {}).update({row.id: tuple(row.allowed) for row in page.rows})
                self.changed("actions")

            self.show(f"allowed:{query}", query, lend, {"id": tuple(ids)}, limit=len(ids))

    def press(self, name: str) -> None:
        """Presses an action by its name; a disabled one says why in the banner instead."""
        action = next(a for a in self.seat.book.actions(self.screen) if a.name == name)
        reason = self.reason(action)
        # What is asked about is what is done, whatever is chosen by the time of the answer.
        row = self.record if action.on_row else None
        if reason is not None:
            self.warn(reason)
        elif action.asks:
            self.ask(Phrase(action.asks), ("back", "go"), lambda a: self._go(action, row) if a == "go" else None)
        else:
            self._go(action, row)

    def _go(self, action: Action, row: Any) -> None:
        if action.press:
            self.send((action.press, payload_of(self.seat, action, row)), lambda out: self.pressed(action, row, out))
        elif action.opens:
            told = replace(opening(self.seat, action, row), on_mishap=lambda m: None if self.closed else self.failed(m))
            self.seat.tell(told)
        elif action.prints:
            self.print(action.prints, target(action, row))
        else:
            self.does(action.does)

    def does(self, what: str) -> None:
        """Something the screen does by itself; each kind knows its own words."""
        if what == "refresh":
            self.refresh()
        else:
            raise ValueError(f"{self.screen.name} does not know how to {what}")

    def pressed(self, action: Action, row: Any, outcome: Outcome) -> None:
        """After a press on a row succeeded."""
        self.done(action.press, outcome)
        if action.prints_after:
            params = target(action, row) | dict(outcome.value.get("prints", {}))
            self.print(action.prints_after, params, asked=action.shows_paper)
        if action.then == "open" and action.opens:
            self.seat.tell(Go(action.opens, str(outcome.value.get("id", self.key))))

    def print(self, document: str, params: Mapping[str, Any], *, asked: bool = True) -> None:
        """Asks for a document and hands it on."""
        self._send(
            "print_document", "print", (document, dict(params)),
            lambda pdf: self.seat.tell(Paper(document, params, pdf, asked)), None,
        )  # fmt: skip


def opening(seat: Seat, action: Action, row: Any) -> Go:
    """Where an action leads: a screen that loads opens on the record (`key` names its id when it is not the row's
    own, through `given`); a dialog gets the record's id, version and what `given` maps."""
    screen = seat.book.screen(action.opens)
    values = target(action, row)
    if getattr(screen, "load", ""):
        key = str(values.pop(action.key or "id", getattr(row, "id", "")))
        return Go(action.opens, key, values)
    if values and hasattr(row, "version"):
        values.setdefault("version", row.version)
    labels = {field: str(getattr(row, source)) for field, source in action.labels.items() if row is not None}
    return Go(action.opens, "", values, labels=labels, subject=subject_of(row))


def subject_of(row: Any) -> str:
    """What a record is called, as far as its row says: number, customer, supplier or account, name. A part of a
    document is called by its own name (`35/1`), which says the document's number."""
    said = [str(part) for part in (getattr(row, name, None) for name in _NAMES) if part not in (None, "")]
    whole = [part for part in said if not any(other.startswith(f"{part}/") for other in said)]
    return " · ".join(dict.fromkeys(whole))
