"""What `retaguarda check` proves about every database, whatever the modules: cases, journal, series, triggers.

A proof is a select that must give no row; modules add their own in the manifest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String, cast, exists, func, literal, select

from retaguarda.kernel.case import HEAD, OPEN, STEP
from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import Base, digits, table_of
from retaguarda.kernel.module import Module, Proof, models_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.schema import search_faults, trigger_faults
from retaguarda.kernel.series import series_proofs
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that breaks a proof: which proof, the row's key, what was expected and what was found."""

    proof: str
    id: str
    expected: str
    found: str


@cache
def _cases() -> Proof:
    open_steps = (
        select(func.count().label("n")).where(STEP.c.case_id == HEAD.c.id, STEP.c.state == OPEN).scalar_subquery()
    )
    expected = select(HEAD.c.id, HEAD.c.state.label("expected"), cast(open_steps, String).label("found")).where(
        ((HEAD.c.state == OPEN) & (open_steps != 1)) | ((HEAD.c.state != OPEN) & (open_steps != 0))
    )
    return Proof("kernel.case_has_one_open_step", expected)


@cache
def _ledger(model: type[Base]) -> Proof:
    table, journal = table_of(model), table_of(CommandJournal)
    stray = select(
        table.c.id, literal("journal row").label("expected"), digits(table.c.command_id).label("found")
    ).where(~exists().where(journal.c.id == table.c.command_id))
    return Proof(f"kernel.ledger_has_journal_row.{table.name}", stray)


def kernel_proofs(modules: Sequence[Module]) -> tuple[Proof, ...]:
    """The proofs that hold for every table of `modules` and of the kernel."""
    found = models_of(modules).values()
    ledgers = (_ledger(model) for model in found if model.__ledger__ is not None)
    numbered = (proof for m in found if m.__numbers__ is not None for proof in series_proofs(m, m.__numbers__))
    return (_cases(), *ledgers, *numbered)


@cache
def _asked(proof: Proof) -> Statement:
    """What a proof asks, compiled once in a process."""
    return Statement(proof.select)


def run_proofs(reads: Reads, proofs: Sequence[Proof]) -> list[Finding]:
    """Every row that breaks one of `proofs`."""
    found: list[Finding] = []
    for proof in proofs:
        for row in reads.all(_asked(proof)):
            found.append(Finding(proof.name, str(row.id), _words(row.expected), _words(row.found)))
    return found


def run_checks(store: Store, reads: Reads, modules: Sequence[Module]) -> list[Finding]:
    """Everything `check` proves: triggers by list and hash, search indexes by row, the proofs of kernel and modules."""
    broken = trigger_faults(store, modules)
    faults = [Finding("kernel.triggers", name, "installed", "missing or changed") for name in broken]
    for table, key in search_faults(store, modules):
        faults.append(Finding(f"kernel.search_index.{table}", key, "as the row says", "missing or changed"))
    return faults + run_proofs(reads, (*kernel_proofs(modules), *(p for m in modules for p in m.proofs)))


def _words(value: Any) -> str:
    return "" if value is None else str(value)
