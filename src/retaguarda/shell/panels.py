"""One panel drawn: facts, figures, table, timeline or path, the same on a page and on a board; in the making."""
