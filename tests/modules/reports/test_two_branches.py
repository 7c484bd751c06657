"""Two branches, one person of each and one of both: every figure by value, worked out in plain Python from what was
planted, and nobody's sums hold what they may not see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from math import ceil

from retaguarda.app.headless import Office
from tests.helpers.company import MONDAY, acting
from tests.helpers.tampering import without_triggers
from tests.modules.reports.planted import bought, handed_over, ordered, sold, to_come, to_pay

TODAY = MONDAY.date()
PLACES = ("Matriz", "Rio")
SHORT, NEVER = "short", "never"
CAME: Mapping[str, tuple[int | str, ...]] = {
    "Matriz": (0, 0, -2, 4, 1, 9, 2, 4, 30, NEVER, SHORT),
    "Rio": (0, 3, 1, 2, SHORT, SHORT),
}
"""Of every order how many days after the promised one it came; short: in time, and something was missing."""
WAITED = 6
"""So many days ago was promised what never came."""
DUES = {"Matriz": (Decimal(100), Decimal(30)), "Rio": (Decimal(7), Decimal(2))}
ORDERS = {"Matriz": Decimal("800.50"), "Rio": Decimal("40.25")}
BILLED = {"Matriz": Decimal("61.10"), "Rio": Decimal("9.90")}
TO_BE_BILLED = {"Matriz": Decimal(64), "Rio": Decimal(11)}


def _purchases(place: str) -> dict[str, tuple[tuple[int, Decimal, int, int, Decimal], ...]]:
    """Lines by the order's state: ordered quantity, amount, received, billed quantity, billed amount."""
    if place == "Rio":
        return {"ordered": ((1, Decimal(11), 0, 0, Decimal(0)),)}
    return {
        # 50 wholly to come, 30 less the 20 that were billed, nothing of what was billed in full, for less or for more.
        "confirmed": (
            (5, Decimal(50), 0, 0, Decimal(0)),
            (3, Decimal(30), 2, 2, Decimal(20)),
            (1, Decimal(9), 1, 1, Decimal(8)),
            (4, Decimal(9), 3, 3, Decimal(12)),
        ),
        # All of the first came, a part of the second.
        "closed": ((2, Decimal(4), 2, 0, Decimal(0)), (2, Decimal(500), 1, 0, Decimal(0))),
        "draft": ((1, Decimal(1000), 0, 0, Decimal(0)),),
        "cancelled": ((1, Decimal(1000), 0, 0, Decimal(0)),),
    }


def _company(office: Office) -> dict[str, str]:
    """The branches by name, with everything in them, and who works where."""
    first, second = str(office.actor.branch_id), office.do("company.add_branch", code="2", name="Rio").value["id"]
    branches = dict(zip(PLACES, (first, second), strict=True))
    for name, branch in branches.items():
        office.do("company.add_person", login=name.lower(), name=name, roles=["analyst"], branch_id=branch)
    who = office.do("party.add_party", name="Padaria Estrela", customer=True, supplier=True).value["id"]
    with without_triggers(office) as connection:
        for name, branch in branches.items():
            for n, late in enumerate(CAME[name], 1):
                promised = TODAY - dt.timedelta(days=WAITED if late == NEVER else 40)
                state = "confirmed" if late == NEVER else "closed"
                billed = {"invoiced_at": MONDAY}
                order = ordered(connection, branch, who, n, promised, Decimal(n), state=state, **billed)
                if late != NEVER:
                    came = promised + dt.timedelta(days=-1 if late == SHORT else int(late))
                    handed_over(connection, order, came, kept=late != SHORT and int(late) <= 0)
            to_come(connection, branch, who, TODAY, DUES[name][0])
            to_pay(connection, branch, who, TODAY, DUES[name][1], "9" if name == "Rio" else "10")
            ordered(connection, branch, who, 100, TODAY, ORDERS[name])
            for number, (state, lines) in enumerate(_purchases(name).items(), 201):
                bought(connection, branch, who, number, TODAY, state, *lines)
            sold(connection, branch, who, TODAY, BILLED[name])
    return branches


def _nearest(values: list[int], share: float) -> int:
    """The smallest that so many of them do not exceed."""
    return sorted(values)[ceil(len(values) * share) - 1]


def _judged(*places: str) -> dict[str, object]:
    """What must be said of the promises of these places together."""
    every = [late for place in places for late in CAME[place]]
    late = [int(one) for one in every if one not in (SHORT, NEVER) and int(one) > 0]
    kept = len(every) - len(late) - every.count(SHORT) - every.count(NEVER)
    days = late + [WAITED] * every.count(NEVER)
    return {
        "orders": len(every),
        "kept": kept,
        "late": len(late),
        "short": every.count(SHORT),
        "open": every.count(NEVER),
        "median_days": _nearest(days, 0.5),
        "p90_days": _nearest(days, 0.9),
        "kept_rate": round(Decimal(kept) / len(every), 4),
    }


def test_every_figure_is_that_of_the_branches_that_one_may_see(office: Office) -> None:
    branches = _company(office)
    for login, seen in {"ana": PLACES, "matriz": PLACES[:1], "rio": PLACES[1:]}.items():
        with acting(office, login):
            _assert_promises(office, seen)
            _assert_cash(office, seen)
            asked = [{"branch_id": branches[name]} for name in seen]
            for where, places in [({}, seen), *zip(asked, ([name] for name in seen), strict=True)]:
                rows = office.show("sales.sold_by_period", where).rows
                assert sum(row.net_amount for row in rows) == sum(BILLED[name] for name in places)
            assert sorted(row.net_amount for row in office.show("sales.sold_by_place").rows) == sorted(
                BILLED[name] for name in seen
            )
            for name in set(PLACES) - set(seen):
                hidden = {"branch_id": branches[name]}
                for query in ("reports.kept_by_period", "sales.sold_by_product", "reports.cash_due"):
                    assert office.show(query, hidden, count=True).count == 0
    with acting(office, "ana"):
        numbers = [row.number for row in office.show("reports.cash_due", {"kind": "out"}, "number").rows]
        backwards = [row.number for row in office.show("reports.cash_due", {"kind": "out"}, "-number").rows]
        shares = office.show("sales.sold_shares").rows
        # 86 % are made before the second one.
        assert [(row.net_amount, row.running_amount, row.grade) for row in shares] == [
            (BILLED["Matriz"], BILLED["Matriz"], "a"),
            (BILLED["Rio"], BILLED["Matriz"] + BILLED["Rio"], "b"),
        ]
    assert (numbers, backwards) == (["9", "10"], ["10", "9"])


def _assert_promises(office: Office, seen: tuple[str, ...]) -> None:
    by_place = {row.name: row for row in office.show("reports.kept_by_place").rows}
    assert len(by_place) == len(seen)
    (whole,) = office.show("reports.kept_by_period", {"grain": "month", "until": TODAY - dt.timedelta(days=30)}).rows
    assert whole.orders == sum(len(CAME[name]) - CAME[name].count(NEVER) for name in seen)
    expected = [_judged(name) for name in seen]
    found = [{name: getattr(row, name) for name in expected[0]} for row in by_place.values()]
    assert sorted(found, key=str) == sorted(expected, key=str)
    # What was broken failed nowhere in particular: one row of all places.
    (broken,) = office.show("reports.kept_by_step").rows
    judged = _judged(*seen)
    assert (broken.median_days, broken.p90_days) == (judged["median_days"], judged["p90_days"])
    assert broken.orders == int(str(judged["orders"])) - int(str(judged["kept"]))


def _assert_cash(office: Office, seen: tuple[str, ...]) -> None:
    coming = sum((DUES[name][0] + ORDERS[name] for name in seen), Decimal(0))
    going = sum((DUES[name][1] + TO_BE_BILLED[name] for name in seen), Decimal(0))
    first, second = office.show("reports.cash_forecast").rows
    assert [(row.in_amount, row.out_amount) for row in (first, second)] == [(0, 0), (coming, going)]
    assert second.balance_amount == coming - going
    rows = office.show("reports.cash_due", {"due_on >=": second.first_on, "due_on <=": second.last_on}).rows
    assert (sum(row.in_amount for row in rows), sum(row.out_amount for row in rows)) == (coming, going)
    assert {row.kind for row in rows} == {"in", "out", "order", "purchase"}
