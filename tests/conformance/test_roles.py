"""Who may do what: a table written by hand from the roles of the trade, held against the program by every road: script
door, command line and window."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app.compose import book, registry
from retaguarda.app.headless import Office
from retaguarda.kernel.command import name_of
from retaguarda.kernel.errors import Forbidden, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.screen import Action, FormScreen, TablePanel
from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.opening import open_screen
from retaguarda.kernel.screen.page import PanelsState
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.permitting import may_open
from retaguarda.kernel.screen.pressing import RecordState
from retaguarda.kernel.screen.scan import ScanState
from retaguarda.kernel.screen.state import Go
from retaguarda.modules.company import rules
from tests.helpers import company
from tests.helpers.apart import APART
from tests.helpers.declared import declared
from tests.helpers.desk import Desk
from tests.helpers.payloads import worked_example
from tests.helpers.terminal import REFUSED, Terminal

ROLES = (
    "sales", "commercial", "relations", "stock", "finance", "picking", "shipping", "delivery", "administrator",
    "analyst", "marketing", "hr", "accounting", "legal", "it",
)  # fmt: skip
LETTERS = dict(zip("SCREFPXDANMHTJI", ROLES, strict=True))
"""One letter per role: S sales, C commercial, R relations, E stock, F finance, P picking, X shipping, D delivery,
A administrator, N back-office analyst, M marketing, H people, T accounting, J legal, I information technology."""

TABLE = """
catalog.add_code             . C . E . . . . A N . . . . .
catalog.add_product          . C . E . . . . A N . . . . .
catalog.add_substitute       . C . E . . . . A N . . . . .
catalog.add_unit             . C . . . . . . A N . . . . .
catalog.archive_product      . C . E . . . . A N . . . . .
catalog.remove_substitute    . C . E . . . . A N . . . . .
catalog.restore_product      . C . E . . . . A N . . . . .
catalog.retire_code          . C . E . . . . A N . . . . .
catalog.revise_product       . C . E . . . . A N . . . . .
catalog.set_price            . C . . . . . . A N . . . . .
catalog.set_tax_rate         . . . . F . . . A N . . T . .
company.add_branch           . . . . . . . . A . . . . . .
company.add_department       . . . . . . . . A N . . . . .
company.add_person           . . . . . . . . A . . H . . I
company.add_role             . . . . . . . . A . . . . . .
company.archive_person       . . . . . . . . A . . H . . I
company.archive_view         S C R E F P X D A N M H T J I
company.change_password      S C R E F P X D A N M H T J I
company.change_setting       . . . . . . . . A N . . . . .
company.create_company       . . . . . . . . A . . . . . .
company.keep_view            S C R E F P X D A N M H T J I
company.lock_person          . . . . . . . . A . . H . . I
company.restore_person       . . . . . . . . A . . H . . I
company.revise_branch        . . . . . . . . A . . . . . .
company.revise_company       . . . . . . . . A . . . . . .
company.revise_department    . . . . . . . . A N . . . . .
company.revise_person        . . . . . . . . A . . H . . I
company.revise_role          . . . . . . . . A . . . . . .
company.run_job              . . . . . . . . A N . . . . I
company.set_password         . . . . . . . . A . . . . . I
company.unlock_person        . . . . . . . . A . . H . . I
delivery.accept_short        S C . . . . . . A . . . . . .
delivery.check_volume        . . . . . P X . A . . . . . .
delivery.close_volume        . . . . . P X . A . . . . . .
delivery.deliver_order       . . . . . . . D A . . . . . .
delivery.drop_picking        . . . . . P . . A . . . . . .
delivery.drop_route          . . . . . . X D A . . . . . .
delivery.end_route           . . . . . . X D A . . . . . .
delivery.fail_delivery       . . . . . . . D A . . . . . .
delivery.forward_shipment    . . . . . . X D A . . . . . .
delivery.hold_missing        S C . E . P . . A . . . . . .
delivery.pack_order          . . . . . P X . A . . . . . .
delivery.pick_order          . . . . . P . . A . . . . . .
delivery.plan_route          . . . . . . X D A . . . . . .
delivery.return_shipment     . . . E . . X . A . . . . . .
delivery.scan_pack           . . . . . P X . A . . . . . .
delivery.scan_pick           . . . . . P . . A . . . . . .
delivery.set_carrier_terms   . . . . . . X . A . . . . . .
delivery.ship_order          . . . . . . X . A . . . . . .
delivery.short_pick          . . . . . P . . A . . . . . .
delivery.skip_pick           . . . . . P . . A . . . . . .
delivery.start_picking       . . . . . P . . A . . . . . .
delivery.start_route         . . . . . . X D A . . . . . .
delivery.take_out            . . . . . P X . A . . . . . .
delivery.type_pick           . . . . . P . . A . . . . . .
inventory.add_location       . . . E . . . . A N . . . . .
inventory.add_warehouse      . . . E . . . . A N . . . . .
inventory.authorise_negative . C . . . . . . A . . . . . .
inventory.cancel_expected    . . . E . . . . A . . . . . .
inventory.count_stock        . . . E . P . . A N . . . . .
inventory.expect_stock       . . . E . . . . A . . . . . .
inventory.hold_stock         . . . E . P . . A N . . . . .
inventory.move_stock         . . . E . P . . A . . . . . .
inventory.postpone_expected  . . . E . . . . A . . . . . .
inventory.receive_stock      . . . E . . . . A . . . . . .
inventory.release_hold       . . . E . . . . A N . . . . .
inventory.revise_location    . . . E . . . . A N . . . . .
inventory.revise_warehouse   . . . E . . . . A N . . . . .
inventory.withdraw_negative  . C . . . . . . A . . . . . .
inventory.write_off_stock    . . . E . . . . A . . . . . .
party.add_party              S C R . F . . . A N . H . . .
party.archive_party          . C . . . . . . A N . . . . .
party.block_customer         . C . . F . . . A N . . . J .
party.restore_party          . C . . . . . . A N . . . . .
party.revise_party           S C R . F . . . A N . H . . .
party.set_credit_limit       . C . . F . . . A . . . . . .
party.unblock_customer       . C . . F . . . A . . . . J .
process.assign_step          . . . . . . . . A N . . . . .
process.close_failure        . . . . . . . . A N . . . . .
process.release_step         S C R E F P X D A N . . . . .
process.set_priority         . C . . . . . . A N . . . . .
process.take_step            S C R E F P X D A N . . . . .
sales.amend_order            S C . . . . . . A . . . . . .
sales.await_goods            . C . E . . . . A . . . . . .
sales.cancel_order           S C . . . . . . A . . . . . .
sales.cancel_billed_order    . C . . F . . . A . . . . . .
sales.confirm_order          S C . . . . . . A . . . . . .
sales.create_order           S C R . . . . . A . . . . . .
sales.create_quotation       S C R . . . . . A . . . . . .
sales.decline_quotation      S C . . . . . . A . . . . . .
sales.hold_order             S C . . F . . . A N . . . . .
sales.invoice_order          . . . . F . . . A . . . . . .
sales.log_contact            S C R . . . . . A N . . . . .
sales.place_order            S C . . . . . . A . . . . . .
sales.reserve_again          S C . E F P . . A N . . . . .
sales.resume_order           S C . . F . . . A N . . . . .
sales.revise_quotation       S C . . . . . . A . . . . . .
"""
LINES = [line.split() for table in (TABLE, *declared("RIGHTS")) for line in table.strip().splitlines()]
MAY = {line[0]: frozenset(LETTERS[letter] for letter in line[1:] if letter != ".") for line in LINES}
BY_SCRIPT_ONLY = {
    "accounting.open_books",
    "catalog.remove_substitute",
    "catalog.retire_code",
    "company.archive_view",
    "company.create_company",
    "company.keep_view",
    "contingency.apply_remedy",
    "delivery.forward_shipment",
    "delivery.hold_missing",
    "imports.close_batch",
    "imports.note_records",
    "imports.open_batch",
    "inventory.revise_location",
    "process.record_past_case",
    "purchasing.place_order",
    "reference.load_table",
    "reference.take_shipped",
    "reports.note_run",
    "sales.await_goods",
    "sales.cancel_billed_order",
    "sales.place_order",
    "sales.reserve_again",
}
"""Commands that no screen's button presses: undone from their inverse, taken from beside a refusal, or sent by scripts,
imports, timed work, a database's update, and the tools that stand over every list."""
each_role = pytest.mark.parametrize("role", ROLES)


def test_the_table_speaks_of_every_role_and_command() -> None:
    assert set(ROLES) == set(rules.ROLES)
    assert set(MAY) == set(registry().commands)
    assert len(LINES) == len(MAY)
    assert all(len(line) == 1 + len(ROLES) for line in LINES)


@each_role
def test_by_script(office: Office, role: str) -> None:
    with company.acting(office, role):
        allowed = {name for name in MAY if _by_script(office, name)}
    assert allowed == {name for name, roles in MAY.items() if role in roles}


def _by_script(office: Office, name: str) -> bool:
    """Whether the door lets the command through to be judged by its values."""
    handled = office.registry.handled(name)
    try:
        office.do((name, worked_example(handled.command)))
    except Forbidden as refusal:
        return bool(refusal.params["permission"] != (handled.permission or name))
    except Refusal:
        return True
    return True


def _let_through(name: str, code: int, said: Any) -> bool:
    """Whether what the command line said of a command is anything but that the role may not."""
    if code != REFUSED or said["kind"] != "Forbidden":
        return True
    return bool(said["params"]["permission"] != (registry().handled(name).permission or name))


def _arguments(name: str, role: str) -> tuple[str, ...]:
    return ("do", name, json.dumps(worked_example(registry().handled(name).command)), "--as", role)


@each_role
def test_by_command_line(company_url: str, role: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The entry of `retaguarda do` as it is, the database proved and opened anew for every command: the whole table,
    of each role a third on a server, which costs more to open, and the rest on a file, so that several roles try each
    command on either."""
    terminal = Terminal(company_url, capsys, role)
    on_server = set(list(MAY)[ROLES.index(role) % 3 :: 3])
    names = [name for name in MAY if (name in on_server) != company_url.startswith("sqlite")]
    allowed = set()
    for name in names:
        answer = terminal.call(*_arguments(name, role))
        if _let_through(name, answer.code, answer.said):
            allowed.add(name)
    assert allowed == {name for name in names if role in MAY[name]}


BY_PROCESS = (
    ("sqlite", "sales", "party.add_party", "forked"),
    ("sqlite", "sales", "sales.invoice_order", "forked"),
    ("sqlite", "delivery", "delivery.deliver_order", "forked"),
    ("sqlite", "hr", "company.add_person", "forked"),
    ("sqlite", "it", "company.revise_role", "from a shell"),
    ("sqlite", "marketing", "catalog.set_price", "forked"),
    ("pg", "delivery", "delivery.deliver_order", "from a shell"),
    ("pg", "marketing", "company.add_person", "forked"),
)
RETAGUARDA = Path(sys.executable).with_name("retaguarda")


@pytest.mark.parametrize(("company_url", "role", "name", "how"), BY_PROCESS, indirect=["company_url"])
def test_by_a_process_of_its_own(company_url: str, role: str, name: str, how: str, tmp_path: Path) -> None:
    """The installed command, as a shell calls it; where what is tried is the role, its script in a fork."""
    arguments = [str(RETAGUARDA), *_arguments(name, role), "--db", company_url, "--json"]
    if how == "forked":
        process = APART.Process(target=_called, args=(arguments, tmp_path))
        process.start()
        process.join(60)
        code = process.exitcode
        out, err = ((tmp_path / stream).read_text(encoding="utf-8") for stream in ("out", "err"))
    else:
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
        code, out, err = done.returncode, done.stdout, done.stderr
    assert err == ""
    assert code is not None
    assert _let_through(name, code, json.loads(out)) == (role in MAY[name])


def _called(arguments: list[str], folder: Path) -> None:
    sys.argv = arguments
    for stream, name in ((1, "out"), (2, "err")):
        with (folder / name).open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), stream)
    runpy.run_path(str(RETAGUARDA), run_name="__main__")


@each_role
def test_by_window(empty: Office, role: str) -> None:
    with company.acting(empty, role):
        seen = list(_by_window(Desk(empty, book())))
    assert {name for name, _ in seen} == set(MAY) - BY_SCRIPT_ONLY
    wrong = [(name, reason) for name, reason in seen if (role in MAY[name]) == _is_forbidden(name, reason)]
    assert wrong == []


def _is_forbidden(name: str, reason: Phrase | None) -> bool:
    permission = registry().commands[name].permission or name
    return reason is not None and reason.code == "kernel.forbidden" and reason.params["permission"] == permission


def _by_window(desk: Desk) -> Iterator[tuple[str, Phrase | None]]:
    """Every command with the reason why its button cannot be pressed, wherever it stands in the window."""
    for screen in book():
        for key in ("", new_id()):
            state = open_screen(desk.seat, Go(screen.name, key))
            if isinstance(state, FormState) and isinstance(screen, FormScreen):
                if (screen.revise if key else screen.command) is None or (key and not screen.load):
                    continue
                yield name_of(state.command), state.reason(Action(name="save", does="save"))
            if isinstance(state, RecordState):
                yield from ((b.action.press, b.reason) for b in state.buttons() if b.action.press)
            if isinstance(state, BuilderState):
                yield state.screen.revise, state.reason(Action(name="save", does="save", on_row=False))
            if isinstance(state, ScanState):
                # A code is no button: what keeps somebody from scanning is that the station does not open.
                scan = state.screen.scan
                shut = Phrase("kernel.forbidden", {"permission": registry().commands[scan].permission or scan})
                yield scan, None if may_open(desk.seat, screen) else shut
            if isinstance(state, PanelsState):
                yield from _in_panels(state)


def _in_panels(state: PanelsState) -> Iterator[tuple[str, Phrase | None]]:
    for name, panel in state.panels.items():
        if isinstance(panel.panel, TablePanel):
            yield from ((a.press, state.reason_in(name, a)) for a in panel.panel.actions if a.press)
