"""What the tests of the window share: our own theme object (the platform's scheme is unknown offscreen)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from retaguarda.shell import theme
from tests.helpers.print_counter import PrintCounter


@pytest.fixture
def light(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme, whatever a test before has left."""
    theme.apply(qapp, theme.LIGHT)
    yield qapp
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def sit(tmp_path: Path, qtbot: Any, light: Any) -> Iterator[Callable[..., PrintCounter]]:
    made: list[PrintCounter] = []

    def counter(**station: Any) -> PrintCounter:
        made.append(PrintCounter(tmp_path, **station))
        return made[-1]

    yield counter
    for one in made:
        one.end()


@pytest.fixture
def at(sit: Callable[..., PrintCounter]) -> PrintCounter:
    return sit()
