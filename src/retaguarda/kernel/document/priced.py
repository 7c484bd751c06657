"""The lines of a paper that is sold by: what each costs, its discount where any line has one, the total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from retaguarda.kernel.document.model import Column, ColumnKind, Table, Total
from retaguarda.kernel.text import Texts

_WORDS = ("code", "name", "unit")


def priced_lines(card: Any, lines: Sequence[Any], texts: Texts, said: str) -> Table:
    """The table of `lines` with the sums of `card`; `said` is the prefix of the words it is written with."""
    discounted = any(line.discount_amount for line in lines)
    names = ["position", "code", "name", "quantity", "unit", "price", *(["discount"] if discounted else []), "net"]
    columns = tuple(
        Column(texts.say(f"{said}.{name}"), ColumnKind.WORDS if name in _WORDS else ColumnKind.NUMBER) for name in names
    )
    sums = [Total(texts.say(f"{said}.total"), texts.write(card.total_amount, "amount"), strong=True)]
    if discounted:
        sums[:0] = [
            Total(texts.say(f"{said}.gross"), texts.write(card.gross_amount, "amount")),
            Total(texts.say(f"{said}.discounts"), texts.write(-card.discount_amount, "amount")),
        ]
    return Table(columns, [tuple(_cells(line, discounted, texts)) for line in lines], tuple(sums))


def _cells(line: Any, discounted: bool, texts: Texts) -> Iterable[str]:
    yield from (str(line.position), line.code, line.name, texts.write(line.quantity, "quantity"), line.unit_code)
    yield texts.write(line.unit_price, "price")
    if discounted:
        yield texts.write(line.discount_amount, "amount") if line.discount_amount else ""
    yield texts.write(line.net_amount, "amount")
