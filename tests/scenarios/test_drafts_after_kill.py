"""Whatever was typed into any form of the program is there again after the program was killed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.command import fields_of, has_secret
from retaguarda.kernel.kinds import Ref, Whole
from retaguarda.kernel.screen import EntryScreen, FormScreen
from retaguarda.kernel.screen.form import FormState
from retaguarda.shell import theme
from tests.helpers import company, counter, typist
from tests.helpers.apart import APART
from tests.helpers.declared import declared
from tests.helpers.keyboard import Keyboard
from tests.helpers.typist import SECRET, SIZE

FORMS = [screen for screen in book() if isinstance(screen, FormScreen)]
LOST_AFTER_S = 2.0
"""A draft may be no older than this when the program dies."""
KILLED_AFTER_S = 1.9


def _given(form: FormScreen) -> dict[str, Any]:
    """What a dialog is opened with: every id and version its command wants and its fields do not ask for."""
    assert form.command is not None
    asked = {view.name for view in form.fields}
    given: dict[str, Any] = {}
    for spec in fields_of(form.command):
        if spec.name not in asked and spec.required:
            given |= {spec.name: "0" * 32} if isinstance(spec.kind, Ref) else {}
            given |= {spec.name: 1} if isinstance(spec.kind, Whole) else {}
    return given


def _records(office: Office, wares: list[counter.Ware]) -> dict[str, str]:
    """A record for every form that changes one, by the name of the form: of what every module tells of itself the
    first one, where not every row can be changed by that form one that can."""
    (customer, *_rest) = office.show("party.parties", {"customer": True}).rows
    for tell in declared("tell"):
        tell(office)
    office.do("accounting.add_cost_centre", code="1", name="Loja")
    (supplier, *_rest) = office.show("party.parties", {"supplier": True}).rows
    lines = [{"product_id": wares[3].id, "quantity": "2"}]
    order = {"customer_id": customer.id, "lines": lines}
    purchase = {"supplier_id": supplier.id, "lines": [line | {"unit_price": "1.20"} for line in lines]}
    sold = office.do(("sales.place_order", order)).value["id"]
    for step in ("sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        office.do(step, order_id=sold)
    found = {
        "sales.order_entry": office.do(("sales.create_quotation", order)).value["id"],
        "sales.order_amend": office.do(("sales.place_order", order)).value["id"],
        "sales.return_form": sold,
        "purchasing.order_entry": office.do(("purchasing.create_order", purchase)).value["id"],
        "purchasing.order_amend": office.do(("purchasing.place_order", purchase)).value["id"],
    }
    others = {form.name for form in FORMS}
    for form in FORMS:
        if form.revise is not None and not form.single and form.name not in found:
            rows = office.show(form.load).rows
            found[form.name] = next(row.id for row in rows if getattr(row, "opens", "") not in others - {form.name})
    return found


def _plan(office: Office, wares: list[counter.Ware]) -> list[dict[str, Any]]:
    """Every form as it is opened: new, as a dialog, on a record; the entries at the end."""
    records = _records(office, wares)
    plan: list[dict[str, Any]] = []
    for form in sorted(FORMS, key=lambda one: isinstance(one, EntryScreen)):
        if form.command is not None:
            plan.append({"screen": form.name, "key": "", "given": {} if form.load else _given(form)})
        if form.revise is not None:
            plan.append({"screen": form.name, "key": records.get(form.name, ""), "given": {}})
    return plan


def _keeps_draft(go: dict[str, Any]) -> bool:
    form = book().screen(go["screen"])
    assert isinstance(form, FormScreen)
    command = form.revise if go["key"] and form.revise else form.command or form.revise
    assert command is not None
    return not has_secret(command, [view.name for view in form.fields])


def _type_and_kill(url: str, station: Path, plan: Path) -> list[dict[str, Any]]:
    ours, theirs = APART.Pipe()
    process = APART.Process(target=typist.work, args=(url, str(station), str(plan), theirs))
    process.start()
    theirs.close()
    with ours:
        try:
            done: list[dict[str, Any]] = json.loads(ours.recv())
            assert process.is_alive(), "the typist died before it had typed everything"
            time.sleep(max(0.0, done[-1]["at"] + KILLED_AFTER_S - time.time()))
        finally:
            process.kill()
            process.join()
    return done


@pytest.fixture(scope="module")
def killed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, list[dict[str, Any]]]:
    """The company and the station as they are after the kill, and what had been typed."""
    folder = tmp_path_factory.mktemp("killed")
    url = company.copy_sqlite(sqlite_template, folder / "company.db")
    office = company.open_as(url)
    wares = counter.furnish(office)
    plan = folder / "plan.json"
    plan.write_text(json.dumps(_plan(office, wares)))
    office.close()
    return url, folder / "station", _type_and_kill(url, folder / "station", plan)


@pytest.fixture
def again(killed: tuple[str, Path, list[dict[str, Any]]], qapp: QApplication) -> Iterator[Keyboard]:
    """The program started again on the same station."""
    theme.apply(qapp, theme.LIGHT)
    started = Keyboard(killed[0], killed[1], SIZE)
    started.turn()
    yield started
    started.end()


def _read(view: Any, name: str) -> str:
    """What a person reads in a field or a grid."""
    grid = view.table if getattr(view, "table", None) is not None else None
    if name in view.binder.lines:
        grid = view.binder.lines[name].table
    widget = view.findChild(QWidget, name)
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if grid is None:
        return ""
    cells = [grid.rows.index(row, at) for row in range(grid.rows.rowCount()) for at in range(len(grid.rows.columns))]
    return " ".join(str(cell.data() or "") for cell in cells)


def _texts(snapshot: dict[str, Any]) -> list[Any]:
    """What stands in the fields and lines of a snapshot, without how each was understood."""
    rows = [row for grid in snapshot["lines"].values() for row in grid]
    return [{name: typed[0] for name, typed in row.items() if name != "*"} for row in (snapshot["fields"], *rows)]


def test_every_form_was_typed_into(killed: tuple[str, Path, list[dict[str, Any]]]) -> None:
    done = killed[2]
    assert {go["screen"] for go in done} == {form.name for form in FORMS}
    assert [go["screen"] for go in done if not any(go["typed"].values())] == []


def test_drafts_are_on_disk_two_seconds_after_the_last_key(killed: tuple[str, Path, list[dict[str, Any]]]) -> None:
    late = {}
    for path in (killed[1] / "drafts").glob("*.json"):
        kept = json.loads(path.read_text())
        key = "" if kept["record"].startswith("new-") else kept["record"]
        (went,) = [go for go in killed[2] if (go["screen"], go["key"]) == (kept["screen"], key)]
        late[f"{went['screen']} {key}"] = path.stat().st_mtime - went["at"]
    assert len(late) == sum(_keeps_draft(go) for go in killed[2])
    assert {form: s for form, s in late.items() if s >= LOST_AFTER_S} == {}


def test_no_draft_of_a_form_with_a_secret(killed: tuple[str, Path, list[dict[str, Any]]]) -> None:
    secrets = [go for go in killed[2] if SECRET in go["typed"].values()]
    assert {go["screen"] for go in secrets} >= {"company.set_password_form", "company.change_password_form"}
    kept = [path.read_bytes() for path in killed[1].rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in content for content in kept)
    assert not any(_keeps_draft(go) for go in secrets)


def test_every_form_comes_back_as_it_was(again: Keyboard, killed: tuple[str, Path, list[dict[str, Any]]]) -> None:
    states = [one for one in again.desk.screens if isinstance(one.state, FormState)]
    back = {(one.state.screen.name, one.state.go.key): one for one in states}
    wanted = {(go["screen"], go["key"]): go for go in killed[2] if _keeps_draft(go)}
    assert set(back) == set(wanted)
    assert len(states) == len(back)
    wrong = {}
    for which, went in wanted.items():
        state, held = back[which].state, went["held"]
        now = json.loads(json.dumps(state.snapshot()))
        unread = {
            name: text
            for name, text in went["typed"].items()
            if any(word not in _read(back[which].view, name) for word in text.split())
        }
        said = state.banner.text.code if state.banner is not None else ""
        found = (unread, _texts(now), now["given"], now["version"], said, state.dirty)
        expected: Any = ({}, _texts(held), held["given"], held["version"], "shell.draft_found", True)
        if found != expected:
            wrong[which] = found, expected
    assert wrong == {}
