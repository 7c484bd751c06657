"""Ways are tried within a short time: what could not be looked at is named, by the answer and in the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from sqlalchemy import literal_column, select

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.failure import Failure, facts_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.steps import Steps
from retaguarda.kernel.text import Texts
from retaguarda.modules.contingency.api import Ground, Ways
from retaguarda.modules.contingency.providers import PlanB
from retaguarda.modules.contingency.providers.stock import STOCK
from retaguarda.modules.contingency.rules import Way
from retaguarda.shell.page_view import PageView
from tests.helpers.company import open_as
from tests.helpers.window import DrawnDesk
from tests.modules.contingency.shortage import shop


def test_what_there_was_no_time_for_is_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    store = shop(office)
    order_id = store.order()
    monkeypatch.setattr(PlanB, "seconds", 0)
    refused = store.short(order_id)
    assert refused.remedies == ()
    assert refused.left_out == tuple(f"contingency.kind.{kind}" for kind in STOCK)
    assert refused.__notes__ == [f"plan B, {kind}: no time left" for kind in STOCK]


def test_who_breaks_is_left_out_and_named_and_the_others_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(ground: Ground) -> Iterator[Way]:
        ground.unit.all(Statement(select(literal_column("nowhere.nothing"))))
        yield from ()

    found = shop(office)
    everything = list(found.ways(found.order()))
    monkeypatch.setitem(cast(Any, STOCK), "transfer", broken)
    short = found.short(found.order())
    kinds = [remedy.reason.rsplit(".", 1)[1] for remedy in short.remedies]
    rest = [kind for kind in everything if kind != "transfer"]
    assert kinds[: len(rest)] == rest
    assert short.left_out == ("contingency.kind.transfer",)
    assert short.__notes__[0].startswith("plan B, transfer: ")


@pytest.mark.parametrize("company_url", ["pg"], indirect=True)
def test_what_somebody_else_holds_is_not_waited_for(office: Office) -> None:
    store = shop(office)
    failure_id = store.short(store.order()).failure_id
    # Whoever writes does so in the name of a command that the journal knows.
    names = [office.do("party.add_party", name=name, customer=True).command_id for name in ("Ana", "Bia")]
    other = open_as(office.store.url)
    try:
        with other.bus.aside(other.actor, names[0]) as theirs, office.bus.aside(office.actor, names[1]) as mine:
            steps = mine.port(Steps)
            ways = mine.port(Ways).of(mine, facts_of(mine, mine.get(Failure, str(failure_id))))
            taken = next(way for way in ways if way.kind == "less")
            with theirs.trial() as trial:
                for step in taken.steps:
                    steps.carry_out(trial, step)
                trial.settle()
                assert list(steps.tried(mine, [taken.steps])) == [None]
            assert list(steps.tried(mine, [taken.steps])) == [True]
    finally:
        other.close()


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_by_keys_from_the_refusal_to_the_confirmed_order(
    office: Office, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = shop(office)
    order_id = store.order()
    desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True))
    view = desk.draw(PageView(desk.open("sales.order_page", order_id), desk.words))
    try:
        with monkeypatch.context() as patch:
            patch.setattr(Steps, "_goes_through", lambda *_: None)
            QTest.keyClick(view, Qt.Key.Key_F10)
            desk.turn()
        said = view.findChild(QLabel, "left_out").text()
        assert said.startswith("Não deu para ver a tempo: outro depósito, transferência de outro depósito")
        QTest.keyClick(view, Qt.Key.Key_F10)
        desk.turn()
        assert view.findChild(QLabel, "left_out") is None
        line = view.findChild(QWidget, "remedy_1")
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_3)
        QTest.keyClick(view.findChild(QWidget, "remedy_3"), Qt.Key.Key_Return)
        desk.turn()
        assert desk.page.banner is None
    finally:
        view.close()
        view.deleteLater()
        desk.turn()
    (chosen,) = office.show("contingency.choices").rows
    assert (chosen.kind, chosen.order_id, chosen.place) == ("substitute", order_id, 3)
