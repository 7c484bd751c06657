"""Reports are built of every list there is: its groups are all of its rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.page import By
from retaguarda.kernel.screen.built import AVERAGE, SUM, sources
from retaguarda.kernel.spans import MONTH


def test_the_groups_of_every_list_are_all_of_its_rows(sample: Office) -> None:
    """By two of its columns at once, with the sum of everything that has one."""
    offered = sources(book(), sample.person.may)
    assert {"sales.order_list", "party.customer_list", "billing.receivable_list", "inventory.stock_list"} <= {
        source.screen.name for source in offered
    }
    for source in offered:
        query, where = source.screen.query, source.screen.where
        by = [By(c.field, MONTH if source.has_days(c.field) else "") for c in source.grouped[-2:]]
        fields = list(dict.fromkeys(c.field for how in (SUM, AVERAGE) for c in source.totalled(how)))
        found = sample.groups(query, where, by, fields, most=20_000)
        count = sample.show(query, where, limit=0, count=True).count
        assert found.whole.count == count, source.screen.name
        for groups in [found.rows] if by else []:
            assert sum(group.count for group in groups) == count, source.screen.name
            for at, name in enumerate(fields):
                sums, whole = [group.sums[at] for group in groups], found.whole
                assert _sum(sums) == (whole.sums[at] or 0), (source.screen.name, name)
                assert sum(group.filled[at] for group in groups) == whole.filled[at]


def _sum(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))
