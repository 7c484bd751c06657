"""Suppliers' invoices: matched with order and receipt, owed in instalments; what differs too much is held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import BIGGEST, Day, Money, Price, Quantity, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.money import line_amount
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.terms import Part as Instalment
from retaguarda.kernel.terms import instalments, read_terms
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.events import SupplierInvoicePosted
from retaguarda.modules.purchasing.model import PurchaseBilling, SupplierInvoice, SupplierInvoiceLine

INVOICE = "supplier_invoice"
APPROVE = "purchasing.approve_invoice"
POSTED, HELD, REFUSED = "posted", "held", "refused"
ZERO = rules.ZERO
_I, _L, _B = api.supplier_invoice.c, api.supplier_invoice_line.c, api.purchase_line_balance.c
SAME_NUMBER = Statement(
    select(_I.id).where(
        _I.supplier_id == bindparam("supplier_id", type_=Key()),
        _I.supplier_series == bindparam("series"),
        _I.supplier_number == bindparam("number"),
        _I.state != REFUSED,
    )
)
LINES_OF = Statement(
    select(api.supplier_invoice_line).where(_L.invoice_id == bindparam("invoice_id", type_=Key())).order_by(_L.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine(Part):
    """One product on a supplier's invoice."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    unit_price: Annotated[Decimal, Price()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePart(Part):
    """One instalment as the invoice prints it."""

    due_on: Annotated[dt.date, Day()]
    amount: Annotated[Decimal, Money(above=ZERO)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvoice(Command):
    """Enters a supplier's invoice and compares it line by line with what was ordered and has come. Within the tolerance
    it is owed at once, in the instalments it prints or by its terms; beyond it waits for who may approve it.

    With an order and no lines it bills what has come and was not billed yet. Without an order it is an expense of
    `other_amount` (rent, energy, freight).
    """

    supplier_number: Annotated[str, Text(40, least=1)]
    order_id: Annotated[str, Ref("purchase_order")] | None = None
    supplier_id: Annotated[str, Ref("party")] | None = None
    supplier_series: Annotated[str, Text(10)] = ""
    issued_on: Annotated[dt.date, Day()] | None = None
    lines: tuple[BilledLine, ...] = ()
    other_amount: Annotated[Decimal, Money(least=ZERO)] = ZERO
    total_amount: Annotated[Decimal, Money(above=ZERO)] | None = None
    payment_terms: Annotated[str, Text(80)] = ""
    parts: tuple[DuePart, ...] = ()
    reason: Annotated[str, Text(200)] = ""


def record_invoice(unit: Unit, command: RecordInvoice) -> Mapping[str, Any]:
    order, stored = _order_of(unit, command)
    supplier = party.may_supply(unit, order.supplier_id if order is not None else str(command.supplier_id))
    issued_on = command.issued_on or unit.today
    if issued_on > unit.today:
        raise Invalid(Fault("issued_on", "purchasing.day_to_come", {"day": issued_on, "today": unit.today}))
    number, series = command.supplier_number, command.supplier_series
    if unit.one(SAME_NUMBER, supplier_id=supplier.id, series=series, number=number) is not None:
        raise Refusal("purchasing.invoice_twice", field="supplier_number", number=number, supplier=supplier.name)
    if not series:
        api.demand_none(unit, supplier, number, "supplier_number")
    lines = _matched(unit, command, stored)
    goods = sum((line["net_amount"] for line in lines), ZERO)
    total = goods + command.other_amount
    terms = command.payment_terms or (order.payment_terms if order is not None else "")
    parts = _parts(command, total, terms, issued_on)
    over = [line for line in lines if not line["within"]]
    approved = bool(over) and unit.actor.may(APPROVE) and len(command.reason) >= 3
    state = HELD if over and not approved else POSTED
    invoice_id = unit.new_id()
    branch_id = order.branch_id if order is not None else unit.actor.branch_id or str(company.first_branch(unit).id)
    head = {
        "id": invoice_id,
        "branch_id": branch_id,
        "supplier_id": supplier.id,
        "order_id": None if order is None else order.id,
        "supplier_number": number,
        "supplier_series": series,
        "issued_on": issued_on,
        "entered_on": unit.today,
        "payment_terms": terms,
        "goods_amount": goods,
        "other_amount": command.other_amount,
        "total_amount": total,
        "received_amount": sum((line_amount(x["quantity"], x["order_price"]) for x in lines), ZERO),
        "state": state,
        "reason": command.reason,
        "person_id": unit.actor.person_id,
        "approved_by_id": unit.actor.person_id if approved else None,
        "folded": fold(f"{number} {supplier.name} {'' if order is None else order.number}")[:400],
    }
    if state == POSTED:
        _owe(unit, head, lines, parts, supplier.name)
    unit.append(SupplierInvoiceLine, [{**line, "invoice_id": invoice_id} for line in lines])
    unit.add(SupplierInvoice, **head)
    return {"id": invoice_id, "version": 1, "number": number, "state": state, "differences": _told(over)}


def _order_of(unit: Unit, command: RecordInvoice) -> tuple[Any, list[Any]]:
    """The order that is billed with its lines; without one the supplier has to be said, and an expense."""
    if command.order_id is not None:
        order = api.load_order(unit, command.order_id)
        if order.sent_at is None:
            raise Refusal("purchasing.record_invoice.not_sent", field="order_id", number=order.number)
        return order, api.order_lines(unit, order.id)
    faults = []
    if command.supplier_id is None:
        faults.append(Fault("supplier_id", "kernel.required"))
    if command.lines:
        faults.append(Fault("order_id", "purchasing.lines_need_order"))
    if command.other_amount == 0:
        faults.append(Fault("other_amount", "purchasing.nothing_billed"))
    if faults:
        raise Invalid(*faults)
    return None, []


def to_bill(line: Any) -> Decimal:
    """How much of a line has come, stays here and was not billed yet."""
    quantity: Decimal = line.received - line.returned - (line.invoiced - line.credited)
    return quantity


def _matched(unit: Unit, command: RecordInvoice, stored: Sequence[Any]) -> list[dict[str, Any]]:
    """The invoice's lines beside order and receipt; refuses products that are not on the order."""
    by_product = {line.product_id: line for line in stored}
    billed: Sequence[BilledLine] = command.lines or [
        BilledLine(product_id=x.product_id, quantity=to_bill(x), unit_price=x.unit_price)
        for x in stored
        if to_bill(x) > 0
    ]
    if stored and not billed and command.other_amount == 0:
        raise Refusal("purchasing.nothing_to_bill", field="lines")
    tolerance = Decimal(company.setting(unit, "purchase_tolerance_percent")) / 100
    rows, faults = [], []
    for number, one in enumerate(billed, 1):
        line = by_product.get(one.product_id)
        if line is None:
            faults.append(Fault(f"lines.{number}.product_id", "purchasing.not_of_this_order"))
            continue
        if any(one.product_id == other.product_id for other in billed[: number - 1]):
            faults.append(Fault(f"lines.{number}.product_id", "purchasing.twice"))
            continue
        net = line_amount(one.quantity, one.unit_price)
        if net > BIGGEST:
            faults.append(Fault(f"lines.{number}.quantity", "kernel.too_large", {"most": str(BIGGEST)}))
        match = rules.match_line(one.quantity, net, line.unit_price, to_bill(line), tolerance)
        rows.append(
            {
                "position": number,
                "line_id": line.id,
                "product_id": one.product_id,
                "name": line.name,
                "quantity": one.quantity,
                "unit_price": one.unit_price,
                "net_amount": net,
                "order_price": line.unit_price,
                "to_bill_quantity": to_bill(line),
                "price_difference_amount": match.price_difference,
                "within": match.within,
            }
        )
    if faults:
        raise Invalid(*faults)
    return rows


def _parts(command: RecordInvoice, total: Decimal, terms: str, issued_on: dt.date) -> list[Instalment]:
    """The instalments: those the invoice prints, which must come to its total, or those its terms mean."""
    if total > BIGGEST:
        raise Invalid(Fault("lines", "kernel.too_large", {"most": str(BIGGEST)}))
    if command.total_amount is not None and command.total_amount != total:
        sums = {"sum": total, "total": command.total_amount}
        raise Invalid(Fault("total_amount", "purchasing.invoice_total_differs", sums))
    if total == 0:
        raise Invalid(Fault("lines", "purchasing.nothing_billed"))
    if command.parts:
        printed = sum((part.amount for part in command.parts), ZERO)
        if printed != total:
            raise Invalid(Fault("parts", "purchasing.parts_differ", {"sum": printed, "total": total}))
        return [Instalment(n, part.due_on, part.amount) for n, part in enumerate(command.parts, 1)]
    meant = read_terms(terms)
    if meant is None:
        raise Invalid(Fault("payment_terms", "purchasing.unknown_terms", {"terms": terms}))
    return list(instalments(total, meant, issued_on))


def _owe(
    unit: Unit, head: Mapping[str, Any], lines: Sequence[Any], parts: Sequence[Instalment], supplier_name: str
) -> None:
    """What a posted invoice does: the lines count as billed, the instalments are owed, the books know it."""
    document = (INVOICE, head["id"])
    unit.append(
        PurchaseBilling,
        [
            {
                "kind": "invoiced",
                "line_id": line["line_id"],
                "quantity": line["quantity"],
                "document_table": INVOICE,
                "document_id": head["id"],
            }
            for line in lines
        ],
    )
    owed = {
        "branch_id": head["branch_id"],
        "supplier_id": head["supplier_id"],
        "invoice_id": head["id"],
        "document_table": INVOICE,
        "document_id": head["id"],
        "number": head["supplier_number"],
        "issued_on": head["issued_on"],
    }
    api.open_payable(unit, owed, parts, supplier_name)
    received = head["received_amount"]
    accounting.book(
        unit,
        accounting.Booking(
            rule="purchasing.invoiced",
            source=document,
            number=head["supplier_number"],
            branch_id=head["branch_id"],
            party_id=head["supplier_id"],
            amounts={
                "received": received,
                "difference": head["goods_amount"] - received,
                "other": head["other_amount"],
            },
        ),
    )
    unit.emit(SupplierInvoicePosted(head["id"], head["supplier_id"], head["branch_id"], head["total_amount"]))


def _told(over: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The differences beyond the tolerance, as the command answers them."""
    return [
        {
            "name": line["name"],
            "quantity": str(line["quantity"]),
            "to_bill": str(line["to_bill_quantity"]),
            "price_difference": str(line["price_difference_amount"]),
        }
        for line in over
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveInvoice(Command):
    """Accepts the differences of a held invoice, with the reason: it is owed from now on."""

    invoice_id: Annotated[str, Ref("supplier_invoice")]
    reason: Annotated[str, Text(200, least=3)]
    parts: tuple[DuePart, ...] = ()
    version: Annotated[int, Version()] | None = None


def approve_invoice(unit: Unit, command: ApproveInvoice) -> Mapping[str, Any]:
    row = _held(unit, command.invoice_id, command.version)
    lines = [{"line_id": line.line_id, "quantity": line.quantity} for line in unit.all(LINES_OF, invoice_id=row.id)]
    asked = RecordInvoice(supplier_number=row.supplier_number, parts=command.parts)
    parts = _parts(asked, row.total_amount, row.payment_terms, row.issued_on)
    head = {column.key: getattr(row, column.key) for column in api.supplier_invoice.c}
    _owe(unit, head, lines, parts, party.party_of(unit, row.supplier_id).name)
    unit.revise(SupplierInvoice, row, state=POSTED, reason=command.reason, approved_by_id=unit.actor.person_id)
    return {"id": row.id, "version": row.version + 1, "number": row.supplier_number}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseInvoice(Command):
    """Sends a held invoice back to its supplier, with the reason: nothing is owed, and its number may come again."""

    invoice_id: Annotated[str, Ref("supplier_invoice")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def refuse_invoice(unit: Unit, command: RefuseInvoice) -> Mapping[str, Any]:
    row = _held(unit, command.invoice_id, command.version)
    unit.revise(SupplierInvoice, row, state=REFUSED, reason=command.reason, approved_by_id=None)
    return {"id": row.id, "version": row.version + 1, "number": row.supplier_number}


def _held(unit: Unit, invoice_id: str, version: int | None) -> SupplierInvoice:
    row = unit.get(SupplierInvoice, invoice_id, field="invoice_id")
    if not unit.actor.all_branches and row.branch_id not in unit.actor.branch_ids:
        raise Missing(INVOICE, invoice_id, field="invoice_id")
    unit.fresh(row, version, INVOICE)
    if row.state != HELD:
        state = f"purchasing.invoice.state.{row.state}"
        raise Refusal("purchasing.invoice_not_held", number=row.supplier_number, state=state)
    return row
