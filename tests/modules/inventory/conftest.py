"""A depot on each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retaguarda.app.headless import Office
from tests.modules.inventory.depot import Depot


@pytest.fixture
def depot(office: Office) -> Iterator[Depot]:
    found = Depot(office)
    found.receive(found.paper, "10")
    yield found
    found.bus.close()


@pytest.fixture
def annexe(depot: Depot) -> str:
    """The key of a second warehouse."""
    return str(depot.office.do("inventory.add_warehouse", code="7", name="Anexo").value["id"])
