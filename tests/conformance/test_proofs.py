"""Every proof of `retaguarda check`: one row changed by raw SQL with the triggers off, and the check names that row.

A new proof that stands in no `Break`, neither here nor in what its module declares, fails the last test of this file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Table, and_, select, update

from retaguarda.app.compose import MODULES, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.model import Numbers, table_of
from retaguarda.kernel.module import models_of
from retaguarda.kernel.proofs import kernel_proofs
from retaguarda.kernel.series import NumberSeries
from tests.helpers import company
from tests.helpers.declared import declared
from tests.helpers.tampering import Break, Change, Row, asleep, plain, tool
from tests.helpers.terminal import DEFECT, DONE, Terminal

ONE = Decimal(1)
LEDGER = "kernel.ledger_has_journal_row."


def tables() -> Mapping[str, Table]:
    """Every table by name."""
    return {name: table_of(model) for name, model in models_of(MODULES).items()}


@dataclass(frozen=True, slots=True)
class Story:
    """Keys in a company in which every ledger has rows."""

    paper: str
    main: str
    place: str
    orders: Mapping[str, str]
    """By how far they have come: quoted, confirmed, amended, invoiced, picked, delivered, cancelled."""
    shipment: str
    """The delivered one."""
    lines: Sequence[str]
    """Two lines of the picked order with the same product."""
    series: Sequence[str] = ()
    """The kinds of all numbers given."""


def tell(office: Office) -> Story:
    """Fills the test company so that every ledger has rows."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    customer = do("party.add_party", name="Maria Souza", customer=True)["id"]
    paper, ink = (do("catalog.add_product", code=c, name=c, price="10", tax_code="T")["id"] for c in ("P", "T"))
    do("catalog.set_tax_rate", tax_code="T", rate="0.18")
    do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "30"} for p in (paper, ink)])
    do("inventory.expect_stock", product_id=paper, quantity="9", expected_on="2026-12-20")
    steps = {
        "confirmed": "sales.confirm_order",
        "invoiced": "sales.invoice_order",
        "picked": "delivery.pick_order",
        "shipped": "delivery.ship_order",
        "delivered": "delivery.deliver_order",
    }

    def order(until: str) -> str:
        asked = [{"product_id": product, "quantity": "1"} for product in (paper, paper, ink)]
        key = do("sales.create_quotation", customer_id=customer, lines=asked, promised_on="2026-11-27")["id"]
        for name, command in steps.items():
            if until == "quoted":
                break
            do(command, order_id=key, **({"receiver_name": "João"} if name == "delivered" else {}))
            if name == until:
                break
        return str(key)

    orders = {name: order(name) for name in ("quoted", "confirmed", "invoiced", "picked", "delivered")}
    orders["cancelled"], orders["amended"] = order("confirmed"), order("confirmed")
    do("sales.cancel_order", order_id=orders["cancelled"], reason="desistiu")
    more = {"promised_on": "2026-12-01", "consent_by": "Maria", "consent_channel": "phone"}
    do("sales.amend_order", order_id=orders["amended"], **more)
    do("inventory.hold_stock", product_id=paper, quantity="2", reason="conferir")
    do("inventory.authorise_negative", product_id=paper, quantity="3", reason="sem nota ainda")
    do("inventory.count_stock", lines=[{"product_id": ink, "quantity": "2"}])
    lines = [r.id for r in office.show("sales.order_lines", {"order_id": orders["picked"]}, "position").rows[:2]]
    main = office.show("inventory.warehouses").rows[0].id
    place = office.show("inventory.locations").rows[0].id
    shipment = office.show("delivery.shipments", {"order_id": orders["delivered"]}).rows[0].id
    counter = table_of(NumberSeries)
    with office.store.engine.connect() as connection:
        series = connection.execute(select(counter.c.kind).distinct().order_by(counter.c.kind)).scalars().all()
    return Story(paper, main, place, orders, shipment, lines, series)


def inventory_breaks(story: Story) -> list[Break]:
    """Balances that differ from their ledgers, and lines that give back what they never had."""
    here = {"product_id": story.paper}
    in_stock, in_bin = f"{story.paper}/{story.main}", f"{story.paper}/{story.place}/"

    def balance(proof: str, table: str, column: str, *also: str) -> Break:
        key = {"stock_balance": in_stock, "bin_balance": in_bin}.get(table)
        named = (lambda row: key) if key else (lambda row: str(row["id"]))
        change = Change(table, {column: ONE}, here)
        return Break(f"inventory.{proof}", [change], named, [f"inventory.{one}" for one in also])

    def lines(proof: str, table: str) -> Break:
        first, second = ({"line_id": line} for line in story.lines)
        changes = [Change(table, {"quantity": -2 * ONE}, first), Change(table, {"quantity": 2 * ONE}, second)]
        return Break(f"inventory.{proof}", changes, lambda row: str(row["line_id"]))

    return [
        balance("on_hand_equals_moves", "stock_balance", "on_hand", "bins_equal_stock"),
        balance("held_equals_holds", "stock_balance", "held"),
        balance("reserved_equals_reservations", "stock_balance", "reserved"),
        balance("allowed_negative_equals_authorisations", "stock_balance", "allowed_negative"),
        balance("bins_equal_moves", "bin_balance", "on_hand", "bins_equal_stock"),
        balance("bins_allowed_equal_authorisations", "bin_balance", "allowed_negative"),
        balance("picked_equals_picks", "bin_balance", "picked"),
        balance("pegged_equals_reservations", "expected_movement", "pegged"),
        balance("expected_equals_entries", "expected_movement", "quantity"),
        # Both sides of this one are balances: whichever is changed, the proof of its ledger sees it too.
        Break("inventory.bins_equal_stock", [Change("bin_balance", {"on_hand": ONE}, here)], lambda row: in_stock,
              ["inventory.bins_equal_moves"]),
        lines("lines_reserve_nothing_negative", "stock_reservation"),
        lines("lines_pick_nothing_negative", "stock_pick"),
    ]  # fmt: skip


def paper_breaks(story: Story) -> list[Break]:
    """Orders, promises and invoices."""
    confirmed = story.orders["confirmed"]
    return [
        Break("sales.order_total_equals_lines", [Change("sales_order", {"total_amount": ONE}, {"id": confirmed})]),
        Break("sales.confirmed_lines_are_promised", [Change("promise", {"line_id": new_id()}, {"order_id": confirmed})],
              lambda row: str(row["line_id"])),
        Break("sales.promised_day_equals_promises",
              [Change("sales_order", {"promised_on": dt.date(2026, 12, 24)}, {"id": confirmed})]),
        Break("billing.total_equals_lines", [Change("invoice_line", {"gross_amount": ONE, "net_amount": ONE})],
              lambda row: str(row["invoice_id"])),
        Break("billing.total_equals_instalments", [Change("instalment", {"amount": ONE})],
              lambda row: str(row["invoice_id"]), ["billing.receivable_equals_instalment"]),
    ]  # fmt: skip


def way_breaks(story: Story) -> list[Break]:
    """Shipments, cases and their steps."""
    confirmed, cancelled, delivered = (story.orders[name] for name in ("confirmed", "cancelled", "delivered"))
    steps = ("kernel.case_has_one_open_step",)

    def order(row: Row) -> str:
        return str(row["subject_id"])

    return [
        Break("delivery.shipped_left_stock",
              [Change("shipment_line", {"quantity": ONE}, {"shipment_id": story.shipment})],
              also=["delivery.packed_is_picked"]),
        Break("delivery.packed_is_picked",
              [Change("shipment_line", {"quantity": ONE}, {"order_line_id": story.lines[0]})]),
        Break("delivery.delivered_order_is_closed", [Change("sales_order", {"state": "confirmed"}, {"id": delivered})],
              lambda _: story.shipment, ["process.open_order_has_open_case"]),
        Break("process.ended_order_has_closed_case",
              [Change("case_head", {"state": "open"}, {"subject_id": cancelled})], order, steps),
        Break("process.open_order_has_open_case",
              [Change("case_head", {"state": "closed"}, {"subject_id": confirmed})], order, steps),
        Break("kernel.case_has_one_open_step", [Change("case_step", {"state": "done"}, {"state": "open"})],
              lambda row: str(row["case_id"])),
    ]  # fmt: skip


def journal_breaks() -> list[Break]:
    """A ledger row of a command that nobody gave."""
    ledgers = [name for name, model in models_of(MODULES).items() if model.__ledger__ is not None]
    return [Break(LEDGER + name, [Change(name, {"command_id": new_id()})]) for name in ledgers]


def number_breaks(story: Story) -> list[Break]:
    """For every table with numbers: a series that gave one more than it has, a row with a number of no series."""
    found = []
    for name, numbers in numbered().items():
        whole, of_series = f"kernel.series_is_whole.{name}", f"kernel.number_is_of_series.{name}"
        kind = next((k for k in story.series if is_of(k, numbers)), "")
        found.append(Break(whole, [Change("number_series", {"last": 1}, {"kind": kind})]))
        found.append(Break(of_series, [Change(name, {"number": 7000})], also=[whole]))
    return found


def numbered() -> Mapping[str, Numbers]:
    """What every table with numbers declares."""
    return {name: model.__numbers__ for name, model in models_of(MODULES).items() if model.__numbers__ is not None}


def is_of(kind: str, numbers: Numbers) -> bool:
    """Whether a series is one of those that a table declares."""
    return kind.rpartition(".")[0] == numbers.kind if numbers.by else kind == numbers.kind


def breaks(story: Story) -> list[Break]:
    """One for every proof."""
    own = [one for breaks_of in declared("breaks") for one in breaks_of()]
    firsts = (inventory_breaks, paper_breaks, way_breaks, number_breaks)
    return [*(one for of in firsts for one in of(story)), *own, *journal_breaks()]


class Tampering:
    """Changes rows and puts them back."""

    def __init__(self, url: str) -> None:
        self.engine, self.tables = tool(url), tables()
        self.was: list[tuple[Table, Row]] = []

    def close(self) -> None:
        self.engine.dispose()

    def change(self, changes: Sequence[Change]) -> Row:
        """Makes the changes; gives the first row as it was."""
        with self.engine.begin() as connection, asleep(connection):
            for one in changes:
                self._change(connection, one)
        return self.was[0][1]

    def undo(self) -> None:
        """Puts every row back as it was."""
        with self.engine.begin() as connection, asleep(connection):
            for table, row in reversed(self.was):
                connection.execute(update(table).where(self._is(table, row)).values(**row))
        self.was.clear()

    def _change(self, connection: Connection, one: Change) -> None:
        table = self.tables[one.table]
        where = [table.c[name] == value for name, value in one.where.items()]
        row = dict(connection.execute(select(table).where(*where).limit(1)).one()._mapping)
        self.was.append((table, row))
        numbers = {name: row[name] + value for name, value in one.values.items() if type(value) in (int, Decimal)}
        done = connection.execute(update(table).where(self._is(table, row)).values({**one.values, **numbers}))
        assert done.rowcount == 1

    @staticmethod
    def _is(table: Table, row: Row) -> Any:
        return and_(*(column == row[column.name] for column in table.primary_key.columns))


@pytest.fixture
def prompt(company_url: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(company_url, capsys)


@pytest.fixture
def story(company_url: str) -> Story:
    office = company.open_as(company_url)
    try:
        for more in declared("tell"):
            more(office)
        return tell(office)
    finally:
        office.close()


def test_each_proof_names_the_row_that_was_changed(prompt: Terminal, story: Story) -> None:
    before = prompt.check()
    assert (before.code, before.said["findings"]) == (DONE, [])
    tampering, office, wrong, asked = Tampering(prompt.url), company.open_as(prompt.url), [], set()
    for one in breaks(story):
        row = tampering.change(one.changes)
        findings = office.check()
        found: dict[str, list[str]] = {}
        for finding in findings:
            found.setdefault(finding.proof, []).append(finding.id)
        if found.pop(one.proof, None) != [one.key(row)] or set(found) - set(one.also):
            wrong.append((one.proof, one.key(row), findings))
        owner = one.proof.split(".")[0]
        if owner not in asked:
            # What is found is what is told to whoever asks at a prompt: looked at once for each owner of proofs.
            asked.add(owner)
            answer = prompt.check()
            assert (answer.code, answer.said["findings"]) == (DEFECT, [asdict(finding) for finding in findings])
        tampering.undo()
    office.close()
    tampering.close()
    assert not wrong, "\n".join(map(str, wrong))
    assert prompt.check().said["findings"] == [], "everything was put back"
    # Every number given belongs to one declared table, and every declared table was given one in this story.
    owners = {kind: [name for name, numbers in numbered().items() if is_of(kind, numbers)] for kind in story.series}
    assert {kind for kind, names in owners.items() if len(names) != 1} == set()
    assert {name for names in owners.values() for name in names} == set(numbered())


GONE, OURS = "stock_move_no_update", "stock_move"
SPOILT = {
    ("sqlite", "dropped"): [f"DROP TRIGGER {GONE}"],
    ("sqlite", "altered"): [
        f"DROP TRIGGER {GONE}",
        f"CREATE TRIGGER {GONE} BEFORE UPDATE ON {OURS} BEGIN SELECT 1; END",
    ],
    ("postgresql", "dropped"): [f"DROP TRIGGER {GONE} ON {OURS}"],
    ("postgresql", "altered"): [
        f"CREATE OR REPLACE FUNCTION {GONE}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
    ],
}


@pytest.mark.parametrize("how", ["dropped", "altered", "hash"])
def test_a_trigger_that_is_gone_or_another_is_named(prompt: Terminal, how: str) -> None:
    engine = "sqlite" if prompt.url.startswith("sqlite") else "postgresql"
    with plain(prompt.url) as connection:
        for sql in SPOILT.get((engine, how), ["UPDATE schema_mark SET value = 'x' WHERE name = 'triggers'"]):
            connection.exec_driver_sql(sql)
    answer = prompt.check()
    named = "triggers" if how == "hash" else GONE
    assert answer.code == DEFECT
    assert [(f["proof"], f["id"]) for f in answer.said["findings"]] == [("kernel.triggers", named)]


def test_a_row_that_the_search_index_has_otherwise_is_named(prompt: Terminal) -> None:
    office = company.open_as(prompt.url)
    key = office.do("party.add_party", name="Maria Souza", customer=True).value["id"]
    office.close()
    sqlite = prompt.url.startswith("sqlite")
    with plain(prompt.url) as connection, asleep(connection):
        if sqlite:
            party = tables()["party"]
            connection.execute(update(party).where(party.c.id == key).values(folded="ninguem"))
        else:
            # There no row can differ from its index, but the index may be gone.
            connection.exec_driver_sql("DROP INDEX ix_party_words")
    answer = prompt.check()
    assert answer.code == DEFECT
    found = [(f["proof"], f["id"]) for f in answer.said["findings"]]
    assert found == [("kernel.search_index.party", key if sqlite else "")]


def test_every_proof_has_a_row_that_breaks_it() -> None:
    story = Story(
        "p", "m", "l", dict.fromkeys(("confirmed", "invoiced", "cancelled", "delivered"), "o"), "s", ("1", "2")
    )
    broken = [one.proof for one in breaks(story)]
    proofs = [proof.name for proof in (*kernel_proofs(MODULES), *registry().proofs)]
    assert sorted(broken) == sorted(proofs)
