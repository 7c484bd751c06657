"""The contact log: who spoke to us, by which channel, about what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.events import ContactLogged
from retaguarda.modules.sales.model import ContactLog


@dataclass(frozen=True, slots=True, kw_only=True)
class LogContact(Command):
    """Notes a contact at the counter, by phone, e-mail, WhatsApp or the site, with a customer or just a name.

    An order made from it keeps contact and channel. The internal note never reaches a customer's paper.
    """

    channel: Annotated[str, Choice(rules.CHANNELS, "sales.channel")]
    customer_id: Annotated[str, Ref("party")] | None = None
    name: Annotated[str, Text(120)] = ""
    reach: Annotated[str, Text(120)] = ""
    note: Annotated[str, Text(2000, lines=True)] = ""
    internal_note: Annotated[str, Text(2000, lines=True)] = ""
    branch_id: Annotated[str, Ref("branch")] | None = None


def log_contact(unit: Unit, command: LogContact) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    name = command.name
    if command.customer_id is not None:
        customer = party.party_of(unit, command.customer_id, field="customer_id")
        name = name or customer.name
    if not name:
        raise Invalid(Fault("name", "sales.contact_without_name"))
    contact_id = unit.add(
        ContactLog,
        branch_id=branch_id,
        spoken_at=unit.now,
        channel=command.channel,
        customer_id=command.customer_id,
        name=name,
        reach=command.reach,
        note=command.note,
        internal_note=command.internal_note,
        person_id=unit.actor.person_id,
        folded=fold(f"{name} {command.reach}"),
    )
    unit.emit(ContactLogged(contact_id, branch_id, command.channel, command.customer_id))
    return {"id": contact_id, "version": 1, "name": name}
