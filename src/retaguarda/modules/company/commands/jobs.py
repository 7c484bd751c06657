"""Timed work, as far as a person has a say in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel import job
from retaguarda.kernel.command import Command
from retaguarda.kernel.kinds import Ref
from retaguarda.kernel.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RunJob(Command):
    """Runs a piece of timed work now instead of when it is due next. It is carried out within seconds by a window that
    is open, or by `retaguarda work`; where jobs do not run by themselves, as in a sample company, this one run is."""

    job_id: Annotated[str, Ref("timed_job")]


def run_job(unit: Unit, command: RunJob) -> Mapping[str, Any]:
    job.ask(unit, command.job_id)
    return {"id": command.job_id}
