"""Handing over in a window: the customer signs on the form of the office, and on that of a stop of the route."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import select

from retaguarda.app.compose import book
from retaguarda.kernel.picture import png_size
from retaguarda.kernel.text import Texts
from retaguarda.modules.delivery import api
from retaguarda.shell import theme
from retaguarda.shell.tabs import view_of
from retaguarda.shell.widgets.signature import SignatureBox
from tests.helpers.window import DrawnDesk

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(shop: Shop, qapp: QApplication) -> Iterator[DrawnDesk]:
    theme.apply(qapp, theme.LIGHT)
    desk = DrawnDesk(shop.office, book(), Texts("pt_BR", strict=True))
    yield desk
    if desk.view is not None:
        desk.view.close()
        desk.view.deleteLater()
    QApplication.processEvents()


def draw(desk: DrawnDesk) -> SignatureBox:
    """The form in front, drawn; its place to sign."""
    view = desk.draw(view_of(desk.state, desk.words), (640, 480))
    box = view.findChild(SignatureBox)
    assert isinstance(box, SignatureBox)
    return box


def sign(desk: DrawnDesk, box: SignatureBox) -> None:
    QTest.mousePress(box.pad, LEFT, PLAIN, QPoint(40, 70))
    for n in range(25):
        QTest.mouseMove(box.pad, QPoint(45 + 8 * n, 40 + (n % 4) * 20))
    QTest.mouseRelease(box.pad, LEFT, PLAIN, QPoint(240, 60))
    desk.turn()


def kept(shop: Shop) -> list[Any]:
    with shop.office.store.engine.connect() as connection:
        return list(connection.execute(select(api.delivery_signature)))


def test_the_customer_signs_in_the_office(shop: Shop, desk: DrawnDesk) -> None:
    order = shop.order("ship")
    desk.open("delivery.to_deliver")
    desk.press("deliver")
    assert desk.state.screen.name == "delivery.deliver_form"
    box = draw(desk)
    desk.set(receiver_name="Dona Zélia")
    sign(desk, box)
    assert box.pad.accessibleName() == "Assinatura"
    assert desk.state.fields["signature"].value == box.pad.value()
    desk.press("save_close")
    desk.turn()
    (row,) = kept(shop)
    assert (row.width, row.height) == png_size(row.picture)
    assert bytes(row.picture) == box.pad.value()
    (shipment,) = shop.office.show("delivery.shipments", {"order_id": order}).rows
    assert (shipment.state, shipment.receiver_name) == ("delivered", "Dona Zélia")
    assert len(shop.office.print("delivery.receipt", shipment_id=shipment.id)) > 10_000


def test_on_the_route_one_may_leave_it_empty(shop: Shop, desk: DrawnDesk) -> None:
    order = shop.order("ship")
    shipment = shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id
    driver = shop.office.actor.person_id
    route = shop.office.do("delivery.plan_route", driver_id=driver, stops=[{"shipment_id": shipment}]).value["id"]
    shop.office.do("delivery.start_route", route_id=route)
    (stop,) = shop.office.show("delivery.route_stops", {"route_id": route}).rows
    desk.open("delivery.deliver_form", order_id=stop.order_id, version=stop.version)
    box = draw(desk)
    desk.set(receiver_name="Porteiro")
    sign(desk, box)
    QTest.keyClick(box.pad, Qt.Key.Key_Delete)
    desk.press("save_close")
    desk.turn()
    assert kept(shop) == []
    assert shop.office.one("sales.orders", order).state == "closed"


def test_a_file_without_a_picture_is_said_beside_the_field(
    shop: Shop, desk: DrawnDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = shop.order("ship")
    desk.open("delivery.deliver_form", order_id=order)
    box = draw(desk)
    path = tmp_path / "carta.png"
    path.write_text("nada")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    box.loader.click()
    desk.turn()
    field = desk.state.fields["signature"]
    assert field.shown_fault is not None
    assert field.shown_fault.code == "kernel.not_a_picture"
    sign(desk, box)
    assert field.shown_fault is None


def test_a_draft_keeps_what_was_signed(shop: Shop, desk: DrawnDesk) -> None:
    order = shop.order("ship")
    desk.open("delivery.deliver_form", order_id=order)
    box = draw(desk)
    sign(desk, box)
    fields = desk.state.fields
    snapshot = fields.snapshot()
    png = fields["signature"].value
    fields.choose("signature", None)
    fields.restore(snapshot)
    assert fields["signature"].value == png
