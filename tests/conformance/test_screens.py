"""Every screen's declaration names only what is there, and every form has its `.ui`, bound field by field."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from retaguarda.app.compose import book, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.screen import (
    Action,
    Column,
    EntryScreen,
    FormScreen,
    LinesView,
    ListScreen,
    PageScreen,
    ScanScreen,
    Screen,
)
from retaguarda.kernel.screen.pressing import RecordState
from tests.helpers.desk import Desk
from tests.helpers.screen_faults import Faults
from tests.house.tree import ROOT

SCREENS = tuple(book())
each_screen = pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.name)
FORMS = [s for s in SCREENS if isinstance(s, FormScreen) and not isinstance(s, EntryScreen)]
each_form = pytest.mark.parametrize("screen", FORMS, ids=lambda s: s.name)
TIES = ("bind", "press", "label_of", "hint_of", "lines", "section")


_MONEY = {"money_account_id", "bank_reference"}
_RECEIVED = _MONEY | {"moneys", "use_credit", "keep_credit", "waive_charges"}
ASKED_ANEW = {
    "billing.credit_form": _MONEY | {"reason"},
    "billing.receive_customer_form": _RECEIVED,
    "billing.receive_form": _RECEIVED,
    "inventory.arrival_form": {"rest_comes", "reason"},
    "sales.exchange_form": {"cash_amount", "pix_amount", "debit_amount", "card_amount"},
    "sales.order_amend": {"consent_by", "consent_channel", "consent_note"},
}
"""Fields that begin empty though the form loads a record: they are said again each time."""


@each_screen
def test_a_screen_names_only_what_is_there(screen: Screen) -> None:
    anew = {f"loaded: rows carry no {name}" for name in ASKED_ANEW.get(screen.name, ())}
    assert set(Faults(registry(), book()).of(screen)) == anew


def test_what_the_one_box_finds_is_in_a_list_that_shows_all_of_it() -> None:
    found = [screen for screen in SCREENS if isinstance(screen, ListScreen) and screen.found]
    assert len(found) > 5
    for screen in found:
        query = registry().queries[screen.query]
        assert set(screen.found) <= set(query.names()), screen.name
        assert screen.search, screen.name
        assert query.search is not None, screen.name
        assert screen.opens, screen.name
        assert not screen.tabs or any(not tab.where for tab in screen.tabs), f"{screen.name}: no tab shows everything"


@each_screen
def test_a_screen_opens_and_no_key_has_two_meanings(sample: Office, screen: Screen) -> None:
    """Two actions may share a key (the next step, whichever it is) as long as no row allows both at once."""
    desk = Desk(sample, book())
    if isinstance(screen, FormScreen):
        assert desk.open(screen.name).banner is None
        return
    if isinstance(screen, PageScreen):
        rows = sample.show(screen.load, limit=20).rows
        assert rows
        for row in rows:
            _assert_clear(desk.open(screen.name, row.id))
            desk.close()
        return
    if isinstance(screen, ScanScreen):
        rows = [row for row in sample.show(screen.load, limit=500).rows if screen.scan in row.allowed]
        assert rows, "the sample company has no such work in hand"
        for row in rows:
            _assert_clear(desk.open(screen.name, row.id))
            assert desk.state.stage.finished is None
        return
    _assert_clear(desk.open(screen.name))
    if isinstance(screen, ListScreen):
        assert desk.list.status in ("ready", "empty", "none_found")
        for tab in screen.tabs or (None,):
            if tab is not None:
                desk.call(partial(desk.list.choose_tab, tab.name))
            for index in range(min(30, len(desk.list.rows))):
                desk.call(partial(desk.list.choose, index))
                _assert_clear(desk.list)


def _assert_clear(state: RecordState) -> None:
    assert state.banner is None, state.banner
    enabled = [b.action.shortcut for b in state.buttons() if b.reason is None and b.action.shortcut]
    assert len(enabled) == len(set(enabled)), enabled


def test_faults_of_a_screen_are_found() -> None:
    broken = ListScreen(
        name="sales.broken",
        query="sales.orders",
        icon="no-such-icon",
        columns=(Column(field="nonsense"), Column(field="number", sortable=True), Column(field="number")),
        where={"nothing": 1},
        opens="sales.nowhere",
        refreshed_by=("no_table",),
        actions=(
            Action(name="a", press="sales.nothing", shortcut="F2"),
            Action(name="a", press="sales.hold_order", prints="billing.invoice", shortcut="F2", given={"x": "y"}),
        ),
    )
    faults = "\n".join(Faults(registry(), book()).of(broken))
    for word in (
        "icon no-such-icon", "no nonsense", "no nothing", "no screen sales.nowhere", "by no_table", "number twice",
        "no command sales.nothing", "not do one thing", "takes no x", "carry no y", "called a",
    ):  # fmt: skip
        assert word in faults, word


@each_screen
def test_a_screen_that_is_never_opened_is_not_there(screen: Screen) -> None:
    assert screen.name in _led_to(), "no place, list, action or field leads to it"


def _led_to() -> set[str]:
    found = {place.screen for place in book().places}
    for screen in book():
        found.add(getattr(screen, "opens", ""))
        found |= {cut.opens for cut in getattr(screen, "cuts", ())}
        found.add(getattr(screen, "keep", ""))
        found |= {action.opens for action in book().actions(screen)}
        for panel in book().panels(screen):
            found |= {getattr(panel, "opens", ""), *getattr(panel, "opens_too", ())}
            found |= {action.opens for action in getattr(panel, "actions", ())}
        if isinstance(screen, FormScreen):
            # A refusal leads to the dialog that answers it.
            found |= {screen.name} if screen.approves else set()
            views = [v for f in screen.fields for v in (f.columns if isinstance(f, LinesView) else (f,))]
            found |= {view.adds for view in views}
    found |= {step.page for module in registry().modules for step in module.flows if hasattr(step, "page")}
    return found


# -- Designer forms


def ui_of(screen: Screen) -> Path:
    module, _, name = screen.name.partition(".")
    return ROOT / "ui" / module / f"{name}.ui"


def ties(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Kind, value and `notr` of everything a form's widgets are tied by."""
    for node in ET.parse(path).iter("property"):
        if node.get("name") in TIES:
            text = node.find("string")
            assert text is not None
            yield str(node.get("name")), text.text or "", text.get("notr") == "true"


@each_form
def test_a_form_has_its_ui_tied_to_it(screen: FormScreen) -> None:
    assert ui_of(screen).is_file(), "run build/forms.py"
    found = list(ties(ui_of(screen)))
    assert [tie for tie in found if not tie[2]] == [], "a tie is no text to translate"
    own = {view.name for view in screen.fields}
    grids = {view.name for view in screen.fields if isinstance(view, LinesView)}
    sections = {view.section for view in screen.fields if view.section}
    bound = [value for kind, value, _ in found if kind in ("bind", "lines")]
    assert sorted(bound) == sorted(own), "every field is bound once"
    assert {value for kind, value, _ in found if kind == "lines"} == grids
    assert {value for kind, value, _ in found if kind in ("label_of", "hint_of")} <= own
    assert {value for kind, value, _ in found if kind == "section"} <= sections
    assert {value for kind, value, _ in found if kind == "press"} <= {a.name for a in book().actions(screen)}


def test_no_ui_is_left_over() -> None:
    known = {ui_of(screen) for screen in SCREENS}
    assert [p for p in sorted((ROOT / "ui").rglob("*.ui")) if p not in known and p.parent.name != "shell"] == []


@pytest.mark.parametrize("path", sorted((ROOT / "ui").rglob("*.ui")), ids=lambda p: p.stem)
def test_no_prose_stands_in_a_ui(path: Path) -> None:
    prose = [
        text.text for text in ET.parse(path).iter("string") if text.get("notr") != "true" and (text.text or "").strip()
    ]
    assert prose == []
