"""What happened to work itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Somebody works on a step now."""

    step_id: str
    case_id: str
    person_id: str | None
