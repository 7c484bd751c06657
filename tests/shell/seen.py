"""What a person would find on a view: labels in sight, the stops of Tab in their order, what is cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from retaguarda.shell.widgets.labels import Label


def words(view: QWidget) -> list[str]:
    """The texts of all labels in sight."""
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


def tab_stops(view: QWidget, first: QWidget) -> list[QWidget]:
    """Where Tab leads from a widget on until it is back there or leaves the view."""
    first.setFocus()
    stops = [first]
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in stops or not view.isAncestorOf(here):
            break
        stops.append(here)
    return stops


def in_reading_order(view: QWidget, stops: list[QWidget]) -> bool:
    """Whether stops lie from top to bottom, those at one height from left to right; the right column reads apart."""
    areas = [area for area in view.findChildren(QScrollArea) if area.width() < view.width() * 0.6]
    side = min((area.mapTo(view, QPoint(0, 0)).x() for area in areas), default=view.width())

    def place(stop: QWidget) -> tuple[int, int, int]:
        at = stop.mapTo(view, QPoint(0, stop.height() // 2 if stop.height() < 60 else 20))
        return (int(at.x() >= side and at.y() > 80), at.y() // 24, at.x())

    places = [place(stop) for stop in stops]
    return places == sorted(places)


def cut(view: QWidget) -> list[str]:
    """Labels in sight whose words do not fit."""
    return [
        label.text()
        for label in view.findChildren(Label)
        if label.isVisible() and not label.wordWrap() and "<" not in label.text()
        and label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 1
    ]  # fmt: skip
