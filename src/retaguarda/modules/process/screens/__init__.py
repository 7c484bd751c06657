"""Screens of the process: Home, the work queue, failures, the catalogue of steps, and what it fills into orders."""

from retaguarda.kernel.screen import Place
from retaguarda.modules.process.screens.handoffs import SHEETS, handoff_list
from retaguarda.modules.process.screens.health import health_report
from retaguarda.modules.process.screens.home import home
from retaguarda.modules.process.screens.lists import (
    assign_form,
    close_failure_form,
    failure_list,
    priority_form,
    queue_list,
    snooze_form,
    step_list,
)
from retaguarda.modules.process.screens.past import BROUGHT, past_list, past_page
from retaguarda.modules.process.screens.slots import SLOTS as _SLOTS

SLOTS = (*_SLOTS, BROUGHT)
SCREENS = (
    home,
    queue_list,
    failure_list,
    handoff_list,
    step_list,
    past_list,
    past_page,
    health_report,
    assign_form,
    priority_form,
    snooze_form,
    close_failure_form,
    *SHEETS,
)
PLACES = (
    Place(name="home", screen="process.home", order=0),
    Place(name="failures", screen="process.failure_list", order=5, badge="process.failures"),
    Place(name="queue", screen="process.queue_list", order=10, badge="process.my_queue"),
    Place(name="handoffs", screen="process.handoff_list", group="serve", order=85, shelf="more"),
    Place(name="processes", screen="process.step_list", group="serve", order=90, shelf="more"),
    Place(name="health_report", screen="process.health_report", group="serve", order=91, shelf="more"),
    Place(name="past_orders", screen="process.past_list", group="serve", order=92, shelf="more"),
)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
