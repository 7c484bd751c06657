"""What is shown: every screen of the book, empty and on a fitting record, and what else a person meets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF

from retaguarda.kernel.command import name_of
from retaguarda.kernel.screen import (
    EntryScreen,
    FormScreen,
    ListScreen,
    PageScreen,
    Phrase,
    ReportScreen,
    ScanScreen,
    Screen,
    TablePanel,
)
from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.built import BuilderScreen
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.parts import Action
from retaguarda.kernel.screen.pressing import opening
from retaguarda.kernel.screen.report import ReportState
from retaguarda.kernel.screen.state import Go, Toast
from retaguarda.shell.palette import Palette
from retaguarda.shell.widgets.picker import Picker
from retaguarda.shell.widgets.signature import SignaturePad
from tests.tour.importing import import_sights
from tests.tour.lists import list_sights
from tests.tour.printing import print_sights
from tests.tour.sight import NothingToShow, Sight
from tests.tour.stage import Stage

HOME = "process.home"
ORDER_PAGE, ORDER_ENTRY, CUSTOMER_FORM = "sales.order_page", "sales.order_entry", "party.customer_form"
ROLE_FORM, DELIVER_FORM = "company.role_form", "delivery.deliver_form"
ROLES = {"sales": "bruno", "stock": "elisa", "finance": "fabio"}
WANTED: dict[str, dict[str, Any]] = {
    ORDER_PAGE: {"state": "confirmed"},
    ORDER_ENTRY: {"state": "quotation"},
    "sales.order_amend": {"state": "confirmed"},
    "catalog.product_page": {"code": "1002"},
    "catalog.product_form": {"code": "1002"},
    "company.role_form": {"code": "hr"},
    "party.customer_page": {"name": "Marcenaria São Bento"},
    "inventory.kit_form": {"name": "Kit pintura de parede"},
    "accounting.account_page": {"name": "Banco Ipê conta corrente"},
    "accounting.rule_form": {"rule": "billing.received"},
    "billing.receive_form": {"state": "overdue"},
    "billing.till_page": {"state": "closed"},
    "purchasing.invoice_entry": {"number": 5},
    "purchasing.invoice_page": {"supplier_number": "NF 48120"},
    "delivery.pick_station": {"state": "open"},
    "delivery.pack_station": {"state": "picked"},
}
"""Which record a screen is shown on, where the first one of its list would say little."""
LOADS: dict[str, str] = {
    ORDER_ENTRY: "sales.orders", "sales.order_amend": "sales.orders", ORDER_PAGE: "sales.orders",
}  # fmt: skip
"""The list of a record whose `load` gives one row only."""


PARTNERS = {"customer_id": "Construtora", "supplier_id": "Distribuidora"}
"""Who is chosen in an entry by its partner's field."""


def sights(stage: Stage) -> Iterator[Sight]:
    """Every sight of the person who is logged in, in the order of the book."""
    book = stage.desk.screens._session.seat.book
    for screen in book:
        if isinstance(screen, EntryScreen):
            if screen.command is not None:
                yield Sight(f"{screen.name}.new", screen.name, partial(_type_order, name=screen.name))
            if screen.revise is not None:
                yield Sight(f"{screen.name}.edit", screen.name, partial(_open_loaded, screen=screen))
        elif isinstance(screen, FormScreen):
            yield from _form(screen)
        elif isinstance(screen, ReportScreen):
            for cut in screen.cuts:
                yield Sight(f"{screen.name}.{cut.name}", screen.name, partial(_cut, name=screen.name, cut=cut.name))
        elif isinstance(screen, BuilderScreen):
            yield Sight(screen.name, screen.name, partial(_build, name=screen.name))
            yield Sight(f"{screen.name}.rows", screen.name, partial(_build_rows, name=screen.name))
        elif isinstance(screen, PageScreen | ScanScreen):
            yield Sight(screen.name, screen.name, partial(_open_loaded, screen=screen))
        else:
            yield Sight(screen.name, screen.name, partial(_open, go=Go(screen.name)))
    yield Sight("palette", HOME, _palette)
    yield Sight("found", HOME, _found)
    yield Sight("about", HOME, _about)
    yield Sight("toast", HOME, _toast)
    yield Sight("refused", ORDER_PAGE, _short_order)
    yield Sight("not_delivered", ORDER_PAGE, partial(_failing, code="delivery.attempt_failed"))
    yield Sight("came_back", ORDER_PAGE, partial(_failing, code="delivery.came_back"))
    yield Sight("faults", CUSTOMER_FORM, _faults)
    yield Sight("closing", CUSTOMER_FORM, _closing)
    yield Sight("picking", ROLE_FORM, _picking)
    yield Sight("signing", DELIVER_FORM, _signing)
    yield from list_sights()
    yield from print_sights()
    yield from import_sights()


def _form(screen: FormScreen) -> Iterator[Sight]:
    if not screen.load:
        yield Sight(screen.name, screen.name, partial(_open_dialog, screen=screen))
    elif screen.single:
        yield Sight(screen.name, screen.name, partial(_open, go=Go(screen.name)))
    else:
        if screen.command is not None:
            yield Sight(f"{screen.name}.new", screen.name, partial(_open, go=Go(screen.name)))
        if screen.revise is not None:
            yield Sight(f"{screen.name}.edit", screen.name, partial(_open_loaded, screen=screen))


# ---- opening ----
def _open(stage: Stage, go: Go) -> Any:
    return stage.open(go)


def _open_loaded(stage: Stage, screen: Screen) -> None:
    key_name, rows = _records(stage, screen)
    wanted = WANTED.get(screen.name, {})
    if not rows:
        raise NothingToShow(screen.name)
    # A row may name the form that is its own.
    rows = [r for r in rows if getattr(r, "opens", screen.name) == screen.name] or rows
    row = next((r for r in rows if all(getattr(r, k) == v for k, v in wanted.items())), rows[0])
    stage.open(Go(screen.name, str(getattr(row, key_name))))


def _records(stage: Stage, screen: Any) -> tuple[str, list[Any]]:
    """The rows of the list that leads to a screen (or of what it loads), and which of their values is the key."""
    book = stage.desk.screens._session.seat.book
    for other in book:
        if isinstance(other, ListScreen) and other.opens == screen.name and screen.name not in LOADS:
            rows = stage.office.show(other.query, dict(other.where), limit=100).rows
            if rows:
                return other.opens_key, list(rows)
        for panel in book.panels(other):
            if (
                isinstance(panel, TablePanel)
                and screen.name in (panel.opens, *panel.opens_too)
                and not isinstance(other, PageScreen)
            ):
                return panel.opens_key, list(stage.office.show(panel.query, limit=100).rows)
    return "id", list(stage.office.show(LOADS.get(screen.name, screen.load), limit=100).rows)


def _open_dialog(stage: Stage, screen: FormScreen) -> None:
    """Opens a dialog as the action that leads to it does, on a row that allows it."""
    book = stage.desk.screens._session.seat.book
    for other in book:
        for action in _actions(stage, other):
            if action.opens == screen.name:
                rows = _rows_of(stage, other, action) if action.on_row else []
                named = name_of(screen.command or screen.revise)  # type: ignore[arg-type]
                row = next((r for r in rows if named in getattr(r, "allowed", ())), rows[0] if rows else None)
                stage.open(opening(stage.desk.screens._session.seat, action, row))
                return
    stage.open(Go(screen.name))


def _actions(stage: Stage, screen: Screen) -> Iterable[Action]:
    book = stage.desk.screens._session.seat.book
    yield from book.actions(screen)
    for panel in book.panels(screen):
        yield from getattr(panel, "actions", ())


def _rows_of(stage: Stage, screen: Any, action: Action) -> list[Any]:
    if isinstance(screen, ListScreen):
        return list(stage.office.show(screen.query, dict(screen.where), limit=100).rows)
    book = stage.desk.screens._session.seat.book
    panel = next((p for p in book.panels(screen) if action in getattr(p, "actions", ())), None)
    if panel is not None and not isinstance(screen, PageScreen):
        return list(stage.office.show(panel.query, dict(panel.where), limit=100).rows)
    key_name, rows = _records(stage, screen)
    one = [stage.office.one(screen.load, str(getattr(row, key_name))) for row in rows[:60]]
    return [row for row in one if row is not None]


# ---- more than opening ----
def _type_order(stage: Stage, name: str) -> None:
    """An order as it stands at the counter: a customer, four lines that are there, a service and two short ones."""
    opened = stage.open(Go(name))
    state = opened.state
    assert isinstance(state, EntryState)
    if state.screen.partner:
        _choose(stage, state, state.screen.partner, PARTNERS[state.screen.partner])
    if state.screen.lines.item != "product_id":
        return
    stock = sorted(stage.office.show("inventory.stock", limit=500).rows, key=lambda row: str(row.code))
    plenty = [row for row in stock if row.free > 8][:4]
    codes = [f"{n + 2}*{row.code}" for n, row in enumerate(plenty)]
    scarce = [row for row in stock if row.free <= 0][:1]
    codes.append(f"400*{plenty[0].code}")
    codes += [f"5*{row.code}" for row in scarce]
    for code in codes:
        state.scanning.give(code)
        stage.calm()


def _choose(stage: Stage, state: FormState, field: str, text: str) -> None:
    state.type_in(field, text)
    state.suggest(field, text)
    stage.calm()
    if state.suggestions:
        state.choose(field, state.suggestions[0].id, state.suggestions[0].name)
    state.leave(field)
    stage.calm()


def _cut(stage: Stage, name: str, cut: str) -> None:
    """One of the ways in which a report adds up."""
    state = stage.open(Go(name)).state
    assert isinstance(state, ReportState)
    state.choose_cut(cut)
    stage.calm()


def _build(stage: Stage, name: str) -> BuilderState:
    """A report that somebody builds: what was ordered, by customer and month."""
    state = stage.open(Go(name)).state
    assert isinstance(state, BuilderState)
    state.choose_source("sales.order_list")
    state.group_by(0, "customer_name")
    state.total("sum", "total_amount", True)
    state.total("average", "total_amount", True)
    state.total("count", "", False)
    state.draw("bars")
    state.put_largest(True)
    state.ask_of((Condition(field="ordered_at", kind="instant", period="this_year"),))
    stage.calm()
    return state


def _build_rows(stage: Stage, name: str) -> None:
    """The rows of one of its groups."""
    _build(stage, name).open()
    stage.calm()


def _palette(stage: Stage) -> None:
    stage.open(Go(HOME))
    stage.desk.top.search_pressed.emit()
    stage.calm()


def _found(stage: Stage) -> None:
    """What the one box finds, in several lists at once."""
    _palette(stage)
    palette = stage.desk.findChild(Palette)
    assert palette is not None
    palette._line.setText("par")
    palette._finder.look("par")
    stage.calm()


def _about(stage: Stage) -> None:
    stage.open(Go(HOME))
    stage.desk.show_about()
    stage.calm()


def _toast(stage: Stage) -> None:
    stage.open(Go(HOME))
    stage.desk.tell(Toast(Phrase("party.block_customer.done", {}), undo=("party.unblock_customer", {})))
    stage.calm()


def _short_order(stage: Stage) -> None:
    failing = stage.office.show("process.failures", limit=50).rows
    short = next(row.subject_id for row in failing if row.code == "sales.confirm_order.no_stock")
    opened = stage.open(Go(ORDER_PAGE, str(short)))
    opened.view.press("confirm")
    stage.calm()
    assert opened.state.banner is not None
    assert len(opened.state.banner.remedies) > 1, "plan B stands there"


def _failing(stage: Stage, code: str) -> None:
    """The ways out of what is open about an order, on its page."""
    failing = stage.office.show("process.failures", limit=50).rows
    found = next((row.subject_id for row in failing if row.code == code), None)
    if found is None:
        raise NothingToShow(code)
    opened = stage.open(Go(ORDER_PAGE, str(found)))
    opened.view.press("ways")
    stage.calm()
    assert opened.state.banner is not None
    assert opened.state.banner.failure_id, "plan B stands there"


def _faults(stage: Stage) -> None:
    opened = stage.open(Go(CUSTOMER_FORM))
    state = opened.state
    assert isinstance(state, FormState)
    state.type_in("tax_id", "11.222.333/0001-00")
    state.leave("tax_id")
    opened.view.press("save")
    stage.calm()


def _signing(stage: Stage) -> None:
    """Goods that are handed over, signed for with the mouse."""
    form = next(one for one in stage.desk.screens._session.seat.book if one.name == DELIVER_FORM)
    assert isinstance(form, FormScreen)
    _open_dialog(stage, form)
    stage.calm()
    pad = next(one for one in stage.window.findChildren(SignaturePad) if one.isVisible())
    for start, wide in ((110, 30), (240, 22), (330, 26)):
        pad.drawing.strokes.append(
            [
                QPointF(start + n * wide / 10, 74 - 34 * math.sin(n * 0.7) * math.exp(-n / 16) - n * 0.4)
                for n in range(28)
            ]
        )
    pad.changed()
    pad.setFocus()
    stage.calm()


def _picking(stage: Stage) -> None:
    """A role with permissions of several modules, and the list of those that may be found open."""
    role = next(row for row in stage.office.show("company.roles", limit=50).rows if row.code == "hr")
    opened = stage.open(Go(ROLE_FORM, role.id))
    stage.calm()
    state: Any = opened.state
    state.type_in("added", "sales.read, sales.log_contact, inventory.read, company.read_journal")
    state.type_in("removed", "party.add_party")
    stage.calm()
    picker = opened.view.findChild(Picker, "added")
    assert picker is not None
    stage.window.activateWindow()
    picker.box.setFocus()
    stage.calm()
    picker.box.setText("ver")
    picker.box._ask()
    stage.calm()


def _closing(stage: Stage) -> None:
    opened = stage.open(Go(CUSTOMER_FORM))
    assert isinstance(opened.state, FormState)
    opened.state.type_in("name", "Padaria Estrela da Manhã")
    stage.calm()
    stage.desk.screens.close(opened.key)
    stage.calm()
