"""Making the sample company: people, parties, goods, and six weeks of work told through the live commands."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from retaguarda.app import settings
from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.headless import Office, create_office
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.asides import Asides
from retaguarda.app.sample.books import KEEPER, Books
from retaguarda.app.sample.counter import Counter
from retaguarda.app.sample.depot import Depot
from retaguarda.app.sample.erasing import empty, held
from retaguarda.app.sample.history import bring_history
from retaguarda.app.sample.orders import Orders, Story
from retaguarda.app.sample.people import PASSWORD, STAFF, buyers, cnpj
from retaguarda.app.sample.purchases import Purchases
from retaguarda.app.sample.receipts import Receipts
from retaguarda.app.sample.stock import Shelf, Stock
from retaguarda.kernel import schema
from retaguarda.kernel.clock import Clock, FixedClock, SystemClock
from retaguarda.kernel.lanes import go_on
from retaguarda.modules.inventory import api as inventory

ZONE = "America/Sao_Paulo"
BEGAN = dt.timedelta(days=50)
SUPPLIERS = ("Distribuidora Paulista de Tintas", "Atacado Elétrico Bandeirante", "Ferragens do Vale")
CARRIERS = ("Transportes Rota Sul", "Entregas Ligeiras")
BLOCKED = 7
"""The customer with this place in the list is blocked: nothing is sold to it."""
SHOP = {
    "name": "Loja Centro",
    "address": "Rua Barão de Jaguara, 1481, Centro",
    "city": "Campinas",
    "state": "SP",
    "phone": "(19) 3236-0199",
}


def make(url: str, *, seed: str | int = "casa e obra", clock: Clock | None = None) -> dict[str, Any]:
    """Makes the sample company in the empty database at `url`; gives what stands in it. Refuses any other database.

    Until everything stands there its mark says so: an interruption leaves a half-made one, which nobody takes for a
    company (`make_again`). The same seed on the same day gives the same company; everything happened before the instant
    of `clock`.
    """
    began = time.perf_counter()
    now = (clock or SystemClock()).now()
    moving = FixedClock(now - BEGAN)
    company: Mapping[str, Any] = {
        "name": "Casa & Obra Materiais Ltda.",
        "tax_id": cnpj(999),
        "admin_name": STAFF[0][1],
        "admin_login": STAFF[0][0],
        "admin_password": PASSWORD,
        "zone": ZONE,
        "branch_name": SHOP["name"],
        "branch_state": SHOP["state"],
        "sample": True,
    }
    with held(url):
        office = create_office(url, company, {schema.SAMPLE: schema.MAKING}, moving)
        try:
            office.station = settings.Station().name
            counts = _fill(office, Agenda(now, ZONE), Chance(seed), moving)
            schema.set_mark(office.store, schema.SAMPLE, schema.MADE)
        finally:
            office.close()
    return {**counts, "seconds": round(time.perf_counter() - began, 2)}


def make_again(url: str) -> dict[str, Any]:
    """Makes the sample company at `url` anew, also where it was left half-made; refuses any other database."""
    empty(url)
    return make(url)


def _fill(office: Office, agenda: Agenda, chance: Chance, clock: FixedClock) -> dict[str, Any]:
    crew = _hire(office)
    books = Books(crew, agenda)
    crew.as_person(KEEPER)
    books.open(office.today())
    books.plan()
    customers = _customers(crew, chance)
    crew.as_person("julia")
    bring_history(office, agenda, list(customers.values()))
    suppliers = [_party(crew, name, n, supplier=True) for n, name in enumerate(SUPPLIERS, 500)]
    carriers = [_party(crew, name, n, carrier=True) for n, name in enumerate(CARRIERS, 600)]
    stock = Stock(crew, agenda, chance, suppliers)
    shelf = stock.add_products()
    branch_id = str(office.actor.branch_id)
    places = stock.add_places(inventory.warehouse_of(office.reads(), branch_id).id)
    stock.receive(shelf, places)
    depot = Depot(crew, agenda, shelf, stock.place_of)
    depot.track()
    depot.plan()
    stock.expect(shelf)
    stock.hold(shelf.plenty[40])
    selling = [*shelf.plenty[:30], *shelf.plenty[50:], *shelf.services]
    crew.do(STAFF[0][0], "company.change_setting", code="packing", value="own_step")
    orders = Orders(crew, agenda, chance, customers, selling, carriers)
    for carrier, days in zip(carriers, (("1", "2", "3", "4", "5"), ("2", "4")), strict=True):
        crew.do("heitor", "delivery.set_carrier_terms", party_id=carrier, weekdays=days, transit_days=len(days) // 2)
    orders.plan()
    _mishaps(orders, stock, shelf)
    Receipts(crew, agenda, Chance("recebimentos"), books, list(customers), shelf.services).plan()
    Counter(crew, agenda, Chance("balcão"), list(customers), shelf.plenty[30:40]).plan(books.bank)
    Purchases(crew, agenda, Chance("compras"), suppliers, shelf).plan()
    Asides(crew, agenda, shelf.scarce[1]).plan()
    agenda.at(0, 10, partial(_route, crew))
    agenda.carry_out(clock)
    crew.as_person(STAFF[0][0])
    return {
        "people": len(STAFF),
        "customers": len(customers) + 1,
        "products": len(shelf.by_code),
        "orders": office.show("sales.orders", limit=1, count=True).count,
        "invoices": office.show("billing.invoices", limit=1, count=True).count,
        "shipments": office.show("delivery.shipments", limit=1, count=True).count,
        "login": STAFF[0][0],
        "password": PASSWORD,
    }


def _hire(office: Office) -> Crew:
    login = STAFF[0][0]
    office.act_as(login)
    boss_id = office.actor.person_id
    office.do("company.revise_branch", branch_id=office.actor.branch_id, **SHOP)
    for name in STAFF[1:]:
        go_on()
        office.do(
            "company.add_person", login=name[0], name=name[1], roles=[name[2]], department=name[3],
            boss_id=boss_id, password=PASSWORD,
        )  # fmt: skip
    return Crew(office, [person[0] for person in STAFF])


def _customers(crew: Crew, chance: Chance) -> dict[str, str]:
    """The customers who may buy: their keys with their names."""
    found: dict[str, str] = {}
    for n, buyer in enumerate(buyers(chance)):
        key = str(crew.do("carla", "party.add_party", **buyer.payload)["id"])
        if buyer.credit_limit is not None:
            crew.do("carla", "party.set_credit_limit", party_id=key, credit_limit=buyer.credit_limit)
        if n == BLOCKED:
            crew.do("carla", "party.block_customer", party_id=key, reason="Faturas em aberto desde o mês passado.")
        else:
            found[key] = str(buyer.payload["name"])
    return found


def _party(crew: Crew, name: str, n: int, **roles: bool) -> str:
    address = {
        "street": "Rodovia Anhanguera",
        "number": f"km {n - 400}",
        "district": "Distrito industrial",
        "city": "Campinas",
        "state": "SP",
        "postcode": f"13069-{n}",
    }
    contact = {"name": "Atendimento", "phone": f"(19) 3{n}-0{n - 400}", "email": f"atendimento{n}@exemplo.com.br"}
    made = crew.do(
        "carla", "party.add_party", name=name, legal_name=f"{name} Ltda.", tax_id=cnpj(n), addresses=[address],
        contacts=[contact], **roles,
    )  # fmt: skip
    return str(made["id"])


def _route(crew: Crew) -> None:
    """Our driver takes along today what no carrier has."""
    waiting = crew.office.show("delivery.load_choices", limit=3).rows
    driver = crew.office.show("company.person_choices", {"search": "igor"}).rows[0].id
    stops = [{"shipment_id": row.id} for row in waiting]
    crew.do("heitor", "delivery.plan_route", driver_id=driver, stops=stops, vehicle="Fiorino branca")


def _mishaps(orders: Orders, stock: Stock, shelf: Shelf) -> None:
    """What went wrong: two orders that found too little, and one that a count took its goods from."""
    agenda = orders.agenda
    nothing, plenty, counted = shelf.scarce[0], shelf.plenty[3], shelf.plenty[45]
    twice = [
        {"product_id": nothing, "quantity": "3"},
        {"product_id": plenty, "quantity": "2"},
        {"product_id": nothing, "quantity": "2"},
    ]
    single = [{"product_id": shelf.scarce[-1], "quantity": "12"}]
    for day, minutes, lines in ((-1, 150, twice), (0, 5, single)):
        short = _promised(orders, agenda.day(day + 3), lines)
        agenda.at(day, minutes, partial(orders.enter, short))
        agenda.at(day, minutes + 20, partial(orders.confirm_short, short))
    broken = _promised(orders, agenda.day(2), [{"product_id": counted, "quantity": "9"}])
    agenda.at(-1, 200, partial(orders.enter, broken))
    agenda.at(-1, 230, partial(orders.confirm, broken))
    stock.count_short(counted, "7")


def _promised(orders: Orders, day: dt.date, lines: list[dict[str, Any]]) -> Story:
    return orders.story({"promised_on": day.isoformat()}, lines)
