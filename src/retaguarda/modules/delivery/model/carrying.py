"""On the way: when carriers come and how long they take, attempts that failed, the signature of who took the goods."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.model import Appended, Base, Key, Ledger, Rights, Versioned, ref, text
from retaguarda.kernel.trigger import Refuse, Trigger, never_deleted
from retaguarda.modules.delivery import rules

READ = Rights(read="delivery.read")
MOST_BYTES = 65_536
_ON_THE_WAY = Refuse(
    "delivery.not_on_the_way",
    f"NOT EXISTS (SELECT 1 FROM shipment WHERE id = NEW.shipment_id AND state = '{rules.SHIPPED}')",
)


class CarrierTerms(Versioned, Base):
    """When a carrier comes and how long it takes: days of the week (1 is Monday), the minute of the day until which
    it takes goods along, working days on the way, the address under which a shipment is followed."""

    __tablename__ = "carrier_terms"
    __rights__ = READ
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("carrier_terms"),)
    party_id: Mapped[str] = ref("party", unique=True, index=False)
    weekdays: Mapped[str] = text(7)
    cut_off_minute: Mapped[int] = mapped_column()
    transit_days: Mapped[int] = mapped_column()
    tracking_address: Mapped[str] = text(200)
    __table_args__ = (
        CheckConstraint("weekdays <> ''", name="carrier_terms_weekdays"),
        CheckConstraint("cut_off_minute BETWEEN 0 AND 1439", name="carrier_terms_cut_off"),
        CheckConstraint("transit_days BETWEEN 0 AND 90", name="carrier_terms_transit"),
    )


class DeliveryAttempt(Appended, Base):
    """The customer did not get the goods: why, what was seen, and when it is tried again."""

    __tablename__ = "delivery_attempt"
    __rights__ = READ
    __ledger__ = Ledger(lock=("shipment_id", "number"))
    __personal__: ClassVar[frozenset[str]] = frozenset({"note"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("delivery_attempt_on_the_way", "before insert", (_ON_THE_WAY,)),
    )
    shipment_id: Mapped[str] = ref("shipment", index=False)
    number: Mapped[int] = mapped_column()
    reason: Mapped[str] = text(16)
    note: Mapped[str] = text(400)
    next_on: Mapped[dt.date | None] = mapped_column()
    person_id: Mapped[str | None] = mapped_column(Key())
    __table_args__ = (
        UniqueConstraint("shipment_id", "number"),
        CheckConstraint(f"reason IN ({', '.join(repr(r) for r in rules.FAIL_REASONS)})", name="attempt_reason"),
        CheckConstraint("number > 0", name="attempt_number"),
    )


class DeliverySignature(Appended, Base):
    """What whoever took the goods drew under it, as a picture."""

    __tablename__ = "delivery_signature"
    __rights__ = READ
    __ledger__ = Ledger(lock=("shipment_id",))
    __personal__: ClassVar[frozenset[str]] = frozenset({"picture"})
    __triggers__: ClassVar[tuple[Trigger, ...]] = (
        Trigger("delivery_signature_on_the_way", "before insert", (_ON_THE_WAY,)),
    )
    shipment_id: Mapped[str] = ref("shipment", index=False, unique=True)
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    __table_args__ = (CheckConstraint(f"length(picture) BETWEEN 1 AND {MOST_BYTES}", name="signature_bytes"),)
