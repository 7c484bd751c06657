"""The books on each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retaguarda.app.headless import Office
from tests.modules.accounting.ledger import Ledger


@pytest.fixture
def ledger(office: Office) -> Iterator[Ledger]:
    found = Ledger(office)
    yield found
    found.bus.close()
