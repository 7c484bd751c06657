"""Kill -9 during commands on SQLite: nothing acknowledged is lost, nothing is done twice, `check` stays clean.

A child process sends commands with ids made beforehand, writing "sent" and "acknowledged" to a log. It is killed at a
chosen stage of a chosen command (by itself, with SIGKILL, so that the marker is exact) or by its parent at any moment.
The parent then opens the database, sends every id again, twice, and proves the database. A batch is a few single
commands, or one whole order from the quotation to the payment.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.databases import quotations, reopen, stocked
from bench.orders import STEPS, Payload, Shop, commands, open_shop
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
ROWS = {
    "sales.log_contact": "contact_log",
    "sales.create_quotation": "sales_order",
    "sales.invoice_order": "invoice",
    "delivery.ship_order": "shipment",
    "billing.receive_payment": "settlement",
}
"""Tables in which a command leaves one row each time."""

Sent = tuple[str, str, Payload]
Walk = Generator[Sent, Any, None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Commands that one child sends: `walk` yields each with its id and is sent the value it had."""

    ids: tuple[str, ...]
    walk: Callable[[], Walk]


@dataclass
class Tally:
    """What the kills were and what came of them."""

    kills: int = 0
    at_stage: Counter[int] = field(default_factory=Counter)
    at_command: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    twice: int = 0
    findings: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0

    @property
    def inside(self) -> int:
        """Kills between journal row and acknowledgement."""
        return sum(n for stage, n in self.at_stage.items() if stage >= 3)

    def told(self) -> dict[str, Any]:
        """As it is printed."""
        return {
            "kills": self.kills,
            "between journal and acknowledgement": self.inside,
            "by stage": {WORDS[s]: self.at_stage[s] for s in sorted(self.at_stage) if s in WORDS},
            "by command": dict(sorted(self.at_command.items())),
            "acknowledged": self.acknowledged,
            "unacknowledged": self.unacknowledged,
            "lost": self.lost,
            "twice": self.twice,
            "check findings": self.findings,
        }

    def held(self, inside: int, each: int) -> bool:
        """Whether it was killed often enough, inside commands and at each stage, and nothing was lost or doubled."""
        often = self.inside >= inside and all(self.at_stage[stage] >= each for stage in STAGES)
        return often and not (self.lost or self.twice or self.findings)


def kill_commands(folder: Path, kills: int, seed: int = 7) -> Tally:
    """Kills during contacts, quotations and confirmations."""
    chance = random.Random(seed)
    url = f"sqlite:///{folder / 'kills.db'}"
    office, customer, products = stocked(url, products=30)
    waiting = quotations(office, customer, products, kills * 2 + 10)
    office.close()

    def batches() -> Iterator[Batch]:
        while True:
            sent = [_command(chance, customer, products, waiting) for _ in range(PER_RUN)]
            yield Batch(tuple(one[0] for one in sent), partial(_singly, sent))

    return _run(url, folder, kills, batches(), chance)


def kill_orders(folder: Path, kills: int, seed: int = 11) -> Tally:
    """Kills during whole orders, from the quotation to the payment."""
    chance = random.Random(seed)
    url = f"sqlite:///{folder / 'orders.db'}"
    shop = open_shop(url, products=30)

    def batches() -> Iterator[Batch]:
        for payload in shop.payloads(seed):
            ids = tuple(new_id() for _ in STEPS)
            yield Batch(ids, partial(_order, shop, payload, ids))

    return _run(url, folder, kills, batches(), chance)


def _singly(sent: Sequence[Sent]) -> Walk:
    for one in sent:
        _value = yield one


def _order(shop: Shop, payload: Payload, ids: Sequence[str]) -> Walk:
    way = commands(shop, payload)
    value: Any = None
    for command_id in ids:
        name, values = way.send(value)
        value = yield command_id, name, values


def _run(url: str, folder: Path, kills: int, batches: Iterator[Batch], chance: random.Random) -> Tally:
    """Kills `kills` times and gives the tally; stages in turn, every fourth kill at a random moment."""
    office = reopen(url)
    tally, before, expected = Tally(), _counts(office), Counter[str]()
    office.close()
    for number in range(kills):
        batch = next(batches)
        aimed = number - number // 4
        stage = 0 if number % 4 == 3 else (*STAGES, ACKNOWLEDGED)[aimed % 8]
        log = folder / f"log-{number}"
        marked = _killed_child(url, batch, stage, chance, log)
        tally.kills += 1
        tally.at_stage[marked] += 1
        _prove(url, batch, log, tally, expected, before)
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


def _killed_child(url: str, batch: Batch, stage: int, chance: random.Random, log: Path) -> int:
    """Forks, lets the child work, sees it die; gives the stage it died at (0: outside a command)."""
    at_command = chance.randrange(len(batch.ids))
    delay = chance.uniform(0.0, 0.08)
    marker = log.with_suffix(".stage")
    marker.write_bytes(b"\0\0")
    child = os.fork()
    if child == 0:
        _work(url, batch, stage, batch.ids[at_command], log, marker)
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


def _work(url: str, batch: Batch, stage: int, killed_in: str, log: Path, marker: Path) -> None:
    office = reopen(url)
    stages = os.open(marker, os.O_WRONLY)
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def send(command_id: str, name: str, payload: Payload) -> Any:
        def mark(now: int) -> None:
            os.pwrite(stages, bytes([now]), 0)
            if now == stage and command_id == killed_in:
                os.kill(os.getpid(), signal.SIGKILL)

        office.bus.mark = mark
        os.write(lines, f"sent {command_id} {name}\n".encode())
        value = office.do((name, payload), (), command_id).value
        mark(ACKNOWLEDGED)
        os.write(lines, f"done {command_id} {name}\n".encode())
        os.pwrite(stages, b"\0", 0)
        return value

    _go(batch.walk(), send)


def _go(walk: Walk, send: Callable[[str, str, Payload], Any]) -> None:
    """Sends everything of a batch in order; what each gave may be part of the next."""
    value: Any = None
    while True:
        try:
            command_id, name, payload = walk.send(value)
        except StopIteration:
            return
        value = send(command_id, name, payload)


def _prove(url: str, batch: Batch, log: Path, tally: Tally, expected: Counter[str], before: Counter[str]) -> None:
    words = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
    sent = {command_id: name for word, command_id, name in words if word == "sent"}
    done = {command_id for word, command_id, _ in words if word == "done"}
    tally.acknowledged += len(done)
    tally.unacknowledged += len(set(sent) - done)
    tally.at_command.update(name for command_id, name in sent.items() if command_id not in done)
    office = reopen(url)
    first: dict[str, Any] = {}

    def send(command_id: str, name: str, payload: Payload) -> Any:
        outcome = office.do((name, payload), (), command_id)
        if command_id in done and not outcome.known:
            tally.lost += 1
        first[command_id] = outcome.value
        expected[name] += 1
        return outcome.value

    def send_again(command_id: str, name: str, payload: Payload) -> Any:
        outcome = office.do((name, payload), (), command_id)
        if not outcome.known or dict(outcome.value) != dict(first[command_id]):
            tally.twice += 1
        return outcome.value

    try:
        _go(batch.walk(), send)
        _go(batch.walk(), send_again)
        tally.twice += _surplus(_counts(office), before, expected)
        tally.findings += len(office.check())
    finally:
        office.close()


def _counts(office: Office) -> Counter[str]:
    """Journal rows by command, and rows of the tables in which commands leave one each (`rows of …`)."""
    with office.store.engine.connect() as connection:
        journal = connection.execute(text("SELECT name, COUNT(*) FROM command_journal GROUP BY name"))
        found = Counter({name: int(count) for name, count in journal})
        for name, table in ROWS.items():
            found[f"rows of {name}"] = int(connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar() or 0)
    return found


def _surplus(now: Counter[str], before: Counter[str], expected: Counter[str]) -> int:
    """How far the rows are from one per command."""
    wanted = expected + Counter({f"rows of {name}": expected[name] for name in ROWS})
    return sum(abs(now[what] - before[what] - wanted[what]) for what in wanted)
