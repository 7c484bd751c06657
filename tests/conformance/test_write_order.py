"""In which order every command writes, read from the statements it sent while the sample company was made: releases,
picks, moves, then documents, then the counter and only what carries its number. Who writes in another order locks up
with those who keep it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app.compose import MODULES
from retaguarda.app.sample import make
from retaguarda.kernel import bus, unit
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.module import models_of
from tests.helpers import company

WRITE = re.compile(r"(INSERT INTO|UPDATE) (\w+)")
BALANCES = ("stock_reservation", "stock_pick", "stock_move")
"""Ledgers whose triggers move a balance, in the order in which they must be written."""
COUNTER = "number_series"
ENTRIES = {"entry", "entry_line", "posting"}
AFTER_THE_COUNTER = ENTRIES | {
    COUNTER, "case_head", "case_step", "failure", "outbox", "command_journal", "commission_entry"
}  # fmt: skip
"""What may follow the counter beside the rows that carry its number: an entry names its document by it, and waits for
no row that somebody holds; the case is nobody else's yet, and a commission moves no balance."""
Written = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> set[Written]:
    """The tables that each command wrote, in order, in all the ways the sample company's story has."""
    found: set[Written] = set()
    tape: list[tuple[str, Any]] = []
    prepare, carry_out = unit.Statements.__init__, bus._Run.carry_out

    def with_tape(self: unit.Statements, store: Any) -> None:
        prepare(self, store)
        self.tape = tape

    def recorded(self: bus._Run) -> Any:
        tape.clear()
        try:
            return carry_out(self)
        finally:
            tables = [match[2] for sql, _ in tape if (match := WRITE.match(sql))]
            found.add((self.handled.name, tuple(tables)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit.Statements, "__init__", with_tape)
        patch.setattr(bus._Run, "carry_out", recorded)
        path: Path = tmp_path_factory.mktemp("order") / "sample.db"
        make(f"sqlite:///{path}", clock=FixedClock(company.MONDAY))
    return found


def faults(tables: Sequence[str], numbered: set[str]) -> list[str]:
    """What is out of order in one command's writes."""
    found = []
    if tables[0] != "command_journal" or tables[-1] != "command_journal":
        found.append("the journal is not around the rest")
    ranks = [BALANCES.index(table) for table in tables if table in BALANCES]
    if ranks != sorted(ranks):
        found.append("balances are moved out of order")
    if COUNTER in tables:
        last = len(tables) - tables[::-1].index(COUNTER)
        late = [table for table in tables[last:] if table not in numbered | AFTER_THE_COUNTER]
        found += [f"{table} comes after the counter" for table in late]
    return found


def test_every_command_keeps_the_order(written: set[Written]) -> None:
    numbered = {name for name, model in models_of(MODULES).items() if model.__numbers__}
    wrong = {f"{name}: {' '.join(tables)}": f for name, tables in written if (f := faults(tables, numbered))}
    assert wrong == {}
    told = {name for name, _ in written}
    assert {"sales.confirm_order", "sales.invoice_order", "delivery.ship_order", "inventory.count_stock"} <= told
    assert any(COUNTER in tables for _, tables in written)


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        (("stock_move", "command_journal"), "the journal is not around the rest"),
        (("command_journal", "stock_move", "stock_reservation", "command_journal"), "balances are moved out of order"),
        (
            ("command_journal", COUNTER, "invoice", "stock_move", "command_journal"),
            "stock_move comes after the counter",
        ),
    ],
)
def test_what_is_out_of_order_is_seen(tables: Sequence[str], fault: str) -> None:
    assert faults(tables, {"invoice"}) == [fault]
