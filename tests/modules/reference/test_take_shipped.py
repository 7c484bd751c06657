"""What the program brings is in force where there is nothing, or something older that it brought itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.reference import Code
from retaguarda.packs.br import tables
from tests.helpers.company import acting, refused
from tests.modules.reference.editions import codes, in_force, table


def test_newer_ones_come_but_not_over_what_somebody_brought(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = office.do("reference.take_shipped")
    assert (outcome.value["tables"], [one.code for one in outcome.warnings]) == ([], ["reference.nothing_shipped"])
    in_force(office)
    newer = []
    for one in tables.TABLES:
        assert one.shipped is None or one.shipped.rows
        shipped = one.shipped and replace(
            one.shipped, dated_on=dt.date(2027, 1, 2), rows=(*one.shipped.rows, Code("ZZ", "Novo"))
        )
        newer.append(replace(one, shipped=shipped))
    monkeypatch.setattr(tables, "TABLES", tuple(newer))
    assert office.do("reference.take_shipped").value["tables"] == ["state", "holiday", "unit"]
    assert codes(office, "state")["ZZ"] == "Novo"
    assert table(office).label == "Novembro"
    with acting(office, "accounting"), refused(office, "kernel.forbidden"):
        office.do("reference.take_shipped")
