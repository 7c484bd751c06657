"""The verbs over real orders of the past: playing them through the live commands, asking what warnings they had had."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from retaguarda.app.cli.parts import DONE, default_url, say
from retaguarda.kernel.errors import Device

type Verb = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def take_verbs(verb: Verb) -> None:
    """What there is to be done with them."""
    play = verb("play", _play, "replay real orders through the live commands")
    play.add_argument("--orders", type=int, default=300)
    play.add_argument("--seed", type=int, default=2026)
    again = verb("replay", _replay, "past orders day by day: what early warning would have said")
    saved = verb("rescue", _rescue, "failed orders of the past: whom an alternative on the day of the alarm had saved")
    saved.add_argument("--out", default=None, help="the page to write (default: standard output)")
    for one in (play, again, saved):
        one.add_argument("--profile", choices=("olist",), default="olist")
        one.add_argument("path", help="the folder of the files")


def _play(options: argparse.Namespace) -> int:
    from retaguarda.app import play

    url = options.db or default_url().replace("retaguarda.db", "retaguarda-play.db")
    say(play.run(Path(options.path), url, orders=options.orders, seed=options.seed), options)
    return DONE


def _replay(options: argparse.Namespace) -> int:
    from retaguarda.app import replay

    told = replay.run(Path(options.path), options.profile)
    say(told, options, "\n".join(_lines(told)))
    return DONE


def _rescue(options: argparse.Namespace) -> int:
    from retaguarda.app import replay

    folder = Path(options.path)
    with replay.replayed(folder, options.profile) as kept:
        told = replay.rescue(folder, kept)
    page = replay.page(told)
    if options.out is None:
        say(told, options, page.rstrip())
        return DONE
    try:
        Path(options.out).write_text(page, encoding="utf-8")
    except OSError as error:
        raise Device("kernel.file_not_written", file=options.out) from error
    say({"file": options.out, **told}, options, options.out)
    return DONE


def _lines(told: dict[str, Any]) -> list[str]:
    rule = (
        "{rule}: {flagged} flagged, precision {precision}, recall {recall}, days before the promise: "
        "median {warning_days[median]}, nine in ten {warning_days[p10]} or more"
    )
    failed = (
        "{orders} cancelled or without goods: of {limit_passed} a limit passed, "
        "{alerted_on_that_day} were alerted on that day"
    )
    return [
        "{orders} orders, {base} delivered with all times, {late} of them late".format(**told),
        *(rule.format(**one) for one in told["rules"]),
        failed.format(**told["failed"]),
    ]
