"""Kill -9 during commands on SQLite: nothing acknowledged is lost, nothing is done twice, `check` stays clean.

A child process sends commands with ids made beforehand, writing "sent" and "acknowledged" to a log. It is killed at a
chosen stage of a chosen command (by itself, with SIGKILL, so that the marker is exact) or by its parent at any moment.
The parent then opens the database, sends every id again, twice, and proves the database.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.databases import quotations, reopen, stocked
from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id

STAGES = (3, 4, 5, 6, 7, 8, 9)
ACKNOWLEDGED = 10
PER_RUN = 6
WORDS = {
    2: "begin",
    3: "journal",
    4: "validity",
    5: "handler",
    6: "listeners",
    7: "invariants",
    8: "outbox",
    9: "commit",
    ACKNOWLEDGED: "committed, not acknowledged",
}


@dataclass
class Tally:
    """What the kills were and what came of them."""

    kills: int = 0
    at_stage: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    twice: int = 0
    findings: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0

    @property
    def inside(self) -> int:
        """Kills between journal row and acknowledgement."""
        return sum(n for stage, n in self.at_stage.items() if stage >= 3)


Sent = tuple[str, str, dict[str, Any]]


def run(folder: Path, kills: int, seed: int = 7) -> Tally:
    """Kills `kills` times and gives the tally; stages in turn, every fourth kill at a random moment."""
    chance = random.Random(seed)
    url = f"sqlite:///{folder / 'kills.db'}"
    office, customer, products = stocked(url, products=30)
    waiting = quotations(office, customer, products, kills * 2 + 10)
    office.close()
    tally, expected = Tally(), Counter[str]()
    for number in range(kills):
        batch = [_command(chance, customer, products, waiting) for _ in range(PER_RUN)]
        aimed = number - number // 4
        stage = 0 if number % 4 == 3 else (*STAGES, ACKNOWLEDGED)[aimed % 8]
        log = folder / f"log-{number}"
        marked = _killed_child(url, batch, stage, chance, log)
        tally.kills += 1
        tally.at_stage[marked] += 1
        _prove(url, batch, log, tally, expected)
        log.unlink()
    return tally


def _command(chance: random.Random, customer: str, products: Sequence[str], waiting: list[tuple[str, int]]) -> Sent:
    lines = [{"product_id": p, "quantity": "2"} for p in chance.sample(list(products), 3)]
    kind = chance.choice(("contact", "quotation", "confirm", "confirm"))
    if kind == "confirm" and waiting:
        order, version = waiting.pop()
        return new_id(), "sales.confirm_order", {"order_id": order, "version": version}
    if kind == "contact":
        return (
            new_id(),
            "sales.log_contact",
            {"channel": "phone", "customer_id": customer, "note": "quer saber o prazo"},
        )
    return new_id(), "sales.create_quotation", {"customer_id": customer, "lines": lines}


def _killed_child(url: str, batch: list[Sent], stage: int, chance: random.Random, log: Path) -> int:
    """Forks, lets the child work, sees it die; gives the stage it died at (0: outside a command)."""
    at_command = chance.randrange(len(batch))
    delay = chance.uniform(0.0, 0.08)
    marker = log.with_suffix(".stage")
    marker.write_bytes(b"\0\0")
    child = os.fork()
    if child == 0:
        _work(url, batch, stage, at_command, log, marker)
        os._exit(0)
    if stage == 0:
        while not log.exists():
            time.sleep(0.002)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or stage == 0, f"the child ended by itself with {status}"
    found = marker.read_bytes()
    marker.unlink()
    return found[0] if killed else 0


def _work(url: str, batch: list[Sent], stage: int, at_command: int, log: Path, marker: Path) -> None:
    office = reopen(url)
    stages = os.open(marker, os.O_WRONLY)
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number, (command_id, name, payload) in enumerate(batch):

        def mark(now: int, number: int = number) -> None:
            os.pwrite(stages, bytes([now]), 0)
            if now == stage and number == at_command:
                os.kill(os.getpid(), signal.SIGKILL)

        office.bus.mark = mark
        os.write(lines, f"sent {command_id}\n".encode())
        office.do((name, payload), (), command_id)
        mark(ACKNOWLEDGED)
        os.write(lines, f"done {command_id}\n".encode())
        os.pwrite(stages, b"\0", 0)


def _prove(url: str, batch: list[Sent], log: Path, tally: Tally, expected: Counter[str]) -> None:
    words = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
    sent = {w[1] for w in words if w[0] == "sent"}
    done = {w[1] for w in words if w[0] == "done"}
    tally.acknowledged += len(done)
    tally.unacknowledged += len(sent - done)
    office = reopen(url)
    try:
        for command_id, name, payload in batch:
            first = office.do((name, payload), (), command_id)
            if command_id in done and not first.known:
                tally.lost += 1
            again = office.do((name, payload), (), command_id)
            if not again.known or dict(again.value) != dict(first.value):
                tally.twice += 1
            expected[name] += 1
        tally.twice += _surplus(office, expected)
        tally.findings += len(office.check())
    finally:
        office.close()


def _surplus(office: Office, expected: Counter[str]) -> int:
    """How far the rows are from one per command."""
    counts = {
        "sales.log_contact": "SELECT COUNT(*) FROM contact_log",
        "sales.confirm_order": "SELECT COUNT(*) FROM command_journal WHERE name = 'sales.confirm_order'",
    }
    with office.store.engine.connect() as connection:
        return sum(
            abs(int(connection.execute(text(sql)).scalar() or 0) - expected[name]) for name, sql in counts.items()
        )
