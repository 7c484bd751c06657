"""Plan B as the kernel asks for it: who knows ways for which failure, tried before they are offered."""

from __future__ import annotations

import time

from retaguarda.kernel.errors import Remedy
from retaguarda.kernel.failure import Answer, FailureFacts
from retaguarda.kernel.steps import TRYING_S, Steps
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.providers.credit import CREDIT
from retaguarda.modules.contingency.providers.picking import NOT_FOUND
from retaguarda.modules.contingency.providers.stock import STOCK
from retaguarda.modules.contingency.providers.transport import BACK, ON_THE_WAY
from retaguarda.modules.contingency.rules import MOST, Way, why

WAYS = Ways(
    {
        "sales.confirm_order.no_stock": STOCK,
        "sales.place_order.no_stock": STOCK,
        "sales.amend_order.no_stock": STOCK,
        "sales.sell_at_counter.no_stock": STOCK,
        "sales.invoice_order.not_reserved": STOCK,
        "delivery.pick_order.not_reserved": STOCK,
        "sales.reserve_again.no_stock": STOCK,
        "inventory.reservation_broken": STOCK,
        "sales.confirm_order.credit": CREDIT,
        "sales.place_order.credit": CREDIT,
        "sales.amend_order.credit": CREDIT,
        "delivery.ship_order.not_reserved": STOCK,
        "delivery.goods_missing": NOT_FOUND,
        "delivery.attempt_failed": ON_THE_WAY,
        "delivery.came_back": BACK,
    }
)


class PlanB:
    """Answers failures for the kernel (`RemedySource`), within so many `seconds`."""

    seconds = TRYING_S

    def answer(self, unit: Unit, failure: FailureFacts) -> Answer:
        """The ways that whoever asks could take now, best first: each was carried out and taken back."""
        end = time.monotonic() + self.seconds
        passed: dict[str, Way] = {}
        ways, left_out = unit.port(Ways).seen(unit, failure, end)
        unseen = dict.fromkeys(f"contingency.kind.{name}" for name in left_out)
        tried = unit.port(Steps).tried(unit, (way.steps for way in ways), seconds=end - time.monotonic())
        for way, goes in zip(ways, tried, strict=True):
            if goes:
                passed.setdefault(way.group or way.key, way)
            elif goes is None:
                unseen.setdefault(f"contingency.kind.{way.kind}")
        found = list(passed.values())[:MOST]
        remedies = (_remedy(failure, way, reason) for way, reason in zip(found, why(found), strict=True))
        return Answer(tuple(remedies), tuple(unseen), tuple(left_out.values()))


def _remedy(failure: FailureFacts, way: Way, reason: str) -> Remedy:
    return Remedy(
        "contingency.apply_remedy",
        {"failure_id": failure.id, "remedy": way.key},
        f"contingency.way.{way.kind}",
        way.params,
        day=way.day.isoformat() if way.day else None,
        extra_cost=str(way.extra_cost) if way.extra_cost else None,
        counts=way.counts,
        kept=way.kept if way.day else None,
        dearer=str(way.dearer) if way.dearer else None,
        margin=None if way.margin is None else str(way.margin),
        why=f"contingency.why.{reason}",
    )
