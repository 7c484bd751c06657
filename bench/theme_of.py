"""Writes the program's theme as plain data for the raw side."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from retaguarda.kernel.resource import find_resource
from retaguarda.shell import theme

WEIGHTS = ("Regular", "Medium", "SemiBold")


def main() -> None:
    application = QApplication(sys.argv[:1])
    theme.apply(application, theme.LIGHT)
    palette = application.palette()
    roles = [r for r in QPalette.ColorRole if r.name not in ("NoRole", "NColorRoles")]
    facts = {
        "style_sheet": application.styleSheet(),
        "palette": {r.name: palette.color(r).name() for r in roles},
        "fonts": [str(find_resource("resources", "fonts", f"Inter-{weight}.ttf")) for weight in WEIGHTS],
        "family": application.font().family(),
        "pixels": application.font().pixelSize(),
        "size": [1366, 768],
    }
    Path(sys.argv[1]).write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
