"""What screens and scripts ask of the process: queues, paths, timelines, promises of the day, failures."""

from retaguarda.modules.process.queries.failures import failures
from retaguarda.modules.process.queries.handoffs import handoff_thread, handoffs
from retaguarda.modules.process.queries.health import deviations, paths_taken
from retaguarda.modules.process.queries.lights import lights
from retaguarda.modules.process.queries.past import past_orders, past_prices, past_scores, past_steps, past_totals
from retaguarda.modules.process.queries.past_order import past_items, past_payments, past_reviews, past_timeline
from retaguarda.modules.process.queries.paths import order_path, step_counts
from retaguarda.modules.process.queries.promises import promises_open_today, promises_today
from retaguarda.modules.process.queries.queues import my_queue, queue, situations
from retaguarda.modules.process.queries.timelines import timeline
from retaguarda.modules.process.queries.times import step_times

__all__ = [
    "deviations",
    "failures",
    "handoff_thread",
    "handoffs",
    "lights",
    "my_queue",
    "order_path",
    "past_items",
    "past_orders",
    "past_payments",
    "past_prices",
    "past_reviews",
    "past_scores",
    "past_steps",
    "past_timeline",
    "past_totals",
    "paths_taken",
    "promises_open_today",
    "promises_today",
    "queue",
    "situations",
    "step_counts",
    "step_times",
    "timeline",
]
