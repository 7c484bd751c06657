"""A report with what it is asked: what its screen, the command line and timed work have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.errors import Fault, Invalid, Missing
from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import WHOLE, Asked, Exporting
from retaguarda.kernel.screen.reports import Cut, Parameter, ReportScreen
from retaguarda.kernel.spans import SPANS
from retaguarda.kernel.text import Texts, parse_date
from retaguarda.kernel.text.saying import said

SINCE, UNTIL = "since", "until"
"""The parameters that a span of days stands for."""
Offers = Mapping[str, Sequence[tuple[str, str]]]
"""Of each parameter that is a record: those to choose from, with their names."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A report added up by `cut`, asked with `values` (by the parameter's key; what is None or not there is open)."""

    screen: ReportScreen
    cut: Cut
    values: Mapping[str, Any]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the cut is asked with."""
        return tuple(one for one in self.screen.parameters if one.key in self.cut.parameters)

    @property
    def asked(self) -> Asked:
        """The query with the parameters that are set."""
        where = {key: value for key, value in self.values.items() if key in self.cut.parameters and value is not None}
        return Asked(self.cut.query, where, self.cut.sort, WHOLE)

    def title(self, texts: Texts) -> str:
        """The report's name with what it is added up by."""
        return f"{texts.say(self.screen.title_code)} · {texts.say(f'{self.screen.name}.cut.{self.cut.name}')}"

    def said_of(self, one: Parameter, texts: Texts, offers: Offers) -> str:
        """A parameter in words, as it stands over a file."""
        value = self.values.get(one.key)
        name = texts.say(f"{self.screen.name}.{one.key}")
        if value is None:
            words = texts.say(f"{self.screen.name}.{one.key}.any" if one.kind == "record" else "shell.any")
        elif one.kind == "choice":
            words = texts.say(f"{one.texts}.{value}")
        else:
            words = said(texts, value, "day") if one.kind == "day" else dict(offers.get(one.key, ()))[value]
        return f"{name}: {words}"

    def exporting(self, texts: Texts, issuer: str, offers: Offers) -> Exporting:
        """The report on its way into a file."""
        columns = self.cut.columns
        return Exporting(
            asked=self.asked,
            title=self.title(texts),
            lines=tuple(self.said_of(one, texts, offers) for one in self.parameters),
            columns=columns,
            heads=tuple(texts.say(column.title or f"{self.screen.name}.{column.field}") for column in columns),
            texts=texts,
            issuer=issuer,
            totals=self.cut.totals,
            derived=self.cut.derived,
        )


def ask(screen: ReportScreen, by: str | None, typed: Mapping[str, Any], today: dt.date, language: str) -> Inquiry:
    """The report by the cut `by` (none: its first), asked with what was typed; what nobody named is as it begins.

    A day is what people type (`-30`, `d`) or one of `SPANS`, whose first day it is for `since` and whose last one for
    any other, so that the same words mean another day tomorrow; nothing typed leaves a parameter open. Refuses what the
    report is not asked with, and days and codes that are none.
    """
    cuts = {cut.name: cut for cut in screen.cuts}
    cut = screen.cuts[0] if by is None else cuts.get(by)
    if cut is None:
        raise Invalid(Fault("by", "kernel.not_a_choice", {"options": ", ".join(cuts)}))
    known = {one.key: one for one in screen.parameters if one.key in cut.parameters}
    values: dict[str, Any] = {}
    faults = [Fault(key, "kernel.unknown_field", {"known": ", ".join(known)}) for key in typed if key not in known]
    for key, one in known.items():
        try:
            values[key] = read(one, typed.get(key, one.initial), today, language)
        except ValueFault as wrong:
            faults.append(Fault(key, wrong.code, wrong.params))
    if faults:
        raise Invalid(*faults)
    return Inquiry(screen, cut, values)


def read(one: Parameter, typed: Any, today: dt.date, language: str) -> Any:
    """What was typed for a parameter, as it is asked with; None leaves it open. Raises ValueFault for what is none."""
    if typed is None or typed == "":
        return None
    if one.kind == "day":
        if typed in SPANS:
            first, last = SPANS[typed](today)
            return first if one.key == SINCE else last
        return parse_date(str(typed), today, language)
    if one.kind == "choice" and typed not in one.options:
        raise ValueFault("kernel.not_a_choice", options=", ".join(one.options))
    return typed


def typed_of(value: Any) -> str:
    """A value as it is typed; nothing for an open one."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def offers_of(door: Door, inquiry: Inquiry) -> Offers:
    """What each record that is asked for is called."""
    found: dict[str, Sequence[tuple[str, str]]] = {}
    for one in inquiry.parameters:
        key = inquiry.values.get(one.key)
        if one.suggestions and key is not None:
            rows = door.show(one.suggestions, {"id": key}).rows
            if not rows:
                raise Missing(one.key, key, field=one.key)
            found[one.key] = [(row.id, row.name) for row in rows]
    return found
