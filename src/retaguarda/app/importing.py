"""Bringing files in by a profile: read, made into commands, carried out many to a transaction, noted with findings.

Who is cut off at any moment begins again at the first row: what came in is known by its id, and only the rest is sent.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.app.platform_memory import peak_bytes
from retaguarda.kernel import schema
from retaguarda.kernel.clock import Clock
from retaguarda.kernel.command import Command, parse
from retaguarda.kernel.errors import Invalid, Refusal
from retaguarda.kernel.ids import id_from, new_id
from retaguarda.kernel.imports import Finding, Profile, Record, profile_named, records
from retaguarda.kernel.journal import encode
from retaguarda.kernel.outcome import Answer, Outcome, Sent
from retaguarda.modules.imports import api as imports

AT_ONCE = 200
"""Records in one transaction: what a crash can take back."""
BOSS = "ana"
WORDS_MOST, KEY_MOST, FIELD_MOST = 200, 80, 120
FINDINGS_MOST = 100
"""Findings that are kept of one record; of more the last one says how many."""
RECORDED, REFUSED, UNREADABLE = "recorded", "refused", "unreadable"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A record with the id of its command, and the command unless none could be made of it."""

    record: Record
    id: str
    command: Command | None
    findings: tuple[Finding, ...]


class Importer:
    """Brings records into an office under the name of a profile; `brings` is the command that each of them is."""

    def __init__(self, office: Office, profile: str, brings: str, folder: str = "") -> None:
        self.office = office
        self.profile = profile
        self.brings = brings
        self.folder = folder
        self.command = office.registry.handled(brings).command
        self.turn = str(imports.times_undone(office.reads(), profile))
        self.batch_id = imports.open_batch_of(office.reads(), profile)
        self.tally = {"records": 0, RECORDED: 0, REFUSED: 0, UNREADABLE: 0, "known": 0}

    def run(self, found: Iterable[Record], step: Callable[[int], None] = lambda done: None) -> None:
        """Brings in what is not there yet. `step` is told after every transaction how many records are behind it."""
        for some in batched(found, AT_ONCE):
            self.tally["records"] += len(some)
            # The same row a second time has the same id: it is known, wherever it stands.
            once = {one.id: one for one in map(self._ready, some)}
            ready = [one for one in once.values() if not imports.is_in(self.office.reads(), one.id)]
            self.tally["known"] += len(some) - len(ready)
            if ready:
                self._bring_in(ready)
            step(self.tally["records"])
        if self.batch_id is not None:
            self.office.do("imports.close_batch", batch_id=self.batch_id)

    def _ready(self, record: Record) -> _Ready:
        said = encode([record.payload, record.findings])
        key = id_from("import", self.profile, self.turn, record.key or str(record.row), said)
        if record.out:
            return _Ready(record, key, None, record.findings)
        try:
            return _Ready(record, key, parse(self.command, record.payload), record.findings)
        except Invalid as invalid:
            found = [
                self._finding(record, f.field, f.params.get("value", ""), f.code, f.params) for f in invalid.faults
            ]
            return _Ready(record, key, None, (*record.findings, *found))

    def _bring_in(self, ready: Sequence[_Ready]) -> None:
        if self.batch_id is None:
            opened = self.office.do("imports.open_batch", profile=self.profile, brings=self.brings, folder=self.folder)
            self.batch_id = str(opened.value["id"])
        sent = [(found.command, found.id) for found in ready if found.command is not None]
        states: list[str] = []

        def note(answers: Sequence[Answer]) -> Sent:
            given = {key: answer for (_, key), answer in zip(sent, answers, strict=True)}
            noted = [self._noted(found, given.get(found.id)) for found in ready]
            states[:] = [row["state"] for row in noted]
            command = self.office.registry.handled("imports.note_records").command
            return parse(command, {"batch_id": self.batch_id, "records": noted}), new_id()

        self.office.bus.do_many(sent, self.office.actor, note)
        for state in states:
            self.tally[state] += 1

    def _noted(self, ready: _Ready, answer: Answer | None) -> dict[str, Any]:
        record, findings = ready.record, list(ready.findings)
        state = UNREADABLE
        if isinstance(answer, Outcome):
            state = RECORDED
            for warned in answer.warnings:
                params = dict(warned.params)
                field, value = params.pop("field", ""), params.pop("value", "")
                findings.append(self._finding(record, field, value, warned.code, params))
        elif isinstance(answer, Refusal):
            state = REFUSED
            faults = answer.faults if isinstance(answer, Invalid) else ()
            findings += [self._finding(record, f.field, "", f.code, f.params) for f in faults] or [
                self._finding(record, answer.field or "", "", answer.code, answer.params)
            ]
        return {
            "record_id": ready.id,
            "place": record.row,
            "outside_key": shown(record.key, KEY_MOST),
            "state": state,
            "findings": [
                {
                    "field": shown(f.field, FIELD_MOST),
                    "value": shown(f.value),
                    "reason": f.reason,
                    "params": encode({name: shown(v) if isinstance(v, str) else v for name, v in f.params.items()}),
                }
                for f in self._fewer(record, findings)
            ],
        }

    def _fewer(self, record: Record, findings: list[Finding]) -> list[Finding]:
        if len(findings) <= FINDINGS_MOST:
            return findings
        more = len(findings) - FINDINGS_MOST + 1
        return [*findings[: FINDINGS_MOST - 1], self._finding(record, "", more, "imports.more_findings", {"n": more})]

    def _finding(self, record: Record, field: str, value: object, code: str, params: Mapping[str, Any]) -> Finding:
        return Finding(record.row, field, str(value), code, params)


def shown(text: str, most: int = WORDS_MOST) -> str:
    """What stands in a cell as it can be kept and shown: on one line, without control characters, not too long."""
    plain = "".join(char if char.isprintable() else " " for char in text[: most * 4])
    return " ".join(plain.split())[:most]


def run(
    folder: Path, url: str, name: str, *, person: str | None = None, password: str | None = None,
    clock: Clock | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Brings the files in `folder` into the company at `url` by the profile of that name, and gives what came of it.

    Nobody named acts in a sample company, which is made where the database is empty.
    """
    profile = profile_named(name)
    office = _office(url, person, password, clock)
    try:
        return bring_in(office, profile, folder)
    finally:
        office.close()


def bring_in(office: Office, profile: Profile, folder: Path) -> dict[str, Any]:
    """The same in an office that is open."""
    began = time.perf_counter()
    rows = Counter[str]()
    importer = Importer(office, profile.name, profile.command, folder.name)
    importer.run(records(profile, folder, lambda more: rows.update(read=more)))
    seconds = time.perf_counter() - began
    figures = FIGURES.get(profile.command)
    return {
        "profile": profile.name,
        "engine": office.store.name,
        "batch": importer.batch_id,
        "changed": importer.tally["known"] < importer.tally["records"],
        **importer.tally,
        **(figures(office, profile) if figures else {}),
        "findings": list(findings_of(office, profile)),
        "rows": rows["read"],
        "seconds": round(seconds, 3),
        "rows_per_second": round(rows["read"] / seconds, 1),
        "peak_rss_mb": round(peak_bytes() / 1_000_000, 1),
    }


def findings_of(office: Office, profile: Profile) -> Iterator[dict[str, Any]]:
    """Every finding of the profile's batches that were not taken back, by row."""
    where = {"profile": profile.name, "batch_state!=": "undone"}
    after = None
    while True:
        page = office.show("imports.findings", where, limit=1000, after=after)
        for row in page.rows:
            yield {
                "row": row.place,
                "key": row.outside_key,
                "field": row.field,
                "value": row.value,
                "reason": row.reason,
                "params": row.reason_params,
            }
        after = page.after
        if after is None:
            return


def _past_figures(office: Office, profile: Profile) -> dict[str, Any]:
    """What the past orders of the profile's source come to, asked of the database."""
    source = {"source": profile.fields["source"].value}
    totals = office.show("process.past_totals", {"id": source["source"]}).rows
    steps = sorted(office.show("process.past_steps", source).rows, key=lambda row: WAY.index(row.step))
    scores = office.show("process.past_scores", source).rows
    whole_way = [row for row in steps if row.base]
    reviews = sum(row.reviews for row in scores)
    return {
        "orders": totals[0].orders if totals else 0,
        "items_amount": totals[0].items_amount if totals else None,
        "freight_amount": totals[0].freight_amount if totals else None,
        "payments_amount": totals[0].paid_amount if totals else None,
        "out_of_order": sum(row.early for row in steps if row.step == "ship"),
        "off_script": totals[0].off_script if totals else 0,
        "deviations": {f"{row.step} before {row.since or 'order'}": row.early for row in steps if row.early},
        "late": totals[0].late if totals else 0,
        "base": max((row.base for row in whole_way), default=0),
        "medians_days": [f"{row.median_days:.4f}" for row in whole_way if row.median_days is not None],
        "scores": {
            "reviews": reviews,
            "mean": f"{sum(row.total for row in scores) / reviews:.3f}" if reviews else None,
            **{row.arrival: {"reviews": row.reviews, "mean": f"{row.mean:.3f}"} for row in scores},
        },
    }


WAY = ("check", "invoice", "pick", "pack", "ship", "deliver")
FIGURES: Mapping[str, Callable[[Office, Profile], dict[str, Any]]] = {"process.record_past_case": _past_figures}
"""What is said at the end of an import beside the count, by the command that it sends."""


def _office(url: str, person: str | None, password: str | None, clock: Clock | None) -> Office:
    if person is not None:
        return open_office(url, person, password, clock)
    payload = {
        "name": "Loja com história",
        "admin_name": "Ana",
        "admin_login": BOSS,
        "admin_password": "exemplo2026",
        "sample": True,
    }
    # Who was cut off while the company was made goes on with its tables.
    try:
        office = create_office(url, payload, {schema.SAMPLE: schema.MADE}, clock)
    except Refusal as refusal:
        if refusal.code != "company.create_company.exists":
            raise
        return open_office(url, BOSS, clock=clock)
    office.act_as(BOSS)
    return office
