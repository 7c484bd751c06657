"""The papers of the warehouse, read back from the PDF; and the stock as it was on any day."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Invalid
from tests.helpers.company import acting
from tests.modules.inventory.counting import sheet
from tests.modules.inventory.depot import Depot


def words(office: Office, name: str, **params: Any) -> str:
    """What stands on a paper."""
    reader = PdfReader(io.BytesIO(office.print_document(name, params)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def later(depot: Depot, days: int) -> None:
    clock = depot.office.clock
    assert isinstance(clock, FixedClock)
    clock.move(dt.timedelta(days=days))


def test_the_count_sheet_hides_what_the_books_say(depot: Depot) -> None:
    depot.receive(depot.pen, "37")
    text = words(depot.office, "inventory.count_sheet", sheet_id=sheet(depot, note="Corredor da frente"))
    for there in ("Folha de contagem 1", "Papel A4 75 g", "CAN-1", "Estoque principal", "Corredor da frente", "_____"):
        assert there in text
    assert "37" not in text
    with pytest.raises(Invalid):
        depot.office.print_document("inventory.count_sheet", {})


def test_the_position_of_any_day(depot: Depot) -> None:
    depot.receive(depot.pen, "10", unit_cost="2")
    later(depot, 2)
    depot.step("ship", depot.reserve((depot.pen, "4")))
    depot.receive(depot.pen, "6", unit_cost="4")
    rows = depot.office.show("inventory.stock_history", {"product_id": depot.pen}, "since_on").rows
    assert [(r.since_on.isoformat(), r.until_on.isoformat(), r.quantity) for r in rows] == [
        ("2026-11-23", "2026-11-25", Decimal(10)),
        ("2026-11-25", "9999-12-31", Decimal(12)),
    ]
    worth = depot.office.show("inventory.value_history", {"product_id": depot.pen}, "since_on").rows
    assert [(w.quantity, w.amount, w.unit_cost) for w in worth] == [(10, 20, 2), (12, 36, 3)]
    monday = words(depot.office, "inventory.stock_position", day="2026-11-24")
    assert "Posição de estoque em 24/11/2026" in monday
    assert "R$ 20,00" in monday.replace("\xa0", " ")
    now = words(depot.office, "inventory.stock_position", warehouse_id=depot.main)
    assert "R$ 36,00" in now.replace("\xa0", " ")
    with acting(depot.office, "sales"):
        assert "R$" not in words(depot.office, "inventory.stock_position")
    assert "Papel" not in words(depot.office, "inventory.stock_position", day="2026-11-22")


def test_labels_carry_the_gtin_or_the_own_code(depot: Depot) -> None:
    office = depot.office
    milk = depot.product("LEITE", "Leite 1 L", gtin="5901234123457")
    depot.receive(milk, "3", lot="L77", expires_on="2026-12-20")
    text = words(office, "inventory.labels", product_id=milk, lot="L77", copies="2")
    assert text.count("5 901234 123457") == 2
    assert text.count("20/12/2026") == 2
    assert "A4-75" in words(office, "inventory.labels", product_id=depot.paper)
    for wrong in ({}, {"product_id": milk, "copies": "0"}, {"product_id": milk, "copies": "x"}):
        with pytest.raises(Invalid):
            office.print_document("inventory.labels", wrong)
