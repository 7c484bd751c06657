"""The look: every text can be read, switching is live, icons and fonts are there."""

from dataclasses import fields

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication

from retaguarda.kernel.resource import find_resource
from retaguarda.shell import theme
from retaguarda.shell.theme.tokens import ROLE_ICON, role_border
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.labels import Label

STATES = ("ok", "warn", "bad", "info")
GROUNDS = ("bg", "surface", "surface2", "sel", "hover", "rowbad", "rowwarn")
PAIRS = (
    [(ink, ground) for ink in ("text", "text2") for ground in (*GROUNDS, "accentbg", "sunken")]
    + [("text3", ground) for ground in ("bg", "sel", "surface", "surface2", "hover", "rowbad", "rowwarn")]
    + [(role, ground) for role in STATES for ground in ("surface", "bg", "surface2", "sel", role + "bg")]
    + [("bad", "rowbad"), ("warn", "rowwarn"), ("text", "warnbg"), ("text", "badbg"), ("text", "okbg")]
    + [("accent", ground) for ground in ("surface", "bg", "accentbg", "sel", "hover", "surface2", "rowbad")]
    + [("onaccent", ground) for ground in ("accent", "accenth", "accentp")]
    + [(ink, "inv") for ink in ("invtext", "invmuted", "invaccent")]
    + [("navtext", "nav"), ("navtext", "hover"), ("surface", "bad"), ("surface", "ok")]
)


def luminance(shade: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (shade.redF(), shade.greenF(), shade.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def drawn_contrast(ink: str, ground: str) -> float:
    """The contrast of a drawn word: its pixel that stands out most, against its ground."""
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(theme.color(ground))
    painter = QPainter(image)
    paint.text(painter, QRectF(0, 0, 60, 40), "MM", 20, 600, ink)
    painter.end()
    back = image.pixelColor(0, 0)
    return max(contrast(image.pixelColor(x, y), back) for x in range(60) for y in range(40))


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: str(look.name))
def test_every_text_stands_out_from_its_ground(qapp: QApplication, look: theme.Theme) -> None:
    theme.apply(qapp, look)
    low = {f"{ink} on {ground}": round(drawn_contrast(ink, ground), 2) for ink, ground in PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def test_a_weak_pair_is_caught(light: QApplication) -> None:
    assert drawn_contrast("border2", "surface") < 4.5
    assert drawn_contrast("text", "surface") > 12


def test_both_themes_name_every_colour() -> None:
    for look in (theme.LIGHT, theme.DARK):
        shades = {one.name: getattr(look, one.name) for one in fields(look) if one.name not in ("name", "dark")}
        assert [name for name, shade in shades.items() if not QColor(shade).isValid()] == []
    assert theme.LIGHT.bg != theme.DARK.bg


def test_switching_is_live_and_told(light: QApplication) -> None:
    told: list[str] = []
    theme.on_theme_changed(lambda look: told.append(look.name))
    label = Label("Total", token="bad")
    label.show()
    light.processEvents()
    before = theme.icon("check", "accent").pixmap(QSize(16, 16)).toImage()
    theme.apply(light, theme.DARK)
    light.processEvents()
    assert told[-1] == "dark"
    assert label.palette().color(label.foregroundRole()) == QColor(theme.DARK.bad)
    assert theme.icon("check", "accent").pixmap(QSize(16, 16)).toImage() != before
    label.close()
    label.deleteLater()


def test_figures_of_one_width_only_where_asked(light: QApplication) -> None:
    assert QFontInfo(theme.font()).family() == "Inter"
    assert theme.width_of("1111", figures=True) == pytest.approx(theme.width_of("8888", figures=True))
    assert theme.width_of("1111") < theme.width_of("8888")
    assert theme.width_of("Total", weight=600) > theme.width_of("Total")


def test_icons_are_there_sharp_and_licensed(light: QApplication) -> None:
    folder = find_resource("resources", "icons")
    assert len(list(folder.glob("*.svg"))) > 100
    assert "ISC" in (folder / "LICENSE").read_text("utf-8")
    for role, name in ROLE_ICON.items():
        twice = theme.pixmap(name, theme.role_ink(role), 16, 2.0)
        assert twice.width() == 32
        assert twice.deviceIndependentSize().width() == 16
        assert twice.hasAlphaChannel()
        assert hasattr(theme.LIGHT, role_border(role))


def test_the_plain_application_has_no_style_sheet(light: QApplication) -> None:
    assert light.styleSheet() == ""
    assert "QMenu" in theme.menu_sheet(theme.LIGHT)
