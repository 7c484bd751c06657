"""Adding accounts to the chart."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def add(ledger: Ledger, parent: str, **more: Any) -> Any:
    asked = {"parent_id": ledger.account(parent).id, "name": "Nova", **more}
    return ledger.office.do(("accounting.add_account", asked)).rows[0]


def node_of(ledger: Ledger) -> str:
    """The code of the account above rent."""
    return str(ledger.named("Alugu").code.rpartition(".")[0])


def test_it_takes_the_next_code_and_the_kind_of_the_account_above(ledger: Ledger) -> None:
    node = node_of(ledger)
    taken = [row.code for row in ledger.office.show("accounting.accounts").rows]
    row = add(ledger, node)
    assert row.code.rpartition(".")[0] == node
    assert row.code not in taken
    assert (row.kind, row.postable, row.parent_id) == ("expense", True, ledger.account(node).id)


def test_a_code_of_ones_own_and_an_account_that_sums(ledger: Ledger) -> None:
    node = node_of(ledger)
    row = add(ledger, node, code=f"{node}.900", sums=True)
    assert (row.code, row.postable) == (f"{node}.900", False)
    assert add(ledger, f"{node}.900").code == f"{node}.900.01"


@pytest.mark.parametrize("code", ["9.9", "{node}.", "{node}"])
def test_a_code_stands_below(ledger: Ledger, code: str) -> None:
    node = node_of(ledger)
    with refused(ledger.office, "accounting.code_not_below"):
        add(ledger, node, code=code.format(node=node))


def test_a_code_is_taken_once(ledger: Ledger) -> None:
    rent = ledger.named("Alugu").code
    with refused(ledger.office, "accounting.code_taken"):
        add(ledger, node_of(ledger), code=rent)


def test_a_leaf_nobody_used_becomes_a_node_and_a_used_one_does_not(ledger: Ledger) -> None:
    rent = ledger.named("Alugu").code
    assert add(ledger, rent).code == f"{rent}.01"
    assert not ledger.account(rent).postable
    ledger.book("inventory.shipped", cost="1")
    sold = ledger.office.one("accounting.accounts", ledger.role("goods_sold")).code
    with refused(ledger.office, "accounting.parent_is_posted_to"):
        add(ledger, sold)


def test_nothing_hangs_below_what_is_archived_or_not_there(ledger: Ledger) -> None:
    row = add(ledger, node_of(ledger), sums=True)
    ledger.office.do("accounting.archive_account", account_id=row.id)
    with refused(ledger.office, "accounting.parent_archived"):
        add(ledger, row.code)
    with refused(ledger.office, "kernel.missing"):
        ledger.office.do("accounting.add_account", parent_id=new_id(), name="x")
