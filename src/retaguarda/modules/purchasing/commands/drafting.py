"""What every command that writes an order shares: its fields, its lines priced and judged, its head and number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import BIGGEST, Day, Price, Quantity, Ref, Text
from retaguarda.kernel.money import line_amount
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.prices import product_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine(Part):
    """One product of an order. Without a price it has the supplier's; without a day the order's."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_price: Annotated[Decimal, Price()] | None = None
    expected_on: Annotated[dt.date, Day()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseHead(Command):
    """The fields of an order beside its supplier and lines; its subclasses are the commands."""

    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    expected_on: Annotated[dt.date, Day()] | None = None
    payment_terms: Annotated[str, Text(80)] = ""
    supplier_reference: Annotated[str, Text(60)] = ""
    supplier_note: Annotated[str, Text(2000, lines=True)] = ""
    internal_note: Annotated[str, Text(2000, lines=True)] = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """An order as a command asks for it, checked: the head's columns and the lines' columns."""

    head: Mapping[str, Any]
    lines: Sequence[dict[str, Any]]
    supplier_name: str
    branch_id: str


def drafted(
    unit: Unit,
    command: PurchaseHead,
    *,
    supplier_id: str,
    lines: Sequence[PurchaseLine],
    warehouse_id: str | None = None,
) -> Drafted:
    """The columns of an order, or `Invalid` with everything that is wrong with it.

    `warehouse_id` is where the goods go when the command does not say.
    """
    supplier = party.may_supply(unit, supplier_id)
    warehouse = api.warehouse_for(unit, command.warehouse_id or warehouse_id)
    priced, faults = price_lines(unit, warehouse, supplier.id, lines, command.expected_on)
    if faults:
        raise Invalid(*faults)
    expected_on = command.expected_on or max(line["expected_on"] for line in priced)
    head = {
        "supplier_id": supplier.id,
        "warehouse_id": warehouse.id,
        "payment_terms": command.payment_terms,
        "expected_on": expected_on,
        "supplier_reference": command.supplier_reference,
        "supplier_note": command.supplier_note,
        "internal_note": command.internal_note,
        "total_amount": total_of(priced),
    }
    return Drafted(head, priced, supplier.name, warehouse.branch_id)


def price_lines(
    unit: Unit,
    warehouse: inventory.WarehouseFacts,
    supplier_id: str,
    lines: Sequence[PurchaseLine],
    expected_on: dt.date | None,
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The lines' columns with price, supplier's code and day, and every fault; warns of packs that are not whole."""
    ids = [line.product_id for line in lines]
    products = catalog.products(unit, ids)
    offers = api.offers_of(unit, supplier_id, ids, unit.today)
    faults = []
    if expected_on is not None and expected_on < unit.today:
        faults.append(Fault("expected_on", "purchasing.day_passed", {"day": expected_on, "today": unit.today}))
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        facts = products.get(line.product_id)
        offer = api.pick_offer(offers.get(line.product_id, ()), line.quantity)
        wrong = _line_faults(unit, line, facts, offer, f"lines.{number}.")
        if line.product_id in ids[: number - 1]:
            wrong.append(Fault(f"lines.{number}.product_id", "purchasing.twice"))
        faults += wrong
        if not wrong and facts is not None:
            day = line.expected_on or expected_on or _usual_day(unit, warehouse.branch_id, offer)
            rows.append(_line_row(line, facts, offer, number, day))
            _judge_packs(unit, facts, line.quantity, offer)
    return rows, faults


def _line_faults(
    unit: Unit, line: PurchaseLine, facts: catalog.ProductFacts | None, offer: api.OfferFacts | None, path: str
) -> list[Fault]:
    unfit = product_fault(facts, f"{path}product_id")
    if unfit is not None or facts is None:
        return [unfit] if unfit is not None else []
    found = []
    digits = catalog.quantity_fault(facts, line.quantity, f"{path}quantity")
    if digits is not None:
        found.append(digits)
    price = line.unit_price if line.unit_price is not None else offer.unit_price if offer is not None else None
    if price is None:
        found.append(Fault(f"{path}unit_price", "purchasing.no_price", {"name": facts.name}))
    elif line_amount(line.quantity, price) > BIGGEST:
        found.append(Fault(f"{path}quantity", "kernel.too_large", {"most": str(BIGGEST)}))
    if line.expected_on is not None and line.expected_on < unit.today:
        passed = {"day": line.expected_on, "today": unit.today}
        found.append(Fault(f"{path}expected_on", "purchasing.day_passed", passed))
    return found


def _usual_day(unit: Unit, branch_id: str, offer: api.OfferFacts | None) -> dt.date:
    days = rules.LEAD_DAYS if offer is None else offer.lead_days
    return company.calendar_of(unit, branch_id).add_working_days(unit.today, days)


def _line_row(
    line: PurchaseLine, facts: catalog.ProductFacts, offer: api.OfferFacts | None, number: int, day: dt.date
) -> dict[str, Any]:
    price = line.unit_price
    if price is None:
        assert offer is not None
        price = offer.unit_price
    return {
        "position": number,
        "product_id": line.product_id,
        "supplier_code": "" if offer is None else offer.supplier_code,
        "name": facts.name,
        "unit_code": facts.unit_code,
        "quantity": line.quantity,
        "unit_price": price,
        "net_amount": line_amount(line.quantity, price),
        "expected_on": day,
        "active": True,
    }


def _judge_packs(unit: Unit, facts: catalog.ProductFacts, quantity: Decimal, offer: api.OfferFacts | None) -> None:
    if offer is None:
        return
    whole = rules.whole_packs(quantity, offer.pack_quantity, offer.least_quantity)
    if whole != quantity:
        unit.warn(
            "purchasing.not_whole_packs",
            name=facts.name,
            quantity=quantity,
            pack=offer.pack_quantity,
            least=offer.least_quantity,
            whole=whole,
        )


def total_of(lines: Sequence[Mapping[str, Any]]) -> Decimal:
    """The sum of the lines; refuses one that no invoice could hold."""
    total = sum((line["net_amount"] for line in lines), Decimal(0))
    if total > BIGGEST:
        raise Invalid(Fault("lines", "kernel.too_large", {"most": str(BIGGEST)}))
    return total


def folded(number: int, supplier_name: str, reference: str) -> str:
    """The search form of an order."""
    return fold(f"{number} {supplier_name} {reference}")[:400]


def head_row(unit: Unit, draft: Drafted, *, order_id: str, number: int, state: str = rules.DRAFT) -> dict[str, Any]:
    """The head of a new order with its number."""
    return {
        **draft.head,
        "id": order_id,
        "number": number,
        "branch_id": draft.branch_id,
        "buyer_id": unit.actor.person_id,
        "state": state,
        "reason": "",
        "ordered_at": unit.now,
        "sent_at": unit.now if state == rules.ORDERED else None,
        "folded": folded(number, draft.supplier_name, draft.head["supplier_reference"]),
    }


def expect_lines(unit: Unit, order_id: str, warehouse_id: str, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the lines bring is expected from now on; gives them with their expectations."""
    ids = inventory.expect(
        unit,
        (api.DOCUMENT, order_id),
        [inventory.Expect(line["product_id"], warehouse_id, line["quantity"], line["expected_on"]) for line in lines],
    )
    return [{**line, "expected_id": key} for line, key in zip(lines, ids, strict=True)]
