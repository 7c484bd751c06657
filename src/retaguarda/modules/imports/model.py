"""Tables of imports: a batch, the records that came in with it, what was found strange about them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import Text as LongText
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Ledger, Rights, Versioned, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.imports import rules

READ = "imports.read"


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class ImportBatch(Versioned, Base):
    """Files that were brought in by a profile; open until the last record is in, so that who was cut off goes on.
    `brings` is the command that each record is."""

    __tablename__ = "import_batch"
    __rights__ = Rights(read=READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("import_batch"),
        Trigger(
            "import_batch_ends",
            "before update",
            (Refuse("imports.batch_is_undone", f"OLD.state = '{rules.UNDONE}' OR NEW.profile <> OLD.profile"),),
        ),
    )
    profile: Mapped[str] = text(40)
    brings: Mapped[str] = text(80)
    folder: Mapped[str] = text(200)
    state: Mapped[str] = text(8)
    person_id: Mapped[str | None] = ref("person", index=False)
    started_at: Mapped[dt.datetime] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        CheckConstraint(_one_of("state", rules.BATCH_STATES), name="import_batch_state"),
        Index(
            "uq_import_batch_profile",
            "profile",
            unique=True,
            sqlite_where=sql_text(f"state = '{rules.OPEN}'"),
            postgresql_where=sql_text(f"state = '{rules.OPEN}'"),
        ),
    )


class ImportRow(Appended, Base):
    """One record of a batch. Its key is the id of the command that brought it, which follows from the profile and what
    the record says: a record that is here is not sent again."""

    __tablename__ = "import_row"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("batch_id",))
    batch_id: Mapped[str] = ref("import_batch")
    place: Mapped[int] = mapped_column()
    outside_key: Mapped[str] = text(80, index=True)
    state: Mapped[str] = text(10)
    __table_args__ = (CheckConstraint(_one_of("state", rules.ROW_STATES), name="import_row_state"),)


class ImportFinding(Appended, Base):
    """What was strange about a value of a record: where it stands, what stands there, and why."""

    __tablename__ = "import_finding"
    __rights__ = Rights(read=READ)
    __ledger__ = Ledger(lock=("batch_id",))
    batch_id: Mapped[str] = ref("import_batch")
    row_id: Mapped[str] = ref("import_row")
    place: Mapped[int] = mapped_column()
    field: Mapped[str] = text(120)
    value: Mapped[str] = text(200)
    reason: Mapped[str] = text(80)
    params: Mapped[str] = mapped_column(LongText)
