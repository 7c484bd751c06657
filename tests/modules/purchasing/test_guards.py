"""What somebody with a database tool cannot do to purchases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.purchasing import api
from tests.helpers.company import acting
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


def owing(buying: Buying) -> str:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"), payment_terms="30/60")
    buying.receive(key)
    buying.bill(key)
    return key


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE payable SET open_amount = amount + 1", "purchasing.more_than_due"),
        ("UPDATE payable SET open_amount = -1", "purchasing.more_than_due"),
        ("UPDATE payable SET amount = amount + 1, open_amount = 0", "purchasing.payable_differs"),
        ("DELETE FROM payable", "kernel.never_deleted"),
        ("UPDATE payable_entry SET amount = 1", "kernel.append_only"),
        ("DELETE FROM purchase_receipt_line", "kernel.append_only"),
        ("UPDATE supplier_invoice SET state = 'refused'", "purchasing.invoice_settled"),
        ("UPDATE purchase_line_balance SET returned = received + 1", "purchasing.more_than_received"),
        ("UPDATE purchase_line_balance SET credited = invoiced + 1", "purchasing.more_than_invoiced"),
    ],
)
def test_what_was_received_and_owed_stays(buying: Buying, sql: str, code: str) -> None:
    owing(buying)
    assert refused_by_database(buying.office, sql) == code


def copied(table: str, **other: str) -> str:
    """SQL that writes the first row of a table once more, with other values."""
    columns = [c.key for c in getattr(api, table).c]
    values = [other.get(name, name) for name in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}"


def fresh() -> str:
    return f"'{new_id()}'"


def test_a_payable_is_not_born_settled_and_a_payment_settles_what_it_says(buying: Buying) -> None:
    owing(buying)
    buying.pay(buying.bank(), (buying.payables()[0].id, None))
    born = copied("payable", id=fresh(), document_id=fresh()) + " WHERE position = 2"
    assert refused_by_database(buying.office, born) == "purchasing.payable_differs"
    more = copied("supplier_payment", id=fresh(), number="7")
    assert refused_by_database(buying.office, more) == "purchasing.payment_differs"
    twice = copied("payable_entry", id=fresh()) + " WHERE kind = 'paid'"
    assert refused_by_database(buying.office, twice) == "purchasing.payment_reversed"
    over = copied("payable_entry", id=fresh(), document_id=fresh()) + " WHERE kind = 'paid'"
    assert refused_by_database(buying.office, over) == "purchasing.more_than_due"


def test_a_document_takes_no_more_lines(buying: Buying) -> None:
    key = owing(buying)
    back = {"order_id": key, "lines": [{"product_id": buying.paper, "quantity": "1"}], "reason": "defeito"}
    buying.office.do(("purchasing.return_goods", back))
    for table in ("supplier_return_line", "supplier_invoice_line"):
        late = copied(table, id=fresh(), position="9", **({"line_id": fresh()} if "invoice" in table else {}))
        assert refused_by_database(buying.office, late + " LIMIT 1") == "purchasing.written_already", table
    again = buying.order((buying.paper, "10"))
    buying.receive(again, {"product_id": buying.paper, "quantity": "1"})
    late = copied("purchase_receipt_line", id=fresh(), position="9")
    here = f" WHERE line_id = '{buying.lines(again)[0].id}'"
    assert refused_by_database(buying.office, late + here) == "purchasing.written_already"


def test_a_held_invoice_keeps_its_sums(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key, {"product_id": buying.paper, "quantity": "1"})
    with acting(buying.office, "finance"):
        buying.bill(key, "NF 2", (buying.paper, "10", "90"))
    for change, code in (
        ("total_amount = total_amount + 1, other_amount = other_amount + 1", "purchasing.invoice_changed"),
        ("supplier_number = 'NF 1'", "purchasing.invoice_changed"),
        ("state = 'posted'", "purchasing.payables_differ"),
    ):
        assert refused_by_database(buying.office, f"UPDATE supplier_invoice SET {change}") == code
    extra = copied("supplier_invoice", id=fresh(), supplier_number="'NF 1'")
    assert refused_by_database(buying.office, extra) == "purchasing.invoice_differs"
    free = {"goods_amount": "0", "other_amount": "total_amount"}
    again = copied("supplier_invoice", id=fresh(), **free)
    assert refused_by_database(buying.office, again) == "purchasing.invoice_twice"


def test_more_than_ordered_comes_only_with_its_word(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    buying.receive(key, {"product_id": buying.paper, "quantity": "4"})
    more = copied("purchase_receipt_line", id=fresh(), receipt_id=fresh(), quantity="70000")
    assert refused_by_database(buying.office, more) == "purchasing.more_than_ordered"
    buying.do("close_order", key, reason="não vem mais")
    assert refused_by_database(buying.office, more) == "purchasing.not_awaited"
