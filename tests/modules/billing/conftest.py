"""A trial command stands in for the document that is billed: the period of a contract, so that no stock is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import pytest
from sqlalchemy import select

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.kinds import Choice, Number, Quantity, Rate, Ref, Text
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api
from retaguarda.modules.billing.model import Instalment, InvoiceLine, RecurringInvoice, RecurringPeriod
from retaguarda.modules.catalog.model import Product
from retaguarda.modules.party import api as party


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine(Part):
    """A line to bill."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_price: Annotated[Decimal, Number(scale=4)]
    discount_rate: Annotated[Decimal, Rate()] = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryInvoice(Command):
    """Bills the lines, then does something that must be refused when asked to."""

    party_id: Annotated[str, Ref("party")]
    branch_id: Annotated[str, Ref("branch")]
    source_id: Annotated[str, Ref("recurring_period")] | None = None
    lines: tuple[TrialLine, ...] = ()
    payment_terms: Annotated[str, Text(80)] = ""
    then: Annotated[str, Choice(("nothing", "late_line", "late_instalment", "wrong_total", "wrong_instalments"))] = (
        "nothing"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TryProduct(Command):
    """Makes a product."""

    code: Annotated[str, Text(30)]
    name: Annotated[str, Text(120)]


def try_invoice(unit: Unit, command: TryInvoice) -> Mapping[str, Any]:
    request = api.IssueRequest(
        source=("recurring_period", command.source_id or _period(unit, command)),
        source_number=17,
        party_id=command.party_id,
        branch_id=command.branch_id,
        payment_terms=command.payment_terms,
        lines=[
            api.IssueLine(
                product_id=line.product_id,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount_rate=line.discount_rate,
            )
            for line in command.lines
        ],
    )
    if command.then in SPOILED:
        unit = Spoiling(unit, command.then)  # type: ignore[assignment]
    invoice_id, number = api.issue(unit, request)
    if command.then == "late_line":
        unit.append(InvoiceLine, [line_row(invoice_id, command.lines[0].product_id)])
    if command.then == "late_instalment":
        days = {"due_on": unit.today, "free_until": unit.today}
        owner = {"party_id": command.party_id, "branch_id": command.branch_id}
        part = {"invoice_id": invoice_id, "position": 9, "amount": Decimal(1), **days, **owner}
        unit.append(Instalment, [part])
    return {"id": invoice_id, "number": number, "source_id": request.source[1]}


ANYBODY = Statement(select(party.party.c.id).limit(1))


def _period(unit: Unit, command: TryInvoice) -> str:
    somebody = unit.one(ANYBODY)
    assert somebody is not None
    contract = {
        "branch_id": command.branch_id,
        "party_id": somebody.id,
        "name": "Contrato",
        "payment_terms": "",
        "every_months": 1,
        "starts_on": unit.today,
        "next_on": unit.today,
        "folded": "contrato",
    }
    key = unit.add(RecurringInvoice, **contract)
    return unit.append(RecurringPeriod, [{"recurring_id": key, "period_on": unit.today}])[0]


SPOILED = {"wrong_total": InvoiceLine, "wrong_instalments": Instalment}


class Spoiling:
    """A unit that loses one row of a table, as a defect of ours would."""

    def __init__(self, unit: Unit, how: str) -> None:
        self._unit = unit
        self._model = SPOILED[how]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def append(self, model: Any, rows: list[dict[str, Any]]) -> Any:
        return self._unit.append(model, rows[1:] if model is self._model else rows)


def line_row(invoice_id: str, product_id: str, position: int = 9) -> dict[str, Any]:
    return {
        "invoice_id": invoice_id,
        "position": position,
        "product_id": product_id,
        "code": "x",
        "name": "x",
        "unit_code": "UN",
        "quantity": Decimal(1),
        "unit_price": Decimal(1),
        "discount_rate": Decimal(0),
        "gross_amount": Decimal(1),
        "discount_amount": Decimal(0),
        "net_amount": Decimal(1),
    }


def try_product(unit: Unit, command: TryProduct) -> Mapping[str, Any]:
    folded = f"{command.code} {command.name}".lower()
    values = {"code": command.code, "name": command.name, "kind": "service", "unit_code": "UN", "folded": folded}
    return {"id": unit.add(Product, **values)}


@dataclass
class Billing:
    """The test company with a customer, two services, a bank account, a till at this station,
    a safe with a thousand in it, and the trial command."""

    office: Office
    bus: Bus
    customer: str
    products: tuple[str, ...]
    bank: str
    drawer: str
    cash: str

    @property
    def branch(self) -> str:
        return str(self.office.actor.branch_id)

    def line(self, price: str, quantity: str = "1", discount: str = "0", product: int = 0) -> TrialLine:
        return TrialLine(
            product_id=self.products[product],
            quantity=Decimal(quantity),
            unit_price=Decimal(price),
            discount_rate=Decimal(discount),
        )

    def bill(self, *lines: TrialLine, command_id: str | None = None, **more: Any) -> Mapping[str, Any]:
        values = {"party_id": self.customer, "branch_id": self.branch, **more}
        command = TryInvoice(lines=lines, **values)
        return self.bus.do(command, self.office.actor, command_id).value

    def do(self, name: str, /, **payload: Any) -> Any:
        """A command of billing, by its short name."""
        return self.office.do((f"billing.{name}", payload)).value

    def pay(self, amount: str | None = None, **more: Any) -> Any:
        """A payment by bank for all that the customer owes, unless more is said."""
        payload = {"method": "pix", "money_account_id": self.bank, **more}
        if not {"parts", "invoice_id", "party_id"} & payload.keys():
            payload["party_id"] = self.customer
        return self.do("receive_payment", **({"amount": amount} if amount else {}), **payload)

    def owed(self, **where: Any) -> list[Any]:
        """The customer's instalments, the one due first first."""
        asked = {"party_id": self.customer, **where}
        return list(self.office.show("billing.receivables", asked, "due_on").rows)

    def account(self, party_id: str = "") -> Any:
        """The customer's account."""
        return self.office.one("billing.customer_accounts", party_id or self.customer)

    def open_till(self, float_amount: str = "0") -> str:
        """A till opened at this station with a float from the cash box."""
        return str(self.do("open_till", float_amount=float_amount, from_account_id=self.cash)["id"])

    def later(self, days: int) -> None:
        """Time goes by."""
        clock = self.office.clock
        assert isinstance(clock, FixedClock)
        clock.at += dt.timedelta(days=days)


@pytest.fixture
def billing(office: Office) -> Iterator[Billing]:
    trial = Module(name="trial", commands=(Handled(TryInvoice, try_invoice), Handled(TryProduct, try_product)))
    bus = Bus(office.store, Registry((*MODULES, trial)), office.clock, office.zone)
    customer = office.do(
        "party.add_party",
        name="Padaria Estrela",
        legal_name="Padaria Estrela Ltda.",
        kind="company",
        tax_id="99.000.001/0001-01",
        customer=True,
        addresses=[
            {"street": "Rua A", "number": "1", "city": "Campinas", "state": "SP", "postcode": "13010-001"},
            {"purpose": "billing", "street": "Rua B", "number": "2", "complement": "sala 3", "city": "Jundiaí"},
        ],
    ).value["id"]
    products = tuple(
        bus.do(TryProduct(code=code, name=name), office.actor).value["id"]
        for code, name in (("A-1", "Parafuso sextavado"), ("B-2", "Tinta acrílica"))
    )
    bank = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    drawer = office.do("accounting.add_money_account", name="Caixa 1", kind="till", station=office.actor.station).value[
        "id"
    ]
    safe = office.show("accounting.money_accounts", {"kind": "cash"}).rows[0].id
    office.do("accounting.transfer_money", from_id=bank, to_id=safe, amount="1000.00")
    yield Billing(office, bus, customer, products, bank, drawer, safe)
    bus.close()
