"""Keys that are held back until it is clear that no scanner sends them reach the widget that they are meant for."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from retaguarda.kernel.screen.wedge import MOST_GAP_MS
from retaguarda.shell.grid import FillTable
from retaguarda.shell.wedge_filter import WedgeFilter
from retaguarda.shell.widgets.table import Column, Kind, Row
from tests.helpers.focused import focused


class Page(QWidget):
    """A grid with one number to fill in, and a scan field."""

    def __init__(self) -> None:
        super().__init__()
        self.table = FillTable([Column("quantity", "Qtd.", Kind.NUMBER, 100, editable=True)], name="Itens", row_high=36)
        self.table.rows.set_rows([Row(1, ("",))])
        self.scan = QLineEdit()
        box = QVBoxLayout(self)
        box.addWidget(self.scan)
        box.addWidget(self.table)
        self.codes: list[str] = []
        self.filter = WedgeFilter(self, self.scan)
        self.filter.scanned.connect(self.codes.append)


@pytest.fixture
def page(light: QApplication) -> Iterator[Page]:
    made = Page()
    made.show()
    made.activateWindow()
    made.table.setFocus()
    made.table.setCurrentIndex(made.table.rows.index(0, 0))
    focused()
    yield made
    made.deleteLater()
    light.processEvents()


def _press(page: Page, text: str, gap_ms: float) -> None:
    """Keys that a machine under load brings late: nothing else is turned between them."""
    for char in text:
        QTest.keyClicks(focused(), char)
        time.sleep(gap_ms / 1000)
    QTest.qWait(int(3 * MOST_GAP_MS))


@pytest.mark.parametrize("gap_ms", [0, MOST_GAP_MS + 10])
def test_a_number_typed_into_a_cell_keeps_every_key(page: Page, gap_ms: float) -> None:
    _press(page, "567", gap_ms)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "567"
    assert page.codes == []


def test_a_scanners_burst_never_reaches_the_cell(page: Page) -> None:
    _press(page, "7891234567895\r", 0)
    assert page.codes == ["7891234567895"]
    assert focused() is page.table
