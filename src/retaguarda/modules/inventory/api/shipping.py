"""Picking what is reserved, shipping it, putting it back, giving it free again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.costing import append_leaving
from retaguarda.modules.inventory.api.goods import (
    expired,
    lots_of,
    pick_pieces,
    pieces_off,
    tracking_of,
)
from retaguarda.modules.inventory.api.reserving import Reservations, append_less, reservations_of, reserved_rows
from retaguarda.modules.inventory.api.tables import (
    bin_balance,
    location,
    lot,
    stock_care,
    stock_pick,
    stock_reservation,
)
from retaguarda.modules.inventory.model import StockPick
from retaguarda.modules.inventory.rules import SHIP, ZERO, Bin, Document, Picked, Reserved, allot, kits_of, less


@dataclass(frozen=True, slots=True)
class PickResult:
    """What was picked from which place, and which lines could not be (with the quantity that is missing)."""

    picked: tuple[Picked, ...]
    missing: tuple[Reserved, ...]


_P, _R = stock_pick.c, stock_reservation.c
_LEFT = func.sum(_P.quantity)
PICKED_COLUMNS = (
    _P.document_table,
    _P.document_id,
    _P.line_id,
    _P.product_id,
    _P.location_id,
    _P.lot,
    _LEFT.label("quantity"),
    func.max(stock_care.c.tracking).label("tracking"),
)
PICKED_BY = (_P.document_table, _P.document_id, _P.line_id, _P.product_id, _P.location_id, _P.lot)
PICKS = stock_pick.outerjoin(stock_care, stock_care.c.product_id == _P.product_id)
_PICKED_OF = Statement(
    select(*PICKED_COLUMNS)
    .select_from(PICKS)
    .where(_P.document_id == bindparam("document_id", type_=Key()))
    .group_by(*PICKED_BY)
    .having(_LEFT > ZERO)
)
_MOVED_OF = Statement(
    select(_R.line_id, _R.product_id, _R.warehouse_id, _R.kit_id, _R.per_kit, func.sum(-_R.quantity).label("quantity"))
    .where(_R.document_id == bindparam("document_id", type_=Key()), _R.kind == SHIP)
    .group_by(_R.line_id, _R.product_id, _R.warehouse_id, _R.kit_id, _R.per_kit)
)
_BINS = ForKeys(
    lambda keys: (
        select(
            bin_balance.c.product_id,
            location.c.warehouse_id,
            bin_balance.c.location_id,
            bin_balance.c.lot,
            bin_balance.c.on_hand,
            bin_balance.c.picked,
            bin_balance.c.allowed_negative,
            bin_balance.c.held,
            stock_care.c.tracking,
            lot.c.expires_on,
            lot.c.sold_expired,
        )
        .join(location, location.c.id == bin_balance.c.location_id)
        .outerjoin(stock_care, stock_care.c.product_id == bin_balance.c.product_id)
        .outerjoin(lot, (lot.c.product_id == bin_balance.c.product_id) & (lot.c.code == bin_balance.c.lot))
        .where(
            bin_balance.c.product_id.in_(keys),
            bin_balance.c.on_hand - bin_balance.c.picked + bin_balance.c.allowed_negative > ZERO,
        )
        # First expired, first out; among those that last as long, by the way of the picker.
        .order_by(
            lot.c.expires_on.is_(None),
            lot.c.expires_on,
            location.c.route,
            location.c.code,
            bin_balance.c.lot,
            bin_balance.c.location_id,
        )
    )
)


def pick(
    unit: Unit,
    document: Document,
    lines: Sequence[Picked] | None = None,
    reserved: Reservations | None = None,
) -> PickResult:
    """Picks what is reserved on hand for a document and not picked yet: as `lines` say (a picker who scans), or by
    the route. What lies nowhere (an authorised negative, an error in the books) comes back as `missing`. `reserved`
    is what the caller has just read.
    """
    open_lines = _not_picked((reserved or reservations_of(unit, document)).on_hand, picked_of(unit, document))
    if lines is None:
        picked, missing = _by_route(unit, open_lines)
    else:
        picked, missing = _as_said(open_lines, _known(unit, lines))
    _append_picks(unit, picked, "pick", 1)
    pick_pieces(unit, picked)
    return PickResult(tuple(picked), tuple(missing))


def picking_plan(unit: Unit, document: Document, avoid: Collection[tuple[str, str, str]] = ()) -> PickResult:
    """From which places a picker would take what is reserved on hand for a document and not picked yet; nothing is
    written. `avoid` names places (product, location, lot) where somebody has just found nothing."""
    open_lines = _not_picked(reservations_of(unit, document).on_hand, picked_of(unit, document))
    picked, missing = _by_route(unit, open_lines, avoid)
    return PickResult(tuple(picked), tuple(missing))


def _not_picked(reserved: Iterable[Reserved], picked: Iterable[Picked]) -> list[Reserved]:
    taken: dict[tuple[str, str], Decimal] = {}
    for pick_row in picked:
        key = (pick_row.line_id, pick_row.product_id)
        taken[key] = taken.get(key, ZERO) + pick_row.quantity
    found = []
    for row in reserved:
        key = (row.line_id, row.product_id)
        done = min(row.quantity, taken.get(key, ZERO))
        taken[key] = taken.get(key, ZERO) - done
        if row.quantity > done:
            found.append(replace(row, quantity=row.quantity - done))
    return found


def _by_route(
    unit: Unit, lines: Sequence[Reserved], avoid: Collection[tuple[str, str, str]] = ()
) -> tuple[list[Picked], list[Reserved]]:
    picked: list[Picked] = []
    missing: list[Reserved] = []
    places = places_with(unit, [r.product_id for r in lines])
    bins: dict[tuple[str, str], list[Bin]] = {}
    for b, quantity, _ in places:
        if (b.product_id, b.location_id, b.lot) not in avoid:
            bins.setdefault((b.product_id, b.warehouse_id), []).append(replace(b, quantity=quantity))
    for row in lines:
        key = (row.product_id, row.warehouse_id)
        here = bins.get(key, [])
        taken, left = allot(row.quantity, here)
        bins[key] = less(here, taken)
        picked += [_pick_of(row, place) for place in taken]
        if left:
            missing.append(replace(row, quantity=left))
    return picked, missing


def _known(unit: Unit, lines: Sequence[Picked]) -> list[Picked]:
    """What a picker says, with how it is tracked; refuses an expired lot."""
    tracking = tracking_of(unit, [line.product_id for line in lines])
    if any(line.lot for line in lines):
        lots = lots_of(unit, [line.product_id for line in lines if line.lot])
        for line in lines:
            there = lots.get((line.product_id, line.lot))
            if there is not None and expired(there, unit.today):
                raise Refusal("inventory.lot_expired", field="lot", lot=line.lot, day=there.expires_on)
    return [replace(line, tracking=tracking.get(line.product_id, "")) for line in lines]


def _as_said(open_lines: Sequence[Reserved], lines: Sequence[Picked]) -> tuple[list[Picked], list[Reserved]]:
    left = {(row.line_id, row.product_id): row for row in open_lines}
    for line in lines:
        row = left.get((line.line_id, line.product_id))
        if row is None or row.quantity < line.quantity:
            open_quantity = row.quantity if row is not None else ZERO
            raise Refusal("inventory.pick_not_reserved", quantity=line.quantity, open=open_quantity)
        left[line.line_id, line.product_id] = replace(row, quantity=row.quantity - line.quantity)
    return list(lines), [row for row in left.values() if row.quantity > 0]


def _pick_of(row: Reserved, place: Bin) -> Picked:
    return Picked(
        document=row.document,
        line_id=row.line_id,
        product_id=row.product_id,
        location_id=place.location_id,
        lot=place.lot,
        quantity=place.quantity,
        tracking=place.tracking,
    )


def unpick(unit: Unit, document: Document, line_ids: Sequence[str] | None = None) -> tuple[Picked, ...]:
    """Puts what is picked for a document (or some of its lines) back to where it was taken from."""
    back = [p for p in picked_of(unit, document) if line_ids is None or p.line_id in line_ids]
    append_unpicks(unit, back, "unpick")
    return tuple(back)


def release(unit: Unit, document: Document, line_ids: Sequence[str] | None = None) -> tuple[Reserved, ...]:
    """Gives free what is still reserved for a document (or some of its lines) and puts back what was picked for it."""
    left = [r for r in reserved_rows(unit, document) if line_ids is None or r.line_id in line_ids]
    append_less(unit, left, "release")
    if left:
        unpick(unit, document, [r.line_id for r in left])
    return tuple(left)


def ship(
    unit: Unit,
    document: Document,
    quantities: Mapping[str, Decimal] | None = None,
    reserved: Reservations | None = None,
) -> tuple[Picked, ...]:
    """Ships what is reserved on hand for a document: everything, or per line the `quantities` asked for.

    Takes what is picked first, then from the route, then from where a negative is authorised. Gives what left from
    which place. Moves name `document` and its lines, so that `moved_of` answers for it.
    """
    rows = _asked((reserved or reservations_of(unit, document)).on_hand, quantities)
    from_picks, rest = _from_picks(rows, picked_of(unit, document))
    loose = from_places(unit, rest) if rest else []
    # The balance's CHECK is immediate: what was reserved must be given free before it leaves.
    append_less(unit, rows, SHIP)
    pick_pieces(unit, loose)
    _append_picks(unit, from_picks, SHIP, -1)
    pieces_off(unit, [*from_picks, *loose], SHIP)
    left = [*from_picks, *loose]
    append_leaving(unit, left, rows)
    return tuple(left)


def _asked(reserved: Sequence[Reserved], quantities: Mapping[str, Decimal] | None) -> list[Reserved]:
    if quantities is None:
        return list(reserved)
    rows = []
    left = dict(quantities)
    for row in reserved:
        if row.per_kit is None:
            part = min(row.quantity, left.get(row.line_id, ZERO))
            left[row.line_id] = left.get(row.line_id, ZERO) - part
        else:
            part = quantities.get(row.line_id, ZERO) * row.per_kit
            if part > row.quantity:
                raise Refusal("inventory.ship_not_reserved", line_id=row.line_id, quantity=part - row.quantity)
            left.pop(row.line_id, None)
        if part > 0:
            rows.append(replace(row, quantity=part))
    for line_id, quantity in left.items():
        if quantity > 0:
            raise Refusal("inventory.ship_not_reserved", line_id=line_id, quantity=quantity)
    return rows


def _from_picks(rows: Sequence[Reserved], picked: Sequence[Picked]) -> tuple[list[Picked], list[Reserved]]:
    used: list[Picked] = []
    rest: list[Reserved] = []
    for row in rows:
        needed = row.quantity
        for there in (p for p in picked if (p.line_id, p.product_id) == (row.line_id, row.product_id)):
            part = min(needed, there.quantity)
            if part > 0:
                used.append(replace(there, quantity=part))
                needed -= part
        if needed > 0:
            rest.append(replace(row, quantity=needed))
    return used, rest


def from_places(unit: Unit, rest: Sequence[Reserved]) -> list[Picked]:
    """From which places what is reserved leaves without having been picked; refuses what lies nowhere."""
    found: list[Picked] = []
    places = places_with(unit, [r.product_id for r in rest])
    bins = [replace(b, quantity=q) for b, q, _ in places] + [replace(b, quantity=q) for b, _, q in places]
    for row in rest:
        needed = row.quantity
        for n, place in enumerate(bins):
            here = (place.product_id, place.warehouse_id) == (row.product_id, row.warehouse_id)
            part = min(needed, place.quantity) if here else ZERO
            if part > 0:
                found.append(_pick_of(row, replace(place, quantity=part)))
                bins[n] = replace(place, quantity=place.quantity - part)
                needed -= part
        if needed > 0:
            raise Refusal("inventory.ship_not_there", product_id=row.product_id, quantity=needed)
    return found


def places_with(unit: Unit, product_ids: Sequence[str]) -> list[tuple[Bin, Decimal, Decimal]]:
    """The places of these products in the order of the route, with what may be taken from each: what lies there
    (neither picked nor held back), and what an authorised negative allows beyond it. What has expired is left out."""
    if not product_ids:
        return []
    statement, values = _BINS.of(tuple(dict.fromkeys(product_ids)))
    return [_place(row) for row in unit.all(statement, **values) if not expired(row, unit.today)]


def _place(row: Any) -> tuple[Bin, Decimal, Decimal]:
    place = Bin(
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        location_id=row.location_id,
        lot=row.lot,
        quantity=row.on_hand,
        tracking=row.tracking or "",
    )
    lies = max(ZERO, row.on_hand - row.picked - row.held)
    return place, lies, row.allowed_negative + min(ZERO, row.on_hand)


def _append_picks(unit: Unit, rows: Sequence[Picked], kind: str, sign: int) -> None:
    unit.append(
        StockPick,
        [
            {
                "kind": kind,
                "product_id": row.product_id,
                "location_id": row.location_id,
                "lot": row.lot,
                "quantity": row.quantity * sign,
                "document_table": row.document[0],
                "document_id": row.document[1],
                "line_id": row.line_id,
            }
            for row in rows
        ],
    )


def append_unpicks(unit: Unit, rows: Sequence[Picked], kind: str) -> None:
    """Appends the rows that take these picks back; the numbered pieces among them are free again."""
    _append_picks(unit, rows, kind, -1)
    pieces_off(unit, rows, "unpick")


def picked_row(row: Any) -> Picked:
    """A row of `PICKED_COLUMNS` as facts."""
    return Picked(
        document=(row.document_table, row.document_id),
        line_id=row.line_id,
        product_id=row.product_id,
        location_id=row.location_id,
        lot=row.lot,
        quantity=row.quantity,
        tracking=row.tracking or "",
    )


def picked_of(reads: Reads, document: Document) -> tuple[Picked, ...]:
    """What lies picked for a document now."""
    return tuple(picked_row(row) for row in reads.all(_PICKED_OF, document_id=document[1]))


def moved_of(reads: Reads, document: Document) -> Mapping[str, Decimal]:
    """How much has left for each line of a document, in what the line sells."""
    return by_line(moved_rows(reads, document))


def moved_rows(reads: Reads, document: Document) -> list[Reserved]:
    """What has left for a document, by line and product: of a kit its parts."""
    return [
        Reserved(
            document=document,
            line_id=row.line_id,
            product_id=row.product_id,
            warehouse_id=row.warehouse_id,
            quantity=row.quantity,
            kit_id=row.kit_id,
            per_kit=row.per_kit,
        )
        for row in reads.all(_MOVED_OF, document_id=document[1])
    ]


def by_line(rows: Iterable[Reserved]) -> dict[str, Decimal]:
    """How much these rows are for each line, in what the line sells."""
    found: dict[str, Decimal] = {}
    for row in kits_of(rows):
        found[row.line_id] = found.get(row.line_id, ZERO) + row.quantity
    return found
