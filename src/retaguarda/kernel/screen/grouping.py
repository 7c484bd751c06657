"""A list added up by one of its columns, and kept to one of the groups."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import Token
from retaguarda.kernel.page import By, Group, Groups
from retaguarda.kernel.screen.conditions import Condition, ConditionKind
from retaguarda.kernel.screen.editing import EditedState
from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.text.saying import NOTHING, said

_BY: tuple[ConditionKind, ...] = ("text", "choice", "flag", "day")
_ADDED = ("money", "quantity")


class GroupedState(EditedState):
    """`groups` is what came last, by the column `grouped_by`. Topic: `groups`."""

    groups: Groups | None = None
    grouped_by = ""
    _adding: Token | None = None

    @property
    def groupable(self) -> tuple[tuple[Column, ConditionKind], ...]:
        """The columns by which the list can be added up."""
        return tuple((column, kind) for column, kind in self.askable if kind in _BY)

    @property
    def summed(self) -> tuple[Column, ...]:
        """The columns that are added up."""
        return tuple(column for column, kind in self.askable if kind == "number" and column.show in _ADDED)

    def group_by(self, field: str) -> None:
        """Adds up all rows that are asked for now; who asks again waits for the newer one only."""
        if self._adding is not None:
            self._adding.cancel()
        self.grouped_by, self.groups = field, None
        query, where, sums = self.screen.query, self.where, [column.field for column in self.summed]

        def came(found: Groups) -> None:
            self.groups = found
            self.changed("groups")

        def failed(problem: Problem) -> None:
            self.failed(problem)
            self.changed("groups")

        self._adding = self.work(
            "groups",
            lambda door: door.groups(query, where, (By(field),), sums),
            came,
            failed,
            lambda _done, _whole: None,
        )
        self.changed("groups")

    def name_of(self, group: Group) -> str:
        """The value of a group as its column shows it."""
        column, kind = next((c, kind) for c, kind in self.groupable if c.field == self.grouped_by)
        (value,) = group.values
        if value is None or value == "":
            return NOTHING
        return said(self.seat.texts, value, column.show, column.texts if kind == "choice" else "")

    def keep_to(self, group: Group) -> None:
        """Asks for the rows of one group beside what is asked already."""
        kind = next(kind for column, kind in self.groupable if column.field == self.grouped_by)
        others = [one for one in self.conditions.values() if one.field != self.grouped_by]
        (value,) = group.values
        asked: dict[str, Any] = {"codes": (str(value),)}
        if value is None:
            asked = {"empty": True}
        elif kind == "day":
            asked = {"low": value.isoformat(), "high": value.isoformat()}
        elif kind == "flag":
            asked = {"codes": ("yes" if value else "no",)}
        self.ask_of([*others, Condition(field=self.grouped_by, kind=kind, **asked)])
