"""What somebody with a database tool cannot do to purchases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.purchasing import api
from tests.helpers.guards import refused_by_database, write_past
from tests.helpers.tampering import plain
from tests.modules.purchasing.buying import Buying

ORDER, LINE = api.purchase_order, api.purchase_order_line


def attack(buying: Buying, match: str, statement: Any) -> None:
    """The database says no to the statement."""
    with pytest.raises(DatabaseError, match=match), plain(buying.office.store.url) as connection:
        connection.execute(statement)


def line(connection: Connection, key: str) -> dict[str, Any]:
    return dict(connection.execute(select(LINE).where(LINE.c.order_id == key)).first()._mapping)  # type: ignore[union-attr]


def test_an_order_keeps_its_total_number_supplier_and_way(buying: Buying) -> None:
    key, ended = buying.order(), buying.order()
    buying.do("cancel_order", ended, reason="em dobro")
    here, over = ORDER.c.id == key, ORDER.c.id == ended
    attack(buying, "purchasing.total_differs", update(ORDER).where(here).values(total_amount=Decimal(1)))
    attack(buying, "purchasing.number_changed", update(ORDER).where(here).values(number=7))
    attack(buying, "purchasing.number_changed", update(ORDER).where(here).values(supplier_id=buying.other))
    attack(buying, "purchasing.unknown_move", update(ORDER).where(here).values(state="draft"))
    attack(buying, "purchasing.unknown_move", update(ORDER).where(over).values(state="ordered", ended_at=None))
    attack(buying, "kernel.never_deleted", delete(ORDER).where(here))
    attack(buying, "purchase_order_ended", update(ORDER).where(here).values(state="closed"))


def test_a_price_and_a_point_keep_their_place(buying: Buying) -> None:
    buying.price(buying.paper, "19", valid_from="2026-12-01")
    again = "UPDATE supplier_price SET valid_to = NULL WHERE valid_to IS NOT NULL"
    assert refused_by_database(buying.office, again) == "purchasing.price_overlap"
    other = "UPDATE supplier_price SET unit_price = unit_price + 1"
    assert refused_by_database(buying.office, other) == "purchasing.price_rewritten"
    for product in (buying.paper, buying.pen):
        buying.office.do("purchasing.set_reorder_point", product_id=product, minimum_quantity="1", maximum_quantity="2")
    same = f"UPDATE reorder_point SET product_id = '{buying.paper}'"
    assert refused_by_database(buying.office, same) == "purchasing.point_set_meanwhile"


def test_a_line_keeps_its_product_and_an_ended_order_its_lines(buying: Buying) -> None:
    key, ended = buying.order(), buying.order()
    buying.do("cancel_order", ended, reason="em dobro")
    attack(buying, "purchasing.other_product", update(LINE).where(LINE.c.order_id == key).values(product_id=buying.pen))
    attack(buying, "purchasing.order_ended", update(LINE).where(LINE.c.order_id == ended).values(quantity=Decimal(1)))
    attack(buying, "kernel.never_deleted", delete(LINE).where(LINE.c.order_id == key))
    attack(buying, "quantity", update(LINE).where(LINE.c.order_id == key).values(quantity=Decimal(0)))
    with plain(buying.office.store.url) as connection:
        row = line(connection, key)
    attack(buying, r"uq_purchase_order_line|UNIQUE", insert(LINE).values(**{**row, "id": new_id()}))


def test_a_line_is_never_less_than_has_come(buying: Buying) -> None:
    key = buying.order()
    (there,) = buying.lines(key)
    write_past(buying.office, f"INSERT INTO purchase_line_balance (id, received) VALUES ('{there.id}', 40000)")
    for change in ("quantity = 30000", "active = false"):
        sql = f"UPDATE purchase_order_line SET {change}"
        assert refused_by_database(buying.office, sql) == "purchasing.less_than_received"
