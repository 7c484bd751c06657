"""A view goes when its owner says so, for everybody; under the same name it comes back."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused

SCREEN = "sales.order_list"


def test_only_its_owner_takes_a_view_away(office: Office) -> None:
    with acting(office, "sales"):
        kept = office.do("company.keep_view", screen=SCREEN, name="Minhas", look="{}", role="sales").value
    with acting(office, "stock"), refused(office, "company.archive_view.not_yours"):
        office.do("company.archive_view", view_id=kept["id"])
    with acting(office, "sales"):
        with refused(office, "kernel.stale"):
            office.do("company.archive_view", view_id=kept["id"], version=2)
        office.do("company.archive_view", view_id=kept["id"], version=1)
        assert office.show("company.saved_views").rows == ()
        with refused(office, "company.archive_view.is_archived"):
            office.do("company.archive_view", view_id=kept["id"])
        assert office.do("company.keep_view", screen=SCREEN, name="Minhas", look="{}").rows[0].version == 3
    office.do("company.archive_view", view_id=kept["id"])
    with refused(office, "kernel.missing") as caught:
        office.do("company.archive_view", view_id="0" * 32)
    assert caught[0].field == "view_id"
