"""A file that comes in whole or not at all: its rows all go into one command, carried out or refused as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.command import Command, fields_of, parse
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.imports import Finding, Profile, Record
from retaguarda.kernel.imports.port import Checked
from retaguarda.kernel.outcome import Answer, Outcome

FINDINGS_SHOWN = 1_000
AT_ONCE = 200
WHOLE = "imports.whole"
"""The finding that says why rows in which nothing is wrong stay out too."""


def gathers(office: Office, profile: Profile) -> str:
    """The list into which all rows of the profile's files go; empty where each record is a command of its own."""
    return office.registry.handled(profile.command).gathers


@dataclass
class Whole:
    """The rows of a file on their way into one command."""

    office: Office
    profile: Profile
    head: dict[str, Any] = field(default_factory=dict)
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    records: int = 0

    def gather(self, found: Iterable[Record], step: Callable[[int], None] = lambda done: None) -> None:
        """Reads all of it."""
        name = gathers(self.office, self.profile)
        for record in found:
            self.records += 1
            self.findings += record.findings
            if not record.out:
                self.head = {key: value for key, value in record.payload.items() if key != name}
                self.rows += record.payload[name]
                self.places += [record.row] * len(record.payload[name])
            if self.records % AT_ONCE == 0:
                step(self.records)
        step(self.records)

    def check(self) -> Checked:
        """What would come of it; nothing stays."""
        return self._answered(lambda command: self.office.bus.rehearse([(command, new_id())], self.office.actor)[0])

    def bring(self) -> Checked:
        """Carries it out."""
        return self._answered(
            lambda command: self.office.bus.do_many([(command, new_id())], self.office.actor, None)[0]
        )

    def _answered(self, carry_out: Callable[[Command], Answer]) -> Checked:
        if self.findings or not self.rows:
            return self._checked()
        kind = self.office.registry.handled(self.profile.command).command
        payload = {**self.head, gathers(self.office, self.profile): self.rows}
        if any(spec.name == "file" for spec in fields_of(kind)):
            payload["file"] = self.profile.source.file[:120]
        try:
            answer = carry_out(parse(kind, payload))
        except Invalid as invalid:
            answer = invalid
        if isinstance(answer, Outcome):
            return self._checked(str(answer.value["id"]))
        assert isinstance(answer, Refusal)
        faults: Sequence[Fault] = answer.faults if isinstance(answer, Invalid) else ()
        for fault in faults or [Fault("", answer.code, answer.params)]:
            self.findings.append(self._found(fault))
        return self._checked()

    def _found(self, fault: Fault) -> Finding:
        """A fault of the list's fifth row is one of the file's row from which that came."""
        _, _, rest = fault.field.partition(".")
        number, _, name = rest.partition(".")
        if not number.isdecimal():
            return Finding(1, fault.field, "", fault.code, fault.params)
        row = self.rows[int(number) - 1]
        value = fault.params.get("value", row.get(name, ""))
        return Finding(self.places[int(number) - 1], name, str(value)[:200], fault.code, fault.params)

    def _checked(self, made: str = "") -> Checked:
        out: dict[int, tuple[Finding, ...]] = {}
        for one in self.findings:
            out[one.row] = (*out.get(one.row, ()), one)
        told = list(self.findings)
        if not made and self.records > len(out):
            told.append(Finding(1, "", "", WHOLE, {"n": self.records - len(out)}))
        return Checked(
            records=self.records, recorded=len(self.rows) if made else 0, known=0,
            left_out=0 if made else self.records, found=len(told), findings=tuple(told[:FINDINGS_SHOWN]), out=out,
            made=made,
        )  # fmt: skip
