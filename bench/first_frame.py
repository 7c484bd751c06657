"""Starts the program as `retaguarda run` does and prints the CPU seconds until its first painted frame."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def main() -> None:
    """Leaves from within the first frame, so it never returns."""
    from retaguarda.app import main as program
    from retaguarda.shell import first

    def painted(_first: first.First, _load: Callable[[], object]) -> None:
        print(time.process_time(), flush=True)
        os._exit(0)

    # `mock.patch` would do without the ignore, and its import would stand in the figure.
    first.First.bring = painted  # type: ignore[method-assign, assignment]
    program.run("sqlite:///nothing.db")


if __name__ == "__main__":
    main()
