"""The sale at the counter in one transaction: goods out, invoice, payment, change; the exchange, a return with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from retaguarda.kernel.command import Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Choice, Money, Ref, Text
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.text import Texts
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.party.events import PartiesMerged
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.approving import Approvable, Approving
from retaguarda.modules.sales.commands.drafting import (
    OrderLine,
    folded,
    price_lines,
    total_of,
    warehouse_for,
)
from retaguarda.modules.sales.commands.returns import ReturnedLine, TakenBack, consumer_of
from retaguarda.modules.sales.commands.writing import NO_STOCK, Line, line_of, needs_of, short_params
from retaguarda.modules.sales.events import CounterSold
from retaguarda.modules.sales.model import (
    CounterCustomer,
    CounterSale,
    Promise,
    PromiseResult,
    SalesOrder,
    SalesOrderLine,
)

SHORT = "sales.sell_at_counter.no_stock"
ZERO = Decimal(0)
Paid = Annotated[Decimal, Money(least=ZERO)]
_ACCOUNT = accounting.money_account_table.c
BANKS = Statement(
    select(_ACCOUNT.id, _ACCOUNT.branch_id).where(_ACCOUNT.kind == "bank", ~_ACCOUNT.archived).order_by(_ACCOUNT.name)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SellAtCounter(Approvable):
    """Sells what is taken along at once: the goods leave, the invoice is issued, the payment is in the till.

    Without a customer the buyer has no name. Several ways of paying go together; too much cash gives change, and
    where nothing is said the whole is paid in cash. Money on cards and Pix goes to the bank account, which is the
    branch's first one unless another is named.
    """

    lines: Annotated[tuple[OrderLine, ...], Rows(least=1)]
    customer_id: Annotated[str, Ref("party")] | None = None
    cash_amount: Paid | None = None
    pix_amount: Paid | None = None
    debit_amount: Paid | None = None
    card_amount: Paid | None = None
    credit_amount: Paid | None = None
    bank_account_id: Annotated[str, Ref("money_account")] | None = None
    customer_note: Annotated[str, Text(2000, lines=True)] = ""
    branch_id: Annotated[str, Ref("branch")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeGoods(SellAtCounter):
    """Takes goods of an order back and sells others at the counter in one go: what comes back pays along, the
    difference is paid or stays the customer's credit."""

    order_id: Annotated[str, Ref("sales_order")]
    returned: Annotated[tuple[ReturnedLine, ...], Rows(least=1)]
    reason: Annotated[str, Choice(rules.RETURN_REASONS, "sales.return_reason")]
    note: Annotated[str, Text(200)] = ""


def sell_at_counter(unit: Unit, command: SellAtCounter) -> Mapping[str, Any]:
    sale = _Sale(unit, command, company.branch_of(unit, command.branch_id), command.customer_id)
    sale.goods()
    return sale.papers(rules.tendered(_ways(command), sale.total))


def exchange_goods(unit: Unit, command: ExchangeGoods) -> Mapping[str, Any]:
    back = TakenBack(unit, command.order_id, command.returned, command.reason, command.note)
    order = back.order
    if command.customer_id not in (None, order.customer_id):
        raise Invalid(Fault("customer_id", "sales.exchange_goods.other_customer"))
    sale = _Sale(unit, command, order.branch_id, order.customer_id)
    sale.goods()
    back.take()
    made = back.credit("balance")
    credit = min(made.rest, sale.total)
    if made.rest > credit and sale.unnamed:
        raise Refusal("sales.exchange_goods.worth_more", field="lines", rest=made.rest - credit)
    if command.credit_amount is not None and command.credit_amount != credit:
        raise Invalid(Fault("credit_amount", "sales.exchange_goods.credit_is_known", {"credit": credit}))
    ways = {**_ways(command), "credit": credit}
    said = sale.papers(rules.tendered(ways, sale.total), return_id=back.id)
    back.write(made, "balance")
    return {**said, "return_id": back.id, "credit_note_id": made.id, "credit": str(credit)}


def _ways(command: SellAtCounter) -> dict[str, Decimal | None]:
    return {way: getattr(command, f"{way}_amount") for way in rules.WAYS}


class _Sale:
    """A counter sale in two moves: its goods, then its papers with their numbers."""

    __slots__ = ("approving", "branch_id", "command", "customer", "id", "lines", "rows", "total", "unit", "unnamed",
                 "warehouse_id")  # fmt: skip

    def __init__(self, unit: Unit, command: SellAtCounter, branch_id: str, customer_id: str | None) -> None:
        self.unit, self.command, self.branch_id = unit, command, branch_id
        known = consumer_of(unit)
        self.unnamed = customer_id in (None, known)
        key = customer_id or known or _first_consumer(unit)
        self.customer = party.may_buy(unit, key, "customer_id")
        self.warehouse_id = warehouse_for(unit, branch_id, None)
        self.approving = Approving(unit, command, branch_id)
        priced, faults = price_lines(unit, self.approving, command.lines, self.warehouse_id)
        if faults:
            raise Invalid(*faults)
        self.id = unit.new_id()
        self.rows = [{**row, "id": unit.new_id(), "order_id": self.id} for row in priced]
        self.lines: Sequence[Line] = [line_of(row["id"], row) for row in self.rows]
        self.total = total_of(priced)

    @property
    def cause_key(self) -> str:
        """What names a shortfall of this sale: buyers without a name stand before several tills at once."""
        return f"{NO_STOCK}:{self.unit.actor.person_id}"

    def goods(self) -> None:
        """Reserves the goods and lets them go; what lacks is named line by line."""
        unit = self.unit
        short = inventory.take_along(unit, (api.DOCUMENT, self.id), needs_of(self.lines, unit.today))
        if short:
            raise Shortfall(
                SHORT,
                subject=("party", self.customer.id),
                cause_key=self.cause_key,
                customer=self.customer.name,
                **short_params(unit, short, self.lines),
            )

    def papers(self, paid: rules.Tendered, *, return_id: str | None = None) -> Mapping[str, Any]:
        """The order, closed as it is made, its invoice and its payment."""
        unit = self.unit
        if paid.missing > 0:
            raise Refusal("sales.sell_at_counter.not_paid", field="cash_amount", missing=paid.missing, total=self.total)
        if paid.over > 0:
            raise Refusal("sales.sell_at_counter.paid_over", field="pix_amount", over=paid.over, total=self.total)
        number = self._order(paid, return_id)
        invoice_id, invoice_number = billing.issue(
            unit,
            billing.IssueRequest(
                source=(api.DOCUMENT, self.id),
                source_number=number,
                party_id=self.customer.id,
                branch_id=self.branch_id,
                lines=[
                    billing.IssueLine(
                        product_id=row["product_id"],
                        quantity=row["quantity"],
                        unit_price=row["unit_price"],
                        discount_rate=row["discount_rate"],
                        source_line_id=row["id"],
                    )
                    for row in self.rows
                ],
            ),
        )
        if self.total > 0:
            billing.receive_payment(
                unit,
                billing.PaymentRequest(
                    branch_id=self.branch_id,
                    moneys=self._moneys(paid),
                    invoice_id=invoice_id,
                    use_credit=paid.ways.get("credit", ZERO),
                ),
            )
        if self.customer.fails:
            close_failures(unit, self.customer.id, SHORT, cause_key=self.cause_key)
        unit.emit(CounterSold(self.id, self.customer.id, self.total, invoice_id))
        return {
            "id": self.id,
            "version": 1,
            "number": number,
            "invoice_id": invoice_id,
            "invoice_number": invoice_number,
            "total": str(self.total),
            "change": str(paid.change),
            "prints": {"order_id": self.id},
        }

    def _order(self, paid: rules.Tendered, return_id: str | None) -> int:
        unit = self.unit
        head = {
            "customer_id": self.customer.id,
            "warehouse_id": self.warehouse_id,
            "handover": "pickup",
            "payment_terms": "",
            "promised_on": unit.today,
            "valid_until": unit.today,
            "customer_note": self.command.customer_note,
            "internal_note": "",
            "total_amount": self.total,
        }
        promised = {**head, "id": self.id, "channel": "counter"}
        keys = unit.append(Promise, [api.promise_row(unit, promised, line) for line in self.lines])
        self.approving.write(unit, self.id, {row["position"]: row["id"] for row in self.rows})
        unit.add_all(SalesOrderLine, self.rows)
        credit = paid.ways.get("credit", ZERO)
        counter = {
            "order_id": self.id,
            "station": unit.actor.station,
            "paid_amount": self.total - credit + paid.change,
            "credit_amount": credit,
            "change_amount": paid.change,
            "return_id": return_id,
        }
        unit.append(CounterSale, [counter])
        number = next_number(unit, SalesOrder, self.branch_id)
        unit.add(
            SalesOrder,
            **head,
            id=self.id,
            number=number,
            branch_id=self.branch_id,
            contact_id=None,
            channel="counter",
            seller_id=unit.actor.person_id,
            state=rules.CLOSED,
            invoice_policy=rules.BILLED_CONFIRMED,
            reason="",
            ordered_at=unit.now,
            confirmed_at=unit.now,
            invoiced_at=unit.now,
            ended_at=unit.now,
            folded=folded(number, self.customer.name),
        )
        by_line = sorted(self.lines, key=lambda line: line.id)
        unit.append(
            PromiseResult,
            [
                {"order_id": self.id, "promise_id": key, "line_id": line.id, "delivered_on": unit.today, "kept": True}
                for key, line in zip(keys, by_line, strict=True)
            ],
        )
        return number

    def _moneys(self, paid: rules.Tendered) -> list[billing.PaymentMoney]:
        bank = self._bank() if any(paid.ways.get(way) for way in rules.TO_THE_BANK) else None
        return [
            billing.PaymentMoney(method=way, amount=amount, money_account_id=bank if way in rules.TO_THE_BANK else None)
            for way, amount in paid.ways.items()
            if way != "credit" and amount > 0
        ]

    def _bank(self) -> str:
        if self.command.bank_account_id is not None:
            return self.command.bank_account_id
        rows = [row for row in self.unit.all(BANKS) if row.branch_id in (None, self.branch_id)]
        if not rows:
            raise Refusal("sales.sell_at_counter.no_bank", field="bank_account_id")
        return str(rows[0].id)


def _first_consumer(unit: Unit) -> str:
    """Makes the party that stands for buyers without a name; who makes it at the same time waits and finds it."""
    facts = company.the_company(unit)
    assert facts is not None
    party_id = party.add_unnamed(unit, Texts(facts.language).say("sales.consumer"))
    unit.add(CounterCustomer, party_id=party_id)
    return party_id


def parties_merged(unit: Unit, event: PartiesMerged) -> None:
    """Refuses what would make the customer that leaves no name one with somebody."""
    if consumer_of(unit) in (event.kept_id, event.merged_id):
        raise Refusal("sales.consumer_is_nobody")
