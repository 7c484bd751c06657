"""Taking a way forward: its commands run as one, and what was chosen is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.failure import Failure, GroundMoved, close_failure, facts_of
from retaguarda.kernel.journal import encode
from retaguarda.kernel.kinds import Ref, Text
from retaguarda.kernel.steps import Steps
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.model import RemedyChoice
from retaguarda.modules.contingency.rules import best_of_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyRemedy(Command):
    """Takes one of the ways forward that stand beside a failure: all its commands run, each by its own right, or none.

    What changed since they were offered is looked at again: where the way is not the same any more, it is refused and
    the ways as they stand now come with the refusal.
    """

    failure_id: Annotated[str, Ref("failure")]
    remedy: Annotated[str, Text(24, least=24)]


def apply_remedy(unit: Unit, command: ApplyRemedy) -> Mapping[str, Any]:
    failure = unit.get(Failure, command.failure_id, field="failure_id")
    facts = facts_of(unit, failure)
    ways = unit.port(Ways).of(unit, facts)
    way = next((way for way in ways if way.key == command.remedy), None)
    if way is None:
        raise GroundMoved("contingency.apply_remedy.moved", facts)
    place = len(best_of_groups(ways[: ways.index(way) + 1]))
    steps, value = unit.port(Steps), dict[str, Any]()
    try:
        for step in way.steps:
            value = dict(steps.carry_out(unit, step))
    except Shortfall as short:
        raise GroundMoved("contingency.apply_remedy.moved", facts) from short
    if way.counts:
        close_failure(unit, failure.id)
    unit.append(
        RemedyChoice,
        [
            {
                "failure_id": failure.id,
                "kind": way.kind,
                "place": place,
                "counted": way.counts,
                "steps": encode(list(way.steps)),
                "promised_on": way.day,
                "kept": way.kept,
                "complete": way.complete,
                "dearer_amount": way.dearer,
                "extra_cost": way.extra_cost,
            }
        ],
    )
    about = {} if facts.subject_table == "party" else {"id": facts.subject_id}
    return {**value, **about, "failure_id": failure.id, "kind": f"contingency.kind.{way.kind}"}
