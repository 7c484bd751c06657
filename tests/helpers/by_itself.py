"""Timed work as it runs with nobody at the desk: as the program itself, with the rights that the job declares."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.jobs import Jobs


@contextlib.contextmanager
def by_itself(office: Office, name: str) -> Iterator[Jobs]:
    """A further client of the office's database, which runs this job alone."""
    beside = office.beside(SYSTEM)
    jobs = Jobs(beside)
    jobs.jobs = {name: office.registry.jobs[name]}
    try:
        yield jobs
    finally:
        beside.leave()
