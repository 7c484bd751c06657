"""How the values of a command are declared, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.stateful.standing import Standing

Values = Callable[[Standing, Any], Mapping[str, Any]]
VALUES: dict[str, Values] = {}


def of(*names: str) -> Callable[[Values], Values]:
    """Declares the values of these commands."""

    def declare(values: Values) -> Values:
        VALUES.update(dict.fromkeys(names, values))
        return values

    return declare


def money_of(s: Standing, kind: str = "bank", least: int = 0) -> str:
    """An account of money with at least so much in it."""
    rows = s.rows("accounting.money_accounts", lambda r: r.kind == kind and not r.archived and r.balance >= least)
    return str(s.one_of(rows).id)


def wares(s: Standing) -> list[dict[str, Any]]:
    """One to three products on sale, with quantities."""
    rows = s.rows("catalog.products_to_sell", lambda r: r.price)
    picked = {r.id: r for r in (s.one_of(rows) for _ in range(s.chance.randint(1, 3)))}
    return [{"product_id": key, "quantity": s.whole()} for key in picked]


def bins(s: Standing, fits: Callable[[Any], bool] = lambda _: True) -> Any:
    """A place where something free lies."""
    return s.row("inventory.bins", lambda r: r.on_hand - r.held - r.picked >= 1 and fits(r))


def of_a_walk(word: str) -> bool:
    """Whether a walk made up this word."""
    return word[0] == "W" and word[1:].isdecimal()


def lying(row: Any) -> dict[str, Any]:
    """One piece of what lies at a place."""
    return {"product_id": row.product_id, "location_id": row.location_id, "lot": row.lot, "quantity": "1"}
