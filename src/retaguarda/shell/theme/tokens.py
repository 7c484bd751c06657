"""The colours and measures every part of the window is drawn with. No Qt in here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, `#RRGGBB` or `#AARRGGBB`. A *role* (`ok`, `warn`, `bad`, `info`) has a text colour, a
    ground (`…bg`) and a border (`…bd`); text on any ground it is used on keeps a contrast of at least 4.5.
    """

    name: str
    dark: bool
    bg: str
    surface: str
    surface2: str
    sunken: str
    nav: str
    navtext: str
    border: str
    border2: str
    text: str
    text2: str
    text3: str
    accent: str
    accenth: str
    accentp: str
    accentbg: str
    onaccent: str
    ok: str
    okbg: str
    okbd: str
    warn: str
    warnbg: str
    warnbd: str
    bad: str
    badbg: str
    badbd: str
    badd: str
    info: str
    infobg: str
    infobd: str
    sel: str
    hover: str
    scroll: str
    shadow: str
    rowbad: str
    rowwarn: str
    inv: str
    invtext: str
    invmuted: str
    invaccent: str
    dim: str


LIGHT = Theme(
    name="light",
    dark=False,
    bg="#F6F7F9",
    surface="#FFFFFF",
    surface2="#F1F3F6",
    sunken="#EBEEF2",
    nav="#FFFFFF",
    navtext="#475467",
    border="#E3E7ED",
    border2="#CBD2DC",
    text="#161C26",
    text2="#4B5565",
    text3="#5F697C",
    accent="#1F5FE0",
    accenth="#184FC0",
    accentp="#143F9C",
    accentbg="#E9F0FE",
    onaccent="#FFFFFF",
    ok="#0F7A4C",
    okbg="#E3F5EC",
    okbd="#B7E3CD",
    warn="#9A5B00",
    warnbg="#FDF3E1",
    warnbd="#F3D7A4",
    bad="#B42318",
    badbg="#FDE9E7",
    badbd="#F7C5BF",
    badd="#8F1C13",
    info="#175CD3",
    infobg="#E6F0FE",
    infobd="#C4DAFB",
    sel="#E9F0FE",
    hover="#F3F5F8",
    scroll="#C3CAD5",
    shadow="#14101828",
    rowbad="#FEF4F2",
    rowwarn="#FEFAF1",
    inv="#1C2430",
    invtext="#F4F6FA",
    invmuted="#A9B4C4",
    invaccent="#9DBDFF",
    dim="#66101828",
)

DARK = Theme(
    name="dark",
    dark=True,
    bg="#12151B",
    surface="#1A1E26",
    surface2="#212630",
    sunken="#0E1116",
    nav="#161A21",
    navtext="#A6B0C0",
    border="#2A303B",
    border2="#3B4350",
    text="#E8ECF2",
    text2="#B3BCCA",
    text3="#8B95A6",
    accent="#6798F2",
    accenth="#76A1F5",
    accentp="#487BE0",
    accentbg="#1D2C4A",
    onaccent="#0B1220",
    ok="#4CC38A",
    okbg="#153026",
    okbd="#24523D",
    warn="#F0B155",
    warnbg="#2E2310",
    warnbd="#5A4315",
    bad="#F58B80",
    badbg="#3D1B19",
    badbd="#6A2C28",
    badd="#FFB1A8",
    info="#7FB0FF",
    infobg="#182A48",
    infobd="#28436F",
    sel="#1D2C4A",
    hover="#232934",
    scroll="#3E4655",
    shadow="#55000000",
    rowbad="#2A1C1E",
    rowwarn="#262017",
    inv="#2C3340",
    invtext="#F4F6FA",
    invmuted="#A9B4C4",
    invaccent="#8FB6FF",
    dim="#99060810",
)

# Roles a state may have. `neutral` and `accent` are not states: no one is to act on them.
ROLES = ("ok", "warn", "bad", "info", "neutral", "accent")
# The icon that says the same as the colour, so that colour is never alone.
ROLE_ICON = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
    "info": "info",
    "neutral": "circle",
    "accent": "circle-dot",
    "plan": "shield-alert",
    "": "circle",
}


# Other words for the same colours: no level at all, and what waits for a plan B.
_ALIAS = {"": "neutral", "plan": "warn"}


def role_ink(role: str) -> str:
    """The token of a role's text; a token's own name passes through."""
    role = _ALIAS.get(role, role)
    return "text2" if role == "neutral" else role


def value_ink(role: str) -> str:
    """The token of a value's text: plain text when it has no role at all."""
    return role_ink(role) if role else "text"


def role_ground(role: str) -> str:
    """The token of a role's ground."""
    role = _ALIAS.get(role, role)
    return "surface2" if role == "neutral" else role + "bg"


def role_border(role: str) -> str:
    """The token of a role's border."""
    role = _ALIAS.get(role, role)
    return "border2" if role in ("neutral", "accent") else role + "bd"


# Measures in logical pixels.
GAP_XS, GAP_S, GAP_M, GAP_L, GAP_XL = 4, 8, 12, 16, 24
PAGE_MARGINS = (24, 18, 24, 16)
CARD_MARGINS = (16, 12, 16, 12)
CARD_GAP = 14
RADIUS_KEY, RADIUS_CONTROL, RADIUS_TILE, RADIUS_CARD, RADIUS_SHEET = 4, 6, 8, 10, 12
CONTROL, CONTROL_SMALL, CONTROL_BIG, CONTROL_SCAN = 32, 26, 42, 44
ROW, ROW_COMPACT, ROW_TWO_LOW, ROW_TWO = 36, 28, 46, 50
HEAD = 34
NAV_WIDE, NAV_RAIL, TOP_BAR, TAB_ROW, STATUS_BAR = 224, 60, 52, 34, 26
WIDE_FROM, SIDE_FROM, TALL_FROM = 1400, 1200, 820
BASE, SMALL, CAPTION, SECTION, TITLE, FIGURE = 13, 12, 11, 15, 20, 24
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
