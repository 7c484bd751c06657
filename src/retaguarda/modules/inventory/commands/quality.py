"""Non-conformities: goods that are not as they should be are held until somebody decides what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Choice, Quantity, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.goods import hold_places
from retaguarda.modules.inventory.commands.holds import hold_named
from retaguarda.modules.inventory.commands.papers import TABLE as PAPER
from retaguarda.modules.inventory.commands.papers import piece_faults, warehouse_for, write_paper
from retaguarda.modules.inventory.model import Lot, NonConformity, StockHold
from retaguarda.modules.inventory.rules import ZERO

FOUND_AT = ("receipt", "stock", "return", "customer")
RELEASE, SCRAP = "release", "scrap"
_B, _L, _W = api.bin_balance.c, api.location.c, api.warehouse.c
OF_LOT = Statement(
    select(_B.product_id, _B.location_id, _B.lot, _L.warehouse_id, _W.branch_id)
    .join(api.location, _L.id == _B.location_id)
    .join(api.warehouse, _W.id == _L.warehouse_id)
    .where(
        ~_W.transit,
        _B.product_id == bindparam("product_id", type_=Key()),
        _B.lot == bindparam("lot", type_=_B.lot.type),
        _B.on_hand > _B.held,
    )
    .order_by(_B.location_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNonConformity(Command):
    """Writes down that goods are not as they should be, and holds them back until it is decided what becomes of them.
    Orders that were to get them lose their reservation and open a failure."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    found_at: Annotated[str, Choice(FOUND_AT, "inventory.found_at")]
    description: Annotated[str, Text(500, least=3)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""


def report_non_conformity(unit: Unit, command: ReportNonConformity) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    hold_id, broken = hold_named(unit, warehouse, command, command.description[:200])
    number = next_number(unit, NonConformity, warehouse.branch_id)
    key = unit.add(
        NonConformity,
        branch_id=warehouse.branch_id,
        number=number,
        hold_id=hold_id,
        product_id=command.product_id,
        lot=command.lot,
        quantity=command.quantity,
        found_at=command.found_at,
        description=command.description,
        state="open",
        decision="",
        found_on=unit.today,
    )
    return {"id": key, "version": 1, "number": number, "broken": broken}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideNonConformity(Command):
    """Decides what becomes of goods that are not as they should be: they are set free, or written off. The reason stays
    on record, and the record is closed."""

    non_conformity_id: Annotated[str, Ref("non_conformity")]
    disposition: Annotated[str, Choice((RELEASE, SCRAP), "inventory.disposition")]
    decision: Annotated[str, Text(200, least=3)]
    serials: Annotated[str, Text(4000)] = ""
    version: Annotated[int, Version()] | None = None


def decide_non_conformity(unit: Unit, command: DecideNonConformity) -> Mapping[str, Any]:
    row = unit.get(NonConformity, command.non_conformity_id, field="non_conformity_id")
    company.reachable_branch(unit, row.branch_id, field="non_conformity_id")
    unit.fresh(row, command.version, "non_conformity")
    if row.state != "open":
        raise Refusal("inventory.decided", field="non_conformity_id")
    stock = api.Stock(unit, [row.product_id])
    held = next((h for h in stock.holds if h.hold_id == row.hold_id), None)
    unit.revise(
        NonConformity,
        row,
        state="decided",
        disposition=command.disposition,
        decision=command.decision,
        decided_on=unit.today,
    )
    if held is not None:
        # The record is closed first: the database lets no hold go while somebody has yet to decide.
        unit.append(StockHold, [api.less_held(held, held.quantity, (api.HOLD_TABLE, held.hold_id), command.decision)])
        if command.disposition == SCRAP:
            _scrap(unit, held, command)
    return {"id": row.id, "version": row.version + 1, "number": row.number}


def _scrap(unit: Unit, held: Any, command: DecideNonConformity) -> None:
    """Writes off what was held; less only where something else has taken it meanwhile."""
    warehouse = api.place_of(unit, held.warehouse_id)
    stock = api.Stock(unit, [held.product_id])
    place = (held.product_id, held.location_id, held.lot)
    quantity = min(held.quantity, max(ZERO, stock.in_bin(place)))
    numbers = rules.serial_numbers(command.serials)
    tracking = api.tracking_of(unit, [held.product_id])
    if faults := piece_faults(tracking, [(held.product_id, quantity, numbers)]):
        raise Invalid(*(Fault("serials", f.code, f.params) for f in faults))
    if not quantity:
        return
    document = (PAPER, unit.new_id())
    change = api.Change(
        product_id=held.product_id,
        warehouse_id=held.warehouse_id,
        location_id=held.location_id,
        lot=held.lot,
        on_hand=-quantity,
    )
    broken = api.make_room(unit, stock, [change], rules.DAMAGE, document)
    api.append_moves(
        unit,
        [
            {
                "kind": rules.DAMAGE,
                "product_id": held.product_id,
                "from_location_id": held.location_id,
                "from_warehouse_id": held.warehouse_id,
                "to_location_id": None,
                "to_warehouse_id": None,
                "lot": held.lot,
                "quantity": quantity,
                "document_table": document[0],
                "document_id": document[1],
            }
        ],
    )
    lost = [((held.product_id, number), held.location_id, None) for number in numbers]
    api.pieces_move(unit, rules.DAMAGE, lost, document)
    api.report_broken(unit, broken, document)
    line = {"product_id": held.product_id, "location_id": held.location_id, "lot": held.lot, "quantity": quantity}
    write_paper(unit, document, rules.DAMAGE, warehouse, [line], command.decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLot(Command):
    """Holds back everything of a lot that lies in the warehouses of your branches: the first step of a recall. The
    lot's page says who got what of it."""

    lot_id: Annotated[str, Ref("lot")]
    reason: Annotated[str, Text(200, least=3)]


def hold_lot(unit: Unit, command: HoldLot) -> Mapping[str, Any]:
    lot = unit.get(Lot, command.lot_id, field="lot_id")
    rows = unit.all(OF_LOT, product_id=lot.product_id, lot=lot.code)
    return {"id": lot.id, **hold_places(unit, rows, command.reason)}
