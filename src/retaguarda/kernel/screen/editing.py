"""Cells of a list changed where they stand: what a cell sends, for which rows, and what is wrong with a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.fields import read, write
from retaguarda.kernel.screen.parts import Column, Phrase
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of
from retaguarda.kernel.screen.views import ViewedState


class EditedState(ViewedState):
    """`editable` are the columns that this person may change in the list, by field. Topic: `kept_out` (a text was
    refused: the cell shows what is true again)."""

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.editable: Mapping[str, tuple[Column, FieldSpec]] = {
            column.field: (column, self._spec(column))
            for column in self.declared
            if column.edits is not None and refusal_of(seat, column.edits.command) is None
        }

    def _spec(self, column: Column) -> FieldSpec:
        assert column.edits is not None
        wanted = column.edits.field or column.field
        return next(spec for spec in fields_of(self.seat.book.commands[column.edits.command]) if spec.name == wanted)

    def allows_edit(self, row: Any, field: str) -> bool:
        """Whether this row's cell may be changed now."""
        if field not in self.editable or row is None:
            return False
        edits = self.editable[field][0].edits
        return edits is not None and edits.command in getattr(row, "allowed", ())

    def typed(self, row: Any, field: str) -> str:
        """The cell's value as a person types it."""
        kind = self.editable[field][1].kind
        assert kind is not None
        return write(kind, getattr(row, field), self.seat.texts)

    def judge(self, field: str, text: str) -> Phrase | None:
        """What is wrong with a text in such a cell; None when nothing is."""
        try:
            self._read(field, text)
        except ValueFault as wrong:
            return Phrase(wrong.code, wrong.params)
        return None

    def _read(self, field: str, text: str) -> Any:
        kind = self.editable[field][1].kind
        assert kind is not None
        return read(kind, text, self.seat.texts, self.seat.today())

    def edit(self, key: str, field: str, text: str) -> None:
        """Sends what was typed into the cell of a row; where it is refused the row stays as it was."""
        place = self.place_of(key)
        row = None if place is None else self.rows[place]
        wrong = self.judge(field, text) if self.allows_edit(row, field) else Phrase("shell.reason.not_now")
        if wrong is not None:
            self.warn(wrong)
            self.changed("kept_out")
            return
        column, spec = self.editable[field]
        edits = column.edits
        assert edits is not None
        assert spec.kind is not None
        payload = {edits.key: key, spec.name: spec.kind.dump(self._read(field, text))}
        if self.seat.book.takes_version(edits.command):
            payload["version"] = getattr(row, "version", None)

        def done(outcome: Outcome) -> None:
            self.take_fresh(outcome)
            self.done(edits.command, outcome)

        def refused(problem: Problem) -> None:
            self.failed(problem)
            self.changed("kept_out")

        self.send((edits.command, payload), done, on_problem=refused)

    def take_fresh(self, outcome: Outcome) -> None:
        """Shows the rows that a command gave back in the place of those that are here."""
        fresh: Mapping[str, Any] = {getattr(one, "id", ""): one for one in outcome.rows}
        for one in tuple(self.rows):
            index = self.place_of(one.id) if one.id in fresh else None
            if index is not None and type(fresh[one.id]) is type(one):
                self.rows[index] = fresh[one.id]
        self.changed("rows", "chosen", "actions")
