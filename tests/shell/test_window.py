"""The window: painted at once, connected behind, log-in, screens in tabs, drafts over a kill, a clean end."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.clock import SystemClock
from retaguarda.kernel.draft import Drafts
from retaguarda.kernel.errors import Offline
from retaguarda.kernel.screen.state import Go
from retaguarda.shell.about import AboutSheet
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window
from tests.helpers.focused import focused
from tests.helpers.toy_front import ToyFront

ENTER = Qt.Key.Key_Return


class Opened:
    """A window with its front, ended cleanly by the fixture."""

    def __init__(self, folder: Path, connect: Callable[[], ToyFront]) -> None:
        self.kept: dict[str, Any] = {}
        station = StationFacts(name="Balcão 1", folder=folder, keep=lambda **values: self.kept.update(values))
        self.window = Window(station, connect)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()

    @property
    def desk(self) -> Any:
        return self.window.desk

    @property
    def front(self) -> Any:
        return self.desk.screens.front

    def turn(self, until: Callable[[], object] | None = None) -> None:
        """Lets lanes and events run until something is so."""
        for _ in range(400):
            QApplication.processEvents()
            if not self.window.isActiveWindow():
                self.window.activateWindow()
            self.window.lanes.wait(5)
            QApplication.processEvents()
            if until is None or until():
                return
            QTest.qWait(5)
        raise AssertionError("it never came")

    def end(self) -> None:
        if self.desk is not None:
            for opened in self.desk.screens:
                opened.state.closed = True
        self.window.shut_down()
        QApplication.processEvents()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def open_window(tmp_path, qtbot, light) -> Iterator[Callable[..., Opened]]:
    made: list[Opened] = []

    def open_one(connect: Callable[[], ToyFront] | None = None) -> Opened:
        opened = Opened(tmp_path, connect or (lambda: ToyFront(logged_in=True)))
        made.append(opened)
        return opened

    yield open_one
    for opened in made:
        opened.end()


def _focus() -> Any:
    return focused()


def test_it_paints_before_it_connects_and_connects_on_the_write_lane(open_window):
    gate, threads = threading.Event(), []

    def connect() -> ToyFront:
        threads.append(threading.current_thread().name)
        gate.wait(5)
        return ToyFront()

    opened = open_window(connect)
    painted: list[int] = []
    opened.window.painted.connect(lambda: painted.append(1))
    for _ in range(20):
        QApplication.processEvents()
    assert painted == [1]
    assert opened.window.front is None
    gate.set()
    opened.turn(lambda: opened.window.front is not None)
    assert threads == ["lane-write-0"]
    assert not opened.window.login.enter.text().endswith("…")


def test_log_in_by_keyboard_refused_then_let_in(open_window):
    opened = open_window(ToyFront)
    opened.turn(lambda: opened.window.front is not None)
    QTest.keyClicks(_focus(), "errada")
    QTest.keyClick(_focus(), ENTER)
    opened.turn()
    assert opened.window.desk is None
    assert opened.window.login.password.invalid
    opened.window.login.password.clear()
    QTest.keyClicks(opened.window.login.password, "segredo")
    QTest.keyClick(opened.window.login.password, ENTER)
    opened.turn(lambda: opened.desk is not None)
    assert opened.kept["person"] == "marina"
    assert opened.front.state.screen.name == "toy.home"


def test_an_office_that_is_gone_says_so_and_another_try_connects(open_window):
    tries: list[int] = []

    def connect() -> ToyFront:
        tries.append(1)
        if len(tries) == 1:
            raise Offline("kernel.database_gone")
        return ToyFront(logged_in=True)

    opened = open_window(connect)
    opened.turn(lambda: tries)
    opened.turn()
    assert opened.desk is None
    assert opened.window.login.enter.isEnabled()
    opened.window.entrance.connect()
    opened.turn(lambda: opened.desk is not None)
    assert len(tries) == 2


def test_from_home_to_a_confirmed_order_without_a_mouse(open_window):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    store = opened.window.front.store
    QTest.keyClick(_focus() or opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    opened.turn(lambda: opened.front.state.screen.name == "toy.order_list")
    QTest.keyClick(_focus(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    opened.turn(lambda: opened.front.state.screen.name == "toy.order_entry")
    for char in "padaria":
        QTest.keyClicks(_focus(), char)
        QTest.qWait(45)
    QTest.keyClick(_focus(), ENTER)
    opened.turn(lambda: opened.front.state.fields["customer_id"].value is not None)
    opened.turn()
    QTest.keyClicks(_focus(), next(iter(store.products.values())).gtin)
    QTest.keyClick(_focus(), ENTER)
    opened.turn(lambda: len(opened.front.state.values().lines) == 1)
    QTest.keyClick(_focus(), Qt.Key.Key_F10)
    opened.turn(lambda: opened.front.state.screen.name == "toy.order_page")
    opened.turn()
    assert [order.state for order in store.orders.values()] == ["confirmed"]
    assert opened.desk.page_keys[-1].startswith("toy.order_page:")
    QTest.keyClick(opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    opened.turn()
    assert [row.state for row in opened.front.state.rows] == ["confirmed"]


def test_a_dirty_tab_asks_and_a_clean_one_closes(open_window):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    form = opened.desk.screens.open(Go("toy.product_form"))
    opened.turn()
    form.state.type_in("name", "Caixa")
    QTest.keyClick(_focus(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    opened.turn()
    assert form.state.question is not None
    assert not opened.window.close()
    QTest.mouseClick(form.view.findChild(QWidget, "answer_discard"), Qt.MouseButton.LeftButton)
    opened.turn(lambda: form.key not in opened.desk.page_keys)
    assert opened.window.close()
    assert "geometry" in opened.kept


def test_what_is_out_of_sight_asks_again_only_when_seen(open_window):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    store = opened.window.front.store
    orders = opened.desk.screens.open(Go("toy.order_list"))
    opened.turn()
    form = opened.desk.screens.open(Go("toy.product_form"))
    opened.turn()
    for name, text in (("name", "Caixa"), ("price", "1")):
        form.state.type_in(name, text)
    before = sum(query == "toy.orders" and "text" not in where for query, where in store.shown)
    form.state.press("save")
    opened.turn(lambda: store.sent)
    opened.turn()
    assert orders.missed
    seen = sum(query == "toy.orders" for query, _ in store.shown)
    opened.desk.show_page(orders.key)
    opened.turn(lambda: sum(query == "toy.orders" for query, _ in store.shown) > seen)
    assert before <= seen


def test_the_palette_goes_where_one_types(open_window):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    QTest.keyClick(_focus() or opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    QTest.keyClicks(_focus(), "place.products")
    QTest.keyClick(_focus(), ENTER)
    opened.turn(lambda: opened.front.state.screen.name == "toy.product_list")
    opened.turn()
    assert opened.front.state.count == 20


def test_what_the_program_stands_on_is_found_in_the_palette(open_window):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    QTest.keyClick(_focus() or opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    QTest.keyClicks(_focus(), "sobre o reta")
    QTest.keyClick(_focus(), ENTER)
    opened.turn(lambda: opened.desk.findChildren(AboutSheet))
    (about,) = opened.desk.findChildren(AboutSheet)
    assert about.table.hasFocus()
    assert "Apache License" in about.text.toPlainText()
    QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    opened.turn(lambda: not opened.desk.findChildren(AboutSheet))


def test_our_own_defect_gets_a_report_and_a_code(open_window, monkeypatch, tmp_path):
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    monkeypatch.setattr(type(opened.window.front.door), "one", lambda *_: 1 // 0)
    page = opened.desk.screens.open(Go("toy.order_page", "x"))
    opened.turn(lambda: page.state.banner is not None)
    code = page.state.banner.text.params["reference"]
    report = (tmp_path / "reports" / f"{code}.txt").read_text()
    assert "ZeroDivisionError" in report
    assert "segredo" not in report


TYPIST = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from retaguarda.kernel.screen.state import Go
    from retaguarda.shell.front import StationFacts
    from retaguarda.shell import window
    from tests.helpers.toy_front import ToyFront

    app = QApplication([])
    made = window.Window(StationFacts(name="x", folder=Path(sys.argv[1])), lambda: ToyFront(logged_in=True))
    made.show()

    def type_all():
        for name in ("toy.product_form", "toy.cancel_form", "toy.order_entry", "toy.customer_form"):
            opened = made.desk.screens.open(Go(name, given={"order_id": "0" * 32} if "cancel" in name else {}))
            field = {"toy.cancel_form": "reason", "toy.order_entry": "note"}.get(name, "name")
            opened.state.type_in(field, "digitado em " + name)
            if name == "toy.order_entry":
                opened.state.scanning.give("3*7890000000017")
        secret = made.desk.screens.open(Go("toy.password_form"))
        secret.state.type_in("password", "segredo")
        sys.stdout.write("typed\\n")
        sys.stdout.flush()

    made.ready.connect(type_all)
    app.exec()
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_drafts_of_every_kind_of_form_come_back_after_a_kill(open_window, tmp_path):
    with subprocess.Popen([sys.executable, "-c", TYPIST, str(tmp_path)], stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "typed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            typist.wait(2.0)
        typist.send_signal(signal.SIGKILL)
    opened = open_window()
    opened.turn(lambda: opened.desk is not None)
    opened.turn()
    found = {one.state.screen.name: one.state for one in opened.desk.screens if hasattr(one.state, "fields")}
    assert set(found) == {"toy.product_form", "toy.cancel_form", "toy.order_entry", "toy.customer_form"}
    assert found["toy.product_form"].fields["name"].raw == "digitado em toy.product_form"
    assert found["toy.cancel_form"].go.given["order_id"] == "0" * 32
    line = found["toy.order_entry"].values().lines[0]
    assert (line.info["name"], line.values["quantity"]) == ("Produto 01", 3)
    assert all(state.banner.text.code == "shell.draft_found" for state in found.values())
    texts = "".join(path.read_text() for path in (tmp_path / "drafts").iterdir())
    assert "segredo" not in texts
    for state in found.values():
        state.close()
        state.answer("discard")
    opened.turn(lambda: not Drafts(tmp_path / "drafts", SystemClock()).all_of("marina"))


def test_no_thread_and_no_connection_is_left(tmp_path, qtbot, light):
    opened = Opened(tmp_path, lambda: ToyFront(logged_in=True))
    opened.turn(lambda: opened.desk is not None)
    front = opened.window.front
    assert isinstance(front, ToyFront)
    opened.end()
    assert front.closed
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane-")]


def test_nothing_heavy_is_imported_before_the_first_paint():
    code = "import sys, retaguarda.shell.window; print([m for m in ('sqlalchemy', 'reportlab', 'psycopg', 'alembic', " \
        "'retaguarda.modules', 'retaguarda.app') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
