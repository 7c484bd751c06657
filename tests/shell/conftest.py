"""What the tests of the window share: our own theme object (the platform's scheme is unknown offscreen)."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from retaguarda.shell import theme


@pytest.fixture
def light(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme, whatever a test before has left."""
    theme.apply(qapp, theme.LIGHT)
    yield qapp
    theme.apply(qapp, theme.LIGHT)
