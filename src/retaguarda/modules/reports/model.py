"""Tables of the reports: those that were saved, the roles they are shared with, when they are written by themselves."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Rights, Versioned, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.reports import rules

READ = "reports.read_saved"


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class SavedReport(Versioned, Base):
    """A report as somebody asks it: which one, added up by what, and what is typed for its parameters (`asked`, JSON).
    Of a report that was built, `cut` is the list that it is of, and `asked` all of it.

    It holds no rows and gives no rights: whoever opens it sees what they may see. `needs` is a permission without which
    nobody finds it but its owner; empty: everybody does whom it is shared with.
    """

    __tablename__ = "saved_report"
    __rights__ = Rights(read=READ, rows="own")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("saved_report"),
        Trigger(
            "saved_report_stays",
            "before update",
            (Refuse("reports.saved_stays", "NEW.owner_id <> OLD.owner_id OR NEW.report <> OLD.report"),),
        ),
    )
    name: Mapped[str] = text(80)
    folded: Mapped[str] = text(200)
    report: Mapped[str] = text(80)
    cut: Mapped[str] = text(40)
    asked: Mapped[str] = mapped_column(LongText)
    needs: Mapped[str] = text(80)
    owner_id: Mapped[str] = ref("person", index=False)
    archived: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index(
            "uq_saved_report_owner_id_name",
            "owner_id",
            "name",
            unique=True,
            sqlite_where=sql_text("NOT archived"),
            postgresql_where=sql_text("NOT archived"),
        ),
    )


class SavedReportRole(Versioned, Base):
    """A role whose people find a saved report in their list, or found it (`active` false)."""

    __tablename__ = "saved_report_role"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("saved_report_role"),)
    saved_id: Mapped[str] = ref("saved_report", index=False)
    role_id: Mapped[str] = ref("role")
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (UniqueConstraint("saved_id", "role_id"),)


class ReportSchedule(Versioned, Base):
    """When a saved report is written by itself, as what file, and with whose rights (`person_id`)."""

    __tablename__ = "report_schedule"
    __rights__ = Rights(read=READ, rows="own")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("report_schedule"),
        Trigger(
            "report_schedule_stays",
            "before update",
            (
                Refuse(
                    "reports.schedule_stays",
                    "NEW.person_id <> OLD.person_id OR NEW.saved_id <> OLD.saved_id OR NEW.kind <> OLD.kind",
                ),
            ),
        ),
    )
    saved_id: Mapped[str] = ref("saved_report")
    person_id: Mapped[str] = ref("person")
    every: Mapped[str] = text(5)
    weekdays: Mapped[str] = text(60)
    month_day: Mapped[int] = mapped_column()
    at: Mapped[str] = text(5)
    kind: Mapped[str] = text(4)
    next_at: Mapped[dt.datetime] = instant()
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint(_one_of("every", rules.EVERY), name="report_schedule_every"),
        CheckConstraint(_one_of("kind", rules.FILES), name="report_schedule_kind"),
        CheckConstraint("month_day BETWEEN 1 AND 31", name="report_schedule_month_day"),
        Index("ix_report_schedule_next_at", "next_at"),
    )


class ReportRun(Appended, Base):
    """A scheduled report was written into a file of a station, or was not. `times` is how many times it had been due by
    then: those that were missed are made up for once."""

    __tablename__ = "report_run"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("schedule_id",))
    schedule_id: Mapped[str] = ref("report_schedule", index=False)
    due_at: Mapped[dt.datetime] = instant()
    times: Mapped[int] = mapped_column()
    outcome: Mapped[str] = text(6)
    path: Mapped[str] = text(500)
    station: Mapped[str] = text(40)
    error: Mapped[str] = text(80)
    params: Mapped[str] = mapped_column(LongText)
    __table_args__ = (
        # A time for which it was written is never written for again.
        UniqueConstraint("schedule_id", "due_at"),
        CheckConstraint(_one_of("outcome", (rules.DONE, rules.FAILED)), name="report_run_outcome"),
        CheckConstraint("times > 0", name="report_run_times"),
    )
