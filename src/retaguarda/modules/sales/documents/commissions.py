"""The report of commissions: what each seller earned in a period, sale by sale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import A4, Block, Column, ColumnKind, Document, Heading, Table, Total, company_head
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door


def commission_report(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """Commissions from `since` to `until`, the month so far unless they are named."""
    since = _day(params, "since", door.today().replace(day=1))
    until = _day(params, "until", door.today())
    where = {"on_day >=": since, "on_day <=": until}
    rows = all_rows(door, "sales.commissions", where, "seller_name")
    title = texts.say("sales.paper.commissions", since=since, until=until)
    blocks: list[Block] = []
    for seller, own in groupby(rows, key=lambda row: row.seller_name):
        blocks += [Heading(seller), _table(list(own), texts)]
    company = door.show("company.company", limit=1).rows[0]
    return Document(
        "sales.commission_report",
        title,
        texts.language,
        company_head(texts, company.name, company.tax_id),
        tuple(blocks),
        A4,
    )


def _day(params: Mapping[str, Any], name: str, otherwise: dt.date) -> dt.date:
    given = params.get(name)
    if given in (None, ""):
        return otherwise
    try:
        return given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given))
    except ValueError:
        raise Invalid(Fault(name, "kernel.not_a_day")) from None


def _table(rows: Sequence[Any], texts: Texts) -> Table:
    numbers = ("base", "rate", "commission")
    columns = tuple(
        Column(texts.say(f"sales.paper.{name}"), ColumnKind.NUMBER if name in numbers else ColumnKind.WORDS)
        for name in ("day", "order_short", "customer", *numbers)
    )
    cells = [
        (
            texts.write(row.on_day),
            str(row.order_number),
            row.customer_name,
            texts.write(row.base_amount, "amount"),
            texts.write(row.rate, "percent"),
            texts.write(row.commission_amount, "amount"),
        )
        for row in sorted(rows, key=lambda row: (row.on_day, row.order_number))
    ]
    total = sum(row.commission_amount for row in rows)
    return Table(columns, cells, (Total(texts.say("sales.paper.total"), texts.write(total, "amount"), strong=True),))
