"""Carriers with the days on which they come, and what happened to shipments on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party

_S, _A, _T = api.shipment, api.delivery_attempt, api.carrier_terms
_P, _C = party.party, party.carrier


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """A carrier: when it comes (days of the week, 1 is Monday), until what time, how many working days it takes.
    Without terms nobody knows when its shipments are there."""

    id: str
    version: int | None
    party_id: str
    name: str
    weekday_text: str | None
    cut_off_minute: int | None
    transit_days: int | None
    tracking_address: str | None
    allowed: tuple[str, ...] = ()

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The days of the week, one code each."""
        return tuple(self.weekday_text or "12345")

    @property
    def cut_off(self) -> str:
        """Until what time it takes goods along."""
        minute = 17 * 60 if self.cut_off_minute is None else self.cut_off_minute
        return f"{minute // 60:02}:{minute % 60:02}"


carriers = Query(
    "delivery.carriers",
    CarrierRow,
    select(
        _P.c.id,
        _T.c.version,
        _P.c.id.label("party_id"),
        _P.c.name,
        _T.c.weekdays.label("weekday_text"),
        _T.c.cut_off_minute,
        func.coalesce(_T.c.transit_days, 1).label("transit_days"),
        func.coalesce(_T.c.tracking_address, "").label("tracking_address"),
    ).select_from(_P.join(_C, and_(_C.c.party_id == _P.c.id, _C.c.active)).outerjoin(_T, _T.c.party_id == _P.c.id)),
    permission=READ,
    key=_P.c.id,
    order="name",
    search=_P.c.folded,
    allowed=lambda _row: ("delivery.set_carrier_terms",),
)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt to hand a shipment over that failed."""

    id: str
    shipment_id: str
    order_id: str
    branch_id: str
    number: int
    at: dt.datetime
    reason: str
    note: str
    next_on: dt.date | None
    person_name: str | None


attempts = Query(
    "delivery.attempts",
    AttemptRow,
    select(
        _A.c.id,
        _A.c.shipment_id,
        _S.c.order_id,
        _S.c.branch_id,
        _A.c.number,
        _A.c.at,
        _A.c.reason,
        _A.c.note,
        _A.c.next_on,
        company.person.c.name.label("person_name"),
    ).select_from(
        _A.join(_S, _S.c.id == _A.c.shipment_id).outerjoin(company.person, company.person.c.id == _A.c.person_id)
    ),
    permission=READ,
    key=_A.c.id,
    order="-at",
    branch=_S.c.branch_id,
)
