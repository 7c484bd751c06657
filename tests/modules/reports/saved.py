"""Saved reports and schedules as the tests of their commands make them."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

LAST_MONTH = [{"key": "since", "value": "last_month"}, {"key": "until", "value": "last_month"}]
SALES: dict[str, Any] = {"report": "sales.sales_report", "cut": "place", "asked": LAST_MONTH}


def saved(office: Office, name: str = "Vendas do mês", **more: Any) -> str:
    """A saved report of whoever acts, of last month's sales by branch; its key."""
    return str(office.do("reports.save_report", **{"name": name, **SALES, **more}).value["id"])


def scheduled(office: Office, **more: Any) -> str:
    """A schedule of a report of one's own, every day at seven; its key."""
    said = {"saved_id": more.pop("saved_id", None) or saved(office), **more}
    return str(office.do("reports.schedule_report", **said).value["id"])


def names(office: Office) -> list[str]:
    """What stands in the list of whoever acts."""
    return [row.name for row in office.show("reports.saved").rows]
