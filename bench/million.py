"""A company with a million orders, made once for each engine: a few hundred are played, the database copies
them (`bench/past.py`). Of a hundred one waits to be shipped, ten were delivered and are not paid, ten went the whole
way, the others were sold at the counter."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from bench.databases import Bed, new_company, price_of, stock
from bench.orders import NAMES, Payload, Shop, commands, play_whole
from bench.past import lengthen, state_of
from retaguarda.app.headless import Office, check_office

ORDERS, PLAYED, PRODUCTS = 1_000_000, 200, 400
SAMPLE = 2_000
"""So many orders of the same kind are proved by every check before the million is made."""
EACH = Decimal(100_000_000)
_FIRST = "Ana João Luís Beatriz Célia Davi Érica Fábio Graça Hélio Inês Jonas Kátia Lúcia Márcio Núbia Otávio Paula"
_LAST = "Araújo Brandão Conceição Dutra Esteves Falcão Guimarães Holanda Ibiapina Junqueira Lacerda"
PEOPLE = tuple(f"{first} {last}" for last, first in itertools.product(_LAST.split(), _FIRST.split()))


@dataclass(frozen=True, slots=True)
class Million:
    """Where it stands, and how many orders it has."""

    url: str
    orders: int


def fill(office: Office, played: int, copies: int, products: int = PRODUCTS) -> int:
    """Gives the office's company `played * (copies + 1)` orders and one more, without statistics; says how many."""
    keys = stock(office, products, EACH)
    office.do("company.change_setting", code="packing", value="own_step")
    account = office.do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="500").value["id"]
    office.do("accounting.add_money_account", name="Caixa", kind="till", station=office.actor.station)
    office.do("billing.open_till", float_amount="50", from_account_id=account)
    customers = [
        office.do("party.add_party", name=PEOPLE[n % len(PEOPLE)], kind="person", customer=True).value["id"]
        for n in range(played)
    ]
    # The series begin and the balances stand before the state that is copied from.
    play_whole(office, Shop(customers[0], keys, account), _payload(customers[0], keys[0], 1))
    url = office.store.url
    before = state_of(url)
    for n, customer in enumerate(customers):
        _play(office, Shop(customer, keys, account), n)
    lengthen(url, before, copies, lean=True, analyze=False)
    return played * (copies + 1) + 1


def _payload(customer: str, product: str, quantity: int) -> Payload:
    return {"customer_id": customer, "lines": [{"product_id": product, "quantity": str(quantity)}]}


def _play(office: Office, shop: Shop, n: int) -> None:
    """The order number `n` of those that are copied: sold at the counter, or carried as far as its last command."""
    product, quantity = n % len(shop.products), n % 9 + 1
    payload = _payload(shop.customer, shop.products[product], quantity)
    last = "sales.invoice_order" if n % 100 == 0 else {1: NAMES["pay"], 2: "delivery.deliver_order"}.get(n % 10)
    if last is None:
        paid = {"pix_amount": str(price_of(product) * quantity), "bank_account_id": shop.account}
        office.do(("sales.sell_at_counter", {**payload, **paid}))
        return
    way = commands(shop, payload)
    name, values = next(way)
    while name != last:
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
