"""The papers of delivery, read back from the PDF: every field, a page for each volume, nothing internal."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from retaguarda.kernel.errors import Invalid, Missing
from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.pictures import drawn
from tests.kernel.test_document_bars import bars_of, read

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles
    from tests.modules.delivery.conftest import Shop

SECRET = "SEGREDO-DA-CASA"
PAPERS = ("delivery.packing_list", "delivery.labels", "delivery.receipt")


def pages(data: bytes) -> list[str]:
    """The text of each page, spaces evened."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def shipment(shop: Shop, until: str = "pick", **more: Any) -> str:
    """A shipment in two volumes."""
    shop.set(packing="own_step")
    order = shop.order("pick", customer_note="Deixar na portaria.", internal_note=f"paga tarde {SECRET}", **more)
    key = str(shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id)
    first = shop.office.do("delivery.scan_pack", shipment_id=key, code="P-1", quantity="3").value["volume_id"]
    box: dict[str, Any] = {"weight_kg": "3.25", "length_cm": 40, "width_cm": 30, "height_cm": 20}
    shop.office.do("delivery.close_volume", volume_id=first, **box)
    shop.step("pack", order)
    steps: Sequence[str] = ("ship", "deliver")[: ("pick", "ship", "deliver").index(until)]
    for step in steps:
        shop.step(step, order, **({"carrier_id": shop.carrier, "tracking_code": "BR123"} if step == "ship" else {}))
    return key


def test_a_label_for_each_volume(shop: Shop) -> None:
    key = shipment(shop, "ship")
    number = shop.office.one("delivery.shipments", key).order_number
    data = shop.office.print_document("delivery.labels", {"shipment_id": key})
    first, second = pages(data)
    for part in ("Volume 1/2", "Maria Souza", "Rua A, 10", "Campinas - SP", "BR123", "Transportes Rota", "3,25 kg"):
        assert part in first
    assert "Volume 2/2" in second
    assert "Deixar na portaria." in second
    assert read(bars_of(data)) == f"{number}-1"
    box = PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (100, 150)
    volume = shop.office.show("delivery.volumes", {"shipment_id": key}, "number").rows[1].id
    (only,) = pages(shop.office.print_document("delivery.labels", {"shipment_id": key, "volume_id": volume}))
    assert "Volume 2/2" in only


def test_the_packing_list_says_what_lies_in_each_volume(shop: Shop) -> None:
    (text,) = pages(shop.office.print_document("delivery.packing_list", {"shipment_id": shipment(shop)}))
    first, second = text.split("Volume 1/2")[1].split("Volume 2/2")
    assert "3,25 kg · 40 × 30 × 20 cm" in first
    assert ("P-1 Produto 1 2" in first, "P-1 Produto 1 1" in first, "P-2" in first) == (True, True, False)
    assert "P-2 Produto 2 1" in second


def test_the_receipt_before_and_after_delivery(shop: Shop) -> None:
    key = shipment(shop, "ship")
    (before,) = pages(shop.office.print_document("delivery.receipt", {"shipment_id": key}))
    assert "Recebi a mercadoria acima em ordem." in before
    assert "_____" in before
    order = shop.office.one("delivery.shipments", key).order_id
    signature = base64.b64encode(drawn()).decode()
    shop.step("deliver", order, receiver_name="João Pereira", receiver_document="RG 12.345", signature=signature)
    data = shop.office.print_document("delivery.receipt", {"shipment_id": key})
    (after,) = pages(data)
    # Noon in Greenwich is nine in the morning where the company is.
    for part in ("João Pereira", "23/11/2026 09:00", "RG 12.345", "P-2 Produto 2 1", "Maria Souza"):
        assert part in after
    (image,) = PdfReader(io.BytesIO(data)).pages[0].images
    assert image.image is not None
    assert image.image.size == (120, 40), "what was signed is on the receipt"


def test_the_pick_list_follows_the_way(aisles: Aisles) -> None:
    pick_list = aisles.start()
    data = aisles.office.print_document("delivery.pick_list", {"pick_list_id": pick_list})
    (text,) = pages(data)
    places = [text.index(part) for part in ("01 P-1 Produto 1 3", "B-02 P-1 Produto 1 2", "B-02 P-2 Produto 2 2")]
    assert places == sorted(places)
    assert read(bars_of(data)) == "L1"


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_nothing_internal_is_on_a_customers_paper(shop: Shop, language: str) -> None:
    key = shipment(shop, "ship")
    order = shop.office.one("delivery.shipments", key).order_id
    shop.office.do("delivery.fail_delivery", order_id=order, reason="absent", note=f"cachorro bravo {SECRET}")
    shop.office.actor = replace(shop.office.actor, language=language)
    for name in PAPERS:
        data = shop.office.print_document(name, {"shipment_id": key})
        assert SECRET not in " ".join(pages(data))
        assert SECRET.encode() not in data
        assert "Maria Souza" in " ".join(pages(data))


def test_long_names_and_many_lines_reach_several_pages(shop: Shop) -> None:
    name = "Parafuso sextavado de aço inoxidável rosca métrica nº 12 ção"
    products = [
        shop.office.do("catalog.add_product", code=f"L-{n}", name=f"{name} {n}"[:60], price="1").value["id"]
        for n in range(90)
    ]
    shop.office.do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "1"} for p in products])
    order = shop.order("pick", [(product, "1") for product in products])
    key = shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id
    found = pages(shop.office.print_document("delivery.receipt", {"shipment_id": key}))
    assert len(found) == 3
    assert [f"Página {n} de 3" in text for n, text in enumerate(found, 1)] == [True] * 3
    assert all(any(f"L-{n} " in text for text in found) for n in range(90))


def test_refusals(shop: Shop) -> None:
    key = shipment(shop)
    for name in PAPERS:
        with pytest.raises(Invalid):
            shop.office.print_document(name, {})
        with pytest.raises(Missing):
            shop.office.print_document(name, {"shipment_id": new_id()})
        with acting(shop.office, "hr"), refused(shop.office, "kernel.forbidden"):
            shop.office.print_document(name, {"shipment_id": key})
    with refused(shop.office, "delivery.paper.no_volume"):
        shop.office.print_document("delivery.labels", {"shipment_id": key, "volume_id": new_id()})
