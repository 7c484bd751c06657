"""The whole answer of a query added up by its columns: the same question, under the same gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Fault, Forbidden, Invalid
from retaguarda.kernel.literal import word
from retaguarda.kernel.page import By, Group, Groups
from retaguarda.kernel.periods import local_day, period_begin
from retaguarda.kernel.query import Ask, Query, asked_of, prepared_for
from retaguarda.kernel.spans import GRAINS
from retaguarda.kernel.store import Reader
from retaguarda.kernel.unit import Actor

MOST_GROUPS = 500


@dataclass(frozen=True, slots=True)
class Adding:
    """How an answer is added up: by what, the columns of which sums are told, `most` groups (0: as many as a person
    looks at). They come in the order of their values, or the one of the greatest first sum first (`largest`; without
    sums: of the most rows). `zone` says which day an instant falls on."""

    by: Sequence[By]
    sums: Sequence[str]
    most: int = 0
    largest: bool = False
    zone: str = "UTC"


def groups(
    reader: Reader, dialect: Dialect, query: Query, ask: Ask, adding: Adding, actor: Actor,
    now: dt.datetime, today: dt.date,
) -> Groups:  # fmt: skip
    """How many rows there are of each value, or pair of values, and the sums of theirs; refuses columns that hold no
    such thing. Added up by nothing, there is the whole alone. Reads every row once: work for the slow lane."""
    if query.permission and not actor.may(query.permission):
        raise Forbidden(query.permission)
    _judge(query.kinds(), adding)
    wanted, values, shape = asked_of(query, ask.where, actor, now, today, dialect.name)
    most = adding.most or MOST_GROUPS
    places, names = [f"value_{at}" for at in range(len(adding.by))], [f"sum_{at}" for at in range(len(adding.sums))]
    filled = [f"filled_{at}" for at in range(len(adding.sums))]

    def core(*, whole: bool) -> Select[Any]:
        columns, kinds = query.columns(), query.kinds()
        told = [columns[name].label(label) for name, label in zip(adding.sums, names, strict=True)]
        told += [_told(columns[one.field], kinds[one.field], one, adding.zone).label(label)
                 for one, label in zip(adding.by, places, strict=True)]  # fmt: skip
        rows: Any = query.select.where(*wanted())
        inner = rows.with_only_columns(query.key.label("row_key"), *told, maintain_column_froms=True).subquery("rows")
        added = [func.count().label("n"), *(func.sum(inner.c[label]).label(label) for label in names)]
        added += [func.count(inner.c[label]).label(made) for label, made in zip(names, filled, strict=True)]
        if whole:
            return select(*added).select_from(inner)
        by = [inner.c[label] for label in places]
        order: list[ColumnElement[Any]] = [part for one in by for part in (one.is_(None), one)]
        if adding.largest:
            first = func.sum(inner.c[names[0]]) if names else func.count()
            order = [first.is_(None), first.desc(), *order]
        return select(*by, *added).select_from(inner).group_by(*by).order_by(*order).limit(most + 1)

    def read(*, whole: bool) -> list[Group]:
        row = make_dataclass("GroupRow", [*([] if whole else places), "n", *names, *filled], frozen=True, slots=True)
        key = (dialect.name, *shape, "groups", tuple(adding.by), tuple(adding.sums), most, adding.largest, adding.zone,
               whole)  # fmt: skip
        prepared = prepared_for(query, dialect, key, lambda: core(whole=whole), row)
        rows = [prepared.row(one) for one in reader.read(prepared, prepared.args(values))]
        return [
            Group(() if whole else _of(one, places), one.n, _of(one, names), _of(one, filled)) for one in rows
        ]  # fmt: skip

    found = read(whole=False) if adding.by else []
    return Groups(tuple(found[:most]), read(whole=True)[0], len(found) > most)


def _of(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _told(column: ColumnElement[Any], kind: str, by: By, zone: str) -> ColumnElement[Any]:
    day = local_day(column, zone) if kind == "instant" else column
    return period_begin(day, word(by.grain)) if by.grain else day


def _judge(kinds: Mapping[str, str], adding: Adding) -> None:
    """Refuses by name what rows cannot be added up by, and what cannot be added up."""
    known = {"known": ", ".join(sorted(kinds))}
    wrong = [Fault(one.field, "kernel.unknown_field", known) for one in adding.by if one.field not in kinds]
    wrong += [Fault(name, "kernel.unknown_field", known) for name in adding.sums if kinds.get(name) != "number"]
    for one in adding.by:
        grains = GRAINS if kinds.get(one.field) == "instant" else ("", *GRAINS)
        if one.grain not in (grains if kinds.get(one.field) in ("day", "instant") else ("",)):
            wrong.append(Fault(one.field, "kernel.not_a_choice", {"options": ", ".join(GRAINS)}))
    if wrong:
        raise Invalid(*wrong)
