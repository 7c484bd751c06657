"""What Qt itself draws, in our colours: the palette, and a style sheet for menus only.

The application has no style sheet: with one, every widget is polished and drawn through it (scrolling a view becomes
4.5 times slower) and Qt draws a square ground under each line edit. All other parts paint themselves.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from retaguarda.shell.theme.tokens import Theme

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface2",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onaccent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onaccent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "inv",
    QPalette.ColorRole.ToolTipText: "invtext",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "border",
    QPalette.ColorRole.Mid: "border2",
    QPalette.ColorRole.Dark: "border2",
    QPalette.ColorRole.Shadow: "border2",
}
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)

_MENU = Template(
    "QMenu { background: $surface; color: $text; border: 1px solid $border2; border-radius: 8px; padding: 4px; }"
    "QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }"
    "QMenu::icon { padding-left: 10px; }"
    "QMenu::item:selected { background: $sel; }"
    "QMenu::item:disabled { color: $text3; }"
    "QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }"
)


def palette_of(theme: Theme) -> QPalette:
    """Qt's palette for a theme."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, QColor(getattr(theme, token)))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.text3))
    return made


def menu_sheet(theme: Theme) -> str:
    """The style sheet of one menu; it is set on the menu alone."""
    return _MENU.substitute({name: getattr(theme, name) for name in Theme.__slots__})
