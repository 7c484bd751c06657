"""The screens of the process as a person uses them, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.kinds import Choice
from retaguarda.kernel.screen import (
    BoardScreen,
    FiguresPanel,
    FormScreen,
    ListScreen,
    Panel,
    StepperPanel,
    TablePanel,
    TimelinePanel,
)
from retaguarda.kernel.text import Texts
from retaguarda.modules.process import rules, screens
from retaguarda.modules.process.screens.parts import LIGHT_LEVELS, SITUATION_LEVELS
from tests.helpers.company import acting
from tests.helpers.desk import Desk
from tests.modules.process.conftest import Work


def desk_of(work: Work, language: str = "pt_BR") -> Desk:
    return Desk(work.office, book(), Texts(language, strict=True))


def test_the_next_step_is_one_key_away(work: Work) -> None:
    work.order()
    desk = desk_of(work)
    desk.open("process.queue_list")
    for action in ("confirm_order", "invoice_order", "pick_order"):
        enabled = [b.action.name for b in desk.state.buttons() if b.action.shortcut == "F10" and b.enabled]
        assert enabled == [action]
        desk.press(action)
    assert [paper.document for paper in desk.papers] == ["billing.invoice"]
    desk.press("pack_order")
    desk.set(weight_kg="2,5")
    desk.press("save_close")
    desk.press("ship_order")
    desk.set(tracking_code="BR123")
    desk.press("save_close")
    desk.press("deliver_order")
    desk.set(receiver_name="Zélia")
    desk.press("save_close")
    assert desk.list.rows == []
    assert work.office.show("sales.orders").rows[0].state == "closed"


def test_work_is_taken_given_and_flagged_from_the_queue(work: Work) -> None:
    order = work.order("check")
    desk = desk_of(work)
    desk.open("process.queue_list")
    desk.press("take")
    assert desk.toasts[-1].text.code == "process.take_step.done"
    assert desk.list.record.person_name == "Ana Prado"
    desk.press("assign")
    desk.set(person_id="Pessoa finance")
    desk.press("save_close")
    assert work.row(order).person_name == "Pessoa finance"
    desk.call(lambda: desk.list.choose_tab("all"))
    desk.press("flag")
    desk.set(priority="high", reason="cliente antigo")
    desk.press("save_close")
    assert work.row(order).why == "flagged"
    desk.call(desk.list.open)
    assert (desk.state.screen.name, desk.page.key) == ("sales.order_page", order)


def test_a_failure_is_put_aside_from_the_list(work: Work) -> None:
    order = work.order(quantity="5000")
    with pytest.raises(Shortfall):
        work.step("check", order)
    desk = desk_of(work)
    desk.open("process.failure_list")
    desk.press("close")
    desk.set(reason="comprado ao lado")
    desk.press("save_close")
    assert desk.list.rows == []


def test_home_shows_lights_promises_queue_times_and_the_last_orders(work: Work) -> None:
    work.order("check", promised_on="2026-11-23")
    desk = desk_of(work)
    desk.open("process.home")
    panels = desk.page.panels
    assert panels["promises"].row.due == 1
    assert len(panels["promises.rows"].rows or ()) == len(panels["my_queue"].rows or ()) == 1
    assert len(panels["bottleneck"].rows or ()) == 6
    assert len(panels["lights"].rows or ()) == 8
    assert len(panels["last_orders"].rows or ()) == 1
    desk.call(lambda: desk.page.press_in("my_queue", "take"))
    assert desk.page.panels["my_queue"].row.person_name == "Ana Prado"
    desk.press("exceptions")
    assert desk.list.screen.name == "process.failure_list"


def test_home_holds_only_what_a_role_may_read(work: Work) -> None:
    with acting(work.office, "hr"):
        desk = desk_of(work)
        desk.open("process.home")
        assert set(desk.page.panels) == {"lights", "promises", "promises.rows", "my_queue", "bottleneck"}


def test_home_shows_nobody_a_button_that_is_not_theirs(work: Work) -> None:
    for role, shown in (("sales", ["new_order", "exceptions"]), ("picking", ["exceptions"]), ("hr", [])):
        with acting(work.office, role):
            desk = desk_of(work)
            desk.open("process.home")
            assert [button.action.name for button in desk.page.buttons()] == shown


def test_an_order_is_the_place_to_ask_another_department(work: Work) -> None:
    order = work.order()
    desk = desk_of(work)
    desk.open("sales.order_page", order)
    desk.press("send_handoff")
    desk.set(to_department="Estoque", what="Conferir a cor")
    desk.press("save_close")
    page = desk.open("sales.order_page", order)
    assert [(row.what, row.way) for row in page.panels["handoffs"].rows] == [("Conferir a cor", "Vendas → Estoque")]
    with acting(work.office, "stock"):
        desk = desk_of(work)
        desk.open("process.queue_list")
        desk.press("accept_handoff")
        desk.press("end_handoff")
        assert desk.list.rows == []


def test_orders_carry_their_situation_path_and_timeline(work: Work) -> None:
    order = work.order("invoice")
    desk = desk_of(work)
    orders = desk.open("sales.order_list")
    assert orders.value(0, "situation") == "pick"
    page = desk.open("sales.order_page", order)
    assert [row.state for row in page.panels["path"].rows] == ["done", "done", "now", "waiting", "waiting", "waiting"]
    assert page.panels["timeline"].rows[0].code == "process.timeline.done.order.invoice"


def codes(screen: Any) -> Iterator[str]:
    """Every text a screen of the process needs."""
    yield screen.title_code
    yield from (action.text or f"{screen.name}.{action.name}" for action in screen.actions)
    if isinstance(screen, ListScreen):
        yield from (f"{screen.name}.{end}" for end in ("empty", "empty_why", "none_found"))
        yield from (column.title or f"{screen.name}.{column.field}" for column in screen.columns)
        yield from (tab.title or f"{screen.name}.tab.{tab.name}" for tab in screen.tabs)
        yield from (one.title or f"{screen.name}.{one.key}" for one in screen.filters)
        yield from (f"{one.texts}.{option}" for one in screen.filters for option in one.options)
    if isinstance(screen, FormScreen):
        yield from (screen.label(view.name) for view in screen.fields)
    if isinstance(screen, BoardScreen):
        for panel in screen.panels:
            yield from panel_codes(screen.name, panel)


def panel_codes(screen: str, panel: Panel) -> Iterator[str]:
    title = panel.title or f"{screen}.{panel.name}"
    yield title
    if isinstance(panel, TablePanel):
        yield panel.empty or f"{title}.empty"
        yield from (column.title or f"{screen}.{column.field}" for column in panel.columns)
        yield from (action.text or f"{screen}.{action.name}" for action in panel.actions)
    if isinstance(panel, StepperPanel | TimelinePanel):
        yield f"{title}.empty"
    if isinstance(panel, FiguresPanel):
        yield from (column.title or f"{screen}.{column.field}" for column in panel.figures)
        if panel.rows is not None:
            yield from panel_codes(screen, panel.rows)


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_every_word_is_there(language: str) -> None:
    texts = Texts(language, strict=True)
    needed = {code for screen in screens.SCREENS for code in codes(screen)}
    for fill in screens.SLOTS:
        if isinstance(fill.provider, Panel):
            needed |= set(panel_codes(fill.screen, fill.provider))
    needed |= {place.title or f"process.place.{place.name}" for place in screens.PLACES}
    needed |= {f"process.situation.{name}" for name in (*SITUATION_LEVELS, "cancelled", "declined")}
    needed |= {f"process.why.{why}" for why in rules.WHYS}
    needed |= {f"process.light.{level}" for level in LIGHT_LEVELS}
    needed |= {f"process.priority.{name}" for name in rules.PRIORITIES}
    needed |= {f"process.timeline.{name}" for name in rules.HAPPENINGS}
    assert [code for code in sorted(needed) if not texts.has(code)] == []


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_every_command_has_its_words(language: str) -> None:
    texts = Texts(language, strict=True)
    for name, handled in book().commands.items():
        if name.startswith("process."):
            needed = [name, f"{name}.done", f"help.{name}"]
            needed += [f"{name}.{field}" for field in handled.__annotations__ if field != "version"]
            assert [code for code in needed if not texts.has(code)] == [], name
    assert Choice(rules.PRIORITIES).options == rules.PRIORITIES
