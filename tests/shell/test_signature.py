"""Signing: with mouse, finger and pen, taken back by keys, loaded from a file, small whatever is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from retaguarda.kernel.picture import png_size
from retaguarda.shell import theme
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.signature import SignatureBox, SignaturePad
from tests.helpers.focused import focused

pytestmark = pytest.mark.usefixtures("light")
MOST = 65_536
LEFT = Qt.MouseButton.LeftButton
WAVE = [QPoint(40 + 6 * n, 60 + (n % 5) * 9) for n in range(30)]


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    page = QWidget()
    pad = SignaturePad("Assine aqui", most=MOST, empty="vazio", filled="assinado")
    made = SignatureBox(pad, clear="Apagar", load="Carregar")
    made.setAccessibleName("Assinatura")
    page.setLayout(column(LineEdit(name="Antes"), made, None))
    page.resize(640, 320)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    made.setFocus()
    QApplication.processEvents()
    return page


@pytest.fixture
def box(form: QWidget) -> Any:
    return form.findChild(SignatureBox)


@pytest.fixture
def heard(box: SignatureBox) -> list[bytes | None]:
    found: list[bytes | None] = []
    box.pad.signed.connect(found.append)
    return found


def by_mouse(pad: QWidget, points: Sequence[QPoint] = WAVE) -> None:
    QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, points[-1])


def by_finger(pad: QWidget) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, WAVE[0], pad).commit()
    for point in WAVE[1:]:
        QTest.touchEvent(pad, device).move(0, point, pad).commit()
    QTest.touchEvent(pad, device).release(0, WAVE[-1], pad).commit()


def by_pen(pad: QWidget) -> None:
    kinds = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    able = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    device = QPointingDevice("pen", 7, *kinds, able, 1, 1, "", QPointingDeviceUniqueId())
    down, up = LEFT, Qt.MouseButton.NoButton
    last = len(WAVE) - 1
    for n, point in enumerate(WAVE):
        kind = QEvent.Type.TabletPress if n == 0 else QEvent.Type.TabletRelease if n == last else (
            QEvent.Type.TabletMove
        )  # fmt: skip
        at = QPointF(point)
        event = QTabletEvent(kind, device, at, QPointF(pad.mapToGlobal(point)), 0.7, 0, 0, 0, 0, 0,
                             Qt.KeyboardModifier.NoModifier, down, up if n == last else down)  # fmt: skip
        QApplication.sendEvent(pad, event)
        assert event.isAccepted(), "what the pen drew would come again as the mouse's"


def drawn_in(png: bytes) -> QImage:
    image = QImage.fromData(QByteArray(png))
    assert not image.isNull()
    return image


def dark_share(image: QImage) -> float:
    dots = [QColor(image.pixel(x, y)).lightness() for x in range(image.width()) for y in range(image.height())]
    return sum(dot < 128 for dot in dots) / len(dots)


@pytest.mark.parametrize("way", [by_mouse, by_finger, by_pen])
def test_what_is_drawn_is_a_small_picture_black_on_white(
    box: SignatureBox, heard: list[bytes | None], way: Callable[[QWidget], None]
) -> None:
    way(box.pad)
    (png,) = heard
    assert png is not None
    assert png == box.pad.value()
    wide, high = png_size(png)
    assert wide > high, "cut to its ink"
    assert len(png) < 12_000
    image = drawn_in(png)
    assert QColor(image.pixel(0, 0)).lightness() == 255
    assert 0.01 < dark_share(image) < 0.5
    assert box.pad.accessibleDescription() == "assinado"
    assert box.pad.hasFocus()


def test_keys_take_back(box: SignatureBox, heard: list[bytes | None]) -> None:
    by_mouse(box.pad)
    one = box.pad.value()
    by_mouse(box.pad, [QPoint(300, 20), QPoint(320, 100)])
    assert box.pad.value() != one
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    assert box.pad.value() == one
    QTest.keyClick(box.pad, Qt.Key.Key_Delete)
    assert (box.pad.value(), heard[-1], box.pad.accessibleDescription()) == (None, None, "vazio")
    by_mouse(box.pad)
    QTest.mouseClick(box.clearer, LEFT)
    assert heard[-1] is None
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    assert box.pad.value() is None


def test_it_is_the_same_picture_in_the_dark(box: SignatureBox, qapp: QApplication) -> None:
    by_mouse(box.pad)
    light = box.pad.value()
    theme.apply(qapp, theme.DARK)
    QTest.keyClick(box.pad, Qt.Key.Key_Delete)
    by_mouse(box.pad)
    assert box.pad.value() == light
    shown = box.pad.grab().toImage()
    ratio = shown.width() / box.pad.width()
    ground = QColor(shown.pixel(int(20 * ratio), int(20 * ratio)))
    bright = max(
        QColor(shown.pixel(x, y)).lightness() for x in range(int(60 * ratio), int(160 * ratio)) for y in
        range(int(50 * ratio), int(100 * ratio))
    )  # fmt: skip
    assert ground.lightness() < 80
    assert bright > 180, "ink is the theme's ink on the screen"


def test_a_click_is_a_dot_and_a_stroke_ends_at_the_edge(box: SignatureBox, heard: list[bytes | None]) -> None:
    QTest.mouseClick(box.pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    assert heard[-1] is not None
    by_mouse(box.pad, [QPoint(50, 50), QPoint(5000, 5000)])
    assert png_size(heard[-1] or b"")[0] <= 2000
    QTest.mouseMove(box.pad, QPoint(80, 80))
    assert len(heard) == 2, "a mouse that is not pressed draws nothing"


@pytest.mark.parametrize(("suffix", "side"), [("png", 300), ("jpg", 3000)])
def test_a_picture_is_loaded_from_a_file(
    box: SignatureBox,
    heard: list[bytes | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    side: int,
) -> None:
    path = tmp_path / f"assinatura.{suffix}"
    noisy(side).save(str(path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    QTest.keyClick(box.loader, Qt.Key.Key_Space)
    png = heard[-1]
    assert png is not None
    assert len(png) <= MOST
    assert max(png_size(png)) <= 600
    by_mouse(box.pad)
    assert heard[-1] not in (png, None), "it may be drawn over"
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    assert heard[-1] is None


def noisy(side: int) -> QImage:
    """A photograph: no two dots alike, which no PNG makes small."""
    random.seed(7)
    image = QImage(side, side // 3, QImage.Format.Format_RGB32)
    data = random.randbytes(image.sizeInBytes())
    return QImage(data, image.width(), image.height(), image.bytesPerLine(), image.format()).copy()


def test_a_file_without_a_picture_is_refused_and_changes_nothing(
    box: SignatureBox, heard: list[bytes | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_mouse(box.pad)
    path = tmp_path / "carta.png"
    path.write_text("não é uma imagem")
    refused: list[bool] = []
    box.refused.connect(lambda: refused.append(True))
    for chosen in ("", str(path)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, chosen=chosen: (chosen, ""))
        box.loader.click()
    assert (refused, len(heard)) == ([True], 1)
    assert box.pad.value() == heard[0]


def test_a_draft_is_shown_and_the_keyboard_passes_through(box: SignatureBox, heard: list[bytes | None]) -> None:
    by_mouse(box.pad)
    png = box.pad.value()
    box.pad.clear()
    box.pad.set_value(png)
    assert (box.pad.value(), len(heard)) == (png, 2), "what is shown is not said again"
    box.pad.setFocus()
    order: list[Any] = []
    for _ in range(3):
        order.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert order == [box.pad, box.clearer, box.loader]
    assert box.pad.accessibleName() == "Assinatura"


def test_bytes_that_are_kept_are_read_by_anybody(box: SignatureBox) -> None:
    by_mouse(box.pad)
    buffer = QBuffer()
    buffer.setData(QByteArray(box.pad.value() or b""))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image = QImage()
    assert image.load(buffer, "PNG")  # type: ignore[call-overload]
    assert image.format() == QImage.Format.Format_Grayscale8
