"""Billing has no command of its own: a trial command stands in for the document that is billed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import pytest

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.kinds import Choice, Number, Quantity, Rate, Ref, Text
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api
from retaguarda.modules.billing.model import Instalment, InvoiceLine
from retaguarda.modules.catalog.model import Product


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
    source_id: Annotated[str, Ref("sales_order")] | None = None
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
        source=("sales_order", command.source_id or unit.new_id()),
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
        part = {"invoice_id": invoice_id, "position": 9, "due_on": unit.today, "amount": Decimal(1)}
        unit.append(Instalment, [part])
    return {"id": invoice_id, "number": number, "source_id": request.source[1]}


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
    values = {"code": command.code, "name": command.name, "kind": "stock", "unit_code": "UN", "folded": folded}
    return {"id": unit.add(Product, **values)}


@dataclass
class Billing:
    """The test company with a customer, two products and the trial command."""

    office: Office
    bus: Bus
    customer: str
    products: tuple[str, ...]

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
    yield Billing(office, bus, customer, products)
    bus.close()
