"""What every paper of the whole path must say, written from rows by the few lines here and not by the program's own.

Only labels come from the catalogue. Each function gives the texts of one paper in the order in which they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from tests.helpers import company
from tests.helpers.whole_path import ADDRESS, WholePath

ZONE = ZoneInfo("America/Sao_Paulo")
SAID = ("Comercial Silva & Filhos", "99.000.001/0001-01", "Praça da Sé, 12, Mogi das Cruzes - SP", "+55 11 4002-8922")


class Shown:
    """The shop after the whole path, and what a paper of it must say in a language."""

    def __init__(self, office: Office, path: WholePath) -> None:
        self.office, self.path = office, path

    def in_language(self, language: str) -> Shown:
        self.texts = Texts(language, strict=True)
        self.portuguese = language == "pt_BR"
        return self

    def one(self, query: str, key: str) -> Any:
        return self.office.one(query, key)

    def rows(self, query: str, sort: str, **where: Any) -> Sequence[Any]:
        return self.office.show(query, where, sort, 1000).rows

    def head(self, title: str, lines: int = 4, **params: Any) -> Iterator[str]:
        tax_id = self.texts.say("kernel.paper.tax_id", tax_id=SAID[1])
        yield from (SAID[0], tax_id, *SAID[2:lines], self.texts.say(title, **params))

    def pairs(self, prefix: str, **values: str | None) -> Iterator[str]:
        for name, value in values.items():
            if value:
                yield from (self.texts.say(f"{prefix}.{name}"), value)

    def table(self, prefix: str, names: Sequence[str], rows: Sequence[Sequence[str]], **totals: str) -> Iterator[str]:
        yield from (self.texts.say(f"{prefix}.{name}") for name in names)
        for row in rows:
            yield from row
        for name, value in totals.items():
            yield from (value, self.texts.say(f"{prefix}.{name}"))

    def money(self, value: Decimal) -> str:
        return f"{'-' if value < 0 else ''}R${self.number(f'{abs(value):,.2f}')}"

    def quantity(self, value: Decimal) -> str:
        return self.number(f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:,f}" else f"{value:,f}")

    def number(self, written: str) -> str:
        return written.translate(str.maketrans(",.", ".,")) if self.portuguese else written

    def day(self, value: dt.date) -> str:
        return value.strftime("%d/%m/%Y") if self.portuguese else f"{value.day} {MONTHS[value.month - 1]} {value.year}"

    def local_day(self, value: dt.datetime) -> str:
        return self.day(value.astimezone(ZONE).date())

    def instant(self, value: dt.datetime) -> str:
        return f"{self.local_day(value)} {value.astimezone(ZONE):%H:%M}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def quotation(shown: Shown) -> Iterator[str]:
    return _order(shown, shown.path.quotation, "quotation")


def order(shown: Shown) -> Iterator[str]:
    return _order(shown, shown.path.order, "order")


def _order(shown: Shown, key: str, kind: str) -> Iterator[str]:
    card, p = shown.one("sales.order_card", key), "sales.paper"
    yield from shown.head(f"{p}.{kind}", number=card.number)
    yield from shown.pairs(
        p,
        customer=card.customer_name,
        ordered_on=shown.local_day(card.ordered_at),
        valid_until=shown.day(card.valid_until) if kind == "quotation" else None,
        promised_on=shown.day(card.promised_on),
        handover=shown.texts.say(f"sales.handover.{card.handover}"),
        terms=card.payment_terms,
        seller=card.seller_name,
    )
    names = ("position", "code", "name", "quantity", "unit", "price", "discount", "net")
    lines = [_sold(shown, line) for line in shown.rows("sales.order_lines", "position", order_id=key)]
    yield from shown.table(p, names, lines, **_sums(shown, card))
    yield from (card.customer_note, shown.texts.say(f"{p}.no_fiscal_value"))


def _sold(shown: Shown, line: Any) -> Sequence[str]:
    less = shown.money(line.discount_amount) if line.discount_amount else ""
    price, net = shown.money(line.unit_price), shown.money(line.net_amount)
    return (str(line.position), line.code, line.name, shown.quantity(line.quantity), line.unit_code, price, less, net)


def _sums(shown: Shown, card: Any) -> Mapping[str, str]:
    less = shown.money(-card.discount_amount)
    return {"gross": shown.money(card.gross_amount), "discounts": less, "total": shown.money(card.total_amount)}


def invoice(shown: Shown) -> Iterator[str]:
    card, p = shown.one("billing.invoice_card", shown.path.invoice), "billing.paper"
    yield from shown.head(f"{p}.title", number=card.number)
    yield from shown.pairs(
        p,
        buyer=card.buyer_name,
        tax_id=card.buyer_tax_id,
        address=card.buyer_address,
        issued_on=shown.day(card.issued_on),
        order=str(card.source_number),
        terms=card.payment_terms,
    )
    names = ("position", "code", "name", "quantity", "unit", "price", "discount", "net")
    lines = [_sold(shown, line) for line in shown.rows("billing.invoice_lines", "position", invoice_id=card.id)]
    yield from shown.table(p, names, lines, **_sums(shown, card))
    parts = shown.rows("billing.instalments", "position", invoice_id=card.id)
    assert sum(part.amount for part in parts) == card.total_amount
    yield shown.texts.say(f"{p}.payment")
    rows = [(f"{part.position}/{len(parts)}", shown.day(part.due_on), shown.money(part.amount)) for part in parts]
    yield from shown.table(p, ("instalment", "due_on", "amount"), rows)
    yield shown.texts.say(f"{p}.no_fiscal_value")


def receipt(shown: Shown) -> Iterator[str]:
    key, p = shown.path.papers["receipt"][1]["settlement_id"], "billing.paper"
    card = shown.one("billing.settlement_card", key)
    yield from shown.head(f"{p}.receipt.payment", number=card.number)
    facts = {"day": shown.day(card.occurred_on), "received_by": card.person_name}
    yield from shown.pairs(p, customer=card.customer_name, tax_id=card.customer_tax_id, **facts)
    parts = shown.rows("billing.settled", "document", settlement_id=key)
    rows = [(part.document, shown.day(part.due_on), shown.money(part.principal_amount)) for part in parts]
    yield from shown.table(p, ("settled_part", "due_on", "amount"), rows, money=shown.money(card.money_amount))
    yield shown.texts.say(f"{p}.paid_by")
    for money in shown.rows("billing.settlement_moneys", "position", settlement_id=key):
        yield from (shown.texts.say(f"billing.method.{money.method}"), shown.money(money.amount))
    yield shown.texts.say(f"{p}.received_words", customer=card.customer_name, amount=card.money_amount)


def counter_receipt(shown: Shown) -> Iterator[str]:
    key, p = shown.path.papers["counter_receipt"][1]["order_id"], "sales.paper"
    sale, card = shown.one("sales.counter_sales", key), shown.one("sales.order_card", key)
    yield from shown.head(f"{p}.counter_receipt", number=sale.number)
    facts = {"ordered_on": shown.instant(sale.at), "seller": sale.seller_name, "station": sale.station}
    yield from shown.pairs(p, customer=sale.customer_name, **facts)
    lines = shown.rows("sales.order_lines", "position", order_id=key)
    rows = [(line.name, shown.quantity(line.quantity), shown.money(line.net_amount)) for line in lines]
    yield from shown.table(p, ("name", "quantity", "net"), rows, total=shown.money(card.total_amount))
    (paid,) = shown.rows("sales.counter_payments", "position", order_id=key)
    yield from (shown.texts.say("sales.way.cash"), shown.money(paid.amount + sale.change_amount))
    yield from (shown.texts.say("sales.counter.change"), shown.money(sale.change_amount))
    yield shown.texts.say(f"{p}.no_fiscal_value")


def credit_note(shown: Shown) -> Iterator[str]:
    key, p = shown.path.papers["credit_note"][1]["settlement_id"], "billing.paper"
    card = shown.one("billing.settlement_card", key)
    yield from shown.head(f"{p}.credit_note", number=card.number)
    reason = shown.texts.say("sales.return_reason.defect")
    facts = {"issued_on": shown.day(card.occurred_on), "of_invoice": str(card.invoice_number), "reason": reason}
    yield from shown.pairs(p, customer=card.customer_name, tax_id=card.customer_tax_id, **facts)
    names, lines = ("position", "code", "name", "quantity", "unit", "net"), []
    for line in shown.rows("billing.credit_note_lines", "position", settlement_id=key):
        amount = shown.money(line.net_amount)
        lines.append((str(line.position), line.code, line.name, shown.quantity(line.quantity), line.unit_code, amount))
    sums = {"off_open": shown.money(card.principal_amount), "credited": shown.money(card.value_amount)}
    yield from shown.table(p, names, lines, **sums)
    yield shown.texts.say(f"{p}.no_fiscal_value")


def statement(shown: Shown) -> Iterator[str]:
    p, key = "billing.paper", shown.path.customer
    card = shown.one("billing.statement_head", key)
    yield from shown.head(f"{p}.statement", lines=2)
    yield from shown.pairs(p, customer=card.customer_name, tax_id=card.customer_tax_id)
    balance = Decimal(0)
    rows: list[tuple[str, ...]] = [("", shown.texts.say(f"{p}.opening"), shown.money(balance))]
    for line in shown.rows("billing.statement", "at", party_id=key):
        balance += line.amount
        what = (shown.day(line.occurred_on), shown.texts.say(f"billing.kind.{line.kind}"), str(line.number))
        rows.append((*what, shown.money(abs(line.amount)), shown.money(balance)))
    names = ("day", "what", "number", "charged", "settled", "balance")
    yield from shown.table(p, names, rows, owed=shown.money(balance))


def till_closing(shown: Shown) -> Iterator[str]:
    p, key = "billing.paper", shown.path.till
    card = shown.one("billing.till_card", key)
    yield from shown.head(f"{p}.till_closing", number=card.number)
    who = {"opened_by": card.person_name, "opened_at": shown.instant(card.opened_at), "closed_by": card.closer_name}
    yield from shown.pairs(
        p, till=card.account_name, **who, closed_at=shown.instant(card.closed_at), reason=card.reason
    )
    names = ("float", "expected", "counted", "difference")
    yield from shown.pairs(f"{p}.till", **{name: shown.money(getattr(card, f"{name}_amount")) for name in names})
    yield shown.texts.say(f"{p}.by_method")
    ways = [
        (shown.texts.say(f"billing.method.{way.method}"), str(way.count), shown.money(way.amount))
        for way in shown.rows("billing.till_methods", "method", session_id=key)
    ]
    yield from shown.table(p, ("method", "count", "amount"), ways)
    yield shown.texts.say(f"{p}.moved")
    moved = []
    for entry in shown.rows("billing.till_entries", "at", session_id=key):
        words = (shown.texts.say(f"billing.till_entry.{entry.kind}"), entry.other_name, entry.reason)
        moved.append((" · ".join(word for word in words if word), shown.money(entry.amount)))
    yield from shown.table(p, ("what", "amount"), moved)


def pick_list(shown: Shown) -> Iterator[str]:
    p, key = "delivery.paper", shown.path.papers["pick_list"][1]["pick_list_id"]
    card = shown.one("delivery.pick_card", key)
    yield from shown.head(f"{p}.pick_list", number=card.number)
    facts = {"promised_on": shown.day(card.promised_on), "customer": card.customer_name, "picker": card.picker_name}
    yield from shown.pairs(p, order=str(card.order_number), **facts)
    yield f"L{card.number}"
    rows = []
    for stop in shown.rows("delivery.pick_stops", "turn", pick_list_id=key):
        assert stop.left == 2
        rows.append((stop.location_code, stop.code, stop.name, shown.quantity(stop.left), stop.unit_code, "[   ]"))
    yield from shown.table(f"{p}.column", ("place", "code", "name", "quantity", "unit", "done"), rows)


def _receiver(shown: Shown, card: Any) -> Iterator[str]:
    where = "{street}, {number}, {complement} {district} {postcode} {city} - {state}".format(**ADDRESS)
    facts = {"order": str(card.order_number), "invoice": str(card.invoice_number), "carrier": card.carrier_name}
    more = {"tracking_code": card.tracking_code, "volumes": "2", "weight": f"{shown.quantity(Decimal('15.75'))} kg"}
    yield from shown.pairs("delivery.paper", customer=card.customer_name, address=where, **facts, **more)


def packing_list(shown: Shown) -> Iterator[str]:
    p, key = "delivery.paper", shown.path.papers["packing_list"][1]["shipment_id"]
    card = shown.one("delivery.shipment_card", key)
    yield from shown.head(f"{p}.packing_list", number=card.order_number)
    yield from _receiver(shown, card)
    inside = shown.rows("delivery.volume_contents", "position", shipment_id=key)
    for volume in shown.rows("delivery.volumes", "number", shipment_id=key):
        said = shown.texts.say(f"{p}.volume", place=volume.place, count=volume.count)
        yield f"{said} · {shown.quantity(volume.weight_kg)} kg · 40 × 30 × 20 cm"
        own = [row for row in inside if row.volume_id == volume.id]
        rows = [(row.code, row.name, shown.quantity(row.quantity), row.unit_code) for row in own]
        yield from shown.table(f"{p}.column", ("code", "name", "quantity", "unit"), rows)


def shipping_label(shown: Shown) -> Iterator[str]:
    p, key = "delivery.paper", shown.path.papers["shipping_label"][1]["shipment_id"]
    card = shown.one("delivery.shipment_card", key)
    yield from shown.head(f"{p}.label", number=card.order_number)
    where = "{street}, {number}, {complement} {district} {postcode} {city} - {state}".format(**ADDRESS)
    for volume in shown.rows("delivery.volumes", "number", shipment_id=key):
        yield shown.texts.say(f"{p}.volume", place=volume.place, count=volume.count)
        yield from (f"{card.order_number}-{volume.place}", shown.texts.say(f"{p}.to"), card.customer_name, where)
        weight = f"{shown.quantity(volume.weight_kg)} kg"
        yield from shown.pairs(p, tracking_code=card.tracking_code, weight=weight, carrier=card.carrier_name)
        yield card.customer_note


def delivery_receipt(shown: Shown) -> Iterator[str]:
    p, key = "delivery.paper", shown.path.papers["delivery_receipt"][1]["shipment_id"]
    card = shown.one("delivery.shipment_card", key)
    yield from shown.head(f"{p}.receipt", number=card.order_number)
    yield from _receiver(shown, card)
    lines = shown.rows("delivery.packing_lines", "position", shipment_id=key)
    rows = [(line.code, line.name, shown.quantity(line.picked), line.unit_code) for line in lines]
    yield from shown.table(f"{p}.column", ("code", "name", "quantity", "unit"), rows)
    yield shown.texts.say(f"{p}.received_all")
    took = {"receiver_name": card.receiver_name, "receiver_document": card.receiver_document}
    yield from shown.pairs(p, **took, delivered_at=shown.instant(card.delivered_at))
    yield shown.texts.say(f"{p}.signature")


def purchase_order(shown: Shown) -> Iterator[str]:
    p, key = "purchasing.paper", shown.path.papers["purchase_order"][1]["order_id"]
    card = shown.one("purchasing.order_card", key)
    yield from shown.head(f"{p}.title", number=card.number)
    days = {"ordered_at": shown.local_day(card.ordered_at), "expected_on": shown.day(card.expected_on)}
    where = f"{card.branch_name} - {card.warehouse_name}"
    more = {"deliver_to": where, "terms": card.payment_terms, "buyer": card.buyer_name}
    yield from shown.pairs(p, supplier=card.supplier_name, **days, **more)
    names, rows = ("position", "code", "name", "quantity", "unit", "price", "expected_on", "net"), []
    for line in shown.rows("purchasing.order_lines", "position", order_id=key):
        what = (str(line.position), line.code, line.name, shown.quantity(line.quantity), line.unit_code)
        rows.append((*what, shown.money(line.unit_price), shown.day(line.expected_on), shown.money(line.net_amount)))
    yield from shown.table(p, names, rows, total=shown.money(card.total_amount))
    yield card.supplier_note


def count_sheet(shown: Shown) -> Iterator[str]:
    key = shown.path.papers["count_sheet"][1]["sheet_id"]
    card = shown.one("inventory.count_sheets", key)
    yield from shown.head("inventory.paper.count_sheet", number=card.number)
    facts = {"warehouse_name": card.warehouse_name, "opened_on": shown.day(card.opened_on), "note": card.note}
    yield from shown.pairs("inventory.field", **facts)
    yield from shown.pairs("inventory.paper", counted_by="_" * 30)
    names, rows = ("position", "location_code", "code", "product_id", "unit_code", "counted", "again"), []
    for line in shown.rows("inventory.count_sheet_lines", "position", sheet_id=key):
        rows.append((str(line.position), line.location_code, line.code, line.name, line.unit_code, "_" * 20))
    yield from shown.table("inventory.field", names, rows)


def stock_position(shown: Shown) -> Iterator[str]:
    today = company.MONDAY.date()
    yield from shown.head("inventory.paper.stock_position", day=today)
    names = ("code", "product_id", "warehouse_name", "quantity", "unit_code", "unit_cost", "amount")
    rows, total = [], Decimal(0)
    for row in shown.rows("inventory.stock", "name"):
        worth = Decimal("1.75") * row.on_hand
        total += worth
        what = (row.code, row.name, row.warehouse_name, shown.quantity(row.on_hand), row.unit_code)
        rows.append((*what, shown.money(Decimal("1.75")), shown.money(worth)))
    yield from shown.table("inventory.field", names, rows, amount=shown.money(total))


def trial_balance(shown: Shown) -> Iterator[str]:
    yield from _of_the_books(shown, "accounting.trial_balance_report")
    names = ("code", "name", "opening_amount", "debit_amount", "credit_amount", "closing_amount")
    found = shown.rows("accounting.trial_balance", "code")
    rows = [(row.code, row.name, *(shown.money(getattr(row, name)) for name in names[2:])) for row in found]
    sums = {
        name: shown.money(sum((getattr(row, name) for row in found if row.postable), Decimal(0))) for name in names[3:5]
    }
    assert len({*sums.values()}) == 1
    yield from shown.table("accounting.field", names, rows, **sums)


def income_statement(shown: Shown) -> Iterator[str]:
    yield from _of_the_books(shown, "accounting.income_report")
    rows = []
    for row in shown.rows("accounting.income_statement", "position"):
        amount = "" if row.amount is None else shown.money(row.amount)
        rows.append((row.code, row.label if row.code else row.label.upper(), amount))
    yield from shown.table("accounting.field", ("code", "label", "amount"), rows)


def _of_the_books(shown: Shown, title: str) -> Iterator[str]:
    yield from shown.head(title, lines=2)
    yield from shown.pairs("accounting.paper", made_on=shown.day(company.MONDAY.date()))


Paper = Callable[[Shown], Iterator[str]]
PAPERS: tuple[Paper, ...] = (
    quotation,
    order,
    invoice,
    receipt,
    counter_receipt,
    credit_note,
    statement,
    till_closing,
    pick_list,
    packing_list,
    shipping_label,
    delivery_receipt,
    purchase_order,
    count_sheet,
    stock_position,
    trial_balance,
    income_statement,
)
