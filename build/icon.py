"""The program's sign in the sizes and formats that systems ask for, drawn from `build/retaguarda.svg`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

SIGN = Path(__file__).resolve().parent / "retaguarda.svg"
WINDOWS = (16, 24, 32, 48, 64, 128, 256)


def draw(size: int, target: Path) -> None:
    """Writes the sign as a PNG of that many dots a side."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _drawn(size).save(str(target))


def draw_ico(target: Path) -> None:
    """Writes the sign as Windows wants it, all sizes in one file."""
    from PIL import Image

    target.parent.mkdir(parents=True, exist_ok=True)
    # The bits live as long as their picture.
    drawn = [_drawn(size) for size in WINDOWS]
    *small, large = (
        Image.frombytes("RGBA", (one.width(), one.height()), bytes(one.constBits()), "raw", "BGRA") for one in drawn
    )
    large.save(target, format="ICO", sizes=[(size, size) for size in WINDOWS], append_images=small)


def _drawn(size: int) -> QImage:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SIGN)).render(painter)
    painter.end()
    return image
