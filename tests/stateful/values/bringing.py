"""Values of commands that account for what is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stateful.standing import Standing
from tests.stateful.values.declaring import of


@of("imports.note_records")
def brought(s: Standing, _row: Any) -> Mapping[str, Any]:
    batch = s.row("imports.batches", lambda r: r.state == "open")
    record = {
        "record_id": s.key("command_journal"),
        "place": s.chance.randint(1, 9),
        "state": "recorded",
        "outside_key": s.word(),
    }
    return {"batch_id": batch.id, "records": [record]}


@of("imports.close_batch")
def whole_batch(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"batch_id": s.row("imports.batches", lambda r: r.state == "open").id}
