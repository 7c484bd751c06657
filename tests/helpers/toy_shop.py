"""The toy shop in memory with a Door of its own: enough business for screens to be tested without a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.command import Command, fields_of, name_of, parse
from retaguarda.kernel.errors import (
    Fault,
    Forbidden,
    Invalid,
    Missing,
    NeedsConsent,
    Offline,
    Refusal,
    Remedy,
    Shortfall,
    Stale,
)
from retaguarda.kernel.fold import fold
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.outcome import Answer, Change, Outcome
from retaguarda.kernel.page import Anchors, By, Groups, Page
from retaguarda.kernel.screen import Person
from retaguarda.kernel.text import Texts
from tests.helpers.paper_made import pdf_of
from tests.helpers.toy import (
    AddOrder,
    AddProduct,
    CancelOrder,
    ChangePassword,
    ConfirmOrder,
    CustomerRow,
    EventRow,
    LineRow,
    OrderRow,
    ProductRow,
    ReviseOrder,
    ReviseProduct,
    SituationRow,
    StockRow,
)

MORNING = dt.datetime(2026, 11, 21, 13, 42, tzinfo=dt.UTC)


@dataclass
class Store:
    """The toy's tables; `down` makes every call fail as if the database were gone."""

    customers: dict[str, CustomerRow] = field(default_factory=dict)
    products: dict[str, ProductRow] = field(default_factory=dict)
    orders: dict[str, OrderRow] = field(default_factory=dict)
    stock: dict[str, Decimal] = field(default_factory=dict)
    events: list[EventRow] = field(default_factory=list)
    down: bool = False
    done: dict[str, Outcome] = field(default_factory=dict)
    sent: list[Command] = field(default_factory=list)
    shown: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def add_product(self, name: str, gtin: str, price: str, stock: int, **more: Any) -> ProductRow:
        row = ProductRow(
            id=new_id(), name=name, code=f"{1000 + len(self.products)}", gtin=gtin, price=Decimal(price),
            allowed=("toy.revise_product",), **more,
        )  # fmt: skip
        self.products[row.id] = row
        self.stock[row.id] = Decimal(stock)
        return row

    def add_customer(self, name: str, sub: str = "") -> CustomerRow:
        row = CustomerRow(id=new_id(), name=name, sub=sub)
        self.customers[row.id] = row
        return row


class _Short:
    """What a door of short lists is never asked."""

    def do_many(self, sent: Sequence[tuple[str, Mapping[str, Any], str]], stays: bool = True) -> Sequence[Answer]:
        raise NotImplementedError("here commands are sent one by one")

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        raise NotImplementedError("its lists are short")

    def groups(
        self, query_name: str, where: Mapping[str, Any] | None, by: Sequence[By], sums: Sequence[str], most: int = 0,
        largest: bool = False,
    ) -> Groups:  # fmt: skip
        raise NotImplementedError("nothing is added up here")


class ToyDoor(_Short):
    """The Door of the toy shop."""

    def __init__(self, store: Store, person: Person | None = None) -> None:
        self.store = store
        self.clock = FixedClock(MORNING)
        self._person = person or Person(id=new_id(), name="Marina Souza", permissions=frozenset({"*"}))

    @property
    def person(self) -> Person:
        return self._person

    def today(self) -> dt.date:
        return self.clock.now().date()

    def now(self) -> dt.datetime:
        return self.clock.now()

    def print_document(self, name: str, params: Mapping[str, Any]) -> bytes:
        return pdf_of(title=f"{name} {len(params)}")

    # ---- reading ----
    def show(
        self,
        query_name: str,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = 200,
        after: Any = None,
        count: bool = False,
    ) -> Page:
        self._up()
        where = dict(where or {})
        self.store.shown.append((query_name, where))
        rows = [row for row in self._rows(query_name) if _fits(row, where)]
        if sort:
            rows.sort(key=lambda row: getattr(row, sort.lstrip("-")), reverse=sort.startswith("-"))
        start = int(after or 0)
        page = tuple(rows[start : start + limit])
        more = start + limit if start + limit < len(rows) else None
        return Page(rows=page, after=more, count=len(rows) if count else None, at=self.now())

    def one(self, query_name: str, key: str) -> Any:
        self._up()
        for row in self._rows(query_name):
            if row.id == key:
                return row
        raise Missing(query_name, key)

    def _rows(self, query: str) -> Sequence[Any]:
        store = self.store
        tables: dict[str, Any] = {
            "toy.customers": store.customers.values(),
            "toy.products": store.products.values(),
            "toy.orders": store.orders.values(),
            "toy.stock": [
                StockRow(product_id=key, free=free, reserved=Decimal(0)) for key, free in store.stock.items()
            ],
            "toy.situations": [SituationRow(id=o.id, step=f"step_{o.state}") for o in store.orders.values()],
            "toy.events": store.events,
            "toy.order_lines": [line for o in store.orders.values() for line in o.lines],
            "toy.nothing": (),
        }
        return list(tables[query])

    def _up(self) -> None:
        if self.store.down:
            raise Offline("kernel.offline")

    # ---- writing ----
    def do(
        self,
        command: Command | tuple[str, Mapping[str, Any]],
        accept: Sequence[str] = (),
        command_id: str | None = None,
    ) -> Outcome:
        self._up()
        if isinstance(command, tuple):
            kinds = (AddOrder, ReviseOrder, ConfirmOrder, CancelOrder, AddProduct, ReviseProduct, ChangePassword)
            command = parse({name_of(k): k for k in kinds}[command[0]], command[1])
        name = name_of(type(command))
        if not self.person.may(name):
            raise Forbidden(name)
        command_id = command_id or new_id()
        if command_id in self.store.done:
            return replace(self.store.done[command_id], known=True)
        outcome: Outcome = getattr(self, f"_{name.partition('.')[2]}")(command, command_id, accept)
        self.store.sent.append(command)
        self.store.done[command_id] = outcome
        return outcome

    def _add_order(self, c: AddOrder | ReviseOrder, command_id: str, accept: Sequence[str]) -> Outcome:
        lines = tuple(
            LineRow(
                product_id=x.product_id, name=self.store.products[x.product_id].name, unit_price=x.unit_price,
                code=self.store.products[x.product_id].code, quantity=x.quantity, discount=x.discount,
            )
            for x in c.lines
        )  # fmt: skip
        total = sum((x.quantity * x.unit_price * (1 - x.discount) for x in lines), Decimal(0))
        if total > 100_000 and "toy.add_order.large" not in accept:
            raise NeedsConsent("toy.add_order.large", total=total)
        old = self.store.orders.get(getattr(c, "order_id", ""))
        row = OrderRow(
            id=old.id if old else new_id(), number=old.number if old else str(10480 + len(self.store.orders)),
            customer_id=c.customer_id, customer_name=self.store.customers[c.customer_id].name, state="quotation",
            total=total, due_on=c.due_on, note=c.note, lines=lines, version=old.version + 1 if old else 1,
            allowed=("toy.confirm_order", "toy.cancel_order", "toy.revise_order"),
        )  # fmt: skip
        self.store.orders[row.id] = row
        return self._outcome(command_id, row)

    def _revise_order(self, c: ReviseOrder, command_id: str, accept: Sequence[str]) -> Outcome:
        self._fresh(self.store.orders[c.order_id], c.version)
        return self._add_order(c, command_id, accept)

    def _confirm_order(self, c: ConfirmOrder, command_id: str, accept: Sequence[str]) -> Outcome:
        row = self.store.orders[c.order_id]
        self._fresh(row, c.version)
        short = [x.name for x in row.lines if x.quantity > self.store.stock[x.product_id]]
        if short:
            problem = Shortfall(
                "toy.confirm_order.no_stock", subject=("order", row.id), cause_key="toy:stock", lines=short
            )
            problem.remedies = (Remedy("toy.cancel_order", {"order_id": row.id, "reason": "stock"}, "toy.give_up"),)
            raise problem
        done = replace(
            row, state="confirmed", version=row.version + 1, allowed=("toy.cancel_order", "toy.revise_order")
        )
        self.store.orders[row.id] = done
        return self._outcome(command_id, done, (done,))

    def _cancel_order(self, c: CancelOrder, command_id: str, accept: Sequence[str]) -> Outcome:
        row = self.store.orders[c.order_id]
        self._fresh(row, c.version)
        done = replace(row, state="cancelled", version=row.version + 1, allowed=())
        self.store.orders[row.id] = done
        return self._outcome(command_id, done, (done,))

    def _add_product(self, c: AddProduct, command_id: str, accept: Sequence[str]) -> Outcome:
        same = [p for p in self.store.products.values() if p.name == c.name and p.id != getattr(c, "product_id", "")]
        if same:
            raise Refusal("toy.add_product.name_taken", field="name", name=c.name)
        if any(b.gtin == "bad" for b in c.barcodes):
            n = [b.gtin for b in c.barcodes].index("bad") + 1
            raise Invalid(Fault(f"barcodes.{n}.gtin", "toy.bad_gtin"))
        old = self.store.products.get(getattr(c, "product_id", ""))
        values = {s.name: getattr(c, s.name) for s in fields_of(AddProduct)}
        if old:
            row = replace(old, **values, version=old.version + 1)
        else:
            row = ProductRow(id=new_id(), code="9", gtin="", allowed=("toy.revise_product",), **values)
        self.store.products[row.id] = row
        return self._outcome(command_id, row)

    def _revise_product(self, c: ReviseProduct, command_id: str, accept: Sequence[str]) -> Outcome:
        self._fresh(self.store.products[c.product_id], c.version)
        return self._add_product(c, command_id, accept)

    def _change_password(self, c: ChangePassword, command_id: str, accept: Sequence[str]) -> Outcome:
        return Outcome(command_id)

    def _fresh(self, row: Any, version: int | None) -> None:
        if version is not None and version != row.version:
            raise Stale("toy", row.id)

    def _outcome(self, command_id: str, row: Any, rows: Sequence[Any] = ()) -> Outcome:
        value = {"id": row.id, "version": row.version, "number": getattr(row, "number", "")}
        table = "orders" if isinstance(row, OrderRow) else "products"
        return Outcome(command_id, value, rows, (Change(table, "revise", (row.id,)),))


def _fits(row: Any, where: Mapping[str, Any]) -> bool:
    for key, value in where.items():
        if key == "search":
            if fold(value) not in fold(f"{getattr(row, 'name', '')} {getattr(row, 'customer_name', '')}"):
                return False
        elif key == "code":
            if value not in (row.gtin, row.code):
                return False
        elif not _holds(row, key, value):
            return False
    return True


def _holds(row: Any, key: str, value: Any) -> bool:
    name = key.rstrip("<>=~ ")
    here, sign = getattr(row, name), key[len(name) :].strip()
    if sign == "~":
        return fold(value) in fold(here)
    if sign in (">=", "<=", "<"):
        if here is None:
            return False
        limit = Decimal(value) if isinstance(here, Decimal) else value
        return bool({">=": here >= limit, "<=": here <= limit, "<": here < limit}[sign])
    return here in value if isinstance(value, tuple) else bool(here == value)


def toy_store() -> Store:
    """Two customers, twenty products, no orders."""
    store = Store()
    store.add_customer("Auto Peças São Jorge Ltda", "12.345.678/0001-95 · Santo André, SP")
    store.add_customer("Padaria Três Irmãos", "São Paulo, SP")
    for n in range(20):
        store.add_product(f"Produto {n:02}", f"{7890000000000 + n * 17}", f"{n + 1}.50", 50 + n)
    return store


def toy_texts(language: str = "pt_BR") -> Texts:
    """Texts that show a code where there is no text, as toys have none."""
    return Texts(language)
