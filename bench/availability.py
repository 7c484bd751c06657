"""How long an order line waits for its answer from the stock, in a company with a long past."""

from __future__ import annotations

import random
import time
from typing import Any

from sqlalchemy import bindparam, select, text

from bench import databases
from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import Key, UtcDateTime, table_of
from tests.helpers.tampering import unwatched

PRODUCTS, LEDGER_ROWS = 100_000, 2_000_000
FAST = 50
"""Of how many parts of the whole the fast measure takes one."""
ASKED, WARM = 400, 20
_SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n) AS n",
    "pg": "generate_series(1, {most}) AS n(i)",
}
_KEY = {"sqlite": "randomblob(16)", "pg": "gen_random_uuid()"}
_JOURNAL = table_of(CommandJournal)
_KINDS: dict[str, Any] = {"command_id": Key(), "at": UtcDateTime(), "warehouse": Key(), "place": Key()}
_DAY = {"sqlite": "'2026-11-20'", "pg": "DATE '2026-11-20'"}
_PRODUCTS = """
INSERT INTO product (id, version, command_id, code, name, kind, unit_code, folded, archived)
SELECT {key}, 1, :command_id, 'P' || n.i, 'Produto ' || n.i, 'stock', 'UN', 'produto ' || n.i, {no} FROM {series}
"""
_MOVES = """
INSERT INTO stock_move (id, command_id, at, kind, product_id, to_location_id, to_warehouse_id, lot, quantity, cost,
  unit_cost, on_day, document_table, document_id)
SELECT {key}, :command_id, :at, 'receipt', p.id, :place, :warehouse, '', 10000, 0, 0, {day}, 'bench', :command_id
FROM product AS p, {series}
"""
_RESERVATIONS = """
INSERT INTO stock_reservation (id, command_id, at, kind, product_id, warehouse_id, quantity, priority, document_table,
  document_id, line_id)
SELECT {key}, :command_id, :at, 'reserve', p.id, :warehouse, 10000, 0, 'bench', :command_id, {key}
FROM product AS p, {series}
"""
_EXPECTED = """
INSERT INTO expected_movement (id, product_id, warehouse_id, expected_on, quantity, pegged, document_table, document_id)
SELECT {key}, p.id, :warehouse, {far}, 50000, 10000, 'bench', :command_id FROM product AS p
"""
_BALANCES = """
INSERT INTO stock_balance (product_id, warehouse_id, on_hand, reserved) SELECT p.id, :warehouse, {on_hand}, {reserved}
FROM product AS p
"""


def measure_availability(bed: databases.Bed, *, fast: bool = False) -> dict[str, Any]:
    """The 95th percentile of the answer to one order line, in milliseconds."""
    part = FAST if fast else 1
    products, moves, reserved = PRODUCTS // part, 12, 8
    assert products * (moves + reserved) == LEDGER_ROWS // part
    url = bed.fresh("availability")
    office = databases.new_company(url)
    try:
        warehouse = office.show("inventory.warehouses").rows[0].id
        place = office.show("inventory.locations").rows[0].id
        office.do("catalog.add_product", code="FIRST", name="Primeiro")
        _fill(bed.engine, url, warehouse, place, (products, moves, reserved))
        ids = [row.id for row in office.show("catalog.products", limit=5000).rows]
        chance = random.Random(databases.SEED)
        waits = []
        for n in range(ASKED + WARM):
            asked = {"product_id": chance.choice(ids), "warehouse_id": warehouse}
            began = time.perf_counter()
            (row,) = office.show("inventory.availability", asked).rows
            if n >= WARM:
                waits.append((time.perf_counter() - began) * 1000)
            assert row.free is not None
    finally:
        office.close()
    waits.sort()
    return {
        "availability_p95_ms": round(waits[int(len(waits) * 0.95)], 2),
        "products": products,
        "ledger_rows": products * (moves + reserved),
    }


def _fill(engine: str, url: str, warehouse: str, place: str, sizes: tuple[int, int, int]) -> None:
    products, moves, reserved = sizes
    words = {"key": _KEY[engine], "day": _DAY[engine], "no": "false", "far": _DAY[engine].replace("2026-11", "2099-11")}

    def sql(template: str, most: int = 1) -> str:
        series = _SERIES[engine].format(most=most)
        sums = {"on_hand": moves * 10_000, "reserved": reserved * 10_000}
        return template.format(series=series, **words, **sums)

    with unwatched(url) as connection:
        journal = connection.execute(select(_JOURNAL.c.id, _JOURNAL.c.at).limit(1)).one()
        values = {"command_id": journal.id, "at": journal.at, "warehouse": warehouse, "place": place}
        for template, most in (
            (_PRODUCTS, products - 1),
            (_MOVES, moves),
            (_RESERVATIONS, reserved),
            (_EXPECTED, 1),
            (_BALANCES, 1),
        ):
            statement = text(sql(template, most))
            given = [bindparam(name, values[name], _KINDS[name]) for name in statement._bindparams]
            connection.execute(statement.bindparams(*given))
        connection.execute(text("ANALYZE"))
