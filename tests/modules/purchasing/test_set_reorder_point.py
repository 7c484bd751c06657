"""When a product is bought again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.purchasing import api
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_one_for_each_product_and_warehouse_and_set_again(buying: Buying) -> None:
    values = {"product_id": buying.paper, "minimum_quantity": "10", "maximum_quantity": "40"}
    with acting(buying.office, "stock"):
        (row,) = buying.office.do(("purchasing.set_reorder_point", values)).rows
    assert (row.code, row.warehouse_id, row.minimum_quantity, row.maximum_quantity) == ("A4-75", buying.main, 10, 40)
    (again,) = buying.office.do(
        ("purchasing.set_reorder_point", {**values, "maximum_quantity": "50", "supplier_id": buying.other})
    ).rows
    assert (again.id, again.version, again.maximum_quantity) == (row.id, 2, 50)
    assert again.supplier_name == "Atacado do Papel"


def test_refusals(buying: Buying) -> None:
    def set_point(**more: str) -> None:
        values = {"product_id": buying.paper, "minimum_quantity": "10", "maximum_quantity": "40", **more}
        buying.office.do(("purchasing.set_reorder_point", values))

    with refused(buying.office, "purchasing.maximum_below_minimum"):
        set_point(maximum_quantity="9")
    with refused(buying.office, "purchasing.unknown_product"):
        set_point(product_id=new_id())
    with refused(buying.office, "inventory.unknown_warehouse"):
        set_point(warehouse_id=new_id())
    with refused(buying.office, "catalog.whole_quantity"):
        set_point(minimum_quantity="0.5")
    with refused(buying.office, "kernel.missing"):
        set_point(supplier_id=new_id())
    with acting(buying.office, "picking"), refused(buying.office, "kernel.forbidden"):
        set_point()
    set_point()
    with pytest.raises(DatabaseError, match="reorder_point_quantity"), buying.office.store.engine.begin() as connection:
        connection.execute(update(api.reorder_point).values(maximum_quantity=Decimal(1)))
