"""An empty QMainWindow with a given theme; prints the CPU seconds from process start to its first painted frame.

`python -m bench.raw.empty_window THEME.json` with {"style_sheet", "palette": {role: colour}, "fonts": [files],
"family", "pixels", "size": [w, h]}.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstFrame(QObject):
    """Leaves once the watched window has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return False


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        theme = json.load(file)
    application = QApplication(sys.argv[:1])
    application.setStyle("fusion")
    for font in theme["fonts"]:
        QFontDatabase.addApplicationFont(font)
    face = QFont(theme["family"])
    face.setPixelSize(theme["pixels"])
    application.setFont(face)
    palette = QPalette()
    for role, colour in theme["palette"].items():
        palette.setColor(QPalette.ColorRole[role], QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(theme["style_sheet"])
    window = QMainWindow()
    watcher = FirstFrame()
    window.installEventFilter(watcher)
    window.resize(*theme["size"])
    window.show()
    application.exec()
    print(time.process_time())


if __name__ == "__main__":
    main()
