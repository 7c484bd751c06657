"""A pick list by the way through the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.helpers.raw import spelled

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_the_stops_follow_the_way(aisles: Aisles) -> None:
    with acting(aisles.office, "picking"):
        pick_list = aisles.start()
    stops = aisles.stops(pick_list)
    assert [(s.location_code, s.code, s.quantity, s.left, s.place_known) for s in stops] == [
        ("01", "P-1", 3, 3, False),
        ("B-02", "P-1", 2, 2, False),
        ("B-02", "P-2", 2, 2, False),
    ]
    row = aisles.office.one("delivery.pick_lists", pick_list)
    assert (row.number, row.picker_name, row.stop_count, row.done_count, row.state) == (
        1,
        "Pessoa picking",
        3,
        0,
        "open",
    )
    assert aisles.office.check() == []


def test_refusals(aisles: Aisles) -> None:
    shop, office = aisles.shop, aisles.office
    unbilled = shop.order("confirm")
    with refused(office, "delivery.pick_order.not_invoiced"):
        office.do("delivery.start_picking", order_id=unbilled)
    with refused(office, "kernel.missing"):
        office.do("delivery.start_picking", order_id=new_id())
    pick_list = aisles.start((shop.products[2], "4"))
    with refused(office, "delivery.start_picking.begun"):
        office.do("delivery.start_picking", order_id=aisles.order)
    with acting(office, "shipping"), refused(office, "kernel.forbidden"):
        office.do("delivery.start_picking", order_id=aisles.order)
    with refused(office, "delivery.still_picking"):
        shop.step("pick", aisles.order)
    aisles.scan(pick_list, "4*P-3")
    with refused(office, "delivery.out_of_turn"):
        office.do("delivery.start_picking", order_id=aisles.order)
    short = shop.order("invoice", [(shop.products[2], "6")])
    shop.count(shop.products[2], "5")
    with refused(office, "delivery.pick_order.not_reserved", also=frozenset({"failure"})):
        office.do("delivery.start_picking", order_id=short)


def test_what_lies_nowhere_has_no_list(aisles: Aisles) -> None:
    product = aisles.office.do("catalog.add_product", code="P-9", name="Produto 9", price="9.00").value["id"]
    aisles.office.do("inventory.authorise_negative", product_id=product, quantity="3", reason="nota chega à tarde")
    order = aisles.shop.order("invoice", [(product, "2")])
    with refused(aisles.office, "delivery.start_picking.nothing_there"):
        aisles.office.do("delivery.start_picking", order_id=order)


def test_the_database_picks_for_no_other_order(aisles: Aisles) -> None:
    """As somebody with a database tool would try it."""
    other = aisles.shop.order("invoice", [(aisles.shop.products[1], "1")])
    pick_list = aisles.start()
    columns = "id, command_id, at, pick_list_id, position, order_line_id, product_id, location_id, lot, quantity"
    strange = (
        f"INSERT INTO pick_task ({columns}) SELECT '{new_id()}', t.command_id, t.at, t.pick_list_id, 99, l.id, "
        "l.product_id, t.location_id, '', 10000 FROM pick_task t, sales_order_line l "
        f"WHERE t.position = 1 AND l.order_id = '{other}'"
    )
    assert refused_by_database(aisles.office, strange) == "delivery.wrong_order"
    moved = f"UPDATE pick_list SET order_id = '{other}' WHERE id = '{pick_list}'"
    assert refused_by_database(aisles.office, moved) == "delivery.list_ended"
    fields = "id, version, command_id, number, branch_id, order_id, state, began_at"
    copied = f"SELECT {{key}}, 1, command_id, 2, branch_id, '{other}', 'open', began_at FROM pick_list"
    # A list whose stops are another order's: the stops come first, so that the head is where it is seen.
    head = new_id()
    lost = (
        f"INSERT INTO pick_task ({columns}) SELECT '{new_id()}', command_id, at, '{head}', 1, order_line_id, "
        "product_id, location_id, lot, quantity FROM pick_task WHERE position = 1"
    )
    with aisles.office.store.engine.connect().execution_options(writes=True) as connection:
        from sqlalchemy import text
        from sqlalchemy.exc import DBAPIError

        engine = aisles.office.store.name
        connection.execute(text(spelled(lost, engine)))
        try:
            copy = f"INSERT INTO pick_list ({fields}) {copied.format(key=repr(head))}"
            connection.execute(text(spelled(copy, engine)))
            raise AssertionError("a list took another order's stops")
        except DBAPIError as error:
            assert "delivery.wrong_order" in str(error)
        connection.rollback()
