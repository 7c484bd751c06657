"""A short tour: every screen in Portuguese on light ground passes the gates."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from retaguarda.app.compose import book
from tests.tour.tour import Tour


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_screen_passes_the_gates(qapp: QApplication, tmp_path: Path, tour_sample: Path) -> None:
    tour = Tour(tmp_path / "out", tmp_path, short=True, sample=tour_sample)
    tour.go()
    shown = {path.stem.removeprefix("pt_BR-light-") for path in tour.pictures}
    unseen = [screen.name for screen in book() if not any(name.startswith(screen.name) for name in shown)]
    assert unseen == []
    assert tour.faults == []
    assert len(list((tmp_path / "out").glob("sheet-pt_BR-light-*.png"))) == -(-len(shown) // 12)
