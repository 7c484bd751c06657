"""What a person makes of a list: its columns chosen, its rows asked for by them, the whole kept, added
up, a cell changed where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.state import Go
from retaguarda.shell.list_view import ListView
from retaguarda.shell.widgets.table.delegate import CellEditor
from tests.tour.sight import Sight
from tests.tour.stage import Stage

LIST, RECEIVABLES = "sales.order_list", "billing.receivable_list"
PRODUCTS = "catalog.product_list"


def list_sights() -> Iterator[Sight]:
    """The sights of one list, arranged."""
    yield Sight("columns", LIST, _columns)
    yield Sight("asked", LIST, _asked)
    yield Sight("asking", LIST, _asking)
    yield Sight("asking_codes", RECEIVABLES, _asking_codes)
    yield Sight("keeping", LIST, _keeping)
    yield Sight("editing", PRODUCTS, _editing)
    yield Sight("adding_up", LIST, _adding_up)
    yield Sight("marked", PRODUCTS, _marked)
    yield Sight("many", PRODUCTS, _many)


def _columns(stage: Stage) -> None:
    view = stage.open(Go(LIST)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.columns.open_sheet()
    stage.calm()


def _asked(stage: Stage) -> None:
    """Rows that are asked for by their columns, with the sheet over them."""
    view = stage.open(Go(LIST)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.state.ask_of([
        Condition(field="ordered_at", kind="instant", period="last_30"),
        Condition(field="total_amount", kind="number", low="100"),
    ])  # fmt: skip
    stage.calm()


def _asking(stage: Stage) -> None:
    _asked(stage)
    view = stage.open(Go(LIST)).view
    assert isinstance(view, ListView)
    view.conditions.open_sheet()
    stage.calm()


def _asking_codes(stage: Stage) -> None:
    view = stage.open(Go(RECEIVABLES)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.conditions.open_sheet()
    stage.calm()


def _keeping(stage: Stage) -> None:
    """A view that is given its name."""
    _asked(stage)
    view = stage.open(Go(LIST)).view
    assert isinstance(view, ListView)
    view.views.open_sheet()
    stage.calm()
    assert view.views.sheet is not None
    view.views.sheet.named.setText("Grandes do mês" if view.words.texts.language == "pt_BR" else "Big ones this month")
    stage.calm()


def _editing(stage: Stage) -> None:
    """A price that is no number, in its cell."""
    view = stage.open(Go(PRODUCTS)).view
    stage.calm()
    assert isinstance(view, ListView)
    row = view.state.rows[2]
    view.table.edit_cell(row.id, "price")
    editor = view.table.viewport().findChild(CellEditor)
    assert editor is not None
    editor.setText("dez")
    view.table.end_edit(editor, "enter")
    stage.calm()


def _adding_up(stage: Stage) -> None:
    """What the orders come to, by customer."""
    view = stage.open(Go(LIST)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.state.grouped_by = "customer_name"
    view.groups.open_sheet()
    stage.calm()


def _marked(stage: Stage) -> None:
    """Rows marked to be changed together, with the line that says how many."""
    view = stage.open(Go(PRODUCTS)).view
    stage.calm()
    assert isinstance(view, ListView)
    view.state.mark([view.state.rows[n].id for n in range(1, 6)], on=True)
    stage.calm()


def _many(stage: Stage) -> None:
    """What five per cent more would come to, before anything is changed."""
    _marked(stage)
    view = stage.open(Go(PRODUCTS)).view
    assert isinstance(view, ListView)
    view.state.change_marked()
    stage.calm()
    sheet = view.marks.sheet
    assert sheet is not None
    sheet.what.set_value("catalog.set_price.price")
    sheet.how.set_value(True)
    sheet.how.chosen.emit(True)
    sheet.value.setText("5")
    sheet.look.click()
    stage.calm()
