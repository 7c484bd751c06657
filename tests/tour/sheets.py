"""Contact sheets: twelve small pictures a page, each under its name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched
from pathlib import Path

from PIL import Image, ImageDraw

A_PAGE, ACROSS = 12, 3
THUMB, NAME_HIGH, GAP = (640, 360), 20, 12


def make_sheets(pictures: Sequence[Path], folder: Path, name: str) -> list[Path]:
    """Writes `<name>-01.png` and so on into the folder; gives their paths."""
    return [_sheet(page, folder / f"{name}-{at:02}.png") for at, page in enumerate(batched(pictures, A_PAGE), 1)]


def _sheet(pictures: Sequence[Path], target: Path) -> Path:
    down = -(-len(pictures) // ACROSS)
    wide, high = THUMB[0] + GAP, THUMB[1] + NAME_HIGH + GAP
    sheet = Image.new("RGB", (ACROSS * wide + GAP, down * high + GAP), "#888888")
    pen = ImageDraw.Draw(sheet)
    for at, path in enumerate(pictures):
        left, top = GAP + at % ACROSS * wide, GAP + at // ACROSS * high
        pen.text((left, top + 3), path.stem, fill="black")
        with Image.open(path) as picture:
            sheet.paste(picture.convert("RGB").resize(THUMB, Image.Resampling.BILINEAR), (left, top + NAME_HIGH))
    sheet.save(target, compress_level=1)
    return target
