"""Processes beside a test that begin with the program loaded: forks of one that a worker of pytest starts when it first
needs it. A Python of its own takes a second to load the program; where that is not what is proved nobody waits for it.
"""

from __future__ import annotations

import multiprocessing
import sys

if sys.platform == "win32":
    APART = multiprocessing.get_context("spawn")
else:
    APART = multiprocessing.get_context("forkserver")
    APART.set_forkserver_preload(["pytest", "tests.tour.tour", "tests.helpers.toyshop", "tests.helpers.typist"])
