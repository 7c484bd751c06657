"""A small past in made files walks by day by day: every alert counted by hand; none knows how an order ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retaguarda.app import cli, replay
from tests.app.history import HEADS, Rows, write

PROMISED = "2026-03-20 00:00:00"
LIMIT = "2026-03-13 00:00:00"
ORDERS = (
    # In time; sent a second after its limit; late; undelivered five days before; on the limits, to the second.
    ("fine", "delivered", "2026-03-01 10:30:00", "2026-03-03 10:00:00", "2026-03-10 10:00:00"),
    ("sent_late", "delivered", "2026-03-01 10:30:00", "2026-03-13 00:00:01", "2026-03-14 10:00:00"),
    ("late", "delivered", "2026-03-01 10:30:00", "2026-03-03 10:00:00", "2026-03-21 00:00:00"),
    ("near", "delivered", "2026-03-01 10:30:00", "2026-03-03 10:00:00", "2026-03-16 00:00:00"),
    ("just", "delivered", "2026-03-04 10:00:00", "2026-03-13 00:00:00", "2026-03-15 23:59:59"),
    # Without goods: its seller's limit is not known. Never paid. Cancelled before anything was due.
    ("no_goods", "unavailable", "2026-03-01 10:30:00", "", ""),
    ("unpaid", "canceled", "", "", ""),
    ("quick", "canceled", "2026-03-01 10:30:00", "2026-03-02 10:00:00", "2026-03-03 10:00:00"),
    ("on_its_way", "shipped", "2026-03-01 10:30:00", "2026-03-03 10:00:00", ""),
)
SEEN = {
    ("sent_late", "over_limit", "ship", "2026-03-13"),
    ("sent_late", "handed_late", "ship", "2026-03-13"),
    ("sent_late", "slack_7", "ship", "2026-03-13"),
    ("near", "undelivered_5", "deliver", "2026-03-15"),
    ("no_goods", "over_limit", "ship", "2026-03-07"),
    ("unpaid", "over_limit", "check", "2026-03-04"),
    *(
        (key, rule, "deliver", day)
        for key in ("late", "no_goods", "unpaid", "on_its_way")
        for rule, day in (("undelivered_5", "2026-03-15"), ("undelivered_2", "2026-03-18"))
    ),
    ("late", "over_limit", "deliver", "2026-03-20"),
    ("on_its_way", "over_limit", "deliver", "2026-03-20"),
}


def made() -> Rows:
    rows: Rows = {name: [] for name in HEADS}
    for n, (key, status, approved, sent, arrived) in enumerate(ORDERS, 1):
        bought = "2026-03-01 10:00:00"
        rows["orders"].append([key, f"c{n}", status, bought, approved, sent, arrived, PROMISED])
        rows["customers"].append([f"c{n}", f"u{n}", "santos", "SP"])
        if key != "no_goods":
            rows["order_items"].append([key, "1", "p1", "s1", "2026-03-02 00:00:00", "10.00", "2.50"])
            rows["order_items"].append([key, "2", "p1", "s1", LIMIT, "10.00", "2.50"])
    rows["products"].append(["p1", "cama_mesa_banho"])
    return rows


def shuffled(rows: Rows) -> Rows:
    """The same orders with the next one's status."""
    orders = rows["orders"]
    states = [orders[n - 1][2] for n in range(len(orders))]
    return {**rows, "orders": [[*row[:2], state, *row[3:]] for row, state in zip(orders, states, strict=True)]}


def test_each_rule_flags_what_was_counted_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["replay", "--json", str(write(tmp_path, made()))]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["orders"], told["base"], told["late"]) == (9, 5, 1)
    rules = {one["rule"]: (one["flagged"], one["late"], one["warning_days"]["median"]) for one in told["rules"]}
    assert rules == {
        "undelivered_5": (2, 1, 5),
        "undelivered_2": (1, 1, 2),
        "handed_late": (1, 0, 7),
        "slack_7": (1, 0, 7),
        "over_limit check": (0, 0, None),
        "over_limit ship": (1, 0, 7),
        "over_limit deliver": (1, 1, 0),
    }
    assert told["rules"][0] | {"warning_days": {}} == {
        "rule": "undelivered_5",
        "flagged": 2,
        "flagged_rate": "0.4000",
        "late": 1,
        "precision": "0.5000",
        "late_otherwise": "0.0000",
        "recall": "1.0000",
        "warning_days": {},
    }
    assert told["failed"] == {
        "orders": 3,
        "limit_passed": 2,
        "alerted_on_that_day": 2,
        "missed": [],
        "alerted": 2,
        "warning_days": {"median": 13, "p10": 13},
    }


def raised(folder: Path, rows: Rows) -> list[tuple[str, str, str, str]]:
    folder.mkdir()
    with replay.replayed(write(folder, rows)) as kept:
        endings = list(kept.endings())
        return [(e.key, a.rule, a.step, a.day.isoformat()) for e in endings for a in kept.alerts_of(e.n)]


def test_every_alert_stands_on_its_day_whatever_became_of_the_orders(tmp_path: Path) -> None:
    seen = raised(tmp_path / "as_it_was", made())
    assert set(seen) == SEEN
    assert len(seen) == len(SEEN)
    assert raised(tmp_path / "shuffled", shuffled(made())) == seen


def test_a_folder_without_the_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["replay", "--json", str(tmp_path)]) == 2
    assert "imports.files_missing" in capsys.readouterr().out
