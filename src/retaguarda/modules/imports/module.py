"""Imports: batches of what came in from files, with findings and the way back."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.imports import commands, events, queries, screens
from retaguarda.modules.imports.model import READ, ImportBatch, ImportFinding, ImportRow

BRINGS_IN = "imports.open_batch"
_BATCH = ("imports.batches", "id")

MODULE = Module(
    name="imports",
    needs=("company",),
    models=(ImportBatch, ImportRow, ImportFinding),
    commands=(
        Handled(commands.OpenBatch, commands.open_batch, rows=_BATCH, undo="imports.undo_batch"),
        Handled(commands.NoteRecords, commands.note_records, permission=BRINGS_IN),
        Handled(commands.CloseBatch, commands.close_batch, rows=_BATCH, permission=BRINGS_IN),
        Handled(commands.UndoBatch, commands.undo_batch, rows=_BATCH),
    ),
    queries=(queries.batches, queries.findings),
    screens=screens.SCREENS,
    places=screens.PLACES,
    events=(events.BatchUndone,),
    permissions=(READ,),
    grants={"analyst": (READ, BRINGS_IN, "imports.undo_batch")},
    guards={"uq_import_batch_profile": "imports.open_batch.is_open"},
)
