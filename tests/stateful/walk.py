"""One walk: every step a command, every invariant after it.

A step is accepted or refused; nothing else may come of it. A refusal is told in both languages and changes nothing but
the journal (and the failure that a shortfall leaves); a command sent again under its id gives what it gave. After each
step the proofs of the tables that changed are run, balances that triggers move among them; the whole `check` every
fifty steps and at the end.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import random
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table
from sqlalchemy.sql import visitors

from retaguarda.app.compose import MODULES, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.command import parse
from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.journal import encode
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.proofs import kernel_proofs
from retaguarda.kernel.statement import Statement
from tests.helpers.fingerprint import changed, fingerprint
from tests.helpers.told import words_of
from tests.stateful.drafts import illegal, legal
from tests.stateful.standing import NothingStandsError, Standing

EVERY = 50
AGAIN = 10
REMEMBERED = 40
MOST_TOLD = 500
JOURNAL = "command_journal"
OF_A_SHORTFALL = {JOURNAL, "failure", "row_audit"}
"""What may be left by a promise that cannot be met: its failure, and that an open failure was met once more."""
LAWFUL, BEGUN, OTHERS = 0.7, 0.25, 0.2
"""How many steps mean to be accepted, how many of those begin something new, how many are sent by another person."""
CHOICE = 12
"""Of so many commands the one that was tried least."""
TO_BE_LOOKED_AT = {"delivery.check_volume"}
"""What somebody else does than who did the work."""
BEGINNING = (
    "catalog.add_product",
    "party.add_party",
    "inventory.receive_stock",
    "inventory.open_count",
    "inventory.send_transfer",
    "billing.issue_recurring",
    "purchasing.create_order",
    "purchasing.place_order",
    "purchasing.receive_order",
    "purchasing.record_invoice",
    "sales.create_quotation",
    "sales.place_order",
    "sales.confirm_order",
    "sales.invoice_order",
    "sales.sell_at_counter",
    "delivery.start_picking",
    "delivery.scan_pick",
    "delivery.type_pick",
    "delivery.short_pick",
    "delivery.accept_short",
    "delivery.pick_order",
    "delivery.scan_pack",
    "delivery.ship_order",
    "delivery.deliver_order",
    "delivery.plan_route",
    "delivery.start_route",
    "delivery.end_route",
    "process.send_handoff",
)
"""What other commands live on."""
ONCE = frozenset({"company.create_company", "accounting.open_books"})
"""What a company's life begins with: no company that stands takes it any more."""


@functools.cache
def proofs() -> tuple[tuple[str, frozenset[str], Statement], ...]:
    """Every proof with the tables it reads, compiled once."""
    found = (*kernel_proofs(MODULES), *(proof for module in MODULES for proof in module.proofs))
    return tuple((p.name, tables_of(p.select), Statement(p.select)) for p in found)


def tables_of(core: Any) -> frozenset[str]:
    """The tables that a select reads, in its parts too."""
    return frozenset(part.name for part in visitors.iterate(core) if isinstance(part, Table))


@dataclass
class Tally:
    """How often every command was accepted and refused, and by which codes."""

    steps: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def never_accepted(self) -> list[str]:
        """The commands that no step had accepted."""
        return [name for name in registry().commands if not self.accepted[name] and name not in ONCE]

    @property
    def never_refused(self) -> list[str]:
        """The commands that no step had refused."""
        return [name for name in registry().commands if not self.refused[name]]


def _two_for_plan_b(office: Office) -> None:
    """An order that is promised late, of goods that come again tomorrow, and one that a count has robbed of goods that
    have come again: chance alone hardly ever makes them."""
    standing = Standing(office, random.Random(0))
    main = standing.rows("inventory.warehouses")[0]
    priced = {row.id for row in standing.rows("catalog.products_to_sell", lambda r: r.price)}
    plain = {row.id for row in standing.rows("inventory.care", lambda r: r.tracking == "none")} & priced
    bins = standing.rows("inventory.bins", lambda r: r.product_id in plain and r.warehouse_id == main.id and not r.lot)
    stock = {row.product_id: row for row in standing.rows("inventory.availability") if row.warehouse_id == main.id}
    lying = [row for row in bins if row.on_hand == stock[row.product_id].free >= 3]
    customer = standing.row("party.customers", lambda r: not r.archived and not r.blocked and r.credit_limit is None)
    for where, quantity, days in ((lying[0], "2", 35), (lying[1], format(lying[1].on_hand, "f"), 3)):
        lines = [{"product_id": where.product_id, "quantity": quantity}]
        said = {"customer_id": customer.id, "lines": lines, "promised_on": standing.day(days, days)}
        office.do(("sales.place_order", said))
    again, robbed = lying[0].product_id, lying[1]
    office.do("inventory.expect_stock", product_id=again, quantity="5", expected_on=standing.day(1, 1))
    counted = {"product_id": robbed.product_id, "quantity": "1", "location_id": robbed.location_id}
    office.do("inventory.count_stock", lines=[counted], warehouse_id=main.id)
    come = {"product_id": robbed.product_id, "quantity": format(2 * robbed.on_hand, "f"), "unit_cost": "1"}
    office.do("inventory.receive_stock", lines=[come], warehouse_id=main.id)


class Walk:
    """Sends commands to an office and proves what comes of them."""

    def __init__(self, office: Office, tally: Tally) -> None:
        self.office, self.tally = office, tally
        self.owner = office.actor
        _two_for_plan_b(office)
        self.past: deque[str] = deque(maxlen=REMEMBERED)
        self.before = fingerprint(office)
        self.steps = 0

    def step(self, seed: int) -> None:
        """The next command, by chance: what was tried least comes first."""
        self.steps += 1
        chance = random.Random(f"{seed}/{self.steps}")
        clock = self.office.clock
        assert isinstance(clock, FixedClock)
        clock.move(dt.timedelta(minutes=chance.choice((1, 5, 20, 60))))
        name, payload = self._drafted(Standing(self.office, chance), chance)
        self._send(name, payload, chance)
        self.office.actor = self.owner
        if self.steps % EVERY == 0:
            self.prove()

    def prove(self) -> None:
        """The whole `check`."""
        assert self._findings(None) == [], self.told()

    def told(self) -> str:
        """The last steps, for whoever looks for what went wrong."""
        return "\n".join(self.past)

    def _drafted(self, standing: Standing, chance: random.Random) -> tuple[str, Mapping[str, Any]]:
        names = list(registry().commands)
        if chance.random() < LAWFUL:
            some = chance.sample(names, CHOICE)
            some.sort(key=lambda name: self.tally.accepted[name])
            begun = [chance.choice(BEGINNING)] if chance.random() < BEGUN else []
            for name in [*begun, *some]:
                if name in ONCE:
                    continue
                with contextlib.suppress(NothingStandsError):
                    payload = legal(standing, name)
                    self._by_another(standing, name)
                    return name, payload
        name = min(chance.sample(names, CHOICE), key=lambda name: self.tally.refused[name])
        payload = illegal(standing, name)
        self._by_another(standing)
        return name, payload

    def _by_another(self, standing: Standing, name: str = "") -> None:
        """Now and then it is sent by somebody else: who may send it, where it is named."""
        if name not in TO_BE_LOOKED_AT and standing.chance.random() >= OTHERS:
            return
        others = [row.login for row in standing.rows("company.people_to_log_in") if row.id != self.owner.person_id]
        standing.chance.shuffle(others)
        for login in others:
            self.office.act_as(login)
            if not name or self.office.actor.may(registry().handled(name).permission or name):
                return
        self.office.actor = self.owner

    def _send(self, name: str, payload: Mapping[str, Any], chance: random.Random) -> None:
        command_id, who = new_id(), self.office.actor.name
        self.past.append(f"{self.steps} {who}: {name} {payload}"[:MOST_TOLD])
        self.tally.steps += 1
        try:
            outcome = self.office.do((name, payload), (), command_id)
        except Refusal as refusal:
            self.past[-1] += f" -> {refusal.code} {refusal.params}"[:MOST_TOLD]
            self._refused(name, refusal)
        except BaseException as other:
            other.add_note(self.told())
            raise
        else:
            self.past[-1] += f" -> {outcome.value}"
            self._accepted(name, payload, outcome, again=chance.randrange(AGAIN) == 0)

    def _refused(self, name: str, refusal: Refusal) -> None:
        self.tally.refused[name] += 1
        self.tally.codes[refusal.code] += 1
        assert refusal.code != "kernel.guard", self.told()
        words_of(refusal)
        after = fingerprint(self.office)
        more = changed(self.before, after) - (OF_A_SHORTFALL if isinstance(refusal, Shortfall) else {JOURNAL})
        assert more == set(), f"{more} changed\n{self.told()}"
        self.before = after

    def _accepted(self, name: str, payload: Mapping[str, Any], outcome: Outcome, again: bool) -> None:
        self.tally.accepted[name] += 1
        after = fingerprint(self.office)
        touched = changed(self.before, after)
        assert self._findings(touched) == [], self.told()
        if again:
            second = self.office.bus.do(
                parse(registry().handled(name).command, payload), self.office.actor, outcome.command_id
            )
            assert second.known, self.told()
            assert encode(second.value) == encode(outcome.value), self.told()
            assert changed(after, fingerprint(self.office)) == set(), self.told()
        self.before = after

    def _findings(self, touched: set[str] | None) -> list[tuple[str, str, str, str]]:
        """What breaks the proofs that read one of the tables; of all where none is named."""
        reads = self.office.reads()
        return [
            (name, str(row.id), str(row.expected), str(row.found))
            for name, tables, proof in proofs()
            if touched is None or tables & touched
            for row in reads.all(proof)
        ]
