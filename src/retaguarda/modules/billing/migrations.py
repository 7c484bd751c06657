"""What older databases lack of billing: instalments of renegotiations and openings, and what is owed of every
instalment."""

from __future__ import annotations

from alembic.operations import Operations

from retaguarda.kernel.migration import Step, as_declared, create, new_column, new_constraint
from retaguarda.kernel.model import Base

_OF_INVOICE = "(SELECT i.{column} FROM invoice AS i WHERE i.id = instalment.invoice_id)"
# Nothing was settled before payments were kept, so all of it is owed.
_OWED = (
    "INSERT INTO receivable (id, party_id, branch_id, due_on, free_until, due_amount, settled_amount) "
    "SELECT id, party_id, branch_id, due_on, free_until, amount, 0 FROM instalment"
)


def _of_a_renegotiation(operations: Operations) -> None:
    """An instalment may belong to a settlement instead of an invoice."""
    connection = operations.get_bind()
    Base.metadata.tables["settlement"].create(connection)
    new_column("instalment", "settlement_id")(operations)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE instalment ALTER COLUMN invoice_id DROP NOT NULL")


def _owed(operations: Operations) -> None:
    connection = operations.get_bind()
    Base.metadata.tables["receivable"].create(connection)
    connection.exec_driver_sql(_OWED)


def _of_an_opening(operations: Operations) -> None:
    """An instalment may be what was owed before there were invoices of ours."""
    create(operations.get_bind(), [Base.metadata.tables["opening_receivable"]])
    new_column("instalment", "opening_id")(operations)


MIGRATIONS: tuple[Step, ...] = (
    _of_a_renegotiation,
    new_column("instalment", "party_id", _OF_INVOICE.format(column="party_id")),
    new_column("instalment", "branch_id", _OF_INVOICE.format(column="branch_id")),
    new_column("instalment", "free_until", "due_on"),
    new_constraint("instalment", "ck_instalment_amount"),
    as_declared,  # ck_instalment_document comes with what it speaks of
    new_constraint("invoice", "ck_invoice_source"),
    _owed,
    as_declared,  # ix_invoice_newest
    _of_an_opening,
    new_constraint("instalment", "uq_instalment_opening_id"),
    new_constraint("instalment", "ck_instalment_document"),
    new_constraint("settlement", "ck_settlement_kind"),
    new_constraint("settlement", "ck_settlement_reason"),
)
