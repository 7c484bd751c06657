"""Pure rules of the company: ready-made roles and departments, working hours as text, settings, who reports to whom,
how long somebody waits after wrong passwords."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Kind, Number, ValueFault, Whole
from retaguarda.kernel.text import parse_time

OWNER = "administrator"
EVERYTHING = "*"
ROLES: tuple[str, ...] = (
    "sales",
    "commercial",
    "relations",
    "stock",
    "finance",
    "picking",
    "shipping",
    "delivery",
    OWNER,
    "analyst",
    "marketing",
    "hr",
    "accounting",
    "legal",
    "it",
)
"""The ready-made roles (DOMAIN, Roles); a new company names them by the texts `company.role.<code>`."""

_TRADE = ("sales", "relations", "stock", "picking", "shipping", "delivery", "marketing")
GIVES: Mapping[str, tuple[str, ...]] = {"hr": _TRADE, "it": _TRADE}
"""The roles that a ready-made role may give without holding what is in them, until the company says otherwise: those
of the trade, none that moves money, sets prices and limits, reads everything, or lets others in."""

DEPARTMENTS: tuple[str, ...] = ("sales", "stock", "finance", "picking", "shipping", "delivery", "management")
"""The departments a new company starts with, named by the texts `company.department.<code>`."""

DISCOUNT_LIMITS: Mapping[str, str] = {
    "sales": "0.05",
    "relations": "0.05",
    "commercial": "0.15",
    OWNER: "1",
}
"""How much discount a line may carry by role, as a share; the highest of a person's roles counts."""

LANGUAGES: tuple[str, ...] = ("pt_BR", "en")
WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OFFICE_HOURS = "08:00-12:00 13:00-18:00"
SATURDAY_HOURS = "08:00-12:00"

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TIME = r"\d{1,2}(?:[:.h]?\d{2})?h?"
_SPAN = re.compile(rf"({_TIME})\s*(?:-|–|—|to|a|às|as)\s*({_TIME})", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;/]|\b(?:e|and)\b", re.IGNORECASE)
Span = tuple[dt.time, dt.time]


def effective(granted: frozenset[str], added: tuple[str, ...], removed: tuple[str, ...]) -> frozenset[str]:
    """A role's permissions: what the modules grant it, plus and minus what this company changed."""
    return (granted | frozenset(added)) - frozenset(removed)


def is_everything(added: str, removed: str) -> bool:
    """Whether a role, as stored, gives the right to do everything."""
    return EVERYTHING in json.loads(added) and EVERYTHING not in json.loads(removed)


def circle(person_id: str, boss_id: str | None, boss_of: Mapping[str, str | None]) -> tuple[str, ...]:
    """The people on the circle that `person_id` reporting to `boss_id` would close, from the person back to the
    person; empty when there is none."""
    path = [person_id]
    while boss_id is not None and boss_id not in path:
        path.append(boss_id)
        boss_id = boss_of.get(boss_id)
    return (*path, person_id) if boss_id == person_id else ()


def is_login(text: str) -> bool:
    """Whether a log-in name has only what every keyboard types: letters without accents, digits, point, hyphen."""
    return _LOGIN.fullmatch(text) is not None


def code_of(name: str) -> str:
    """A code made from a name: "Assistência técnica" is `assistencia_tecnica`; empty when nothing is left."""
    code = "_".join(re.findall(r"[a-z0-9]+", fold(name))).lstrip("0123456789_")
    return code[:40].rstrip("_")


def is_code(text: str) -> bool:
    """Whether the text is a code: lower-case letters, digits and underscores."""
    return _CODE.fullmatch(text) is not None


def read_hours(text: str) -> tuple[Span, ...]:
    """Working hours as people type them: `8-12 13-18`, `08:00–12:00, 13h30–18h`; empty is closed.

    Raises ValueFault `company.bad_hours`; 24 hours end at `0:00`.
    """
    spans: list[Span] = []
    try:
        for opens, closes in _SPAN.findall(text):
            spans.append((parse_time(_clock(opens)), parse_time(_clock(closes))))
    except ValueFault:
        raise ValueFault("company.bad_hours", text=text[:60]) from None
    if _BETWEEN.sub("", _SPAN.sub("", text)):
        raise ValueFault("company.bad_hours", text=text[:60])
    ends = [_minutes(time, closing=place == 1) for span in spans for place, time in enumerate(span)]
    if any(a > b or (a == b and place % 2 == 0) for place, (a, b) in enumerate(pairwise(ends))):
        raise ValueFault("company.bad_hours", text=text[:60])
    return tuple(spans)


def write_hours(spans: tuple[Span, ...]) -> str:
    """The stored form of working hours: `08:00-12:00 13:00-18:00`."""
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def _clock(text: str) -> str:
    return "0:00" if text.startswith("24") else text


def _minutes(time: dt.time, *, closing: bool) -> int:
    minutes = time.hour * 60 + time.minute
    return 24 * 60 if closing and minutes == 0 else minutes


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting: what its value may be, and what it is until the company says otherwise."""

    kind: Kind
    default: str


PERCENT = Number(scale=4, least=Decimal(0), most=Decimal(100))
"""A rate as people say it: `2` and `2,5` are two and two and a half per cent."""
SETTINGS: Mapping[str, SettingSpec] = {
    "invoice_policy": SettingSpec(
        Choice(("confirmed", "shipped"), texts="company.setting.invoice_policy"), "confirmed"
    ),
    "doubtful_stock_days": SettingSpec(Whole(1, 365), "30"),
    "stale_price_days": SettingSpec(Whole(1, 999), "180"),
    "quotation_days": SettingSpec(Whole(1, 365), "7"),
    "lowest_margin_percent": SettingSpec(Whole(0, 95), "0"),
    "purchase_tolerance_percent": SettingSpec(Whole(0, 100), "2"),
    "packing": SettingSpec(Choice(("while_picking", "own_step"), texts="company.setting.packing"), "while_picking"),
    "work_limit": SettingSpec(Whole(1, 99), "10"),
    "second_check": SettingSpec(Choice(("no", "yes"), texts="company.setting.second_check"), "no"),
    "late_fine_percent": SettingSpec(PERCENT, "2"),
    "late_interest_percent": SettingSpec(PERCENT, "1"),
    "late_grace_days": SettingSpec(Whole(0, 60), "0"),
    "early_discount_percent": SettingSpec(PERCENT, "0"),
    "early_discount_days": SettingSpec(Whole(1, 365), "5"),
}
"""What a company may set; words are the texts `company.setting.<code>`. Only what differs is stored."""


def read_setting(code: str, text: str) -> str:
    """The stored form of a setting's value; raises ValueFault where its kind does not take it."""
    kind = SETTINGS[code].kind
    if isinstance(kind, Whole):
        if not re.fullmatch(r"-?\d{1,10}", text):
            raise ValueFault("kernel.not_whole")
        return str(kind.clean(int(text)))
    if isinstance(kind, Number):
        return f"{kind.clean(text.replace(',', '.').rstrip(' %')).normalize():f}"
    return str(kind.clean(text))


FREE_TRIES = 3
FIRST_WAIT = dt.timedelta(seconds=5)
LONGEST_WAIT = dt.timedelta(minutes=15)
MOST_LOGINS = 1000


class Attempts:
    """Wrong passwords by log-in name: after three of them each further one doubles the wait, up to a quarter of an
    hour. Kept by each running office and by nobody else: a restart forgets, a database row would tell who tries."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, dt.datetime]] = {}

    def wait(self, login: str, now: dt.datetime) -> dt.timedelta:
        """How long this log-in still has to wait; zero when it may try."""
        times, last = self._wrong.get(login, (0, now))
        if times < FREE_TRIES:
            return dt.timedelta(0)
        doublings = min(times - FREE_TRIES, 20)
        pause = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
        return max(last + pause - now, dt.timedelta(0))

    def failed(self, login: str, now: dt.datetime) -> None:
        """One more wrong password; unknown names count alike."""
        times = self._wrong.pop(login, (0, now))[0]
        self._wrong[login] = (times + 1, now)
        if len(self._wrong) > MOST_LOGINS:
            del self._wrong[next(iter(self._wrong))]

    def succeeded(self, login: str) -> None:
        """The right password: everything before it is forgotten."""
        self._wrong.pop(login, None)


def is_look(text: str) -> bool:
    """Whether this is a JSON object: what a list keeps of itself."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
