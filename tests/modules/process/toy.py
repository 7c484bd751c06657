"""Events of the order flow said in any order, as no real command could, about subjects that are no orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.command import Command
from retaguarda.kernel.kinds import Codes, Ref
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import events as delivery
from retaguarda.modules.sales import events as sales

DAY = dt.date(2026, 11, 25)


def said(name: str, subject: str, branch_id: str) -> Any:
    """The event of that name about a subject."""
    made: dict[str, Any] = {
        "quoted": sales.OrderQuoted(subject, 7, branch_id, subject, "Maria Souza", None, "confirmed"),
        "quoted_shipped": sales.OrderQuoted(subject, 7, branch_id, subject, "Maria Souza", None, "shipped"),
        "returned": delivery.ShipmentReturned(subject, subject),
        "check": sales.OrderConfirmed(subject, subject, Decimal(1), DAY),
        "invoice": sales.OrderInvoiced(subject, subject),
        "pick": delivery.OrderPicked(subject, subject),
        "pack": delivery.OrderPacked(subject, subject),
        "ship": delivery.OrderShipped(subject, subject, None),
        "deliver": delivery.OrderDelivered(subject, subject, DAY, True),
        "held": sales.OrderHeld(subject, "x"),
        "resumed": sales.OrderResumed(subject),
        "cancelled": sales.OrderCancelled(subject, "x"),
        "declined": sales.QuotationDeclined(subject, "x"),
        "closed": sales.OrderClosed(subject),
    }
    return made[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Command):
    """Says that this happened to a subject, one after the other in one command."""

    subject_id: Annotated[str, Ref("anything")]
    events: Annotated[tuple[str, ...], Codes()]


def say(unit: Unit, command: Say) -> Mapping[str, Any]:
    branch = company.first_branch(unit)
    for name in command.events:
        unit.emit(said(name, command.subject_id, branch.id))
    return {"id": command.subject_id}


class Sayer:
    """An office that can say anything."""

    def __init__(self, office: Office) -> None:
        self.office = office
        registry = Registry((*MODULES, Module(name="toy", commands=(Handled(Say, say),))))
        self.bus = Bus(office.store, registry, office.clock, office.zone)

    def __call__(self, subject: str, *events: str) -> None:
        """Says events about a subject in one command."""
        self.bus.do(Say(subject_id=subject, events=events), self.office.actor)

    def close(self) -> None:
        """Gives the connection back."""
        self.bus.close()
