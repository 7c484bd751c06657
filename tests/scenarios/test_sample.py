"""The sample company: full, consistent, the same every time, in the past, and erased without ever hitting another."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from retaguarda.app import sample
from retaguarda.app.chance import Chance
from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.goods import goods
from retaguarda.app.sample.people import PASSWORD, STAFF, buyers, cnpj, cpf
from retaguarda.app.settings import Station
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Problem, Refusal, Trouble
from retaguarda.kernel.gtin import gtin_fault
from retaguarda.kernel.stores import open_store
from retaguarda.packs.br.ids import cnpj_fault, cpf_fault
from tests.tour.stage import NOW

ROOT = Path(__file__).parents[2]
SMALL = {"name": "Exemplo", "admin_name": "Eva", "admin_login": "eva", "admin_password": "segredo123", "sample": True}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_sample_company(tour_sample: Path, sqlite_url: str, pg_url: str) -> None:
    """Made once on each engine; making it is the costly part, so everything about it is asked here, on SQLite of a
    copy of the one that was made for the tour."""
    shutil.copy(tour_sample, str(make_url(sqlite_url).database))
    sample.make(pg_url, clock=FixedClock(NOW))
    stories = [story_of(url) for url in (sqlite_url, pg_url)]
    assert stories[0] == stories[1], "the same seed on the same day tells the same story"


def story_of(url: str) -> list[tuple[object, ...]]:
    """Judges the sample at `url`; gives its orders."""
    office = open_office(url, "ana", PASSWORD, clock=FixedClock(NOW))
    try:
        assert office.check() == []
        it_is_full_of_work_in_every_state(office)
        its_failures_are_shortages_a_broken_reservation_and_what_was_not_delivered(office)
        there_are_forty_customers_150_goods_and_a_kit(office)
        its_people_ask_each_other_and_sell_before_the_entry(office)
        nothing_in_it_lies_ahead(office)
        everybody_logs_in_with_the_published_password(office)
        rows = office.show("sales.orders", sort="number", limit=500).rows
        return [(r.number, r.customer_name, r.total_amount, r.state, r.ordered_at, r.promised_on) for r in rows]
    finally:
        office.close()


def it_is_full_of_work_in_every_state(office: Office) -> None:
    orders = office.show("sales.orders", limit=500).rows
    assert {order.state for order in orders} == {"quotation", "confirmed", "held", "cancelled", "closed"}
    assert len(orders) >= 55
    for query, least in (
        ("delivery.orders_to_pick", 6),
        ("delivery.orders_to_pack", 2),
        ("delivery.orders_to_ship", 3),
        ("delivery.orders_to_deliver", 5),
        ("delivery.attempts", 3),
        ("delivery.routes", 1),
        ("billing.invoices", 38),
    ):
        assert len(office.show(query, limit=500).rows) >= least, query
    kept = Counter(row.kept for row in office.show("delivery.shipments", {"state": "delivered"}, limit=500).rows)
    assert kept[False] >= 4
    assert kept[True] >= 20
    assert any(order.promised_on == office.today() and order.state == "confirmed" for order in orders)


def its_failures_are_shortages_a_broken_reservation_and_what_was_not_delivered(office: Office) -> None:
    codes = Counter(row.code for row in office.show("process.failures", limit=50).rows)
    assert codes == {
        "sales.confirm_order.no_stock": 2,
        "inventory.reservation_broken": 1,
        "delivery.attempt_failed": 2,
        "delivery.came_back": 1,
    }


def there_are_forty_customers_150_goods_and_a_kit(office: Office) -> None:
    # Forty with a name, the second record of one of them, and the one that stands for who buys at the counter without.
    assert office.show("party.customers", limit=1, count=True).count == 40 + 1 + 1
    # What stands on the shelf, and the kit that is put together from some of it.
    assert office.show("catalog.products", limit=1, count=True).count == len(goods()) + 2 == 152


def its_people_ask_each_other_and_sell_before_the_entry(office: Office) -> None:
    states = [row.state for row in office.show("process.handoffs").rows]
    assert sorted(states) == ["accepted", "refused", "sent"]
    assert {row.tax_code for row in office.show("catalog.tax_rates").rows} == {"ICMS-SP", "ISS-CPS"}
    (early,) = office.show("inventory.negatives").rows
    assert early.quantity == 4
    here = Station().name
    assert {row.station for row in office.show("sales.counter_sales", limit=500).rows} == {here}
    assert {row.station for row in office.show("billing.tills", limit=500).rows} == {here}


def nothing_in_it_lies_ahead(office: Office) -> None:
    assert all(row.ordered_at <= NOW for row in office.show("sales.orders", limit=500).rows)
    assert all(row.picked_at <= NOW for row in office.show("delivery.shipments", limit=500).rows)


def everybody_logs_in_with_the_published_password(office: Office) -> None:
    for login, name, role, _ in STAFF:
        office.log_in(login, PASSWORD)
        assert office.person.name == name
        assert office.person.roles == (role,)
    office.act_as("ana")
    for readme in ("README.md", "README.pt-BR.md"):
        assert PASSWORD in (ROOT / readme).read_text(encoding="utf-8")


def test_chance_depends_on_nothing_but_its_seed() -> None:
    def draws(seed: str) -> list[object]:
        chance = Chance(seed)
        return [chance.between(1, 6), chance.one_of("abcdef"), chance.some_of(range(100), 5), chance.below(1000)]

    assert draws("x") == draws("x") != draws("y")
    assert buyers(Chance("x")) == buyers(Chance("x")) != buyers(Chance("y"))
    rolled = Chance("dice")
    assert {rolled.between(1, 6) for _ in range(200)} == {1, 2, 3, 4, 5, 6}


def test_codes_of_goods_and_people_are_valid() -> None:
    there = goods()
    assert all(gtin_fault(one.gtin) is None for one in there)
    assert len({one.gtin for one in there}) == len({one.name for one in there}) == len(there) == 150
    assert all(cpf_fault(cpf(n)) is None and cnpj_fault(cnpj(n)) is None for n in range(1, 1000))


def test_it_is_made_in_an_empty_database_only(db_url: str) -> None:
    create_office(db_url, SMALL, {"sample": "made"}).close()
    with pytest.raises(Refusal) as refused:
        sample.make(db_url)
    assert refused.value.code == "company.create_company.exists"


def test_erasing_deletes_the_whole_database(db_url: str) -> None:
    create_office(db_url, SMALL, {"sample": "made"}).close()
    sample.erase(db_url)
    if db_url.startswith("sqlite"):
        database = Path(make_url(db_url).database or "")
        assert not list(database.parent.glob(database.name + "*"))
    with pytest.raises(Trouble):
        open_store(db_url).reader()


@pytest.mark.parametrize(
    ("marks", "says"), [({}, False), ({"sample": "made"}, False), ({}, True)], ids=["neither", "marked", "says so"]
)
def test_any_other_company_is_never_erased(db_url: str, marks: dict[str, str], says: bool) -> None:
    """Both must hold: the mark of the database, and the company's own word."""
    create_office(db_url, {**SMALL, "sample": says}, marks).close()
    with pytest.raises(Refusal) as refused:
        sample.erase(db_url)
    assert refused.value.code == "sample.not_a_sample"
    open_office(db_url, "eva", "segredo123").close()


def test_nothing_is_erased_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        sample.erase(f"sqlite:///{tmp_path / 'none.db'}")


def test_a_sample_that_is_open_elsewhere_is_not_erased(pg_url: str) -> None:
    office = create_office(pg_url, SMALL, {"sample": "made"})
    office.act_as("eva")
    try:
        with pytest.raises(Trouble) as trouble:
            sample.erase(pg_url)
        assert trouble.value.code == "sample.in_use"
    finally:
        office.close()


@pytest.mark.parametrize("day", range(7))
def test_working_days_are_counted_from_any_day_of_the_week(day: int) -> None:
    now = NOW + dt.timedelta(days=day)
    agenda = Agenda(now, "America/Sao_Paulo")
    days = [agenda.day(n) for n in range(-30, 6)]
    assert all(d.weekday() < 5 for d in days)
    assert days == sorted(set(days))
    assert agenda.day(0) <= agenda.today < agenda.day(1)


def test_the_agenda_never_reaches_beyond_now() -> None:
    agenda, clock = Agenda(NOW, "America/Sao_Paulo"), FixedClock(NOW - dt.timedelta(days=9))
    seen: list[tuple[tuple[int, int], dt.datetime]] = []

    def note(key: tuple[int, int]) -> None:
        seen.append((key, clock.now()))

    for day, minutes in ((0, 900), (-1, 60), (0, 30), (0, 1000)):
        agenda.at(day, minutes, partial(note, (day, minutes)))
    agenda.carry_out(clock)
    assert [key for key, _ in seen] == [(-1, 60), (0, 30), (0, 900), (0, 1000)]
    assert all(at < NOW for _, at in seen)
