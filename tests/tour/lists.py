"""What a person makes of a list: its columns chosen."""

from __future__ import annotations

from collections.abc import Iterator

from retaguarda.kernel.screen.state import Go
from retaguarda.shell.list_view import ListView
from tests.tour.sight import Sight
from tests.tour.stage import Stage

LIST = "sales.order_list"


def list_sights() -> Iterator[Sight]:
    """The sights of one list, arranged."""
    yield Sight("columns", LIST, _columns)


def _columns(stage: Stage) -> None:
    view = stage.open(Go(LIST)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.columns.open_sheet()
    stage.calm()
