"""`check` names exactly the row that somebody changed behind the program's back."""

from __future__ import annotations

import contextlib
import sqlite3
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Table, update

from retaguarda.kernel.ids import new_id
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.api import tables
from tests.helpers.tampering import without_triggers
from tests.modules.inventory.depot import Depot, TryLine, line_of

ONE = Decimal(1)
STOCK, BIN, COMING = api.stock_balance, api.bin_balance, api.expected_movement


@pytest.fixture
def busy(depot: Depot) -> Depot:
    """A depot where every ledger has rows: held, reserved, picked, authorised, expected and pegged."""
    office = depot.office
    order = depot.reserve((depot.paper, "4"), (depot.paper, "1"))
    depot.step("pick", order)
    office.do("inventory.hold_stock", product_id=depot.paper, quantity="2", reason="conferir")
    office.do("inventory.authorise_negative", product_id=depot.paper, quantity="3", reason="sem nota")
    coming = office.do("inventory.expect_stock", product_id=depot.paper, quantity="5", expected_on="2026-12-01")
    depot.reserve(
        TryLine(line_id=new_id(), product_id=depot.paper, quantity=Decimal(2), expected_id=coming.value["id"])
    )
    depot.receive(depot.pen, "3")
    depot.clean()
    return depot


def tamper(depot: Depot, table: Table, **values: Any) -> None:
    with without_triggers(depot.office) as connection:
        where = table.c.product_id == depot.paper
        assert connection.execute(update(table).where(where).values(**values)).rowcount == 1


def found(depot: Depot) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for finding in depot.office.check():
        out.setdefault(finding.proof, []).append(finding.id)
    return out


@pytest.mark.parametrize(
    ("table", "column", "proofs"),
    [
        (STOCK, "on_hand", {"inventory.on_hand_equals_moves", "inventory.bins_equal_stock"}),
        (STOCK, "held", {"inventory.held_equals_holds"}),
        (STOCK, "reserved", {"inventory.reserved_equals_reservations"}),
        (STOCK, "allowed_negative", {"inventory.allowed_negative_equals_authorisations"}),
        (BIN, "picked", {"inventory.picked_equals_picks"}),
        (BIN, "allowed_negative", {"inventory.bins_allowed_equal_authorisations"}),
        (COMING, "pegged", {"inventory.pegged_equals_reservations"}),
        (COMING, "quantity", {"inventory.expected_equals_entries"}),
    ],
    ids=lambda v: v if isinstance(v, str) else getattr(v, "name", ""),
)
def test_a_changed_balance_is_named(busy: Depot, table: Table, column: str, proofs: set[str]) -> None:
    tamper(busy, table, **{column: table.c[column] + ONE})
    keys = {
        "stock_balance": f"{busy.paper}/{busy.main}",
        "bin_balance": f"{busy.paper}/{busy.place}/",
        "expected_movement": busy.office.show("inventory.expected").rows[0].id,
    }
    assert found(busy) == {proof: [keys[table.name]] for proof in proofs}


def test_a_changed_bin_is_named_by_its_moves_and_its_stock(busy: Depot) -> None:
    tamper(busy, BIN, on_hand=BIN.c.on_hand + ONE)
    assert found(busy) == {
        "inventory.bins_equal_moves": [f"{busy.paper}/{busy.place}/"],
        "inventory.bins_equal_stock": [f"{busy.paper}/{busy.main}"],
    }


@pytest.mark.parametrize(
    ("table", "proofs"),
    [
        (
            api.stock_move,
            {"inventory.on_hand_equals_moves", "inventory.bins_equal_moves", "inventory.owned_equals_moves"},
        ),
        (api.stock_hold, {"inventory.held_equals_holds", "inventory.bins_held_equal_holds"}),
        (
            api.authorised_negative,
            {"inventory.allowed_negative_equals_authorisations", "inventory.bins_allowed_equal_authorisations"},
        ),
        (tables.expected_entry, {"inventory.expected_equals_entries"}),
    ],
    ids=lambda v: getattr(v, "name", ""),
)
def test_a_changed_ledger_row_is_found(busy: Depot, table: Table, proofs: set[str]) -> None:
    tamper(busy, table, quantity=table.c.quantity + ONE)
    assert set(found(busy)) == proofs


def test_a_line_that_gives_back_more_than_it_had_is_named(busy: Depot) -> None:
    """The sums still agree, but somebody else's reservation was given free."""
    order = busy.reserve((busy.paper, "1"), (busy.paper, "1"))
    with without_triggers(busy.office) as connection:
        table = api.stock_reservation
        first, second = (table.c.line_id == line_of(order, n) for n in (1, 2))
        connection.execute(update(table).where(first).values(quantity=Decimal(-1)))
        connection.execute(update(table).where(second).values(quantity=Decimal(3)))
    assert found(busy) == {"inventory.lines_reserve_nothing_negative": [line_of(order, 1)]}


def test_a_ledger_row_without_its_command_is_named(busy: Depot) -> None:
    row = busy.office.show("inventory.holds").rows[0]
    stray = update(api.stock_hold).where(api.stock_hold.c.id == row.id).values(command_id=new_id())
    if busy.office.store.name == "sqlite":
        # A plain connection of the driver checks no foreign keys.
        with contextlib.closing(sqlite3.connect(busy.office.store.url.removeprefix("sqlite:///"))) as plain:
            sql = plain.execute("SELECT sql FROM sqlite_master WHERE name = 'stock_hold_no_update'").fetchone()[0]
            plain.execute("DROP TRIGGER stock_hold_no_update")
            keys = (bytes.fromhex(new_id()), bytes.fromhex(row.id))
            plain.execute("UPDATE stock_hold SET command_id = ? WHERE id = ?", keys)
            plain.execute(sql)
            plain.commit()
    else:
        with without_triggers(busy.office) as connection:
            connection.execute(stray)
    assert found(busy) == {"kernel.ledger_has_journal_row.stock_hold": [row.id]}
