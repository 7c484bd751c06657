"""One declaration of a trigger for two engines: what must never happen is refused inside the database.

A `Trigger` is a list of steps: `Refuse(code, when)` stops the statement with a code the bus understands,
`Run(sql)` writes. Expressions are the SQL both engines share; `{greatest}` and `{least}` stand for the one
function name that differs. Subqueries belong into the steps, never into `when` of the trigger (PostgreSQL).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Engine = Literal["sqlite", "postgresql"]
REFUSAL = "retaguarda:"
MASK = "***"
"""What stands in the row audit for a value that must not be copied."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Stops the statement when `when` (SQL) holds; `code` is a failure code such as `inventory.append_only`."""

    code: str
    when: str = "1=1"


@dataclass(frozen=True, slots=True)
class Run:
    """Executes one INSERT or UPDATE, optionally only when `when` (SQL without subquery) holds."""

    sql: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """`name` on a table, `timing` such as `after insert`, `when` a row condition, `steps` in order.

    `only` names the one engine that has it (what another engine does without a trigger). `deferred` looks once more
    when the transaction is committed, at what others have committed meanwhile: PostgreSQL only, since on SQLite one
    transaction writes at a time. `on` names a lower module's table, where it is not the table that declares it: what
    may be written there is then refused by what stands here.
    """

    name: str
    timing: str
    steps: tuple[Refuse | Run, ...]
    when: str | None = None
    only: Engine | None = None
    deferred: bool = False
    on: str = ""


def render(trigger: Trigger, table: str, engine: Engine) -> list[str]:
    """The statements that create `trigger` on `table` for `engine`."""
    words = {"greatest": "max", "least": "min"} if engine == "sqlite" else {"greatest": "greatest", "least": "least"}

    def sql(text: str) -> str:
        return text.replace("{greatest}", words["greatest"]).replace("{least}", words["least"])

    when = f" WHEN ({sql(trigger.when)})" if trigger.when else ""
    if engine == "sqlite":
        body = " ".join(_sqlite_step(step, sql) for step in trigger.steps)
        return [
            f"CREATE TRIGGER {trigger.name} {trigger.timing.upper()} ON {table} FOR EACH ROW{when} BEGIN {body} END"
        ]
    body = " ".join(_postgres_step(step, sql) for step in trigger.steps)
    back = "NEW" if "before" in trigger.timing and "delete" not in trigger.timing else "NULL"
    if "before delete" in trigger.timing:
        back = "OLD"
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = public, pg_temp AS $$BEGIN {body} RETURN {back}; END$$",
        f"CREATE {'CONSTRAINT ' if trigger.deferred else ''}TRIGGER {trigger.name} {trigger.timing.upper()} ON {table} "
        f"{'DEFERRABLE INITIALLY DEFERRED ' if trigger.deferred else ''}FOR EACH ROW{when} "
        f"EXECUTE FUNCTION {trigger.name}()",
    ]


def _sqlite_step(step: Refuse | Run, sql: object) -> str:
    assert callable(sql)
    if isinstance(step, Refuse):
        return f"SELECT RAISE(ABORT, '{REFUSAL}{step.code}') WHERE {sql(step.when)};"
    if step.when is None:
        return f"{sql(step.sql)};"
    joint = " AND " if " WHERE " in step.sql else " WHERE "
    return f"{sql(step.sql)}{joint}({sql(step.when)});"


def _postgres_step(step: Refuse | Run, sql: object) -> str:
    assert callable(sql)
    if isinstance(step, Refuse):
        return f"IF {sql(step.when)} THEN RAISE EXCEPTION '{REFUSAL}{step.code}'; END IF;"
    if step.when is None:
        return f"{sql(step.sql)};"
    return f"IF {sql(step.when)} THEN {sql(step.sql)}; END IF;"


def append_only(table: str) -> list[Trigger]:
    """The two triggers of a ledger: no update, no delete."""
    return [
        Trigger(f"{table}_no_{verb}", f"before {verb}", (Refuse("kernel.append_only"),))
        for verb in ("update", "delete")
    ]


def never_deleted(table: str) -> Trigger:
    """Nothing removes rows: records are archived or reversed."""
    return Trigger(f"{table}_no_delete", "before delete", (Refuse("kernel.never_deleted"),))


def hexed(sql: str) -> str:
    """SQLite's text of a key; its `hex` makes an empty text of nothing."""
    return f"nullif(lower(hex({sql})), '')"


def audit(
    table: str,
    columns: Sequence[str],
    engine: Engine,
    secret: frozenset[str] = frozenset(),
    keys: frozenset[str] = frozenset(),
) -> Trigger:
    """Keeps what every update of `table` changed, before and after, in `row_audit`, under the command that made it.

    Of a secret column it says that it changed and no more. What did not change stands in the row, or in a later
    audit: whole rows were a fifth of an order's bytes. `keys` are the columns that hold keys.
    """

    def value(row: str, column: str) -> str:
        if column in secret:
            return f"'{MASK}'" if row == "OLD" else f"'{MASK} changed'"
        # JSON holds no bytes, and a key is some on SQLite.
        return hexed(f"{row}.{column}") if column in keys and engine == "sqlite" else f"{row}.{column}"

    before, after = ({column: value(row, column) for column in columns} for row in ("OLD", "NEW"))
    if engine == "sqlite":
        for column in secret & before.keys():  # told apart by what is shown
            after[column] = f"iif(NEW.{column} IS OLD.{column}, '{MASK}', '{MASK} changed')"
        told = _told_by_rows(table, before, after)
    else:
        told = f"VALUES ('{table}', NEW.id, NEW.command_id, {_what_changed(before)}, {_what_changed(after)})"
    into = "INSERT INTO row_audit (table_name, row_id, command_id, before, after)"
    return Trigger(f"{table}_audit", "after update", (Run(f"{into} {told}"),))


def _told_by_rows(table: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A row for each column, of which those that differ are kept. Few words: every connection reads every trigger."""
    rows = [f"'{column}', {old}, {after[column]}" for column, old in before.items()]
    named = "SELECT '' AS name, 0 AS old, 0 AS new UNION ALL VALUES " + ", ".join(f"({row})" for row in rows)
    return (
        f"SELECT '{table}', NEW.id, NEW.command_id, json_group_object(name, old), json_group_object(name, new) "
        f"FROM ({named}) WHERE old IS NOT new"
    )


def _what_changed(values: Mapping[str, str]) -> str:
    """The JSON of these columns' values, of those that the update changes."""
    return "'{}'::jsonb" + "".join(
        f" || CASE WHEN NEW.{c} IS DISTINCT FROM OLD.{c} THEN jsonb_build_object('{c}', {value}) ELSE '{{}}' END"
        for c, value in values.items()
    )
