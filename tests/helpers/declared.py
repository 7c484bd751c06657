"""What the tests over all modules take from a module's own: `tests/modules/<module>/declared.py`, where it is there.

- `RIGHTS`, `PLACES`: who may send its commands and sees its places, in the lines of the tables of
  `tests/conformance/test_roles.py` and `test_roles_kept_out.py`.
- `tell(office)`: gives each of its ledgers a row; `breaks()`: what breaks each of its proofs.

The modules that came first stand in those tables themselves.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from retaguarda.app.compose import MODULES
from tests.house.tree import ROOT


def declared(name: str) -> Iterator[Any]:
    """The value of that name in every module's declarations that have it."""
    for module in MODULES:
        if (ROOT / "tests" / "modules" / module.name / "declared.py").is_file():
            found = importlib.import_module(f"tests.modules.{module.name}.declared")
            if hasattr(found, name):
                yield getattr(found, name)
