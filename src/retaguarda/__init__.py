"""Retaguarda keeps a small business's promises: a desktop back office with one write path and a plan B.

`retaguarda.open_office(url, user=…, password=…)` is the scripting door; it is brought in only when it is used, since
SQLAlchemy before the window's first paint would cost two to three times an empty window.
"""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.version import VERSION

__version__ = VERSION


def __getattr__(name: str) -> Any:
    if name == "open_office":
        from retaguarda.app.headless import open_office

        return open_office
    raise AttributeError(name)
