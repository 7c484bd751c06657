"""Plan B as the kernel asks for it: who knows ways for which failure, tried before they are offered."""

from __future__ import annotations

from retaguarda.kernel.errors import Remedy
from retaguarda.kernel.failure import Answer, FailureFacts
from retaguarda.kernel.steps import Steps
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.providers.stock import no_stock
from retaguarda.modules.contingency.rules import MOST, Way, why

WAYS = Ways({"sales.confirm_order.no_stock": (no_stock,)})


class PlanB:
    """Answers failures for the kernel (`RemedySource`)."""

    def answer(self, unit: Unit, failure: FailureFacts) -> Answer:
        """The ways that whoever asks could take now, best first: each was carried out and taken back."""
        passed: dict[str, Way] = {}
        unseen: dict[str, None] = {}
        ways = unit.port(Ways).of(unit, failure)
        tried = unit.port(Steps).tried(unit, (way.steps for way in ways))
        for way, goes in zip(ways, tried, strict=True):
            if goes:
                passed.setdefault(way.group or way.key, way)
            elif goes is None:
                unseen.setdefault(f"contingency.kind.{way.kind}")
        found = list(passed.values())[:MOST]
        remedies = (_remedy(failure, way, reason) for way, reason in zip(found, why(found), strict=True))
        return Answer(tuple(remedies), tuple(unseen))


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
