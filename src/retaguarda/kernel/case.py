"""Cases and steps: work walks along the steps of a flow; exactly one step is open until the case is closed.

The kernel owns head and steps so that any module can open a case, move it and join its head in queries; which flow,
which department, which command comes next is data that `process` holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ColumnElement, Index, bindparam, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.model import Base, Key, Rights, Versioned, instant, ref, table_of, text
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.trigger import Trigger, never_deleted

if TYPE_CHECKING:
    from retaguarda.kernel.unit import Unit

OPEN, CLOSED, DONE, SKIPPED = "open", "closed", "done", "skipped"
UNDONE, LEFT = "undone", "left"
"""A step that was done and has to be done again, and one that was left for an earlier one: work went back."""


class CaseHead(Versioned, Base):
    """One piece of work about one subject (an order, a ticket, a hiring)."""

    __tablename__ = "case_head"
    __rights__ = Rights(read="process.read", rows="branch")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("case_head"),)
    flow: Mapped[str] = text(40)
    subject_table: Mapped[str] = text(40)
    subject_id: Mapped[str] = mapped_column(Key(), unique=True)
    title: Mapped[str] = text(160)
    branch_id: Mapped[str] = mapped_column(Key())
    state: Mapped[str] = text(8)
    outcome: Mapped[str | None] = mapped_column()
    priority: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[dt.datetime] = instant()
    closed_at: Mapped[dt.datetime | None] = instant()
    off_script: Mapped[bool] = mapped_column(default=False)


class CaseStep(Versioned, Base):
    """One step of a case: waiting from `opened_at`, worked on from `started_at`, ended at `closed_at`.

    `promised_on` is the day promised to the customer that `due_at` is counted back from, if any. Nobody is shown the
    step as their next one until `snoozed_until`.
    """

    __tablename__ = "case_step"
    __rights__ = Rights(read="process.read")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("case_step"),)
    case_id: Mapped[str] = ref("case_head")
    name: Mapped[str] = text(40)
    position: Mapped[int] = mapped_column()
    department: Mapped[str] = text(40)
    state: Mapped[str] = text(8)
    person_id: Mapped[str | None] = mapped_column(Key())
    opened_at: Mapped[dt.datetime] = instant()
    started_at: Mapped[dt.datetime | None] = instant()
    due_at: Mapped[dt.datetime | None] = instant()
    closed_at: Mapped[dt.datetime | None] = instant()
    promised_on: Mapped[dt.date | None] = mapped_column()
    snoozed_until: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        Index(
            "uq_case_step_case_id",
            "case_id",
            unique=True,
            sqlite_where=sql_text("state = 'open'"),
            postgresql_where=sql_text("state = 'open'"),
        ),
        Index(
            "ix_case_step_open",
            "department",
            "due_at",
            sqlite_where=sql_text("state = 'open'"),
            postgresql_where=sql_text("state = 'open'"),
        ),
    )


HEAD = table_of(CaseHead)
STEP = table_of(CaseStep)
_STEP_COLUMNS = [
    HEAD.c.id.label("case_id"),
    HEAD.c.version.label("case_version"),
    HEAD.c.state.label("case_state"),
    HEAD.c.flow.label("case_flow"),
    HEAD.c.branch_id.label("case_branch_id"),
    HEAD.c.off_script.label("case_off_script"),
    STEP.c.id.label("step_id"),
    STEP.c.version.label("step_version"),
    STEP.c.name.label("step_name"),
    STEP.c.position.label("step_position"),
    STEP.c.department.label("step_department"),
    STEP.c.due_at.label("step_due_at"),
    STEP.c.promised_on.label("step_promised_on"),
    STEP.c.opened_at.label("step_opened_at"),
    STEP.c.person_id.label("step_person_id"),
]


def case_columns() -> list[ColumnElement[Any]]:
    """The case head's and open step's columns (`case_id`, `step_name` …) for a merged load or a list."""
    return list(_STEP_COLUMNS)


def with_case(source: FromClause, subject_id: ColumnElement[Any]) -> FromClause:
    """`source` joined with the case about `subject_id` and its open step, both optional."""
    return source.outerjoin(HEAD, HEAD.c.subject_id == subject_id).outerjoin(
        STEP, (STEP.c.case_id == HEAD.c.id) & (STEP.c.state == OPEN)
    )


CASE_OF = Statement(
    select(*_STEP_COLUMNS)
    .select_from(HEAD.outerjoin(STEP, (STEP.c.case_id == HEAD.c.id) & (STEP.c.state == OPEN)))
    .where(HEAD.c.subject_id == bindparam("subject_id", type_=HEAD.c.subject_id.type))
)


class _Row:
    """Key and version of a row that a merged load brought along."""

    __slots__ = ("id", "version")

    def __init__(self, key: str, version: int) -> None:
        self.id = key
        self.version = version


def remember_case(unit: Unit, subject_id: str, row: Any) -> None:
    """Keeps a merged load (with `case_columns`) so that moving the case in this command reads nothing again."""
    unit.memo["case", subject_id] = row if row.case_id else None


def case_of(unit: Unit, subject_id: str) -> Any | None:
    """The case about a subject with its open step, from this command's merged load or read now."""
    key = ("case", subject_id)
    if key not in unit.memo:
        unit.memo[key] = unit.one(CASE_OF, subject_id=subject_id)
    return unit.memo[key]


def open_case(unit: Unit, flow: str, *, subject: tuple[str, str], title: str, branch_id: str) -> str:
    """Opens a case about `subject` (table, id) and gives its id; the first step comes by `open_step`."""
    return unit.add(
        CaseHead,
        flow=flow,
        subject_table=subject[0],
        subject_id=subject[1],
        title=title,
        branch_id=branch_id,
        state=OPEN,
        opened_at=unit.now,
    )


def open_step(
    unit: Unit,
    case_id: str,
    name: str,
    *,
    position: int,
    department: str,
    due_at: dt.datetime | None = None,
    promised_on: dt.date | None = None,
) -> str:
    """Opens a step; the one before must be closed in the same command (a unique index sees to it)."""
    return unit.add(
        CaseStep,
        case_id=case_id,
        name=name,
        position=position,
        department=department,
        state=OPEN,
        opened_at=unit.now,
        due_at=due_at,
        promised_on=promised_on,
    )


def close_step(unit: Unit, row: Any, state: str = DONE) -> None:
    """Closes the open step of a case row (`case_of`) in the name of the actor."""
    unit.revise(
        CaseStep,
        _Row(row.step_id, row.step_version),
        state=state,
        closed_at=unit.now,
        person_id=unit.actor.person_id,
    )


DONE_FROM = Statement(
    select(STEP.c.id, STEP.c.version, STEP.c.name).where(
        STEP.c.case_id == bindparam("case_id", type_=STEP.c.case_id.type),
        STEP.c.state == DONE,
        STEP.c.position >= bindparam("position", type_=STEP.c.position.type),
    )
)


def undo_steps(unit: Unit, case_id: str, position: int, lasting: Collection[str] = ()) -> None:
    """What was done from this place of the flow on has come undone and waits to be done again, but for the steps whose
    work lasts."""
    rows = unit.all(DONE_FROM, case_id=case_id, position=position)
    unit.revise_all(CaseStep, [(row, {"state": UNDONE}) for row in rows if row.name not in lasting])


def set_due(unit: Unit, row: Any, due_at: dt.datetime | None, promised_on: dt.date | None) -> None:
    """Gives the open step of a case row another deadline and promise; no deadline while no clock runs."""
    unit.revise(CaseStep, _Row(row.step_id, row.step_version), due_at=due_at, promised_on=promised_on)


def close_case(unit: Unit, row: Any, outcome: str) -> None:
    """Closes a case whose last step is closed; `outcome` says how it ended (delivered, cancelled …)."""
    unit.revise(CaseHead, _Row(row.case_id, row.case_version), state=CLOSED, outcome=outcome, closed_at=unit.now)


def mark_off_script(unit: Unit, row: Any) -> None:
    """Flags a case whose event came out of order ("fora do roteiro")."""
    unit.revise(CaseHead, _Row(row.case_id, row.case_version), off_script=True)
