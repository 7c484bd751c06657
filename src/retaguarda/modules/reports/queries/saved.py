"""The saved reports of whoever asks: their own, and those shared with a role they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, exists, or_, select

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.nested import nested_values
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.reports import rules
from retaguarda.modules.reports.model import READ, SavedReport, SavedReportRole

_S, _SHARE = table_of(SavedReport).c, table_of(SavedReportRole)
_HOLDS, _ROLE, _OWNER = company.person_role, company.role, company.person.c
_ME = bindparam("person_id", type_=Key())


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved report: `asked_text` is the JSON of what is typed for its parameters, `roles` the codes of those that it
    is shared with."""

    id: str
    version: int
    name: str
    report: str
    cut: str
    asked_text: str
    owner_id: str
    owner_name: str
    mine: bool
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    allowed: tuple[str, ...] = ()

    @property
    def asked(self) -> Mapping[str, Any]:
        """What is typed for each parameter, or what was built."""
        found: Mapping[str, Any] = json.loads(self.asked_text)
        return found

    @property
    def opens(self) -> str:
        """The screen that it opens."""
        return self.report

    @property
    def title(self) -> str:
        """The code of the report's own name."""
        return f"{self.report}.title"

    @property
    def way(self) -> str:
        """The code of what it adds up by, or of the list that it was built of."""
        return f"{self.cut}.title" if self.report == rules.BUILDER else f"{self.report}.cut.{self.cut}"

    @property
    def shared(self) -> str:
        """The names of the roles, one after the other."""
        return ", ".join(self.role_names)


_ANYBODY, _OWNERS = ("reports.schedule_report",), ("reports.revise_saved", "reports.archive_saved")
_OF = (_SHARE.c.saved_id == _S.id, _SHARE.c.active, _ROLE.c.id == _SHARE.c.role_id)
_SHARED_WITH_ME = exists(
    select(_SHARE.c.id)
    .join(_HOLDS, _HOLDS.c.role_id == _SHARE.c.role_id)
    .where(_SHARE.c.saved_id == _S.id, _SHARE.c.active, _HOLDS.c.person_id == _ME, _HOLDS.c.active)
)
saved = Query(
    "reports.saved",
    SavedRow,
    select(
        _S.id,
        _S.version,
        _S.name,
        _S.report,
        _S.cut,
        _S.asked.label("asked_text"),
        _S.owner_id,
        _OWNER.name.label("owner_name"),
        case((_S.owner_id == _ME, True), else_=False).label("mine"),
        nested_values(_ROLE.c.code, *_OF).label("roles"),
        nested_values(_ROLE.c.name, *_OF).label("role_names"),
    )
    .join(company.person, _OWNER.id == _S.owner_id)
    .where(~_S.archived, or_(_S.owner_id == _ME, _SHARED_WITH_ME)),
    permission=READ,
    key=_S.id,
    order="name",
    search=_S.folded,
    needs=case((_S.owner_id == _ME, word("")), else_=_S.needs),
    allowed=lambda row: (*_ANYBODY, *(_OWNERS if row.mine else ())),
)

SAVED = (saved,)
