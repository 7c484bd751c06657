"""Reference tables: codes that somebody outside keeps (banks, municipalities, units, holidays), in editions.

A table is brought in whole, as one edition whose rows nobody changes any more; exactly one edition of a table is in
force, and any earlier one can be put in force again. What a record said under an older edition it goes on saying.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from sqlalchemy import CheckConstraint, ColumnElement, Index, ScalarSelect, Select, Text, UniqueConstraint, or_, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.fold import fold
from retaguarda.kernel.incoming import ImportField, ImportKind
from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, instant, ref, table_of, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted

READ = "reference.read"
HOLIDAY, BANK, CITY, STATE, UNIT = "holiday", "bank", "municipality", "state", "unit"
WAITING, TAKEN, DROPPED = "waiting", "taken", "dropped"
"""What became of an edition: it has never been in force yet, it is or was, it never will be."""
_IS_WAITING = sql_text(f"state = '{WAITING}'")
_MOST_CODE, _MOST_WITHIN, _MOST_NAME, _MOST_NOTE = 20, 60, 160, 200


class ReferenceEdition(Versioned, Base):
    """A table as it was brought in at one time: how many rows, their checksum, and, once it is in force, what its
    source calls it and the day of the source. One edition of a table waits at most."""

    __tablename__ = "reference_edition"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("reference_edition"),
        Trigger(
            "reference_edition_stays",
            "before update",
            (
                Refuse("reference.edition_stays", "NEW.rows <> OLD.rows OR NEW.checksum <> OLD.checksum"),
                Refuse("reference.edition_stays", "NEW.table_name <> OLD.table_name"),
                Refuse("reference.edition_stays", f"OLD.state <> '{WAITING}'"),
            ),
        ),
    )
    table_name: Mapped[str] = text(20)
    state: Mapped[str] = text(8)
    label: Mapped[str] = text(60)
    dated_on: Mapped[dt.date | None] = mapped_column()
    source: Mapped[str] = text(160)
    file: Mapped[str] = text(120)
    rows: Mapped[int] = mapped_column()
    checksum: Mapped[str] = text(64)
    shipped: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[str | None] = mapped_column(Key())
    loaded_at: Mapped[dt.datetime] = instant()
    follows_id: Mapped[str | None] = ref("reference_edition", index=False)
    __table_args__ = (
        CheckConstraint(f"state IN ('{WAITING}', '{TAKEN}', '{DROPPED}')", name="reference_edition_state"),
        CheckConstraint(f"state <> '{TAKEN}' OR dated_on IS NOT NULL", name="reference_edition_dated"),
        CheckConstraint("rows > 0", name="reference_edition_rows"),
        Index("ix_reference_edition_table_name", "table_name", "loaded_at"),
        Index(
            "uq_reference_edition_table_name",
            "table_name",
            unique=True,
            sqlite_where=_IS_WAITING,
            postgresql_where=_IS_WAITING,
        ),
    )


class ReferenceInForce(Versioned, Base):
    """Which edition of a table is in force: one row for each table, which is there from its first edition on and never
    goes, so that it is always exactly one."""

    __tablename__ = "reference_in_force"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("reference_in_force"),
        *(
            Trigger(
                f"reference_in_force_{verb}",
                f"before {verb}",
                (
                    Refuse(
                        "reference.not_of_this_table",
                        "NOT EXISTS (SELECT 1 FROM reference_edition e WHERE e.id = NEW.edition_id "
                        f"AND e.table_name = NEW.table_name AND e.state = '{TAKEN}')",
                    ),
                ),
            )
            for verb in ("insert", "update")
        ),
    )
    table_name: Mapped[str] = text(20, unique=True)
    edition_id: Mapped[str] = ref("reference_edition", index=False)
    since: Mapped[dt.datetime] = instant()
    person_id: Mapped[str | None] = mapped_column(Key())


class ReferenceRow(Appended, Base):
    """A row of an edition: what its code says, within what it lies (a state, a city). It comes with its edition or
    never."""

    __tablename__ = "reference_row"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("edition_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "reference_row_comes",
            "before insert",
            (
                Refuse(
                    "reference.edition_stays",
                    "NOT EXISTS (SELECT 1 FROM reference_edition e WHERE e.id = NEW.edition_id "
                    "AND e.command_id = NEW.command_id AND e.version = 1)",
                ),
            ),
        ),
    )
    edition_id: Mapped[str] = ref("reference_edition", index=False)
    code: Mapped[str] = text(_MOST_CODE)
    within: Mapped[str] = text(_MOST_WITHIN)
    name: Mapped[str] = text(_MOST_NAME)
    note: Mapped[str] = text(_MOST_NOTE)
    folded: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("edition_id", "code", "within"),
        Index("ix_reference_row_name", "edition_id", "name"),
    )


edition, in_force, row = table_of(ReferenceEdition), table_of(ReferenceInForce), table_of(ReferenceRow)


def edition_in_force(table: str) -> ScalarSelect[Any]:
    """The key of the edition of a table that is in force; none before there is one."""
    return select(in_force.c.edition_id).where(in_force.c.table_name == word(table)).scalar_subquery()


def lies_in(state: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row is for everywhere, for a state or for a city of it."""
    return or_(row.c.within == word(""), row.c.within == state, row.c.within.like(state.op("||")(word("/%"))))


def is_of_city(within: str, city: str | None) -> bool:
    """Whether what is for a place (`SP`, `SP/Campinas`) is for a city of that state."""
    _, _, named = within.partition("/")
    return not named or fold(named) == fold(city or "")


def is_in_force(table: str) -> ColumnElement[bool]:
    """Whether a row belongs to the edition of a table that is in force."""
    return row.c.edition_id == edition_in_force(table)


@dataclass(frozen=True, slots=True)
class Code:
    """A row of a table that the program ships."""

    code: str
    name: str
    within: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """An edition that the program brings along."""

    label: str
    dated_on: dt.date
    source: str
    rows: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTable:
    """A table as a country's pack declares it. `write` gives a row as the table has it (a code that a spreadsheet took
    for a number has its zeros again), `valid` says whether it can be one, `refusal` is the code of that refusal; where
    not `alone`, a code may come once within each place. After `days_max` days an edition is old. `read` is how files
    have its codes (`kernel.imports.values.READ`); `places` says that a row may lie within one.

    Its words are the texts `reference.table.<name>` and, for where it comes from, with `.why`.
    """

    name: str
    days_max: int
    write: Callable[[Code], Code]
    valid: Callable[[Code], bool]
    refusal: str
    alone: bool = True
    read: str = "text"
    places: bool = False
    shipped: Shipped | None = None


@dataclass(frozen=True, slots=True)
class CodeUse:
    """Records that say codes of a table, or its names (`by`). `select` has the columns `id`, `name` and `code`, and
    `within` where that is said too, `branch_id` where a person sees the records of some branches only; `permission` is
    what seeing them takes. `reference.lost_<name>` has those whose code an edition takes away."""

    name: str
    table: str
    permission: str
    select: Select[Any]
    by: Literal["code", "name"] = "code"


def import_kind(table: ReferenceTable) -> ImportKind:
    """What a file of a table may hold: its columns, and which of them tells the rows apart."""
    more = ("within",) if table.places else ()
    return ImportKind(
        name=f"reference.{table.name}",
        command="reference.load_table",
        key=("rows.code",),
        given={"table": table.name},
        fields=(
            ImportField(name="rows.code", read=table.read, required=True),
            ImportField(name="rows.name", required=True),
            *(ImportField(name=f"rows.{name}") for name in (*more, "note")),
        ),
        opens="reference.edition_page",
        whole=True,
    )
