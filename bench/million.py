"""A company with a million orders, made once for each engine: a few hundred are played by commands, the database copies
them (`bench/past.py`). Nine of ten are billed and wait to be shipped and paid, the tenth went the whole way."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from bench.databases import Bed, new_company, stock
from bench.orders import Payload, Shop, commands, play_whole
from bench.past import lengthen, state_of
from retaguarda.app.headless import Office, check_office

ORDERS, PLAYED, PRODUCTS = 1_000_000, 200, 400
SAMPLE = 2_000
"""So many orders of the same kind are proved by every check before the million is made."""
EACH = Decimal(100_000_000)
WHOLE = 10
_FIRST = "Ana João Luís Beatriz Célia Davi Érica Fábio Graça Hélio Inês Jonas Kátia Lúcia Márcio Núbia Otávio Paula"
_LAST = "Araújo Brandão Conceição Dutra Esteves Falcão Guimarães Holanda Ibiapina Junqueira Lacerda"
NAMES = tuple(f"{first} {last}" for last, first in itertools.product(_LAST.split(), _FIRST.split()))


@dataclass(frozen=True, slots=True)
class Million:
    """Where it stands, and how many orders it has."""

    url: str
    orders: int


def fill(office: Office, played: int, copies: int, products: int = PRODUCTS) -> int:
    """Gives the office's company `played * (copies + 1)` orders and one more, without statistics; says how many."""
    keys = stock(office, products, EACH)
    office.do("company.change_setting", code="packing", value="own_step")
    account = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    customers = [
        office.do("party.add_party", name=NAMES[n % len(NAMES)], kind="person", customer=True).value["id"]
        for n in range(played)
    ]
    # The series begin and the balances stand before the state that is copied from.
    play_whole(office, Shop(customers[0], keys, account), _payload(customers[0], keys[0], 1))
    url = office.store.url
    before = state_of(url)
    for n, customer in enumerate(customers):
        payload = _payload(customer, keys[n % len(keys)], n % 9 + 1)
        _play_part(office, Shop(customer, keys, account), payload, n % WHOLE == 0)
    lengthen(url, before, copies, lean=True, analyze=False)
    return played * (copies + 1) + 1


def _payload(customer: str, product: str, quantity: int) -> Payload:
    return {"customer_id": customer, "lines": [{"product_id": product, "quantity": str(quantity)}]}


def _play_part(office: Office, shop: Shop, payload: Payload, whole: bool) -> None:
    """Carries an order to its invoice, or on to its payment."""
    if whole:
        play_whole(office, shop, payload)
        return
    way = commands(shop, payload)
    name, values = next(way)
    while name != "sales.invoice_order":
        name, values = way.send(office.do((name, values)).value)
    office.do((name, values))


def million(bed: Bed, orders: int = ORDERS) -> Million:
    """The company of this bed, made when it is first asked for, once a small one of the same kind broke no proof."""
    if bed.million is None:
        proved(bed)
        bed.million = Million(*_made(bed, "million", PLAYED, orders // PLAYED - 1))
    found: Million = bed.million
    return found


def proved(bed: Bed) -> None:
    """Raises where a small company made in the same way breaks a proof."""
    url, _ = _made(bed, "million_sample", SAMPLE // 100, 99)
    if found := check_office(url):
        raise RuntimeError(f"the orders break {found[:5]}")


def _made(bed: Bed, name: str, played: int, copies: int) -> tuple[str, int]:
    url = bed.fresh(name)
    office = new_company(url)
    try:
        return url, fill(office, played, copies)
    finally:
        office.close()
