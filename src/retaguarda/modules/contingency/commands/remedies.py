"""Taking a way forward: its commands run as one, and what was chosen is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.failure import Failure, FailureFacts, GroundMoved, close_failure, decide_now, facts_of
from retaguarda.kernel.journal import encode
from retaguarda.kernel.kinds import Ref, Text
from retaguarda.kernel.steps import Steps
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.api import Ways
from retaguarda.modules.contingency.model import RemedyChoice
from retaguarda.modules.contingency.rules import best_of_groups
from retaguarda.modules.sales import api as sales


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyRemedy(Command):
    """Takes one of the ways forward that stand beside a failure: all its commands run, each by its own right, or none.

    What changed since they were offered is looked at again: where the way is not the same any more, it is refused and
    the ways as they stand now come with the refusal.
    """

    failure_id: Annotated[str, Ref("failure")]
    remedy: Annotated[str, Text(24, least=24)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindWays(Command):
    """Looks for the ways forward of what is open about an order, as they are now: nothing is changed."""

    order_id: Annotated[str, Ref("sales_order")]


def find_ways(unit: Unit, command: FindWays) -> Mapping[str, Any]:
    order = sales.load_order(unit, command.order_id)
    for code in sorted(unit.port(Ways).codes):
        decide_now(unit, order.id, code)
    if not unit.asked:
        raise Refusal("contingency.find_ways.nothing_open", number=order.number)
    return {"id": order.id, "version": order.version, "number": order.number}


def apply_remedy(unit: Unit, command: ApplyRemedy) -> Mapping[str, Any]:
    failure = unit.get(Failure, command.failure_id, field="failure_id")
    facts = facts_of(unit, failure)
    ways = unit.port(Ways).of(unit, facts)
    way = next((way for way in ways if way.key == command.remedy), None)
    if way is None:
        raise GroundMoved("contingency.apply_remedy.moved", facts)
    place = len(best_of_groups(ways[: ways.index(way) + 1]))
    steps = unit.port(Steps)
    try:
        values = [(step[0], dict(steps.carry_out(unit, step))) for step in way.steps]
    except Shortfall as short:
        raise GroundMoved("contingency.apply_remedy.moved", facts) from short
    if way.counts:
        close_failure(unit, failure.id)
    order_id = _order_of(facts, values)
    unit.append(
        RemedyChoice,
        [
            {
                "failure_id": failure.id,
                "order_id": order_id,
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
    value = values[-1][1]
    return {
        **value,
        "id": order_id or facts.subject_id,
        "failure_id": failure.id,
        "kind": f"contingency.kind.{way.kind}",
    }


def _order_of(facts: FailureFacts, values: Sequence[tuple[str, Mapping[str, Any]]]) -> str | None:
    """The order that goes on: the one that failed, unless another is made in its place."""
    stays = facts.subject_table == sales.DOCUMENT
    makes = ("sales.sell_at_counter",) if stays else ("sales.sell_at_counter", "sales.place_order")
    made = next((str(value["id"]) for name, value in values if name in makes), None)
    return made or (facts.subject_id if stays else None)
