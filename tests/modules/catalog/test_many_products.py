"""One field of many products changed at once: tried first, each by its own command, taken back by one undo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retaguarda.app.compose import book, registry
from retaguarda.app.headless import SYSTEM, Office
from retaguarda.kernel.bulk import by_percent
from retaguarda.kernel.command import fields_of
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.screen.bulk_plan import NewValue
from retaguarda.kernel.text import Texts
from retaguarda.modules.catalog import rules
from retaguarda.modules.catalog.model import Product, ProductCode
from retaguarda.shell.list_view import ListView
from tests.helpers.asking import answers
from tests.helpers.company import acting
from tests.helpers.desk import Desk
from tests.helpers.window import DrawnDesk
from tests.modules.catalog.goods import add_product

SAYS = "SELECT id, code, name, unit_code, tax_code, note, archived, folded FROM product"


def _shelves(office: Office, how_many: int, loose: int) -> None:
    """So many products counted in boxes, and some weighed; written at once, not by their commands."""
    with office.bus.aside(SYSTEM, new_id()) as unit:
        keys = [unit.new_id() for _ in range(how_many + loose)]
        said = [(f"P{n:04}", f"Produto {n:04}") for n in range(len(keys))]
        rows = [
            {
                "id": key, "code": code, "name": name, "kind": rules.STOCK, "unit_code": "CX" if n < how_many else "KG",
                "folded": rules.product_fold(name, [code]),
            }
            for n, (key, (code, name)) in enumerate(zip(keys, said, strict=True))
        ]  # fmt: skip
        unit.add_all(Product, rows)
        unit.add_all(ProductCode, [{"product_id": r["id"], "kind": rules.OWN, "code": r["code"]} for r in rows])


def _offer(desk: Desk, name: str) -> Any:
    return next(one for one in desk.list.bulk.offers if one.name == name)


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_a_thousand_rows_three_of_them_bad(office: Office) -> None:
    _shelves(office, 997, 3)
    before = answers(office.store, {"product": SAYS})
    desk = Desk(office, book())
    desk.open("catalog.product_list")
    desk.call(desk.list.mark_all)
    desk.call(desk.list.change_marked)
    bulk = desk.list.bulk
    assert len(bulk.keys) == 1000
    unit = _offer(desk, "catalog.revise_product.unit_code")
    desk.call(lambda: bulk.preview(unit, NewValue(raw="UN")))

    # What would come of it is known, and nothing of it is there.
    assert (bulk.stage, bulk.count("will"), bulk.count("refused")) == ("tried", 997, 3)
    assert {(item.why.code, item.now, item.then) for item in bulk.items if item.why} == {
        ("catalog.unit_coarser", "KG", "UN")
    }
    assert answers(office.store, {"product": SAYS}) == before

    desk.call(bulk.carry_out)
    assert (bulk.stage, bulk.count("done"), bulk.count("refused")) == ("done", 997, 3)
    assert [row.unit_code for row in office.show("catalog.products", {"unit_code": "KG"}).rows] == ["KG"] * 3
    assert office.show("catalog.products", {"unit_code": "UN"}, count=True).count == 997
    assert set(desk.list.marked) == {item.row.id for item in bulk.items if item.fate == "refused"}
    journal = {"n": "SELECT count(*) FROM command_journal WHERE name = 'catalog.revise_product' AND state = 'done'"}
    assert [int(row[0]) for row in answers(office.store, journal)["n"]] == [997]
    toast = desk.toasts[-1]
    assert (toast.text.code, toast.text.params) == ("shell.bulk.done", {"n": 997})

    # Somebody changed one since: it stays as they left it, and is named; all others are as they were.
    changed = next(item.row for item in bulk.items if item.fate == "done")
    office.do("catalog.revise_product", product_id=changed.id, code=changed.code, name="Novo", unit_code="UN")
    assert callable(toast.undo)
    desk.call(toast.undo)
    assert (bulk.stage, bulk.count("undone"), bulk.count("stays"), bulk.went_whole) == ("undone", 996, 1, False)
    left = next(item for item in bulk.items if item.fate == "stays")
    assert (left.row.id, left.why and left.why.code) == (changed.id, "kernel.stale")
    after = answers(office.store, {"product": SAYS})
    assert len([row for row in after["product"] if row not in before["product"]]) == 1
    assert office.one("catalog.products", changed.id).name == "Novo"
    assert office.check() == []


def test_prices_by_percent_archiving_and_rights(office: Office) -> None:
    for code, price in (("A", "10"), ("B", "3.33"), ("C", "0.02"), ("D", None)):
        add_product(office, code, f"Produto {code}", **({"price": price} if price else {}))
    desk = Desk(office, book())
    state = desk.open("catalog.product_list")
    bulk = state.bulk
    desk.call(lambda: state.mark([row.id for row in state.rows]))
    desk.call(state.change_marked)
    price = _offer(desk, "catalog.set_price.price")
    for raw, code in (("x", "text.not_a_number"), ("", "text.not_a_number"), ("-100", "shell.bulk.percent_range")):
        bulk.preview(price, NewValue(raw=raw, percent=True))
        assert (bulk.stage, bulk.fault.code) == ("asking", code)
    desk.call(lambda: bulk.preview(price, NewValue(raw="")))
    assert bulk.fault.code == "kernel.required"
    desk.call(lambda: bulk.preview(price, NewValue(raw="5", percent=True, step=Decimal("0.10"))))
    assert [(item.row.code, item.then, item.fate, item.why and item.why.code) for item in bulk.items] == [
        ("A", Decimal("10.50"), "will", None),
        ("B", Decimal("3.50"), "will", None),
        ("C", Decimal("0.00"), "refused", "shell.bulk.rounds_to_nothing"),
        ("D", None, "refused", "shell.bulk.nothing_to_change"),
    ]
    # Somebody was faster with one of them: its new price is not written over.
    office.do("catalog.set_price", product_id=bulk.items[0].row.id, price="99")
    desk.call(bulk.carry_out)
    assert [(item.fate, item.why and item.why.code) for item in bulk.items[:2]] == [
        ("refused", "kernel.stale"), ("done", None),
    ]  # fmt: skip
    desk.call(bulk.undo)
    assert [row.price for row in office.show("catalog.products", sort="code").rows] == [
        Decimal(99), Decimal("3.33"), Decimal("0.02"), None,
    ]  # fmt: skip

    # A command that says no more than for whom it is goes back by its inverse.
    desk.call(state.change_marked)
    desk.call(lambda: bulk.preview(_offer(desk, "catalog.archive_product."), NewValue()))
    desk.call(bulk.carry_out)
    assert bulk.count("done") == len(bulk.keys) == 3
    assert office.show("catalog.products", {"archived": False}, count=True).count == 1
    desk.call(bulk.undo)
    assert office.show("catalog.products", {"archived": False}, count=True).count == 4
    assert bulk.went_whole

    with acting(office, "stock"):
        names = {one.command for one in Desk(office, book()).open("catalog.product_list").bulk.offers}
        assert names == {"catalog.revise_product", "catalog.archive_product", "catalog.restore_product"}
    with acting(office, "sales"):
        state = Desk(office, book()).open("catalog.product_list")
        state.mark_all()
        assert (state.can_mark, state.marked) == (False, {})


def test_marks_go_with_the_question_and_stop_leaves_the_rest(office: Office) -> None:
    _shelves(office, 120, 0)
    desk = Desk(office, book())
    state = desk.open("catalog.product_list")
    desk.call(lambda: state.mark([state.rows[0].id]))
    desk.call(lambda: state.sort_by("price"))
    assert len(state.marked) == 1
    desk.call(lambda: state.search("Produto 0001"))
    assert state.marked == {}
    desk.call(state.clear)
    desk.call(state.mark_all)
    desk.call(state.change_marked)
    bulk = state.bulk
    desk.call(lambda: bulk.preview(_offer(desk, "catalog.revise_product.tax_code"), NewValue(raw="6109")))
    state.watch(lambda topic: bulk.stop() if topic == "bulk" and bulk.progress[0] == 50 else None)
    desk.call(bulk.carry_out)
    assert (bulk.stage, bulk.count("done"), bulk.count("will")) == ("done", 50, 70)
    assert office.show("catalog.products", {"tax_code": "6109"}, count=True).count == 50
    # It can be gone on with: what is in is not sent again.
    desk.call(bulk.carry_out)
    assert bulk.count("done") == 100
    desk.call(bulk.carry_out)
    assert bulk.count("done") == 120
    desk.call(lambda: state.mark([str(n) for n in range(5_001)]))
    assert (state.marked, state.banner.text.code) == ({}, "shell.bulk.too_many")


def test_what_may_be_changed_in_bulk_is_declared_whole() -> None:
    """What else its command asks for comes from the row, whose version guards it, and there is a way back."""
    offers = [(handled, one) for handled in registry().commands.values() for one in handled.bulk]
    assert {handled.name for handled, _ in offers} >= {"catalog.set_price", "party.set_credit_limit"}
    for handled, one in offers:
        specs = {spec.name: spec for spec in fields_of(handled.command)}
        assert "version" in specs
        assert {name for name, spec in specs.items() if spec.required} <= {one.field, *one.given}
        assert set(one.given) <= set(specs)
        assert one.field in specs or handled.undo in registry().commands
        for query in one.queries:
            known = set(registry().queries[query].row.__slots__)
            assert {*one.given.values(), "version", *filter(None, [one.shows or one.field])} <= known


def test_rounding_by_percent() -> None:
    cases = (("10", "5", "0.01", "10.50"), ("9.99", "-10", "0.05", "9.00"), ("0.125", "0", "0.01", "0.13"))
    for now, percent, step, then in cases:
        assert by_percent(Decimal(now), Decimal(percent), Decimal(step)) == Decimal(then)


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_by_keys_in_the_window(office: Office, qtbot: Any) -> None:
    """Space and Shift+arrows mark, Ctrl+Shift+E asks, Enter tries, F10 does it, F8 takes it back, Esc leaves."""
    for code, price in (("A", "10"), ("B", None), ("C", "30"), ("D", "40")):
        add_product(office, code, f"Produto {code}", **({"price": price} if price else {}))
    desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True, currency="BRL"))
    state = desk.open("catalog.product_list")
    view = desk.draw(ListView(state, desk.words))
    for topic in ("rows", "status"):
        view.topic(topic)
    desk.turn()
    key = QTest.keyClick
    _mark_by_keys(desk, view)
    assert [row.code for row in state.rows if row.id in state.marked] == ["A", "B", "D"]
    key(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.turn()
    sheet = view.marks.sheet
    assert sheet is not None
    assert sheet.what.hasFocus()
    while sheet.what.value() != "catalog.set_price.price":
        key(sheet.what, Qt.Key.Key_Down)
    sheet.how.setFocus()
    key(sheet.how, Qt.Key.Key_Down)
    sheet.value.setFocus()
    QTest.keyClicks(sheet.value, "10,x")
    key(sheet.value, Qt.Key.Key_Return)
    desk.turn()
    assert sheet.value.hasFocus()
    assert state.bulk.fault is not None
    key(sheet.value, Qt.Key.Key_Backspace)
    key(sheet.value, Qt.Key.Key_Return)
    desk.turn()
    shown = sheet.table.rows
    cells = [[str(shown.index(n, at).data()) for at in range(4)] for n in range(shown.rowCount())]
    assert cells == [
        ["Produto B, B", "—", "—", "Não há valor de que partir."],
        ["Produto A, A", "10,00", "11,00", "Será alterado"],
        ["Produto D, D", "40,00", "44,00", "Será alterado"],
    ]
    assert sheet.do.text() == "Alterar 2"
    assert _prices(office) == [Decimal(10), None, Decimal(30), Decimal(40)]
    key(sheet.table, Qt.Key.Key_F10)
    desk.turn()
    assert _prices(office) == [Decimal(11), None, Decimal(30), Decimal(44)]
    assert [row.code for row in state.rows if row.id in state.marked] == ["B"]
    key(sheet.table, Qt.Key.Key_F8)
    desk.turn()
    assert _prices(office) == [Decimal(10), None, Decimal(30), Decimal(40)]
    assert view.marks.sheet is sheet
    key(sheet.table, Qt.Key.Key_Escape)
    assert view.marks.sheet is None
    view.close()
    view.deleteLater()


def _mark_by_keys(desk: DrawnDesk, view: ListView) -> None:
    key, table, state = QTest.keyClick, view.table, view.state
    table.setFocus()
    key(table, Qt.Key.Key_Space)
    key(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.code for row in state.rows if row.id in state.marked] == ["A", "B", "C"]
    assert [bool(row and row.marked) for row in map(table.rows.at, range(4))] == [True, True, True, False]
    assert view.marks.line.isVisibleTo(view)
    key(table, Qt.Key.Key_Escape)
    assert (state.marked, view.marks.line.isVisibleTo(view)) == ({}, False)
    key(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.turn()
    assert len(state.marked) == 4
    key(table, Qt.Key.Key_Space)


def _prices(office: Office) -> list[Decimal | None]:
    return [row.price for row in office.show("catalog.products", sort="code").rows]
