"""Python's garbage, swept when and where it is asked for.

Left to itself Python looks for objects that only refer to each other on whatever thread makes the next one. What it
finds there may be parts of a window, and Qt's objects must not end on another thread than their own: the program then
ends with them. So whoever has a window switches Python's own looking off and sweeps on the window's thread.
"""

from __future__ import annotations

import gc


def sweep() -> None:
    """Looks once, as far back as Python itself would by now: mostly at what is young, seldom at everything."""
    counts, most = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > most[generation]]
    if due and due[0] == 0:
        gc.collect(max(n for n in due if all(earlier in due for earlier in range(n + 1))))
