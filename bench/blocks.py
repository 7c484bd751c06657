"""Two sides doing the same work in alternating blocks of one process: what else the machine does meets both alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

WARM = 20
BLOCK = 25


class Side(Protocol):
    """Who does the work, one piece after the other."""

    def next(self) -> None: ...
    def server_cpu(self) -> float: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class Spent:
    """Seconds that each block of a side took: of its own process, of its database server, by the clock; and the
    clock's seconds of every single piece."""

    client: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    pieces: list[float] = field(default_factory=list)

    @property
    def client_s(self) -> float:
        """CPU of its own process for one piece, the median of the blocks."""
        return statistics.median(self.client) / BLOCK

    @property
    def cpu_s(self) -> float:
        """The same with the server's."""
        return statistics.median(c + s for c, s in zip(self.client, self.server, strict=True)) / BLOCK

    @property
    def wall_s(self) -> float:
        """By the clock."""
        return statistics.median(self.wall) / BLOCK

    @property
    def p95_s(self) -> float:
        """By the clock, the 95th percentile of the pieces."""
        return statistics.quantiles(self.pieces, n=20)[18]


def alternate(sides: Mapping[str, Side], count: int) -> dict[str, Spent]:
    """Lets every side do `count` pieces after some that warm it up, and closes it."""
    spent = {name: Spent() for name in sides}
    for side in sides.values():
        for _ in range(WARM):
            side.next()
    gc.collect()
    gc.freeze()
    for _ in range(count // BLOCK):
        for name, side in sides.items():
            _block(side, spent[name])
    gc.unfreeze()
    for side in sides.values():
        side.close()
    return spent


def _block(side: Side, spent: Spent) -> None:
    server, began, client = side.server_cpu(), time.perf_counter(), time.process_time()
    for _ in range(BLOCK):
        piece = time.perf_counter()
        side.next()
        spent.pieces.append(time.perf_counter() - piece)
    spent.client.append(time.process_time() - client)
    spent.wall.append(time.perf_counter() - began)
    spent.server.append(side.server_cpu() - server)
