"""Panels as they stand on a page and on a board: facts, figures, table, timeline or path, each in its card.

card = PanelCard(state, "queue", words); card.show_rows()      # one panel of a PanelsState
tabs = TabbedTables(state, ["lines", "documents"], words)      # tables of a page's main place, with counts

`show_rows` reads the panel's state again; the view calls it at each topic `panel.<name>`. While rows are on the way
grey bars stand in their place; a panel without rows, or out of reach, says so where it stands.
"""

from retaguarda.shell.panels.cards import PanelCard, TabbedTables
from retaguarda.shell.panels.tables import PanelTable, TableContent

__all__ = ["PanelCard", "PanelTable", "TabbedTables", "TableContent"]
