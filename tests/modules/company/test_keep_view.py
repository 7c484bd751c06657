"""Views of lists: kept under a name, shared with a role one holds, seen by nobody else."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.screen.arranging import Arrangement
from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.text import Texts
from retaguarda.shell.list_view import ListView
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.helpers.window import DrawnDesk

SCREEN, PEOPLE = "sales.order_list", "company.person_list"
LOOK = json.dumps({"sort": "-number"})


def _seen(office: Office) -> list[tuple[str, bool, str | None]]:
    rows = office.show("company.saved_views", {"screen": SCREEN}).rows
    return [(row.name, row.mine, row.role_name) for row in rows]


def test_a_view_is_ones_own_until_it_is_shared_with_a_role(office: Office) -> None:
    role = next(row.name for row in office.show("company.roles").rows if row.code == "sales")
    with acting(office, "sales"):
        kept = office.do("company.keep_view", screen=SCREEN, name="Minhas", look=LOOK).rows[0]
        assert (kept.version, kept.mine, kept.look) == (1, True, LOOK)
    with acting(office, "stock"):
        assert _seen(office) == []
    assert _seen(office) == []
    with acting(office, "sales"):
        again = office.do("company.keep_view", screen=SCREEN, name=" Minhas ", look="{}", role="sales").rows[0]
        assert (again.id, again.version, again.look, again.role_name) == (kept.id, 2, "{}", role)
        office.do("company.keep_view", screen="billing.invoice_list", name="Minhas", look=LOOK)
        assert _seen(office) == [("Minhas", True, role)]
    with acting(office, "stock"):
        assert _seen(office) == []
        office.do("company.keep_view", screen=SCREEN, name="Minhas", look=LOOK)
        assert _seen(office) == [("Minhas", True, None)]
    office.do("company.keep_view", screen=SCREEN, name="Da casa", look=LOOK, role="sales")
    with acting(office, "sales"):
        assert _seen(office) == [("Da casa", False, role), ("Minhas", True, role)]


@pytest.mark.parametrize(
    ("more", "field", "fault"),
    [
        ({"look": "[]"}, "look", "company.keep_view.not_a_look"),
        ({"look": "{x"}, "look", "company.keep_view.not_a_look"),
        ({"role": "stock"}, "role", "company.keep_view.not_your_role"),
        ({"role": "pirates"}, "role", "company.unknown_role"),
        ({"name": " "}, "name", "kernel.too_short"),
    ],
)
def test_what_is_wrong_is_named(office: Office, more: dict[str, str], field: str, fault: str) -> None:
    with acting(office, "sales"), refused(office, fault) as caught:
        office.do("company.keep_view", **{"screen": SCREEN, "name": "Minhas", "look": LOOK, **more})
    assert caught[0].params["faults"][0]["field"] == field


def _restarted(office: Office, kept: dict[str, Any]) -> Desk:
    desk = Desk(office, book())
    desk.seat.recall = lambda screen: kept.get(screen, {})
    desk.seat.keep = kept.__setitem__
    return desk


def _stands(state: Any) -> Any:
    seen = [(column.field, column.width) for column in state.columns]
    return [row.id for row in state.rows], seen, state.sort, state.tab and state.tab.name, state.count


def test_a_list_opens_as_it_was_kept_with_equal_rows_and_heads(office: Office) -> None:
    kept: dict[str, Any] = {}
    desk = _restarted(office, kept)
    state = desk.open(PEOPLE)
    plain = _stands(state)
    state.move_column("name", 1)
    state.widen_column("name", 321)
    state.hide_column(state.columns[-1].field)
    state.choose_tab("all")
    status = Condition(field="status", kind="choice", codes=("active", "no_password"))
    state.ask_of([Condition(field="name", kind="text", words="an"), status], "-name")
    desk._settle()
    wanted = _stands(state)
    assert 0 < len(wanted[0]) < len(plain[0])
    state.keep_view("Da equipe", "", lambda: None)
    desk._settle()
    state.open_with(True)
    state.arrange(Arrangement())

    again = _restarted(office, kept).open(PEOPLE)
    assert _stands(again) == wanted
    assert again.view_now.name == "Da equipe"
    assert _stands(_restarted(office, kept).open(PEOPLE, login="ana"))[1] == plain[1]
    again.use(None)
    again_desk = _restarted(office, kept)
    state = again_desk.open(PEOPLE)
    state.use(None)
    again_desk._settle()
    assert _stands(state) == plain
    state.use(SimpleNamespace(id="x", look=json.dumps(_STRANGE)))
    again_desk._settle()
    assert _stands(state) == plain
    state.use(state.views[0])
    again_desk._settle()
    state.archive_view()
    again_desk._settle()
    assert (state.view_now, state.default, kept[PEOPLE]["view"]) == (None, "", "")
    assert _stands(_restarted(office, kept).open(PEOPLE)) == plain


_STRANGE = {
    "columns": {"order": ["gone"], "shown": ["gone"]}, "sort": "-gone", "tab": "gone", "filters": {"gone": 1},
    "conditions": [{"field": field, "kind": "text", "words": "a"} for field in ("gone", "verifier")],
}  # fmt: skip


def test_views_are_kept_and_chosen_by_keyboard(office: Office, qtbot: Any) -> None:
    key, both = QTest.keyClick, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with acting(office, "sales"):
        desk = DrawnDesk(office, book(), Texts("pt_BR", strict=True))
        state = desk.open("company.branch_list")
        view = desk.draw(ListView(state, desk.words))
        try:
            state.sort_by("name")
            desk.turn()
            key(view, Qt.Key.Key_V, both)
            desk.turn()
            plain, save = (entry for entry in view.views.menu.actions() if not entry.isSeparator())
            assert (plain.text(), plain.isChecked()) == ("Lista como vem", True)
            view.views.menu.close()
            save.trigger()
            desk.turn()
            sheet = view.views.sheet
            roles = [sheet.role.itemData(at) for at in range(sheet.role.count())]
            assert roles == ["", "sales"]
            key(sheet.named, Qt.Key.Key_Return)
            assert sheet.field.error
            QTest.keyClicks(sheet.named, "Por nome & sede")
            sheet.role.setFocus()
            key(sheet.role, Qt.Key.Key_Down)
            key(sheet.role, Qt.Key.Key_Return)
            desk.turn()
            assert view.views.sheet is None
            assert view.views.button.accessibleName() == "Visão: Por nome & sede"
            desk.turn()
            view.views.open_menu()
            desk.turn()
            plain, kept, *_save, always, _archive = (e for e in view.views.menu.actions() if not e.isSeparator())
            assert kept.text().startswith("Por nome && sede (")
            assert (plain.isChecked(), kept.isChecked()) == (False, True)
            always.trigger()
            assert state.default == state.view_now.id
            plain.trigger()
            desk.turn()
            assert (state.sort, state.view_now) == ("code", None)
            view.views.menu.close()
        finally:
            view.close()
            view.deleteLater()
    assert office.show("company.saved_views").rows == ()
