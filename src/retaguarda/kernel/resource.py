"""Where bundled files are: a frozen program, an installed package and a checkout keep them in different places.

Editable installs do not see folders that the wheel force-includes, so the repository root is one of the places.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resource_roots() -> tuple[Path, ...]:
    """The folders that may hold `resources/` and `ui/`, nearest to the running program first."""
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen)] if frozen else []
    return (*places, PACKAGE, PACKAGE.parent.parent)


def find_resource(*parts: str) -> Path:
    """The bundled file or folder of that name, as in `find_resource("resources", "fonts")` or `("ui", "sales")`.

    Raises FileNotFoundError, naming what was asked for, when no place holds it.
    """
    for root in resource_roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))
