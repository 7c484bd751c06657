"""Plan B in the tour: failures in their standard situations, with the ways out under them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from retaguarda.app.drill import SITUATIONS
from retaguarda.app.drill.scene import Scene
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.state import Go
from retaguarda.modules.contingency.providers import PlanB
from tests.tour.sight import Sight
from tests.tour.stage import Stage

ORDER_PAGE, COUNTER, AMENDMENT = "sales.order_page", "sales.counter", "sales.order_amend"
PRESSED = {
    "sales.confirm_order.credit": ORDER_PAGE,
    "sales.invoice_order.not_reserved": ORDER_PAGE,
    "delivery.pick_order.not_reserved": ORDER_PAGE,
}
"""The screen whose button runs into a failure."""
_shops = count(1)


def failing_sights() -> Iterator[Sight]:
    """What a person meets when something fails."""
    for code, screen in PRESSED.items():
        yield Sight(f"failing.{code}", screen, partial(_pressed, code=code, screen=screen))
    yield Sight("failing.sales.sell_at_counter.no_stock", COUNTER, _sold)
    yield Sight("failing.sales.amend_order.no_stock", AMENDMENT, _amended)


def _scene(stage: Stage) -> Scene:
    PlanB.seconds = 30  # a picture waits for all of them
    return Scene(stage.office, f"T{next(_shops)}")


def _pressed(stage: Stage, code: str, screen: str) -> None:
    name, payload = SITUATIONS[code](_scene(stage))
    opened = stage.open(Go(screen, str(payload["order_id"])))
    state: Any = opened.state
    button = next(one for one in state.buttons() if one.action.press == name)
    opened.view.press(button.action.name)
    _has_ways(stage, state)


def _sold(stage: Stage) -> None:
    scene = _scene(stage)
    opened = stage.open(Go(COUNTER))
    state = opened.state
    assert isinstance(state, EntryState)
    state.scanning.give(f"20*{scene.mark}-8")
    stage.calm()
    state.type_in("cash_amount", "50")
    state.leave("cash_amount")
    opened.view.press("finish")
    _has_ways(stage, state)


def _amended(stage: Stage) -> None:
    scene = _scene(stage)
    opened = stage.open(Go(AMENDMENT, scene.order("10")))
    stage.calm()
    state = opened.state
    assert isinstance(state, EntryState)
    state.type_line(0, "quantity", "20")
    state.leave_line(0, "quantity")
    stage.calm()
    opened.view.press("save")
    _has_ways(stage, state)


def _has_ways(stage: Stage, state: Any) -> None:
    stage.calm()
    assert state.banner is not None
    assert len(state.banner.remedies) > 1, "plan B stands there"
