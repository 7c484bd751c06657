"""A module for tests of the kernel: shelves, a ledger of moves with a guarded balance, and one command that does
whatever a test tells it to. It exists in databases of its own and in no registry of the program."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel import case, failure, journal, outbox, series  # noqa: F401 - their tables
from retaguarda.kernel import schema as kernel_schema
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import Flag, Quantity, Ref, Secret, Text, Version
from retaguarda.kernel.model import (
    Appended,
    Base,
    Key,
    Ledger,
    Minor,
    Numbers,
    Rights,
    Versioned,
    instant,
    quantity,
    ref,
    table_of,
    text,
)
from retaguarda.kernel.module import Handled, Listener, Module, Registry, models_of
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.query import Ask, Query, show
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.store import Reader, Store
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.trigger import Run, Trigger
from retaguarda.kernel.unit import Actor, Unit
from tests.helpers.asking import answers
from tests.helpers.raw import read, spelled

MONDAY = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


class Shelf(Versioned, Base):
    """A record that changes."""

    __tablename__ = "toy_shelf"
    __rights__ = Rights(read="toyshop.read", rows="branch")
    name: Mapped[str] = text(80)
    place: Mapped[str | None] = text(80)
    branch_id: Mapped[str | None] = mapped_column(Key())
    filled_on: Mapped[dt.date | None] = mapped_column()
    seen_at: Mapped[dt.datetime | None] = instant()
    worth: Mapped[Decimal | None] = mapped_column(Minor(2))
    open: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (CheckConstraint("name <> 'forbidden'", name="toy_shelf_name"),)


class ToyMove(Appended, Base):
    """A ledger row; its trigger moves the balance, whose CHECK refuses less than nothing."""

    __tablename__ = "toy_move"
    __rights__ = Rights(read="toyshop.read")
    __ledger__ = Ledger(lock=("shelf_id",))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "toy_move_balance",
            "after insert",
            (
                Run(
                    "INSERT INTO toy_balance (id, on_hand) SELECT NEW.shelf_id, 0 WHERE 1=1 ON CONFLICT (id) DO NOTHING"
                ),
                Run("UPDATE toy_balance SET on_hand = on_hand + NEW.quantity WHERE id = NEW.shelf_id"),
            ),
        ),
    )
    shelf_id: Mapped[str] = ref("toy_shelf")
    quantity: Mapped[Decimal] = quantity()


class ToyBalance(Base):
    """What is on a shelf; only the trigger writes it."""

    __tablename__ = "toy_balance"
    __rights__ = Rights(read="toyshop.read")
    id: Mapped[str] = ref("toy_shelf", primary_key=True, index=False)
    on_hand: Mapped[Decimal] = quantity()
    __table_args__ = (CheckConstraint("on_hand >= 0", name="toy_balance_on_hand"),)


class ToyPaper(Appended, Base):
    """A document with a number, one series for each kind."""

    __tablename__ = "toy_paper"
    __rights__ = Rights(read="toyshop.read")
    __ledger__ = Ledger(lock=("number",))
    __numbers__ = Numbers("toyshop", by="kind")
    branch_id: Mapped[str] = mapped_column(Key())
    device: Mapped[str] = text(8)
    kind: Mapped[str] = text(8)
    number: Mapped[int] = mapped_column()


class ToyLine(Appended, Base):
    """A line of a paper, written before its head."""

    __tablename__ = "toy_line"
    __rights__ = Rights(read="toyshop.read")
    __ledger__ = Ledger(lock=("paper_id",))
    paper_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("toy_paper.id", deferrable=True, initially="DEFERRED"), index=True
    )
    shelf_id: Mapped[str | None] = mapped_column(
        Key(), ForeignKey("toy_shelf.id", deferrable=True, initially="DEFERRED"), index=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddShelf(Command):
    """Adds a shelf."""

    name: Annotated[str, Text(80)]
    pin: Annotated[str, Secret()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameShelf(Command):
    """Gives a shelf another name."""

    shelf_id: Annotated[str, Ref("toy_shelf")]
    name: Annotated[str, Text(80)]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveGoods(Command):
    """Puts goods on a shelf, or takes them away."""

    shelf_id: Annotated[str, Ref("toy_shelf")]
    quantity: Annotated[Decimal, Quantity(above=None)]
    looks_first: Annotated[bool, Flag()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Play(Command):
    """Does what the test named `what` in `PLAYS`."""

    what: Annotated[str, Text(40)] = "nothing"


@dataclass(frozen=True, slots=True)
class ShelfAdded:
    """A shelf was added."""

    shelf_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ShelfSeen:
    """Said by the listener of ShelfAdded: an event that leads to another."""

    shelf_id: str


PLAYS: dict[str, Callable[[Unit], Mapping[str, Any] | None]] = {"nothing": lambda unit: None}
"""What `Play` can do; a test adds its own by `playing`."""
HEARD: list[tuple[str, Any]] = []
"""What the listeners heard, in order."""

ON_HAND = Statement(
    select(table_of(ToyBalance)).where(
        table_of(ToyBalance).c.id == bindparam("shelf_id", type_=table_of(ToyBalance).c.id.type)
    )
)


def add_shelf(unit: Unit, command: AddShelf) -> Mapping[str, Any]:
    """Handler."""
    shelf_id = unit.add(Shelf, name=command.name, branch_id=unit.actor.branch_id, seen_at=unit.now)
    unit.emit(ShelfAdded(shelf_id, command.name))
    return {"id": shelf_id, "version": 1}


def rename_shelf(unit: Unit, command: RenameShelf) -> Mapping[str, Any]:
    """Handler."""
    row = unit.get(Shelf, command.shelf_id, field="shelf_id")
    unit.fresh(row, command.version, "toy_shelf")
    unit.revise(Shelf, row, name=command.name)
    return {"id": row.id, "version": row.version + 1}


def move_goods(unit: Unit, command: MoveGoods) -> Mapping[str, Any]:
    """Handler; by `looks_first` it refuses what the balance it read does not hold, else the database does."""
    if command.looks_first:
        row = unit.one(ON_HAND, shelf_id=command.shelf_id)
        if (row.on_hand if row else Decimal(0)) + command.quantity < 0:
            raise Refusal("toyshop.empty", field="quantity")
    unit.append(ToyMove, [{"shelf_id": command.shelf_id, "quantity": command.quantity}])
    return {"id": command.shelf_id}


def play(unit: Unit, command: Play) -> Mapping[str, Any] | None:
    """Handler."""
    return PLAYS[command.what](unit)


@contextlib.contextmanager
def playing(what: str, act: Callable[[Unit], Mapping[str, Any] | None]) -> Iterator[None]:
    """While it lasts, `Play(what=what)` does this."""
    PLAYS[what] = act
    try:
        yield
    finally:
        del PLAYS[what]


def _hears_within(unit: Unit, event: ShelfAdded) -> None:
    HEARD.append(("within", event))
    unit.emit(ShelfSeen(event.shelf_id))
    if event.name == "listener refuses":
        raise Refusal("toyshop.listener_refuses")


def _hears_the_next(unit: Unit, event: ShelfSeen) -> None:
    HEARD.append(("next", event))


def _hears_after(door: Any, payload: Mapping[str, Any]) -> None:
    HEARD.append(("after", payload))


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A shelf as a list shows it."""

    id: str
    version: int
    name: str
    place: str | None
    branch_id: str | None
    filled_on: dt.date | None
    seen_at: dt.datetime | None
    worth: Decimal | None
    open: bool
    on_hand: Decimal | None
    allowed: tuple[str, ...] = ()


_SHELF, _BALANCE = table_of(Shelf), table_of(ToyBalance)
_COLUMNS = [
    getattr(_SHELF.c, n) for n in ("id", "version", "name", "place", "branch_id", "filled_on", "seen_at", "worth")
]
SELECT_SHELVES = select(*_COLUMNS, _SHELF.c.open, _BALANCE.c.on_hand).select_from(
    _SHELF.outerjoin(_BALANCE, _BALANCE.c.id == _SHELF.c.id)
)


def shelves_query(**more: Any) -> Query:
    """The query `toyshop.shelves`; tests add a row rule."""
    settings: dict[str, Any] = {
        "permission": "toyshop.read",
        "key": _SHELF.c.id,
        "order": "name",
        "search": _SHELF.c.name,
        "allowed": lambda row: ("toyshop.rename_shelf", "toyshop.move_goods") if row.open else (),
    }
    return Query("toyshop.shelves", ShelfRow, SELECT_SHELVES, **(settings | more))


shelves = shelves_query()

MODULE = Module(
    name="toyshop",
    models=(Shelf, ToyMove, ToyBalance, ToyPaper, ToyLine),
    commands=(
        Handled(AddShelf, add_shelf, rows=("toyshop.shelves", "id")),
        Handled(RenameShelf, rename_shelf),
        Handled(MoveGoods, move_goods),
        Handled(Play, play),
    ),
    queries=(shelves,),
    events=(ShelfAdded, ShelfSeen),
    listeners=(
        Listener("toyshop.ShelfAdded", "toyshop.within", _hears_within),
        Listener("toyshop.ShelfSeen", "toyshop.next", _hears_the_next),
        Listener("toyshop.ShelfAdded", "toyshop.after", _hears_after, kind="after"),
    ),
    guards={"ck_toy_balance_on_hand": "toyshop.empty", "fk_toy_line_paper_id": "toyshop.no_paper"},
)
MODULES = (MODULE,)
REGISTRY = Registry(MODULES)
OWNER = Actor(new_id(), "Owner", frozenset({"*"}), branch_id=new_id(), all_branches=True)


@dataclass(slots=True)
class Shop:
    """A toy database that is open: a bus, a clock, who acts."""

    store: Store
    clock: FixedClock = field(default_factory=lambda: FixedClock(MONDAY))
    actor: Actor = OWNER
    registry: Registry = REGISTRY
    bus: Bus = field(init=False)

    def __post_init__(self) -> None:
        self.bus = Bus(self.store, self.registry, self.clock, lambda: "America/Sao_Paulo")

    def do(self, command: Command, command_id: str | None = None, actor: Actor | None = None) -> Outcome:
        """Carries out a command."""
        return self.bus.do(command, actor or self.actor, command_id)

    def shelf(self, name: str = "A") -> str:
        """The key of a new shelf."""
        return str(self.do(AddShelf(name=name)).value["id"])

    def contents(self) -> dict[str, list[tuple[str, ...]]]:
        """Every row of every table, sorted, as text."""
        return answers(self.store, {name: f"SELECT * FROM {name}" for name in models_of(MODULES)})

    def changed(self, before: Mapping[str, list[tuple[str, ...]]]) -> set[str]:
        """The tables that differ from `before`."""
        after = self.contents()
        return {name for name in after if after[name] != before[name]}

    def sql(self, sql: str) -> list[Any]:
        """Rows of a raw statement; a write is committed."""
        with self.store.engine.connect().execution_options(writes=True) as connection:
            result = connection.execute(sql_text(spelled(sql, self.store.name)))
            rows: list[Any] = []
            if result.returns_rows:
                row_of = namedtuple("row_of", list(result.keys()))  # type: ignore[misc]
                rows = [row_of(*map(read, row)) for row in result]
            connection.commit()
            return rows

    def close(self) -> None:
        """Gives everything back."""
        self.bus.close()
        self.store.close()


def make(url: str) -> None:
    """The toy shop's tables in an empty database."""
    store = open_store(url, create=True)
    try:
        kernel_schema.make(store, MODULES, {})
    finally:
        store.close()


def names(shop: Shop, reader: Reader) -> list[str]:
    """The names of the shelves, as a screen would read them."""
    page = show(reader, shop.store.dialect, shelves, Ask(), shop.actor, MONDAY, MONDAY.date())
    return [row.name for row in page.rows]
