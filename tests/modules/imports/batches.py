"""Batches for tests: opened, and a record noted in one."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id

FINDING = {"field": "price", "value": "x", "reason": "imports.not_number", "params": "{}"}


def opened(office: Office, profile: str = "shoebox") -> str:
    """The key of a new batch."""
    outcome = office.do("imports.open_batch", profile=profile, brings="process.record_past_case", folder="2019")
    return str(outcome.value["id"])


def noted(office: Office, batch_id: str, record_id: str | None = None, **more: Any) -> str:
    """The id of a record that was noted in the batch, with one finding."""
    key = record_id or new_id()
    record = {"record_id": key, "place": 2, "outside_key": "A-1", "state": "recorded", "findings": [FINDING], **more}
    office.do("imports.note_records", batch_id=batch_id, records=[record])
    return key


def batch(office: Office, batch_id: str) -> Any:
    """Its row."""
    return office.one("imports.batches", batch_id)
