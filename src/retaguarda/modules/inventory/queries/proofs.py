"""What `check` proves of the inventory: every balance is the sum of its ledger, bins add up to stock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from retaguarda.kernel.model import Key, Minor, digits
from retaguarda.kernel.module import Proof
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.api import tables

NONE: ColumnElement[Any] = literal_column("0")


def _id(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    """The keys of a balance as one text, the same on both engines."""
    first, *more = (digits(part) if isinstance(part.type, Key) else part for part in parts)
    text: ColumnElement[str] = first
    for part in more:
        text = text + literal_column("'/'") + part
    return text.label("id")


def _equal(name: str, balance: Select[Any], *ledgers: Select[Any]) -> Proof:
    """Rows where the balance is not the sum of its ledgers; every select gives `id` and `quantity`."""
    id_: ColumnElement[str] = literal_column("id", String())
    quantity: ColumnElement[Any] = literal_column("quantity")
    sides = [select(id_, quantity.label("expected"), NONE.label("found")).select_from(s.subquery()) for s in ledgers]
    sides.append(select(id_, NONE.label("expected"), quantity.label("found")).select_from(balance.subquery()))
    both = union_all(*sides).subquery()
    expected, found = func.sum(both.c.expected), func.sum(both.c.found)
    return Proof(
        f"inventory.{name}",
        select(both.c.id, cast(expected, String).label("expected"), cast(found, String).label("found"))
        .group_by(both.c.id)
        .having(expected != found),
    )


def _sum(source: Any, quantity: ColumnElement[Any], *keys: ColumnElement[Any], where: Any = None) -> Select[Any]:
    core = select(_id(*keys), func.sum(quantity).label("quantity")).select_from(source).group_by(*keys)
    return core if where is None else core.where(where)  # type: ignore[return-value]


_S, _B, _X = api.stock_balance.c, api.bin_balance.c, api.expected_movement.c
_M, _R, _P = api.stock_move.c, api.stock_reservation.c, api.stock_pick.c
_H, _N, _E = api.stock_hold.c, api.authorised_negative.c, tables.expected_entry.c

_C = api.stock_cost.c
# In cents: the digits of quantity and average beyond the two of the value are divided off.
_OF_AVERAGE: ColumnElement[Any] = (
    type_coerce(_C.quantity, BigInteger)
    * literal_column("1.0")
    * type_coerce(_C.unit_cost, BigInteger)
    / literal_column("1000000000000.0")
)


_TL, _TA = api.transfer_line.c, api.transfer_arrival.c
_OPEN: ColumnElement[Any] = _TL.quantity - (
    select(func.coalesce(func.sum(_TA.quantity + _TA.lost_quantity), NONE))
    .where(_TA.line_id == _TL.id)
    .correlate(api.transfer_line)
    .scalar_subquery()
)
_EL, _EN = accounting.entry_line.c, accounting.entry.c
_WORTH: ColumnElement[Any] = (
    select(func.coalesce(func.sum(api.stock_cost.c.amount), NONE)).select_from(api.stock_cost).scalar_subquery()
)
_BOOKED: ColumnElement[Any] = (
    select(func.coalesce(func.sum(_EL.amount), NONE))
    .select_from(accounting.entry_line)
    .join(accounting.entry, _EN.id == _EL.entry_id)
    .join(accounting.account_role, accounting.account_role.c.account_id == _EL.account_id)
    .where(accounting.account_role.c.role == "stock", _EN.rule.like("inventory.%"))
    .scalar_subquery()
)
_SN, _SM = api.serial.c, api.serial_move.c
_NUMBERED_BINS = api.bin_balance.join(
    api.stock_care, (api.stock_care.c.product_id == _B.product_id) & (api.stock_care.c.tracking == "serial")
)
_IS_THERE: ColumnElement[Any] = case((_SN.location_id.is_(None), NONE), else_=literal_column("1"))
_CAME_OR_WENT: ColumnElement[Any] = case(
    (_SM.from_location_id.is_(None), literal_column("1")),
    (_SM.to_location_id.is_(None), literal_column("-1")),
    else_=NONE,
)


def _value_off_average() -> Select[Any]:
    found = type_coerce(_C.amount, BigInteger)
    off: ColumnElement[Any] = func.abs(found - _OF_AVERAGE)
    core = select(_id(_C.product_id), cast(_OF_AVERAGE, String).label("expected"), cast(found, String).label("found"))
    return core.where(off > literal_column("0.51"))  # type: ignore[return-value]


def _value_off_account() -> Select[Any]:
    name: ColumnElement[str] = literal_column("'stock'", String()).label("id")
    core = select(name, cast(_WORTH, String).label("expected"), cast(_BOOKED, String).label("found"))
    return core.where(_WORTH != _BOOKED)  # type: ignore[return-value]


def _stock(column: ColumnElement[Any]) -> Select[Any]:
    return select(_id(_S.product_id, _S.warehouse_id), column.label("quantity"))


def _bin(column: ColumnElement[Any]) -> Select[Any]:
    return select(_id(_B.product_id, _B.location_id, _B.lot), column.label("quantity"))


PROOFS = (
    _equal(
        "on_hand_equals_moves",
        _stock(_S.on_hand),
        _sum(api.stock_move, _M.quantity, _M.product_id, _M.to_warehouse_id, where=_M.to_warehouse_id.is_not(None)),
        _sum(
            api.stock_move, -_M.quantity, _M.product_id, _M.from_warehouse_id, where=_M.from_warehouse_id.is_not(None)
        ),
    ),
    _equal("held_equals_holds", _stock(_S.held), _sum(api.stock_hold, _H.quantity, _H.product_id, _H.warehouse_id)),
    _equal(
        "reserved_equals_reservations",
        _stock(_S.reserved),
        _sum(api.stock_reservation, _R.quantity, _R.product_id, _R.warehouse_id, where=_R.expected_id.is_(None)),
    ),
    _equal(
        "allowed_negative_equals_authorisations",
        _stock(_S.allowed_negative),
        _sum(api.authorised_negative, _N.quantity, _N.product_id, _N.warehouse_id),
    ),
    _equal(
        "bins_equal_moves",
        _bin(_B.on_hand),
        _sum(
            api.stock_move, _M.quantity, _M.product_id, _M.to_location_id, _M.lot, where=_M.to_location_id.is_not(None)
        ),
        _sum(
            api.stock_move,
            -_M.quantity,
            _M.product_id,
            _M.from_location_id,
            _M.lot,
            where=_M.from_location_id.is_not(None),
        ),
    ),
    _equal(
        "bins_held_equal_holds", _bin(_B.held), _sum(api.stock_hold, _H.quantity, _H.product_id, _H.location_id, _H.lot)
    ),
    _equal(
        "bins_allowed_equal_authorisations",
        _bin(_B.allowed_negative),
        _sum(api.authorised_negative, _N.quantity, _N.product_id, _N.location_id, _N.lot),
    ),
    _equal(
        "picked_equals_picks",
        _bin(_B.picked),
        _sum(api.stock_pick, _P.quantity, _P.product_id, _P.location_id, _P.lot),
    ),
    _equal(
        "bins_equal_stock",
        _stock(_S.on_hand),
        _sum(
            api.bin_balance.join(api.location, api.location.c.id == _B.location_id),
            _B.on_hand,
            _B.product_id,
            api.location.c.warehouse_id,
        ),
    ),
    _equal(
        "pegged_equals_reservations",
        select(_id(_X.id), _X.pegged.label("quantity")),
        _sum(api.stock_reservation, _R.quantity, _R.expected_id, where=_R.expected_id.is_not(None)),
    ),
    _equal(
        "expected_equals_entries",
        select(_id(_X.id), _X.quantity.label("quantity")),
        _sum(tables.expected_entry, _E.quantity, _E.expected_id),
    ),
    _equal(
        "owned_equals_moves",
        select(_id(_C.product_id), _C.quantity.label("quantity")),
        _sum(api.stock_move, _M.quantity, _M.product_id, where=_M.from_location_id.is_(None)),
        _sum(api.stock_move, -_M.quantity, _M.product_id, where=_M.to_location_id.is_(None)),
    ),
    _equal(
        "value_equals_moves",
        select(_id(_C.product_id), _C.amount.label("quantity")),
        _sum(api.stock_move, _M.cost, _M.product_id, where=_M.from_location_id.is_(None)),
        _sum(api.stock_move, -_M.cost, _M.product_id, where=_M.to_location_id.is_(None)),
        _sum(api.cost_difference, api.cost_difference.c.amount, api.cost_difference.c.product_id),
    ),
    # Quantity times average, rounded to the cent: half a cent of room, and a little for how engines multiply.
    Proof(
        "inventory.value_equals_average",
        _value_off_average(),
    ),
    # The stock account holds what the inventory booked, and that is what the stock is worth.
    Proof("inventory.value_equals_account", _value_off_account()),
    # Every piece of what is tracked by number has its number, and lies where the books say.
    _equal(
        "serials_equal_bins",
        _sum(_NUMBERED_BINS, _B.on_hand, _B.product_id, _B.location_id, _B.lot),
        _sum(
            api.serial,
            type_coerce(literal_column("10000"), Minor(4)),
            _SN.product_id,
            _SN.location_id,
            _SN.lot,
            where=_SN.location_id.is_not(None),
        ),
    ),
    _equal(
        "serials_equal_moves",
        _sum(api.serial, _IS_THERE, _SN.product_id, _SN.number),
        _sum(api.serial_move, _CAME_OR_WENT, _SM.product_id, _SM.number),
    ),
    # What lies in transit is what was sent and has neither come nor got lost; as much is expected at the other end.
    _equal(
        "transit_equals_transfers",
        _sum(
            api.bin_balance.join(api.location, api.location.c.id == _B.location_id).join(
                api.warehouse, (api.warehouse.c.id == api.location.c.warehouse_id) & api.warehouse.c.transit
            ),
            _B.on_hand,
            _B.product_id,
            _B.location_id,
            _B.lot,
        ),
        _sum(api.transfer_line, _OPEN, _TL.product_id, _TL.transit_location_id, _TL.lot),
    ),
    _equal(
        "expected_equals_transfers",
        select(_id(_X.id), _X.quantity.label("quantity")).where(_X.document_table == "transfer"),
        _sum(api.transfer_line, _OPEN, _TL.expected_id),
    ),
    # No line has less than nothing reserved or picked: somebody else's would have been given free.
    Proof(
        "inventory.lines_reserve_nothing_negative",
        select(
            _R.line_id.label("id"),
            literal_column("'0'").label("expected"),
            cast(func.sum(_R.quantity), String).label("found"),
        )
        .group_by(_R.line_id, _R.product_id, _R.warehouse_id, _R.expected_id)
        .having(func.sum(_R.quantity) < NONE),
    ),
    Proof(
        "inventory.lines_pick_nothing_negative",
        select(
            _P.line_id.label("id"),
            literal_column("'0'").label("expected"),
            cast(func.sum(_P.quantity), String).label("found"),
        )
        .group_by(_P.line_id, _P.product_id, _P.location_id, _P.lot)
        .having(func.sum(_P.quantity) < NONE),
    ),
)
