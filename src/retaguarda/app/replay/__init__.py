"""Past orders walk by once more, day by day, and the rules of early warning judge each by what had happened until then.

Only the end looks at how the orders ended: what was flagged, what of it came late, how many days before.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retaguarda.app.platform_memory import peak_bytes
from retaguarda.app.replay.diary import Diary, diary
from retaguarda.app.replay.page import page
from retaguarda.app.replay.rescue import rescue
from retaguarda.app.replay.travel import alerts
from retaguarda.app.replay.verdict import verdict
from retaguarda.kernel.imports import profiles_named

__all__ = ["page", "replayed", "rescue", "run"]


@contextmanager
def replayed(folder: Path, name: str = "olist") -> Iterator[Diary]:
    """The diary of the orders in the files of `folder`, read by the profile of that name, with every alert in it."""
    (profile,) = profiles_named(name)
    with diary() as kept:
        kept.take_in(profile, folder)
        kept.note(alerts(kept.events()))
        yield kept


def run(folder: Path, name: str = "olist") -> dict[str, Any]:
    """Replays the orders and gives what the rules flagged and what came of it."""
    began = time.perf_counter()
    with replayed(folder, name) as kept:
        told = verdict(kept)
    return {
        "profile": name,
        **told,
        "seconds": round(time.perf_counter() - began, 3),
        "peak_rss_mb": round(peak_bytes() / 1_000_000, 1),
    }
