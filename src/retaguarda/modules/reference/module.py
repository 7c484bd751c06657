"""Reference tables: editions, what is in force, the way back."""

from __future__ import annotations

from sqlalchemy import func, select

from retaguarda.kernel.module import Handled, Listener, Module, Proof
from retaguarda.kernel.reference import READ, edition, row
from retaguarda.modules.reference import commands, listeners, queries, screens

_EDITION = ("reference.editions", "id")
_KEEPS = (READ, "reference.load_table", "reference.put_in_force", "reference.revert_table", "reference.drop_edition")
_E, _R = edition.c, row.c

MODULE = Module(
    name="reference",
    needs=("company", "imports"),
    commands=(
        Handled(commands.LoadTable, commands.load_table, rows=_EDITION, gathers="rows"),
        Handled(commands.PutInForce, commands.put_in_force, rows=_EDITION),
        Handled(commands.RevertTable, commands.revert_table, rows=_EDITION),
        Handled(commands.DropEdition, commands.drop_edition, rows=_EDITION),
        Handled(commands.TakeShipped, commands.take_shipped),
    ),
    queries=queries.ALL,
    queries_over=queries.queries_over,
    screens=screens.SCREENS,
    places=screens.PLACES,
    listeners=(Listener("company.CompanyCreated", "reference.company_created", listeners.company_created),),
    permissions=(READ,),
    grants={
        "analyst": (*_KEEPS, "reference.take_shipped"),
        "accounting": _KEEPS,
        "finance": (READ,),
        "commercial": (READ,),
        "stock": (READ,),
    },
    guards={"uq_reference_edition_table_name": "reference.other_waits"},
    proofs=(
        Proof(
            "reference.rows",
            select(_E.id, _E.rows.label("expected"), func.count(_R.id).label("found"))
            .select_from(edition.outerjoin(row, _R.edition_id == _E.id))
            .group_by(_E.id, _E.rows)
            .having(func.count(_R.id) != _E.rows),
        ),
    ),
    catch_up=("reference.take_shipped",),
)
