"""The trial balance as anybody would ask the plain driver for it: sums per account, one statement."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg

SQL = """
SELECT a.code, a.name, t.opening, t.debit, t.credit, t.closing FROM (
  SELECT account_id,
         SUM(CASE WHEN occurred_on < {day} THEN amount ELSE 0 END) AS opening,
         SUM(CASE WHEN occurred_on >= {day} AND amount > 0 THEN amount ELSE 0 END) AS debit,
         SUM(CASE WHEN occurred_on >= {day} AND amount < 0 THEN -amount ELSE 0 END) AS credit,
         SUM(amount) AS closing
  FROM entry_line WHERE occurred_on <= {last} GROUP BY account_id
) t JOIN account a ON a.id = t.account_id ORDER BY a.code
"""


class RawBooks:
    """One open connection; `balance` gives the rows."""

    def __init__(self, address: str, engine: str) -> None:
        plain = address.removeprefix("sqlite:///") if engine == "sqlite" else address.replace("+psycopg", "")
        self.connection: Any = sqlite3.connect(plain) if engine == "sqlite" else psycopg.connect(plain, autocommit=True)
        mark = "?" if engine == "sqlite" else "%s"
        self.sql = SQL.format(day=mark, last=mark)

    def balance(self, first: str, last: str) -> list[tuple[Any, ...]]:
        """The rows between two days."""
        rows: list[tuple[Any, ...]] = self.connection.execute(self.sql, (first, first, first, last)).fetchall()
        return rows

    def close(self) -> None:
        self.connection.close()
