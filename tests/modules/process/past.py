"""A past order for tests: bought on a Monday of May, approved, sent and received with some strangeness."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

ITEM = {"product_key": "P-1", "description": "Vela", "price": "10.00", "freight_amount": "2.50"}
PAID = {"method": "card", "instalments": 2, "amount": "12.50"}
STEPS = {
    "check": "2026-05-04T11:00:00-03:00",
    "ship": "2026-05-05T10:00:00-03:00",
    "deliver": "2026-05-08T23:30:00-03:00",
}


def steps(**more: str) -> list[dict[str, str]]:
    """The steps with their times, some of them others."""
    return [{"step": step, "at": at} for step, at in {**STEPS, **more}.items() if at]


def payload(**more: Any) -> dict[str, Any]:
    """What is said of it."""
    return {
        "source": "shoebox",
        "outside_key": "A-1",
        "ordered_at": "2026-05-04T10:00:00-03:00",
        "outcome": "delivered",
        "customer_key": "C-9",
        "customer_name": "João Lima",
        "promised_on": "2026-05-08",
        "steps": steps(),
        "items": [ITEM],
        "payments": [PAID],
        "reviews": [{"score": 4, "message": "Chegou bem"}],
        **more,
    }


def past(office: Office, command_id: str | None = None, **more: Any) -> str:
    """Its key, recorded."""
    return str(office.do(("process.record_past_case", payload(**more)), command_id=command_id).value["id"])
