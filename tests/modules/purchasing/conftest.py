"""A company that buys, on each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retaguarda.app.headless import Office
from tests.modules.purchasing.buying import Buying


@pytest.fixture
def buying(office: Office) -> Iterator[Buying]:
    found = Buying(office)
    yield found
    found.depot.bus.close()
