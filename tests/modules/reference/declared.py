"""What the tests over all modules ask of reference tables: rights, its proof broken."""

from __future__ import annotations

from tests.helpers.tampering import Break, Change

RIGHTS = """
reference.drop_edition       . . . . . . . . A N . . T . .
reference.load_table         . . . . . . . . A N . . T . .
reference.put_in_force       . . . . . . . . A N . . T . .
reference.revert_table       . . . . . . . . A N . . T . .
reference.take_shipped       . . . . . . . . A N . . . . .
"""
PLACES = """
tables          . C . E F . . . A N . . T . .
"""


def breaks() -> list[Break]:
    """An edition that says more rows than it has."""
    return [Break("reference.rows", [Change("reference_edition", {"rows": 3}, {"table_name": "bank"})])]
