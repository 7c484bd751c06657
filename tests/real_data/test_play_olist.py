"""Three hundred real orders through the whole flow on both engines, judged by a script outside the program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import olist, play
from retaguarda.app.headless import open_office
from retaguarda.kernel.errors import Invalid

ROOT = Path(__file__).parents[2]
OLIST = ROOT.parent / "shared" / "data" / "olist"
SCRIPT = Path(__file__).with_name("refused_orders.py")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not OLIST.is_dir(), reason="the real orders in ../shared/data/olist are not there"),
]


def outside(played: Mapping[str, Any]) -> Any:
    """What the script outside the program says about the same orders and the same stock."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(OLIST)],
        input=json.dumps({name: played[name] for name in ("chosen", "stock")}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_three_hundred_real_orders(db_url: str) -> None:
    played = play.run(OLIST, db_url, orders=300, seed=2026)
    truth = outside(played)
    print({name: played[name] for name in ("engine", "delivered", "orders_per_s", "seconds", "set_up_s")})
    assert len(set(played["chosen"])) == played["orders"] == 300
    assert truth["chosen_with_items"] == 300
    assert played["refused"] == truth["refused"]
    assert played["delivered"] == 300 - len(truth["refused"]) >= 260
    assert len(truth["refused"]) >= 20, "about a tenth is meant to be short"
    assert any(len({line["product"] for line in order["lines"]}) < len(order["lines"]) for order in truth["refused"]), (
        "one product on two short lines is among them"
    )
    assert played["returned"] >= 60
    assert played["findings"] == []
    assert played["pdf_bytes"] > 260 * 1000
    _agrees_with_the_database(db_url, played)


def _agrees_with_the_database(db_url: str, played: Mapping[str, Any]) -> None:
    """The counts that were printed are those of the rows."""
    office = open_office(db_url, play.BOSS)
    try:
        closed = office.show("sales.orders", {"state": "closed"}, limit=1, count=True).count
        shipped = office.show("delivery.shipments", {"state": "delivered"}, limit=1, count=True).count
        invoices = office.show("billing.invoices", limit=1000).rows
    finally:
        office.close()
    assert closed == shipped == len(invoices) == played["delivered"]
    assert sum((i.total_amount for i in invoices), Decimal(0)) == played["invoiced_amount"]


def test_the_choice_depends_on_the_seed_alone() -> None:
    first, again, other = (olist.read(OLIST, 40, seed) for seed in (1, 1, 2))
    assert first == again
    assert [o.key for o in first.orders] != [o.key for o in other.orders]


def test_more_orders_than_there_are_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        olist.read(OLIST, 7361, 1)
    assert refused.value.faults[0].code == "play.too_many"
    assert refused.value.faults[0].params == {"most": 7360}


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        olist.read(tmp_path, 1, 1)
    assert refused.value.faults[0].code == "play.file_missing"
    assert len(refused.value.faults[0].params["files"]) == len(olist.FILES)
