"""What the tests over all modules ask of imports: rights, its ledgers filled."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.modules.imports.batches import noted, opened

RIGHTS = """
imports.close_batch          . . . . . . . . A N . . . . .
imports.note_records         . . . . . . . . A N . . . . .
imports.open_batch           . . . . . . . . A N . . . . .
imports.undo_batch           . . . . . . . . A N . . . . .
"""
PLACES = """
imports         . . . . . . . . A N . . . . .
wizard          . . . . . . . . A N . . . . .
"""


def tell(office: Office) -> None:
    """A batch with one record and a finding in it."""
    noted(office, opened(office))
