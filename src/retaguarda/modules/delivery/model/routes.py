"""Our own way to the customers: a driver's route of one day, and its stops in order."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Numbers, Rights, Versioned, instant, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.delivery import rules

_MOVES = " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for was, to in rules.ROUTE_MOVES)


class DeliveryRoute(Versioned, Base):
    """What a driver takes along on a day, from planned to out to ended; one that was dropped never left."""

    __tablename__ = "delivery_route"
    __rights__ = Rights(read="delivery.read", rows="branch")
    __numbers__ = Numbers("delivery.route")
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        never_deleted("delivery_route"),
        Trigger(
            "delivery_route_moves",
            "before update",
            (
                Refuse("delivery.route_ended", f"NOT ({_MOVES})"),
                Refuse(
                    "delivery.not_loaded",
                    "NEW.state = 'out' AND EXISTS (SELECT 1 FROM route_stop r JOIN shipment s ON s.id = r.shipment_id "
                    "WHERE r.route_id = NEW.id AND s.state <> 'shipped')",
                ),
            ),
        ),
    )
    number: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[str] = ref("branch", index=False)
    route_on: Mapped[dt.date] = mapped_column(index=True)
    driver_id: Mapped[str] = ref("person")
    vehicle: Mapped[str] = text(40)
    state: Mapped[str] = text(8)
    started_at: Mapped[dt.datetime | None] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        CheckConstraint(f"state IN ({', '.join(repr(s) for s in rules.ROUTE_STATES)})", name="delivery_route_state"),
    )


class RouteStop(Appended, Base):
    """A stop of a route: which shipment is handed over at which place of the way."""

    __tablename__ = "route_stop"
    __rights__ = Rights(read="delivery.read")
    __ledger__ = Ledger(lock=("route_id", "position"))
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger(
            "route_stop_once",
            "before insert",
            (
                Refuse(
                    "delivery.on_a_route",
                    "EXISTS (SELECT 1 FROM route_stop o JOIN delivery_route d ON d.id = o.route_id "
                    "WHERE o.shipment_id = NEW.shipment_id AND d.state IN ('planned', 'out'))",
                ),
                Refuse("delivery.route_ended", "EXISTS (SELECT 1 FROM delivery_route WHERE id = NEW.route_id)"),
            ),
        ),
    )
    # Deferred: the number, and with it the route's own row, comes last.
    route_id: Mapped[str] = mapped_column(
        Key(), ForeignKey("delivery_route.id", deferrable=True, initially="DEFERRED"), index=False
    )
    position: Mapped[int] = mapped_column()
    shipment_id: Mapped[str] = ref("shipment")
    __table_args__ = (UniqueConstraint("route_id", "position"), UniqueConstraint("route_id", "shipment_id"))
