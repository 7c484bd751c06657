"""An edition is put in force at once; of every table exactly one is."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.ids import new_id
from retaguarda.modules.reference import rules
from tests.helpers.company import MONDAY, acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.reference.editions import NAMED, changes, codes, edition, in_force, loaded, table


def test_it_is_in_force_and_the_one_before_is_kept(office: Office) -> None:
    shipped, before = table(office), codes(office)
    key = loaded(office)
    assert office.do("reference.put_in_force", edition_id=key, version=1, **NAMED).value["version"] == 2
    assert codes(office) == {"001": "Banco do Brasil", "104": "Caixa", "999": "Banco Novo"}
    row = table(office)
    assert (row.edition_id, row.label, row.dated_on, row.since) == (key, "Novembro", dt.date(2026, 11, 20), MONDAY)
    assert (row.age_days, row.state, row.waiting_id, row.follows_id) == (3, "fresh", None, shipped.edition_id)
    assert (edition(office, key).standing, edition(office, shipped.edition_id).standing) == ("in_force", "before")
    assert not any(changes(office, key).values())
    # Any edition that was in force can be again, and says what that would change.
    assert changes(office, shipped.edition_id)["gone"] == {"999"}
    office.do("reference.put_in_force", edition_id=shipped.edition_id)
    assert codes(office) == before
    assert isinstance(office.clock, FixedClock)
    office.clock.move(dt.timedelta(days=200))
    assert table(office).state == "old"


def test_it_says_what_it_is_and_is_whole(office: Office) -> None:
    key = loaded(office)
    with refused(office, "kernel.required") as caught:
        office.do("reference.put_in_force", edition_id=key)
    assert {fault["field"] for fault in caught[0].params["faults"]} == {"label", "dated_on", "source"}
    with refused(office, "reference.dated_ahead"):
        office.do("reference.put_in_force", edition_id=key, **{**NAMED, "dated_on": "2026-11-24"})
    with refused(office, "kernel.stale"):
        office.do("reference.put_in_force", edition_id=key, version=9, **NAMED)
    with refused(office, "kernel.missing"):
        office.do("reference.put_in_force", edition_id=new_id(), **NAMED)
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("reference.put_in_force", edition_id=key, **NAMED)
    with patch.object(rules, "checksum", lambda rows: "another"), refused(office, "reference.not_whole"):
        office.do("reference.put_in_force", edition_id=key, **NAMED)
    other = loaded(office)
    with refused(office, "reference.edition_dropped"):
        office.do("reference.put_in_force", edition_id=key, **NAMED)
    office.do("reference.put_in_force", edition_id=other, **NAMED)
    with refused(office, "reference.is_in_force"):
        office.do("reference.put_in_force", edition_id=other, **NAMED)


def test_the_database_keeps_exactly_one_in_force_and_one_waiting(office: Office) -> None:
    in_force(office)
    waits = loaded(office)
    assert refused_by_database(office, "DELETE FROM reference_in_force") == "kernel.never_deleted"
    for edition_id in (waits, table(office, "unit").edition_id):
        move = f"UPDATE reference_in_force SET edition_id = '{edition_id}' WHERE table_name = 'bank'"
        assert refused_by_database(office, move) == "reference.not_of_this_table"
    twice = (
        "INSERT INTO reference_in_force (id, version, command_id, table_name, edition_id, since) "
        "SELECT edition_id, 1, command_id, table_name, edition_id, since FROM reference_in_force "
        "WHERE table_name = 'bank'"
    )
    assert "reference_in_force" in refused_by_database(office, twice)
    columns = "version, command_id, table_name, state, label, source, file, rows, checksum, shipped, loaded_at"
    second = (
        f"INSERT INTO reference_edition (id, {columns}) SELECT command_id, {columns} FROM reference_edition "
        f"WHERE id = '{waits}'"
    )
    assert refused_by_database(office, second) == "reference.other_waits"
