"""A supplier's price holds from a day on, for at least so many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from retaguarda.modules.purchasing import api
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying

TODAY = dt.date(2026, 11, 23)


def states(buying: Buying, product: str) -> list[tuple[str, Decimal]]:
    rows = buying.office.show("purchasing.supplier_prices", {"product_id": product}, "valid_from").rows
    return [(row.state, row.unit_price) for row in rows]


def test_a_new_price_ends_the_old_and_tiers_stand_beside_each_other(buying: Buying) -> None:
    with acting(buying.office, "commercial"):
        buying.price(buying.paper, "19.00", valid_from="2026-12-01", pack_quantity="5")
        buying.price(buying.paper, "17.5001", least_quantity="100", supplier_code="PC-78")
    assert states(buying, buying.paper) == [("current", 20), ("current", Decimal("17.5001")), ("coming", 19)]
    offers = api.offers_of(buying.office.reads(), buying.supplier, [buying.paper], TODAY)[buying.paper]
    assert [o.least_quantity for o in offers] == [1, 100]
    assert [o.unit_price for o in offers] == [20, Decimal("17.5001")]
    assert [o.lead_days for o in offers] == [3, 5]
    assert api.pick_offer(offers, Decimal(99)) == offers[0]
    assert api.pick_offer(offers, Decimal(100)) == offers[1]
    buying.office.clock.move(dt.timedelta(days=8))  # type: ignore[attr-defined]
    assert states(buying, buying.paper)[0] == ("past", Decimal(20))
    found = buying.office.show("purchasing.supplier_prices", {"search": "papelaria central a4"}).rows
    assert {row.name for row in found} == {"Papel A4 75 g"}


def test_refusals(buying: Buying) -> None:
    with refused(buying.office, "kernel.missing"):
        buying.price(buying.paper, "1", new_id())
    with refused(buying.office, "purchasing.unknown_product"):
        buying.price(new_id(), "1")
    customer = buying.office.do("party.add_party", name="Maria", customer=True).value["id"]
    with refused(buying.office, "party.not_a_supplier"):
        buying.price(buying.paper, "1", customer)
    service = buying.depot.product("S", "Frete", kind="service")
    with refused(buying.office, "purchasing.not_kept"):
        buying.price(service, "1")
    with refused(buying.office, "catalog.whole_quantity"):
        buying.price(buying.paper, "1", pack_quantity="1.5")
    with refused(buying.office, "purchasing.set_supplier_price.past_day"):
        buying.price(buying.paper, "1", valid_from="2026-11-22")
    with refused(buying.office, "kernel.too_small"):
        buying.price(buying.paper, "-1")
    buying.office.do("catalog.archive_product", product_id=buying.ink)
    with refused(buying.office, "purchasing.product_archived"):
        buying.price(buying.ink, "1")
    buying.office.do("party.archive_party", party_id=buying.other)
    with refused(buying.office, "party.archived"):
        buying.price(buying.paper, "1", buying.other)
    with acting(buying.office, "sales"), refused(buying.office, "kernel.forbidden"):
        buying.price(buying.paper, "1")
