"""Tables: `Table(columns, name=…)` shows `Row`s of plain cells; the data goes through `table.rows`.

    table = Table([Column("code", "#", Kind.POSITION, 36), Column("product", "Produto", Kind.TWO_LINE, stretch=True),
                   Column("quantity", "Qtd.", Kind.AMOUNT, 64, editable=True)], name="Linhas", row_high=50)
    table.rows.set_rows([Row("a", ("1", TwoLine("Estante", "3302"), "20"))])
    table.edited.connect(lambda key, column, text: …)

Signals: `row_activated(key)`, `current_changed(key)`, `menu_requested(key, global point)`, `sort_requested(column,
descending)`, `edited(key, column, text)`, `edit_ended(key, column, how)`, `tab_past_end()`, `check_toggled(key,
column, checked)`, `action_pressed(key, column)`, `note_pressed(key)`, `group_toggled(key)`; of a long list
`table.rows.rows_wanted(first, count)`, answered by `table.rows.fill(first, rows)`.
"""

from retaguarda.kernel.page import PAGE
from retaguarda.shell.widgets.table.cells import (
    Action,
    Availability,
    Cell,
    Column,
    Group,
    Kind,
    LazyCells,
    Note,
    Row,
    Sign,
    State,
    Toned,
    TwoLine,
    Who,
)
from retaguarda.shell.widgets.table.rows import Rows
from retaguarda.shell.widgets.table.view import Table

__all__ = [
    "PAGE", "Action", "Availability", "Cell", "Column", "Group", "Kind", "LazyCells", "Note", "Row", "Rows", "Sign",
    "State", "Table", "Toned", "TwoLine", "Who",
]  # fmt: skip
