"""The look of the window: `apply(app, LIGHT)` once before the first window, and again to switch live.

Public: `Theme`, `LIGHT`, `DARK` (frozen tokens) · `apply(app, theme)` · `current()` · `on_theme_changed(slot)` ·
`follow_system(app)` · `color(token)`, `pen(token, width)`, `font(size, weight, figures)`, `metrics(…)`,
`width_of(text, …)` · `icon(name, token)`, `pixmap(name, token, size, ratio)`, `draw_icon(painter, x, y, …)` ·
`role_ink(role)`, `role_ground(role)`, `role_border(role)`, `value_ink(role)`, `ROLE_ICON`, and the
measures of `tokens`. Icon names are those of `resources/icons/*.svg`; `figures` means tabular figures.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip

from retaguarda.shell.theme.icons import draw_icon, icon, pixmap
from retaguarda.shell.theme.ink import color, current, font, load_fonts, look, metrics, pen, width_of
from retaguarda.shell.theme.style import menu_sheet, palette_of
from retaguarda.shell.theme.tokens import (
    DARK,
    LIGHT,
    ROLE_ICON,
    ROLES,
    Theme,
    role_border,
    role_ground,
    role_ink,
    value_ink,
)

__all__ = [
    "DARK", "LIGHT", "ROLES", "ROLE_ICON", "Theme", "apply", "color", "current", "draw_icon", "follow_system", "font",
    "icon", "menu_sheet", "metrics", "on_theme_changed", "palette_of", "pen", "pixmap", "role_border", "role_ground",
    "role_ink", "value_ink", "width_of",
]  # fmt: skip


def apply(app: QApplication, theme: Theme) -> None:
    """Uses a theme for every window, those already open included."""
    load_fonts()
    look.use(theme)
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light)
    app.setFont(font())
    app.setPalette(palette_of(theme))
    QToolTip.setPalette(palette_of(theme))
    QToolTip.setFont(font(12))
    look.changed.emit(theme)


def on_theme_changed(slot: Callable[[Theme], object]) -> None:
    """Calls `slot(theme)` after each switch. Painted widgets need no call: they ask for colours as they paint."""
    look.changed.connect(slot)


def follow_system(app: QApplication) -> None:
    """Takes the light or dark theme of the system, now and whenever it changes. Only when the person asked for it."""
    hints = app.styleHints()
    hints.unsetColorScheme()

    def take(scheme: Qt.ColorScheme) -> None:
        wanted = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        if wanted is not current():
            apply(app, wanted)
            hints.unsetColorScheme()

    hints.colorSchemeChanged.connect(take)
    take(hints.colorScheme())
