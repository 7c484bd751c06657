"""SQL as a database tool sends it: keys are written and read as 32 digits whatever the engine keeps."""

from __future__ import annotations

import re
from typing import Any

KEY = re.compile(r"'([0-9a-f]{32})'")


def spelled(sql: str, engine: str) -> str:
    """The statement with its keys as the engine writes them."""
    return KEY.sub(r"X'\1'", sql) if engine == "sqlite" else sql


def read(value: Any) -> Any:
    """A value that was read: a key as its digits, anything else as it is."""
    return value.hex() if isinstance(value, bytes) and len(value) == 16 else value
