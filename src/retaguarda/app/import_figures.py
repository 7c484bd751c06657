"""What is said at the end of an import beside the count: what the company has of it now, asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.imports import Profile
from retaguarda.kernel.imports.profile import Reading
from retaguarda.kernel.money import round_money

PAGE = 1000
STANDING = {"archived": False}


def findings_of(office: Office, profile: Profile) -> Iterator[dict[str, Any]]:
    """Every finding of the profile's batches that were not taken back, by row."""
    for row in _all(office, "imports.findings", {"profile": profile.name, "batch_state!=": "undone"}):
        yield {
            "row": row.place,
            "key": row.outside_key,
            "field": row.field,
            "value": row.value,
            "reason": row.reason,
            "params": row.reason_params,
        }


def figures_of(office: Office, profile: Profile) -> dict[str, Any]:
    """What the company has of what the profile's command makes."""
    figures = FIGURES.get(profile.command)
    return figures(office, profile) if figures else {}


def _all(office: Office, query: str, where: Mapping[str, Any] | None = None) -> Iterator[Any]:
    after = None
    while True:
        page = office.show(query, where, limit=PAGE, after=after)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _party_figures(office: Office, profile: Profile) -> dict[str, Any]:
    roles = ("customer", "supplier", "carrier", "employee")
    return {
        f"{role}s": office.show("party.parties", {role: True, **STANDING}, limit=1, count=True).count for role in roles
    }


def _product_figures(office: Office, profile: Profile) -> dict[str, Any]:
    prices = [row.price or Decimal(0) for row in _all(office, "catalog.products", STANDING)]
    return {"products": len(prices), "prices_amount": round_money(sum(prices, Decimal(0)))}


def _past_figures(office: Office, profile: Profile) -> dict[str, Any]:
    """What the past orders of the profile's source come to; nothing where each row names its own. `items_amount` is the
    sum of the lines as documents have them, each to the cent after its discount; `items_unrounded_amount` is rounded
    once, at the end."""
    said = profile.fields["source"]
    if not isinstance(said, Reading) or said.as_ != "given":
        return {}
    source = {"source": said.value}
    totals = office.show("process.past_totals", {"id": source["source"]}).rows
    steps = sorted(office.show("process.past_steps", source).rows, key=lambda row: WAY.index(row.step))
    scores = office.show("process.past_scores", source).rows
    sold = [(row.quantity * row.price, row.discount_rate) for row in _all(office, "process.past_prices", source)]
    whole_way = [row for row in steps if row.base]
    reviews = sum(row.reviews for row in scores)
    return {
        "orders": totals[0].orders if totals else 0,
        "items_amount": totals[0].items_amount if totals else None,
        "items_gross_amount": round_money(sum((gross for gross, _ in sold), Decimal(0))),
        "items_unrounded_amount": round_money(sum((gross * (1 - rate) for gross, rate in sold), Decimal(0))),
        "freight_amount": totals[0].freight_amount if totals else None,
        "payments_amount": totals[0].paid_amount if totals else None,
        "out_of_order": sum(row.early for row in steps if row.step == "ship"),
        "off_script": totals[0].off_script if totals else 0,
        "deviations": {f"{row.step} before {row.since or 'order'}": row.early for row in steps if row.early},
        "late": totals[0].late if totals else 0,
        "base": max((row.base for row in whole_way), default=0),
        "medians_days": [f"{row.median_days:.4f}" for row in whole_way if row.median_days is not None],
        "scores": {
            "reviews": reviews,
            "mean": f"{sum(row.total for row in scores) / reviews:.3f}" if reviews else None,
            **{row.arrival: {"reviews": row.reviews, "mean": f"{row.mean:.3f}"} for row in scores},
        },
    }


WAY = ("check", "invoice", "pick", "pack", "ship", "deliver")
FIGURES: Mapping[str, Callable[[Office, Profile], dict[str, Any]]] = {
    "catalog.add_product": _product_figures,
    "party.add_party": _party_figures,
    "process.record_past_case": _past_figures,
}
"""By the command that a profile sends."""
