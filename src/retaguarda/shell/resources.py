"""Where the files that travel with the program are: fonts, icons, texts.

Three places are tried, because an editable install does not see the folders that the wheel carries:
the frozen program's folder, the installed package, the root of the repository.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder that holds `icons/` and `fonts/`; `FileNotFoundError` when the installation is broken."""
    here = Path(__file__).resolve()
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / "resources"] if frozen else []
    places += [here.parents[1] / "resources", here.parents[3] / "resources"]
    for place in places:
        if (place / "icons").is_dir():
            return place
    raise FileNotFoundError("resources: " + ", ".join(map(str, places)))


def resource(*parts: str) -> Path:
    """The path of one file, for example `resource("icons", "check.svg")`. It need not exist."""
    return resource_root().joinpath(*parts)
