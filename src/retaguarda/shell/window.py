"""The window of the program: painted at once, connected behind the paint, then log-in, then the screens.

`open_window(station, connect)` is the whole of it; `shell/first.py` stands there while this file is imported.
Until `connect` has answered nothing of modules or databases is imported: it runs on the write lane and imports what
it needs there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from retaguarda.kernel.clock import Clock, SystemClock
from retaguarda.kernel.draft import Drafts, Habits
from retaguarda.kernel.errors import Problem, Refusal, Trouble
from retaguarda.kernel.lanes import Lanes
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.text import Texts
from retaguarda.shell import crash
from retaguarda.shell.courier import Courier
from retaguarda.shell.desk_frame import DeskFrame
from retaguarda.shell.entrance import Entrance
from retaguarda.shell.first_run_view import FirstRunView
from retaguarda.shell.frame import clamped
from retaguarda.shell.front import Connect, FirstSteps, Front, StationFacts
from retaguarda.shell.login_view import LoginFacts, LoginView
from retaguarda.shell.qt_words import speak
from retaguarda.shell.rounds import Rounds
from retaguarda.shell.session import Session
from retaguarda.shell.sweeper import Sweeper
from retaguarda.shell.translate import Words

if TYPE_CHECKING:
    from retaguarda.shell.printing.centre import PrintCentre

FIRST_SIZE = (1366, 768)


class Window(QStackedWidget):
    """The one top-level window: the log-in, then the frame with its screens.

    Signals: `painted` after the first paint, `ready` when the first screen has its data on the way.
    """

    painted = Signal()
    ready = Signal()

    def __init__(
        self, station: StationFacts, connect: Connect, clock: Clock | None = None, first_steps: FirstSteps | None = None
    ) -> None:
        super().__init__()
        self._station = station
        clock = self._clock = clock or SystemClock()
        self.lanes_courier = Courier()
        self.lanes = Lanes(self.lanes_courier)
        self.reports = crash.Reports(station.folder / "reports", clock, station.version)
        self.drafts, self.habits = Drafts(station.folder / "drafts", clock), Habits(station.folder / "habits")
        self.entrance = Entrance(self, self.lanes, self.lanes_courier, self.reports, connect, first_steps)
        self.rounds = Rounds(self, self.lanes, self.reports, self.heard)
        self._sweeper = Sweeper(self)
        self.front: Front | None = None
        self.desk: DeskFrame | None = None
        self.printing: PrintCentre | None = None
        self.first_run: FirstRunView | None = None
        self._painted = False
        self.words = Words(Texts(station.language))
        self.setWindowTitle(self.words.say("shell.brand"))
        self.login = self._make_login(self.words.say("shell.connecting"))
        self._place(station.geometry)

    # ---- before log-in ----
    def _make_login(self, company: str, place: str = "") -> LoginView:
        station = self._station
        facts = LoginFacts(company=company, place=place, station=station.name, version=station.version)
        login = LoginView(self.words, facts)
        login.log_in.connect(self._log_in)
        self.addWidget(login)
        self.setCurrentWidget(login)
        return login

    def _place(self, geometry: tuple[int, int, int, int] | None) -> None:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if geometry is not None:
            self.setGeometry(clamped(QRect(*geometry), screens))
        else:
            self.resize(*FIRST_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._first_paint)

    def _first_paint(self) -> None:
        self.painted.emit()
        self.entrance.connect()

    def entered(self, front: Front) -> None:
        """The company is open: somebody is logged in already, or is asked for."""
        self.front = front
        self.rounds.begin(front)
        if front.logged_in:
            self._logged_in()
        else:
            self._ask_who(front)

    def _ask_who(self, front: Front) -> None:
        """Shows the log-in of an opened company, in the place of the one before."""
        old = self.login
        self.words = Words(Texts(self._station.language, zone=front.zone, currency=front.currency))
        self.login = self._make_login(front.company, front.place)
        self.removeWidget(old)
        old.deleteLater()
        self.login.set_people(front.people)
        self.login.set_base(front.base, front.last_backup, self._today(front))
        if self._station.person:
            self.login.choose(self._station.person)
        self.login.first_focus().setFocus()

    def show_first_run(self, view: FirstRunView) -> None:
        """There is no company here yet: the first page."""
        self.first_run = view
        self.addWidget(view)
        self.setCurrentWidget(view)
        view.first_focus().setFocus()

    def _today(self, front: Front) -> Any:
        return front.door.now().astimezone(front.zone).date()

    def _not_let_in(self, error: Exception) -> None:
        problem = crash.as_problem(error, self.reports)
        said = Phrase(problem.code, problem.params)
        self.login.show_refusal(self.words.cause(said), self.words.action(said))

    def _log_in(self, login: str, password: str) -> None:
        front = self.front
        if front is None:
            self.entrance.connect()
            return

        def done(_result: object) -> None:
            self._station.keep(person=login)
            self._logged_in()

        self.lanes.give("write", lambda: front.log_in(login, password), done, self._not_let_in)

    # ---- logged in ----
    def _logged_in(self) -> None:
        assert self.front is not None
        if self.first_run is not None:
            self.removeWidget(self.first_run)
            self.first_run.deleteLater()
            self.first_run = None
        session = Session(
            self.front, self.lanes, self.drafts, self.habits, self.reports, self.tell, self.heard
        )  # fmt: skip
        self.front.listen(lambda news: self.lanes_courier(lambda: self.heard(session.from_elsewhere(news))))
        self.desk = DeskFrame(session, self._station, self._print_centre(session))
        self.desk.logged_out.connect(self.log_out)
        self.addWidget(self.desk)
        self.setCurrentWidget(self.desk)
        self.desk.begin()
        self.ready.emit()

    def _print_centre(self, session: Session) -> PrintCentre:
        """The one print centre of the opened company, whoever sits here: a paper under way outlasts who sent it."""
        from retaguarda.shell.printing.centre import PrintCentre, Station
        from retaguarda.shell.printing.choices import PrintChoices
        from retaguarda.shell.printing.jobs import Jobs

        if self.printing is None:
            station = self._station
            choices = PrintChoices(station.printing, lambda printing: station.keep(printing=printing))
            papers = Jobs(station.folder / "papers", self._clock)
            place = Station(station.printers, papers, choices, session.front.company)
            problem = partial(crash.as_problem, reports=self.reports)
            self.printing = PrintCentre(place, session.seat, self.lanes, problem)
            self.printing.begin()
        return self.printing

    def tell(self, sign: Any) -> None:
        """A screen said something to its surroundings."""
        if self.desk is not None:
            self.desk.tell(sign)

    def heard(self, changes: Sequence[Change]) -> None:
        """Tables changed, here or at another desk."""
        if self.desk is not None and changes:
            self.desk.hear(changes)

    def log_out(self) -> None:
        """Back to the log-in, once nothing is left open."""
        if self.desk is None or not self.desk.screens.close_all():
            return
        old, self.desk = self.desk, None
        old.printing.end()
        assert self.front is not None
        self._ask_who(self.front)
        self.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.login.first_focus().setFocus()

    def show_defect(self, code: str) -> None:
        """Says that the program went wrong, and by which code the report is found."""
        if self.desk is not None:
            self.desk.show_defect(code)
        else:
            said = Phrase("shell.crash", {"reference": code})
            self.login.show_refusal(self.words.cause(said), self.words.action(said))

    # ---- the end ----
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.desk is not None and not self.desk.screens.close_all():
            event.ignore()
            return
        at = self.geometry()
        self._station.keep(geometry=(at.x(), at.y(), at.width(), at.height()))
        super().closeEvent(event)

    def shut_down(self) -> None:
        """Ends the lanes and the office; commands already given are carried out first, an opening is given up."""
        self.front = None
        self.rounds.end()
        self._sweeper.end()
        self.entrance.give_up()
        self.lanes.close(self.entrance.close, self._close_failed)

    def _close_failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            self.reports.write(error)


class Opened:
    """The program's window while it runs; `finish` ends everything behind it."""

    def __init__(self, window: Window, app: QApplication, language: str, *, exit_after_paint: bool) -> None:
        self.window, self._app = window, app
        self._qt_words = speak(app, language)
        self._undo = crash.guard(window.reports, window.show_defect)
        if exit_after_paint:
            _Leaver(window, app.exit)

    def finish(self) -> None:
        """Ends lanes and office; commands already given are carried out first."""
        self._undo()
        self._app.removeTranslator(self._qt_words)
        self.window.shut_down()
        self.window.close()
        self.window.deleteLater()


def open_window(
    station: StationFacts,
    connect: Connect,
    first_steps: FirstSteps | None = None,
    *,
    exit_after_paint: bool = False,
    clock: Clock | None = None,
) -> Opened:
    """Shows the program's window.

    `connect` is called on the write lane after the first paint and gives the office, or raises the trouble that the
    window then shows; where it finds no company, `first_steps` are offered. `exit_after_paint` leaves once the
    first screen after log-in has been painted with its data (without anybody logged in: once the log-in has), with 3
    where trouble and with 2 where a refusal kept the company from being opened, once that is painted.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication), "the application comes first"
    window = Window(station, connect, clock, first_steps)
    window.show()
    return Opened(window, app, station.language, exit_after_paint=exit_after_paint)


class _Leaver(QObject):
    """Leaves the program once what it shows has its data and is painted."""

    def __init__(self, window: Window, leave: Callable[[int], object]) -> None:
        super().__init__(window)
        self._window, self._leave, self._calm = window, leave, 0
        self._timer = QTimer(self)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        window = self._window
        opened = window.front is not None and (window.desk is not None or not window.front.logged_in)
        answered = opened or window.entrance.trouble is not None
        self._calm = self._calm + 1 if answered and window.lanes.wait(0) else 0
        if self._calm > 2:
            self._timer.stop()
            window.grab()
            self._leave(_exit_code(window.entrance.trouble))


def _exit_code(problem: Problem | None) -> int:
    """As the command line has them: 0 done, 2 refused, 3 trouble, 1 defect."""
    if problem is None:
        return 0
    return 2 if isinstance(problem, Refusal) else 3 if isinstance(problem, Trouble) else 1
