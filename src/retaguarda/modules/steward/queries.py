"""What all manifests declare about master data, as queries: findings of each subject, rules and uses with their counts.

The statements are put together from `subjects`, `uses` and `data_rules` of every module when the registry is made: a
module that brings a rule stands in these lists without another line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, false, func, or_, select, true, union_all
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.data_rules import DataRule, DataUse, Level, Subject
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import digits
from retaguarda.kernel.module import Module
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen import Note, Phrase

READ = "steward.read"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A record that a rule finds: what is wrong in it (`detail`), since when, and the record it is alike."""

    id: str
    rule: str
    record_id: str
    name: str
    sub: str
    detail: str | None
    since: dt.date | None
    other_id: str | None
    use: str
    level: str
    opens: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with how many records it finds now; `refusal` is the code by which the program refuses what it stops."""

    id: str
    position: int
    about: str
    use: str
    level: Level
    refusal: str
    records: int

    @property
    def said(self) -> Note:
        """What it finds, and under it what that stops."""
        return Note(Phrase(f"steward.rule.{self.id}"), self.level, Phrase(f"steward.rule.{self.id}.why"))

    @property
    def opens(self) -> str:
        """The list of what it finds."""
        return f"steward.{self.about}_list"

    @property
    def given(self) -> Mapping[str, Any]:
        """The filter that leaves exactly what it finds."""
        return {"rule": self.id}


@dataclass(frozen=True, slots=True)
class UseRow:
    """A use with the records it needs and those of them that some rule stops for it."""

    id: str
    position: int
    use: str
    about: str
    records: int
    stopped: int

    @property
    def score_rate(self) -> Decimal | None:
        """The share of records that nothing stops; none of nothing."""
        fit = Decimal(self.records - self.stopped)
        return (fit / self.records).quantize(Decimal("0.0001")) if self.records else None

    @property
    def opens(self) -> str:
        """The list of what stops it."""
        return f"steward.{self.about}_list"

    @property
    def given(self) -> Mapping[str, Any]:
        """The filter that leaves what stops this use."""
        return {"use": self.use}


def queries_over(modules: Sequence[Module]) -> tuple[Query, ...]:
    """The queries over what these modules declare; none where there is no subject."""
    subjects = tuple(s for m in modules for s in m.subjects)
    uses = tuple(u for m in modules for u in m.uses)
    rules = tuple(r for m in modules for r in m.data_rules)
    if not subjects:
        return ()
    return (*(_findings(one, rules) for one in subjects), _rules(rules), _uses(uses, rules))


def _found_by(rules: Sequence[DataRule], named: str) -> FromClause:
    """Every record that some of these rules finds, once for each rule."""
    return union_all(
        *(
            select(
                word(rule.name).label("rule"),
                word(rule.use).label("use"),
                word(rule.level).label("level"),
                found.c.id,
                found.c.detail,
                found.c.since,
                found.c.other_id,
            )
            for n, rule in enumerate(rules)
            for found in (rule.select.subquery(f"{named}_{n}"),)
        )
    ).subquery(named)


def _findings(subject: Subject, rules: Sequence[DataRule]) -> Query:
    f = _found_by([r for r in rules if r.about == subject.table], f"{subject.table}_found").c
    s = subject.select.subquery(f"{subject.table}_subject").c
    key: ColumnElement[str] = f.rule.op("||")(word(" ")).op("||")(digits(f.id))
    row = (
        select(
            key.label("id"),
            f.rule,
            f.id.label("record_id"),
            s.name,
            s["sub"],
            f.detail,
            f.since,
            f.other_id,
            f.use,
            f.level,
            s.opens,
            s.folded,
        )
        .select_from(f.id.table.join(s.id.table, s.id == f.id))
        .subquery(f"{subject.table}_finding")
    ).c
    return Query(
        f"steward.{subject.table}_findings",
        FindingRow,
        select(*(row[one.name] for one in fields(FindingRow))),
        permission=READ,
        key=row.id,
        order="name",
        search=row.folded,
        guarded=(subject.permission, true()),
    )


def _rules(rules: Sequence[DataRule]) -> Query:
    f = _found_by(rules, "rule_found").c
    declared = union_all(
        *(
            select(
                word(rule.name).label("id"),
                number(n).label("position"),
                word(rule.about).label("about"),
                word(rule.use).label("use"),
                word(rule.level).label("level"),
                word(rule.refusal).label("refusal"),
            )
            for n, rule in enumerate(_weightiest(rules), 1)
        )
    ).subquery("rule")
    many = (
        select(*declared.c, func.count(f.id).label("records"))
        .select_from(declared.outerjoin(f.id.table, f.rule == declared.c.id))
        .group_by(*declared.c)
        .subquery("rule_count")
    ).c
    return Query("steward.rules", RuleRow, select(*many), permission=READ, key=many.id, order="position")


def _weightiest(rules: Sequence[DataRule]) -> list[DataRule]:
    return sorted(rules, key=lambda rule: ("bad", "warn", "info").index(rule.level))


def _uses(uses: Sequence[DataUse], rules: Sequence[DataRule]) -> Query:
    every = union_all(*(_use(n, use, rules) for n, use in enumerate(uses, 1))).subquery("data_use").c
    return Query("steward.uses", UseRow, select(*every), permission=READ, key=every.id, order="position")


def _use(n: int, use: DataUse, rules: Sequence[DataRule]) -> Select[Any]:
    """The records a use needs, and how many of them its rules find: each once, whatever is wrong with it."""
    needed = use.select.subquery(f"needed_{n}").c
    stops = [rule for rule in rules if (rule.use, rule.about) == (use.name, use.about)]
    found = [rule.select.subquery(f"stopped_{n}_{m}") for m, rule in enumerate(stops)]
    hit = or_(false(), *(needed.id.in_(select(one.c.id)) for one in found))
    columns: tuple[ColumnElement[Any], ...] = (
        word(f"{use.name}.{use.about}").label("id"),
        number(n).label("position"),
        word(use.name).label("use"),
        word(use.about).label("about"),
        func.count(needed.id).label("records"),
        cast(func.coalesce(func.sum(case((hit, 1), else_=0)), 0), BigInteger).label("stopped"),
    )
    return select(*columns)
