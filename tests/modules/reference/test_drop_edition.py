"""An edition that waits is given up."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.reference.editions import edition, in_force, loaded, table


def test_it_is_dropped_and_what_is_in_force_stays(office: Office) -> None:
    now = in_force(office)
    key = loaded(office)
    with refused(office, "kernel.stale"):
        office.do("reference.drop_edition", edition_id=key, version=9)
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        office.do("reference.drop_edition", edition_id=key)
    assert office.do("reference.drop_edition", edition_id=key, version=1).value == {"id": key, "version": 2}
    assert (edition(office, key).standing, edition(office, key).allowed) == ("dropped", ())
    assert (table(office).edition_id, table(office).waiting_id) == (now, None)
    for gone in (key, now):
        with refused(office, "reference.not_waiting"):
            office.do("reference.drop_edition", edition_id=gone)
    with refused(office, "kernel.missing"):
        office.do("reference.drop_edition", edition_id=new_id())
