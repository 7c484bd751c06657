"""Warehouses: one main one per branch, further ones beside it."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.inventory import api
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot


def test_a_further_warehouse_is_not_the_main_one(depot: Depot) -> None:
    (row,) = depot.office.do("inventory.add_warehouse", code="2", name="Depósito", first_location="D-1").rows
    assert (row.code, row.main, row.locations, row.branch_name) == ("2", False, 1, "Matriz")
    assert api.warehouse_of(depot.office.reads(), row.branch_id).id == depot.main
    with refused(depot.office, "inventory.warehouse_code_taken"):
        depot.office.do("inventory.add_warehouse", code="2", name="Outro")
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.add_warehouse", code="3", name="Outro", branch_id=new_id())
    with pytest.raises(IntegrityError), depot.office.store.engine.begin() as connection:
        connection.execute(update(api.warehouse).values(main=True))


def test_a_new_branch_gets_its_own_main_warehouse(depot: Depot) -> None:
    depot.office.do("inventory.add_warehouse", code="2", name="Depósito")
    branch = depot.office.do(
        ("company.add_branch", {"code": "2", "name": "Filial", "state": "SP", "monday": "08:00-18:00"})
    ).value["id"]
    found = api.warehouse_of(depot.office.reads(), branch)
    assert (found.code, found.name, found.archived) == ("2-2", "Estoque principal", False)
    with acting(depot.office, "stock"):
        assert {w.code for w in depot.office.show("inventory.warehouses").rows} == {"1", "2"}
        with refused(depot.office, "company.other_branch"):
            depot.office.do("inventory.add_warehouse", code="8", name="Outro", branch_id=branch)
