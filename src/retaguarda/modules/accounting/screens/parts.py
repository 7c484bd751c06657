"""What the screens of accounting share: labels, fields, the spans of the reports."""

from __future__ import annotations

from retaguarda.kernel.screen import Level, Tab
from retaguarda.kernel.screen.labels import Labels, new_record

STATE_LEVELS: dict[str, Level] = {"open": "info", "closed": "ok"}
SPANS = tuple(Tab(name=name, where={"span": name}, counted=False) for name in ("month", "last_month", "year", "all"))


_LABELS = Labels("accounting")
field, column = _LABELS.field, _LABELS.column
new = new_record


ACCOUNT = field("account_id", suggestions="accounting.account_choices", shown_by="account_name")
CENTRE = field("cost_centre_id", width=150, suggestions="accounting.cost_centre_choices")
BRANCH = field("branch_id", suggestions="company.branch_choices")
