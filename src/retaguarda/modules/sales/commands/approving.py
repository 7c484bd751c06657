"""What a command may do beyond the rights of the person who sends it: somebody who has them says so on the spot.

The password is proved inside the command against that person's own rights, and what was let through is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Secret, Text
from retaguarda.kernel.unit import Actor, Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.sales.model import Approval

EXCEED_CREDIT = "sales.exceed_credit"
SELL_BELOW_FLOOR = "sales.sell_below_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvable(Command):
    """What another person adds who lets it through: log-in, password and why. Who has the right says why alone."""

    approved_by: Annotated[str, Text(40)] = ""
    approval_password: Annotated[str, Secret()] = ""
    approval_reason: Annotated[str, Text(200)] = ""


class Approving:
    """Who may let what through in one command, and what was."""

    __slots__ = ("_rows", "actor", "by", "reason")

    def __init__(self, unit: Unit, command: Approvable, branch_id: str) -> None:
        self.actor = unit.actor
        self.by = _approver(unit, command, branch_id)
        self.reason = command.approval_reason
        self._rows: list[dict[str, Any]] = []

    @property
    def own_discount(self) -> Decimal:
        """The highest discount that the sender may grant."""
        return _discount(self.actor)

    @property
    def discount(self) -> Decimal:
        """The highest discount that the sender or the other person may grant."""
        return max(_discount(self.actor), _discount(self.by))

    def lets(self, permission: str) -> bool:
        """Whether one of them holds the permission, and said why it is used."""
        return bool(self.reason) and (self.actor.may(permission) or self.by.may(permission))

    def note(
        self, kind: str, asked: Decimal, limit: Decimal, *, permission: str = "", position: int | None = None
    ) -> None:
        """Keeps what was let through; refuses it without a reason."""
        if not self.reason:
            raise Invalid(Fault("approval_reason", "sales.approval_without_reason"))
        own = bool(permission) and self.actor.may(permission)
        self._rows.append(
            {
                "kind": kind,
                "asked_value": asked,
                "limit_value": limit,
                "line_id": position,
                "asked_by": self.actor.person_id,
                "approved_by": (self.actor if own else self.by).person_id,
                "reason": self.reason,
            }
        )

    def write(self, unit: Unit, order_id: str, line_ids: Mapping[int, str]) -> None:
        """Appends what was let through; `line_ids` are the lines by their position."""
        unit.append(
            Approval,
            [
                {
                    **row,
                    "order_id": order_id,
                    "line_id": None if row["line_id"] is None else line_ids[row["line_id"]],
                }
                for row in self._rows
            ],
        )


def _discount(actor: Actor) -> Decimal:
    return Decimal(actor.limits.get("discount_rate", 0))


def _approver(unit: Unit, command: Approvable, branch_id: str) -> Actor:
    """The person who lets it through; refuses a wrong password, and somebody of another branch."""
    if not command.approved_by:
        if command.approval_password:
            raise Invalid(Fault("approved_by", "kernel.required"))
        return unit.actor
    found = company.credential(unit, command.approved_by, command.approval_password, field="approval_password")
    if not (found.all_branches or branch_id in found.branch_ids):
        raise Refusal("sales.approver_of_other_branch", field="approved_by", name=found.name)
    return found
