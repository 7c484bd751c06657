"""What the tests over all modules ask of the inventory's later commands: who may do what, what breaks their proofs."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.tampering import Break, Change, Row

RIGHTS = """
inventory.adjust_cost        . . . . F . . . A . . . T . .
inventory.allow_expired      . C . . . . . . A . . . . . .
inventory.forbid_expired     . C . . . . . . A . . . . . .
inventory.hold_expired       . . . E . . . . A N . . . . .
inventory.receive_transfer   . . . E . . . . A . . . . . .
inventory.send_transfer      . . . E . . . . A . . . . . .
inventory.cancel_count       . . . E . . . . A N . . . . .
inventory.classify_stock     . . . E . . . . A N . . . . .
inventory.decide_non_conformity . . . E . . . . A N . . . . .
inventory.hold_lot           . . . E . . . . A N . . . . .
inventory.record_opening_stock . . . E . . . . A N . . . . .
inventory.reverse_opening_stock . . . E . . . . A N . . . . .
inventory.report_non_conformity . . . E . P . . A N . . . . .
inventory.enter_count        . . . E . P . . A N . . . . .
inventory.open_count         . . . E . P . . A N . . . . .
inventory.post_count         . . . E . . . . A N . . . . .
inventory.revise_lot         . . . E . . . . A N . . . . .
inventory.set_kit            . . . E . . . . A N . . . . .
inventory.track_product      . . . E . . . . A N . . . . .
"""
PLACES = """
stock_values    . C . . F . . . A . . . T . .
lots            S C R E F P X D A N M . T . .
transfers       S C R E F P X D A N M . T . .
counts          S C R E F P X D A N M . T . .
count_due       S C R E F P X D A N M . T . .
non_conformities S C R E F P X D A N M . T . .
kits            S C R E F P X D A N M . T . .
serials         S C R E F P X D A N M . T . .
"""
ONE = Decimal(1)


def tell(office: Office) -> None:
    """Goods with a cost, and a cost that was put right."""
    product = office.do("catalog.add_product", code="CUSTO", name="Com custo", unit_code="KG").value["id"]
    office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "3", "unit_cost": "2.5"}])
    shelf = office.do("catalog.add_product", code="INICIO", name="Na prateleira").value["id"]
    for unit_cost in ("3.21", "1.5"):
        opening = [{"product_id": shelf, "quantity": "7", "unit_cost": unit_cost}]
        key = office.do("inventory.record_opening_stock", lines=opening).value["id"]
        if unit_cost == "3.21":
            office.do("inventory.reverse_opening_stock", document_id=key)
    saw = office.do("catalog.add_product", code="SERIE", name="Com número").value["id"]
    office.do("inventory.track_product", product_id=saw, tracking="serial")
    office.do("inventory.receive_stock", lines=[{"product_id": saw, "quantity": "2", "serials": "N1 N2", "lot": "L"}])
    office.do(
        "inventory.report_non_conformity",
        product_id=product,
        quantity="1",
        found_at="stock",
        description="amassado",
    )
    sheet = office.do("inventory.open_count", product_id=product).value["id"]
    office.do("inventory.enter_count", sheet_id=sheet, lines=[{"product_id": product, "quantity": "3"}])
    annexe = office.do("inventory.add_warehouse", code="9", name="Anexo").value["id"]
    office.do(
        "inventory.send_transfer",
        to_warehouse_id=annexe,
        expected_on="2026-11-25",
        lines=[{"product_id": product, "quantity": "1"}],
    )
    (line,) = office.show("inventory.transfer_lines").rows
    office.do(
        "inventory.receive_transfer",
        transfer_id=line.transfer_id,
        lines=[{"line_id": line.id, "quantity": "0.5"}],
        rest_comes=True,
    )
    office.do("inventory.adjust_cost", product_id=product, unit_cost="2.75", reason="frete esquecido")


def _product(row: Row) -> str:
    return str(row["product_id"])


def _bin(row: Row) -> str:
    return f"{row['product_id']}/{row['location_id']}/{row['lot']}"


def breaks() -> list[Break]:
    """Balances that differ from their ledgers, and values that are not those of the average."""
    costly = {"unit_cost": Decimal("2.75")}
    average = ["inventory.value_equals_average"]
    return [
        Break(
            "inventory.serials_equal_bins",
            [Change("serial", {"location_id": None}, {"number": "N1"})],
            _bin,
            ["inventory.serials_equal_moves"],
        ),
        Break(
            "inventory.serials_equal_moves",
            [Change("serial_move", {"from_location_id": new_id()}, {"number": "N2"})],
            lambda row: f"{row['product_id']}/N2",
        ),
        Break(
            "inventory.transit_equals_transfers",
            [Change("transfer_line", {"quantity": ONE})],
            lambda row: f"{row['product_id']}/{row['transit_location_id']}/{row['lot']}",
            ["inventory.expected_equals_transfers"],
        ),
        Break(
            "inventory.expected_equals_transfers",
            [Change("expected_movement", {"quantity": ONE}, {"document_table": "transfer"})],
            lambda row: str(row["id"]),
            ["inventory.expected_equals_entries"],
        ),
        Break(
            "inventory.value_equals_account",
            [Change("stock_cost", {"amount": ONE}, costly)],
            lambda row: "stock",
            [*average, "inventory.value_equals_moves"],
        ),
        Break("inventory.bins_held_equal_holds", [Change("bin_balance", {"held": ONE})], _bin),
        Break("inventory.owned_equals_moves", [Change("stock_cost", {"quantity": ONE}, costly)], _product, average),
        Break(
            "inventory.value_equals_moves",
            [Change("stock_cost", {"amount": ONE}, costly)],
            _product,
            [*average, "inventory.value_equals_account"],
        ),
        Break("inventory.value_equals_average", [Change("stock_cost", {"unit_cost": ONE}, costly)], _product),
    ]
