"""What every command that writes an order shares: its fields, its branch and day, its lines priced and judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Part
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import BIGGEST, Choice, Day, Price, Quantity, Rate, Ref, Text
from retaguarda.kernel.money import LineAmount, line_parts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.commands.approving import SELL_BELOW_FLOOR, Approvable, Approving

Granted = frozenset[tuple[str, Decimal, Decimal]]
"""Product, price and discount rate of lines that somebody was allowed to grant before: they are not judged again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(Part):
    """One line: a product or service and how much of it. Without a price it has the list's."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_price: Annotated[Decimal, Price()] | None = None
    discount_rate: Annotated[Decimal, Rate()] = Decimal(0)
    line_id: Annotated[str, Ref("sales_order_line")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHead(Approvable):
    """The fields of an order beside its customer and lines; its subclasses are the commands."""

    handover: Annotated[str, Choice(rules.HANDOVERS, "sales.handover")] = "delivery"
    payment_terms: Annotated[str, Text(80)] = ""
    promised_on: Annotated[dt.date, Day()] | None = None
    valid_until: Annotated[dt.date, Day()] | None = None
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    customer_note: Annotated[str, Text(2000, lines=True)] = ""
    internal_note: Annotated[str, Text(2000, lines=True)] = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """An order as a command asks for it, checked: the head's columns and the lines' columns."""

    head: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]
    customer: party.CustomerFacts
    approving: Approving

    def keyed(self, new_id: Callable[[], str]) -> Drafted:
        """The same with keys for its lines, where something must name them before they are written."""
        return replace(self, lines=[{**line, "id": new_id()} for line in self.lines])


def drafted(
    unit: Unit,
    command: OrderHead,
    *,
    branch_id: str,
    customer_id: str,
    lines: Sequence[OrderLine],
    granted: Granted = frozenset(),
    warehouse_id: str | None = None,
) -> Drafted:
    """The columns of an order, or `Invalid` with everything that is wrong with it.

    `warehouse_id` is where the goods come from when the command does not say.
    """
    customer = party.may_buy(unit, customer_id, "customer_id")
    billing.check_terms(command.payment_terms)
    warehouse_id = warehouse_for(unit, branch_id, command.warehouse_id or warehouse_id)
    promised_on = command.promised_on or company.calendar_of(unit, branch_id).add_working_days(
        unit.today, rules.LEAD_WORKING_DAYS
    )
    valid_until = command.valid_until or unit.today + dt.timedelta(days=int(company.setting(unit, "quotation_days")))
    faults = [
        Fault(field, "sales.day_passed", {"day": day, "today": unit.today})
        for field, day in (("promised_on", promised_on), ("valid_until", valid_until))
        if day < unit.today
    ]
    approving = Approving(unit, command, branch_id)
    priced, wrong = price_lines(unit, approving, lines, warehouse_id, granted)
    if faults or wrong:
        raise Invalid(*faults, *wrong)
    head = {
        "customer_id": customer.id,
        "warehouse_id": warehouse_id,
        "handover": command.handover,
        "payment_terms": command.payment_terms,
        "promised_on": promised_on,
        "valid_until": valid_until,
        "customer_note": command.customer_note,
        "internal_note": command.internal_note,
        "total_amount": total_of(priced),
    }
    return Drafted(head, priced, customer, approving)


def warehouse_for(unit: Unit, branch_id: str, warehouse_id: str | None) -> str:
    """The warehouse an order takes its goods from: the named one, which must be the branch's, else the main one."""
    if warehouse_id is None:
        return inventory.warehouse_of(unit, branch_id).id
    found = inventory.place_of(unit, warehouse_id)
    if found.branch_id != branch_id:
        raise Invalid(Fault("warehouse_id", "sales.other_branch"))
    return found.id


def total_of(lines: Sequence[Mapping[str, Any]]) -> Decimal:
    """The sum of the lines; refuses one that no invoice could hold."""
    total = sum((line["net_amount"] for line in lines), Decimal(0))
    if total > BIGGEST:
        raise Invalid(Fault("lines", "kernel.too_large", {"most": str(BIGGEST)}))
    return total


def folded(number: int, customer_name: str) -> str:
    """The search form of an order."""
    return fold(f"{number} {customer_name}")


def granted_by(stored: Sequence[Any]) -> Granted:
    """What the stored lines grant already."""
    return frozenset((line.product_id, line.unit_price, line.discount_rate) for line in stored)


def price_lines(
    unit: Unit,
    approving: Approving,
    lines: Sequence[OrderLine],
    warehouse_id: str,
    granted: Granted = frozenset(),
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The lines' columns with price and its origin, and every fault (unknown product, digits, no price, discount,
    price under the floor)."""
    ids = [line.product_id for line in lines]
    products = catalog.products(unit, ids)
    prices = catalog.price_on(unit, ids, unit.today)
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        facts = products.get(line.product_id)
        listed = prices.get(line.product_id)
        wrong = _line_faults(line, facts, listed, f"lines.{number}.")
        faults += wrong
        if not wrong and facts is not None:
            rows.append(_line_row(line, facts, listed, number, warehouse_id))
    asked = [row for row in rows if (row["product_id"], row["unit_price"], row["discount_rate"]) not in granted]
    return rows, faults + _discount_faults(unit, approving, asked) + _floor_faults(unit, approving, asked)


def _line_faults(
    line: OrderLine, facts: catalog.ProductFacts | None, listed: catalog.PriceFacts | None, path: str
) -> list[Fault]:
    if facts is None:
        return [Fault(f"{path}product_id", "sales.unknown_product", {"product": line.product_id})]
    if facts.archived:
        return [Fault(f"{path}product_id", "sales.product_archived", {"name": facts.name})]
    found = []
    digits = catalog.quantity_fault(facts, line.quantity, f"{path}quantity")
    if digits is not None:
        found.append(digits)
    if line.unit_price is None and listed is None:
        found.append(Fault(f"{path}unit_price", "sales.no_price", {"name": facts.name}))
    elif _parts(line, listed).gross > BIGGEST:
        found.append(Fault(f"{path}quantity", "kernel.too_large", {"most": str(BIGGEST)}))
    return found


def _parts(line: OrderLine, listed: catalog.PriceFacts | None) -> LineAmount:
    return line_parts(line.quantity, _price(line, listed), line.discount_rate)


def _price(line: OrderLine, listed: catalog.PriceFacts | None) -> Decimal:
    if line.unit_price is not None:
        return line.unit_price
    assert listed is not None
    return listed.price


def _line_row(
    line: OrderLine, facts: catalog.ProductFacts, listed: catalog.PriceFacts | None, number: int, warehouse_id: str
) -> dict[str, Any]:
    unit_price = _price(line, listed)
    parts = _parts(line, listed)
    from_list = listed is not None and unit_price == listed.price
    return {
        "position": number,
        "product_id": line.product_id,
        "kind": facts.kind,
        "name": facts.name,
        "unit_code": facts.unit_code,
        "warehouse_id": warehouse_id,
        "quantity": line.quantity,
        "list_price": listed.price if listed is not None else None,
        "price_origin": rules.LISTED if from_list else rules.TYPED,
        "price_list_name": listed.list_name if listed is not None else None,
        "unit_price": unit_price,
        "discount_rate": line.discount_rate,
        "gross_amount": parts.gross,
        "discount_amount": parts.discount,
        "net_amount": parts.net,
        "active": True,
    }


def _discount_faults(unit: Unit, approving: Approving, rows: Sequence[Mapping[str, Any]]) -> list[Fault]:
    found: list[Fault] = []
    own, limit = approving.own_discount, approving.discount
    for row in rows:
        asked = rules.discount_of(row["list_price"], row["unit_price"], row["discount_rate"])
        if asked > limit:
            params = {"name": row["name"], "asked": asked, "limit": limit, "roles": _who_may(unit, asked)}
            found.append(Fault(_price_field(row), "sales.discount_over_limit", params))
        elif asked > own:
            approving.note(rules.DISCOUNT, asked * 100, own * 100, position=row["position"])
    return found


def _floor_faults(unit: Unit, approving: Approving, rows: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Prices under cost and lowest margin, where the cost is known. Which they are is not said to who may not know."""
    costs = inventory.unit_costs(unit, [row["product_id"] for row in rows if row["kind"] == rules.STOCK])
    if not any(costs.values()):
        return []
    margin = Decimal(company.setting(unit, "lowest_margin_percent")) / 100
    found: list[Fault] = []
    for row in rows:
        floor = rules.floor_of(costs.get(row["product_id"], Decimal(0)), margin)
        paid = rules.paid_price(row["unit_price"], row["discount_rate"])
        if paid >= floor:
            continue
        if approving.lets(SELL_BELOW_FLOOR):
            approving.note(rules.PRICE, paid, floor, permission=SELL_BELOW_FLOOR, position=row["position"])
        else:
            found.append(Fault(_price_field(row), "sales.price_below_floor", {"name": row["name"], "price": paid}))
    return found


def _price_field(row: Mapping[str, Any]) -> str:
    return f"lines.{row['position']}.{'discount_rate' if row['discount_rate'] else 'unit_price'}"


def _who_may(unit: Unit, asked: Decimal) -> list[str]:
    """Texts of the ready-made roles that may grant so much."""
    roles = unit.all(company.ALL_ROLES)
    return [f"company.role.{role.code}" for role in roles if role.ready_made and role.discount_rate_max >= asked]
