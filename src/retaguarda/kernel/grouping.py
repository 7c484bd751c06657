"""The whole answer of a query added up by one of its columns: the same question, under the same gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import make_dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine.interfaces import Dialect

from retaguarda.kernel.errors import Fault, Forbidden, Invalid
from retaguarda.kernel.page import Group, Groups
from retaguarda.kernel.query import Ask, Query, asked_of, prepared_for
from retaguarda.kernel.store import Reader
from retaguarda.kernel.unit import Actor

MOST_GROUPS = 500


def groups(
    reader: Reader, dialect: Dialect, query: Query, ask: Ask, by: str, sums: Sequence[str], actor: Actor,
    now: dt.datetime, today: dt.date,
) -> Groups:  # fmt: skip
    """How many rows there are of each value of `by`, and the sums of theirs; refuses columns that hold no such thing.
    Reads every row once: work for the slow lane."""
    if query.permission and not actor.may(query.permission):
        raise Forbidden(query.permission)
    kinds = query.kinds()
    wrong = [] if by in kinds else [by]
    wrong += [name for name in sums if kinds.get(name) != "number"]
    if wrong:
        raise Invalid(*(Fault(name, "kernel.unknown_field", {"known": ", ".join(sorted(kinds))}) for name in wrong))
    wanted, values, shape = asked_of(query, ask.where, actor, now, today, dialect.name)
    names = [f"sum_{at}" for at in range(len(sums))]

    def core(*, whole: bool) -> Select[Any]:
        columns = query.columns()
        told = [columns[name].label(label) for name, label in zip(sums, names, strict=True)]
        rows: Any = query.select.where(*wanted)
        inner = rows.with_only_columns(columns[by].label("value"), *told, maintain_column_froms=True).subquery("rows")
        added = [func.count().label("n"), *(func.sum(inner.c[label]).label(label) for label in names)]
        if whole:
            return select(*added).select_from(inner)
        found = select(inner.c.value, *added).select_from(inner).group_by(inner.c.value)
        return found.order_by(inner.c.value.is_(None), inner.c.value).limit(MOST_GROUPS + 1)

    def read(*, whole: bool) -> list[Group]:
        row = make_dataclass("GroupRow", [*([] if whole else ["value"]), "n", *names], frozen=True, slots=True)
        key = (dialect.name, *shape, "groups", by, tuple(sums), whole)
        prepared = prepared_for(query, dialect, key, lambda: core(whole=whole), row)
        rows = [prepared.row(one) for one in reader.read(prepared, prepared.args(values))]
        return [Group(getattr(r, "value", None), r.n, tuple(getattr(r, name) for name in names)) for r in rows]

    found = read(whole=False)
    return Groups(tuple(found[:MOST_GROUPS]), read(whole=True)[0], len(found) > MOST_GROUPS)
