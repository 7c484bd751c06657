"""What changes a customer beside what is known of the party: its credit limit, and whether it may buy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Money, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.party import api
from retaguarda.modules.party.commands.records import ROLES_OF
from retaguarda.modules.party.events import CustomerBlocked, CustomerUnblocked
from retaguarda.modules.party.model import Customer, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCreditLimit(Command):
    """Sets how much a customer may owe; empty takes the limit away."""

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None
    credit_limit: Annotated[Decimal, Money(least=Decimal(0))] | None = None


def set_credit_limit(unit: Unit, command: SetCreditLimit) -> Mapping[str, Any]:
    party, customer = _customer(unit, command.party_id, command.version)
    unit.revise(Customer, customer, credit_limit_amount=command.credit_limit)
    return _touched(unit, party)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCustomer(Command):
    """Stops a customer from buying, with a reason that everybody who tries to sell will read."""

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None
    reason: Annotated[str, Text(200, least=3)]


def block_customer(unit: Unit, command: BlockCustomer) -> Mapping[str, Any]:
    party, customer = _customer(unit, command.party_id, command.version)
    if customer.blocked:
        raise Refusal("party.block_customer.already", name=party.name, reason=customer.block_reason)
    unit.revise(Customer, customer, blocked=True, block_reason=command.reason)
    unit.emit(CustomerBlocked(party.id, command.reason))
    return _touched(unit, party)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockCustomer(Command):
    """Lets a blocked customer buy again."""

    party_id: Annotated[str, Ref("party")]
    version: Annotated[int, Version()] | None = None


def unblock_customer(unit: Unit, command: UnblockCustomer) -> Mapping[str, Any]:
    party, customer = _customer(unit, command.party_id, command.version)
    if not customer.blocked:
        raise Refusal("party.unblock_customer.not_blocked", name=party.name)
    unit.revise(Customer, customer, blocked=False, block_reason=None)
    unit.emit(CustomerUnblocked(party.id))
    return _touched(unit, party)


def _customer(unit: Unit, party_id: str, version: int | None) -> tuple[Any, Any]:
    party = unit.get(Party, party_id, field="party_id")
    unit.fresh(party, version, "party")
    api.refuse_merged(unit, party)
    customer = unit.one(ROLES_OF["customer"], party_id=party.id)
    if customer is None or not customer.active:
        raise Refusal("party.not_a_customer", field="party_id", name=party.name)
    return party, customer


def _touched(unit: Unit, party: Any) -> Mapping[str, Any]:
    """The version of a party guards its roles too: whoever read it before this change is stale."""
    unit.revise(Party, party, archived=party.archived)
    return {"id": party.id, "version": party.version + 1}
