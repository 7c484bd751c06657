"""A guard that aborts a pipeline leaves no statement that is thought to be prepared and is not (PostgreSQL)."""

from __future__ import annotations

import pytest
from sqlalchemy import Integer, bindparam, literal_column, select

from retaguarda.kernel.statement import Prepared, Statement
from retaguarda.kernel.store import GuardHit
from retaguarda.kernel.store_postgres import PostgresStore


def test_statements_of_an_aborted_pipeline_are_prepared_again(pg_url: str) -> None:
    store = PostgresStore(pg_url.replace("+psycopg", ""))
    writer = store.writer()
    once = Statement(select((bindparam("n", type_=Integer()) + literal_column("1")).label("more"))).prepared(
        store.dialect
    )
    try:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE one (n integer CONSTRAINT ck_small CHECK (n < 10))")
        insert = Prepared.__new__(Prepared)
        insert._blocks = {}
        insert.sql, insert.table, insert.keys = "INSERT INTO one VALUES ($1)", "one", ("n",)

        def aborted() -> None:
            """The refusal surfaces at whichever of these the server has answered by then."""
            writer.write(insert, [(99,)])
            # Met for the second time behind the error: sent to be prepared, skipped by the server.
            writer.write(once, [(1,)])
            writer.settle()

        writer.begin()
        writer.savepoint()
        assert writer.read(once, (1,)) == [(2,)]
        for _ in range(3):
            with pytest.raises(GuardHit) as hit:
                aborted()
            assert hit.value.name == "ck_small"
            writer.back_to_savepoint()
            writer.write(insert, [(1,), (2,)])
            assert writer.read(once, (1,)) == [(2,)]
            writer.write(insert, [(1,), (2,)])
            assert writer.read(once, (1,)) == [(2,)]
        writer.commit()
    finally:
        writer.close()
        store.close()
