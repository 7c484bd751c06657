"""Tax rates hold from a day on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.app.headless import Office
from retaguarda.modules.catalog import api
from tests.helpers.company import acting, refused


def test_the_newest_row_of_the_latest_day_counts(office: Office) -> None:
    office.do("catalog.set_tax_rate", tax_code="t1", rate="0.18", valid_from="2026-01-01")
    office.do("catalog.set_tax_rate", tax_code="T1", rate="0.2")
    office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    office.do("catalog.set_tax_rate", tax_code="T1", rate="0.205")
    reads = office.reads()
    assert api.tax_rate_on(reads, "T1", dt.date(2025, 12, 31)) is None
    assert api.tax_rate_on(reads, "T1", dt.date(2026, 11, 22)) == Decimal("0.18")
    assert api.tax_rate_on(reads, "T1", dt.date(2026, 11, 23)) == Decimal("0.205")
    assert [r.tax_code for r in office.show("catalog.tax_rates").rows] == ["T1"] * 3


def test_a_rate_is_a_share(office: Office) -> None:
    with refused(office, "kernel.too_large"):
        office.do("catalog.set_tax_rate", tax_code="T1", rate="18")
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("catalog.set_tax_rate", tax_code="T1", rate="0.18")
