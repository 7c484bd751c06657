"""Opening stock out of a file: product by product, lot by lot, with what stays out; cut off, repeated, taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import Office
from retaguarda.kernel.imports.mapping import mapped_in
from tests.helpers.company import contents, refused
from tests.modules.imports.test_wizard import KINDS, bring
from tests.modules.inventory.depot import Depot

KIND = "inventory.opening_stock"
HEAD = "produto;lote;validade;saldo;custo médio;endereço;data do saldo;nº série\n"
ROWS = (
    "LEITE;L1;03/31/2027;6;4,00;01;01/31/2026;\n"
    "7891234567895;L2;06/30/2027;4;5,00;1/B-1;01/31/2026;\n"
    "Serra fita;;;1;30,50;;01/31/2026;S1\n"
    "SERRA;;;1;30,50;;01/31/2026;S2\n"
    "CAN-1;;;3;0,00;;01/31/2026;\n"
)
BAD = (
    "ZZ;;;1;1,00;;01/31/2026;\n"
    "LEITE;;;1;1,00;;01/31/2026;\n"
    "LEITE;L9;31/03/2027;1;1,00;;01/31/2026;\n"
    "A4-75;;;1;1,00;;01/31/2026;\n"
    "LEITE;L1;03/31/2027;7;4,00;01;01/31/2026;\n"
)


@pytest.fixture
def shop(depot: Depot) -> Depot:
    """Products tracked by lot and by number, in a warehouse with two locations."""
    do = depot.office.do
    milk = do("catalog.add_product", code="LEITE", name="Leite", gtin="7891234567895").value["id"]
    do("inventory.track_product", product_id=milk, tracking="lot")
    do("inventory.track_product", product_id=depot.product("SERRA", "Serra fita"), tracking="serial")
    depot.location("B-1")
    return depot


def stock(office: Office) -> dict[tuple[str, str, str], Decimal]:
    """What lies where: product, location, lot."""
    rows = office.show("inventory.bins", limit=100).rows
    return {(row.code, row.location_code, row.lot): row.on_hand for row in rows if row.on_hand}


def brought(office: Office, folder: Path, rows: str) -> tuple[Any, Any]:
    """The file as far as it has come in."""
    desk, state = bring(office, folder, KIND, HEAD + rows)
    desk.press("go_on")
    desk.press("go_on")
    return desk, state


COME = {
    ("A4-75", "01", ""): Decimal(10),
    ("CAN-1", "01", ""): Decimal(3),
    ("LEITE", "01", "L1"): Decimal(6),
    ("LEITE", "B-1", "L2"): Decimal(4),
    ("SERRA", "01", ""): Decimal(2),
}


def test_what_can_come_in_does_and_all_of_it_is_taken_back(shop: Depot, tmp_path: Path) -> None:
    office = shop.office
    office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    desk, state = bring(office, tmp_path, KIND, HEAD + ROWS + BAD)
    assert state.columns == {
        "lines.product_id": "produto",
        "lines.lot": "lote",
        "lines.expires_on": "validade",
        "lines.quantity": "saldo",
        "lines.unit_cost": "custo médio",
        "lines.location_id": "endereço",
        "on_day": "data do saldo",
        "lines.serials": "nº série",
    }
    kept = mapped_in(state.mapped.profile(), tuple(KINDS.values()))
    assert kept is not None
    assert (kept.kind, dict(kept.columns)) == (KINDS[KIND], state.columns)
    assert kept.beside == ("lote", "nº série", "endereço")
    before = contents(office)
    desk.press("go_on")
    assert contents(office) == before
    assert [(one.row, one.field, one.value, one.reason) for one in state.checked.findings] == [
        (6, "lines.1.unit_cost", "0", "inventory.opening_costs_nothing"),
        (7, "produto", "ZZ", "imports.not_found"),
        (8, "lines.1.lot", "", "inventory.lot_needed"),
        (9, "validade", "31/03/2027", "imports.not_day"),
        (10, "lines.1.product_id", state.checked.findings[4].value, "inventory.record_opening_stock.moved"),
        (11, "", "LEITE / L1 / 01", "imports.changed_since"),
    ]
    desk.press("go_on")
    assert (state.came.recorded, state.came.left_out, state.goes_back) == (5, 5, True)
    assert stock(office) == COME
    assert {str(row.on_day) for row in office.show("inventory.documents", {"kind": "opening"}).rows} == {"2026-01-31"}
    again, same = bring(office, tmp_path, KIND, HEAD + ROWS + BAD)
    again.press("go_on")
    assert (same.checked.recorded, same.checked.known, same.checked.left_out) == (0, 5, 5)
    shop.clean()
    order = shop.reserve((shop.pen, "1"))
    batch = office.show("imports.batches").rows[0].id
    with refused(office, "inventory.reverse_opening_stock.built_on"):
        office.do("imports.undo_batch", batch_id=batch)
    shop.step("release", order)
    desk.press("undo")
    desk.answer("go")
    assert state.undone
    assert stock(office) == {("A4-75", "01", ""): Decimal(10)}
    shop.clean()
    # What was taken back may come again, the lot with the day that is right by now.
    _desk, state = brought(office, tmp_path, ROWS.replace("03/31/2027", "04/30/2027"))
    assert (state.came.recorded, stock(office)) == (5, COME)
    assert str(shop.lot("L1").expires_on) == "2027-04-30"
    shop.clean()


class Killed(BaseException):
    """As far as the office can tell, a kill."""


def test_killed_at_any_stage_and_resumed_nothing_is_lost_or_twice(
    shop: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, left, tries = shop.office, 0, 0
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    _desk, state = bring(office, tmp_path, KIND, HEAD + ROWS)
    profile = state.mapped.profile()

    def mark(_stage: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    office.bus.mark = mark
    while True:
        tries += 1
        left = 9 + tries * 7
        try:
            told = importing.bring_in(office, profile, tmp_path)
            break
        except Killed:
            office.bus.close()
    office.bus.mark = None
    assert tries > 3
    assert (told["recorded"] + told["known"], told["refused"], told["unreadable"]) == (5, 0, 0)
    assert stock(office) == COME
    assert sorted(row.number for row in office.show("inventory.documents", {"kind": "opening"}).rows) == [1, 2, 3, 4, 5]
    assert [row.state for row in office.show("imports.batches").rows] == ["done"]
    assert not importing.bring_in(office, profile, tmp_path)["changed"]
    shop.clean()
