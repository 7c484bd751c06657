"""What stands around the screens once somebody is logged in: places, toasts, printed papers, the person's menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QApplication

from retaguarda.kernel import licences
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.licences import Part
from retaguarda.kernel.outcome import Change, Outcome
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen import BoardScreen, Phrase, Place, Request
from retaguarda.kernel.screen.permitting import may_open
from retaguarda.kernel.screen.state import Banner, Go, Sign, Toast
from retaguarda.shell import theme
from retaguarda.shell.about import AboutSheet
from retaguarda.shell.failures import ToastTeller
from retaguarda.shell.frame import FrameTexts, NavEntry, WindowFrame
from retaguarda.shell.front import StationFacts
from retaguarda.shell.palette import Palette
from retaguarda.shell.session import Session
from retaguarda.shell.tabs import Tabs
from retaguarda.shell.translate import initials
from retaguarda.shell.widgets.choices import Menu

if TYPE_CHECKING:
    from retaguarda.shell.printing.centre import PrintCentre

_GROUPS = ("work", "manage", "serve")
_WORDS = ("brand", "navigation", "search", "notices", "printing", "theme", "settings", "tabs", "close_tab",
          "close_toast", "more_places")  # fmt: skip


class DeskFrame(WindowFrame):
    """The frame filled for one person. `begin` opens the first place and the drafts; `tell` takes what screens say."""

    logged_out = Signal()

    def __init__(self, session: Session, station: StationFacts, centre: PrintCentre) -> None:
        words = session.words
        # Printing is brought in when somebody is logged in: the first paint does not wait for it.
        from retaguarda.shell.print_desk import PrintDesk

        texts = FrameTexts(**{name: words.say(f"shell.{name}") for name in _WORDS})
        super().__init__(texts, company=session.front.company)
        self._session, self._station = session, station
        self.screens = Tabs(self, session)
        self.printing = PrintDesk(self, self.screens, session, centre)
        book = session.seat.book
        seen = [place for place in book.places if may_open(session.seat, book.screen(place.screen))]
        self._places = sorted(seen, key=lambda place: _GROUPS.index(place.group))
        self._teller = ToastTeller(self.toast, words, self._undo)
        self.set_entries([self._entry(place) for place in self._places])
        person = session.seat.person
        self.top.person.set_person(initials(person.name), person.name)
        self.top.notices.hide()
        self.status.set_state(words.say("login.base_local" if session.front.base == "local" else "login.base_server"))
        self.status.set_facts([part for part in (person.branch_name, station.name, station.version) if part])
        self.nav_chosen.connect(self.go_to_place)
        self.page_shown.connect(self._mark_place)
        self.top.theme_pressed.connect(self._switch_theme)
        self.top.person_pressed.connect(self._person_menu)
        self.top.settings_pressed.connect(lambda: self.go_to_place("settings"))
        self.top.settings.setVisible(any(place.name == "settings" for place in self._places))
        self.top.search_pressed.connect(self._open_palette)
        self.screens.emptied.connect(self._go_home)

    # ---- places ----
    def _entry(self, place: Place) -> NavEntry:
        words, screen = self._session.words, self._session.seat.book.screen(place.screen)
        text = words.say(place.title or f"{screen.module}.place.{place.name}")
        return NavEntry(place.name, text, screen.icon, words.say(f"shell.group.{place.group}"),
            rare=place.shelf == "more",
        )  # fmt: skip

    def begin(self) -> None:
        """Opens the first place, then what was being typed when the program last ended."""
        self._go_home()
        found = self.screens.recover()
        if found:
            self.tell(Toast(Phrase("shell.drafts_found", {"n": found}), "info"))
        self._count_badges()

    def _go_home(self) -> None:
        if self._places:
            self.go_to_place(self._places[0].name)

    def go_to_place(self, name: str) -> None:
        """Opens a place of the navigation."""
        place = next((one for one in self._places if one.name == name), None)
        if place is not None:
            self.screens.open(Go(place.screen))

    def _mark_place(self, key: str) -> None:
        shown = key.partition(":")[0]
        place = next((one for one in self._places if one.screen == shown), None)
        if place is None:
            place = self._nearest_place(shown)
        self.navigation.set_active(place.name if place is not None else "")

    def _nearest_place(self, shown: str) -> Place | None:
        """The place a screen belongs to: of the same things (`catalog.unit_form`), else a board, else of its module."""
        module, things = shown.partition(".")[0], shown.rpartition("_")[0]
        book = self._session.seat.book
        own = [one for one in self._places if one.screen.startswith(f"{module}.")]
        near = [one for one in own if things and one.screen.startswith(things)]
        boards = [one for one in own if isinstance(book.screen(one.screen), BoardScreen)]
        return next(iter((*near, *boards, *own)), None)

    def _count_badges(self) -> None:
        for place in self._places:
            if place.badge:
                self._session.ask(
                    Request(
                        kind="show",
                        args=(place.badge, dict(place.badge_where), None, 1, None, True),
                        on_result=partial(self._counted, place),
                        on_problem=lambda _problem: None,
                        screen="shell.navigation",
                        topic=place.name,
                    )
                )

    def _counted(self, place: Place, page: Page) -> None:
        count = self._session.words.count(page.count or 0, page.count_capped) if page.count else ""
        self.navigation.set_badge(place.name, count)

    # ---- what screens say ----
    def tell(self, sign: Sign) -> None:
        """A screen opens another, has done something, or printed something."""
        if isinstance(sign, Go):
            self.screens.open(sign)
        elif isinstance(sign, Toast):
            known = self._session.words.texts.has(sign.text.code)
            self._teller.say(sign if known else Toast(Phrase("shell.done"), sign.level, sign.undo))
        else:
            self.printing.take(sign)

    def hear(self, changes: Sequence[Change]) -> None:
        """Tables changed: screens and counts follow."""
        self.screens.hear(changes)
        self._count_badges()

    def _undo(self, command: str, payload: Mapping[str, Any]) -> None:
        self._session.ask(
            Request(
                kind="do",
                args=((command, dict(payload)), ()),
                kwargs={"command_id": new_id()},
                on_result=self._undone,
                on_problem=lambda problem: self._say_in_front(Phrase(problem.code, problem.params)),
            )
        )

    def _undone(self, outcome: Outcome) -> None:
        self.tell(Toast(Phrase("shell.undone")))
        self.hear(outcome.changes)

    def _say_in_front(self, text: Phrase, reference: str = "") -> None:
        front = self.screens.front
        if front is not None:
            front.state.banner = Banner(text, "bad", reference=reference)
            front.state.changed("banner")

    def show_defect(self, code: str) -> None:
        """The program went wrong: the screen in sight says so."""
        self._say_in_front(Phrase("shell.crash", {"reference": code}), code)

    # ---- the bar ----
    def _switch_theme(self) -> None:
        wanted = theme.LIGHT if theme.current().dark else theme.DARK
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, wanted)
        self._station.keep(theme=wanted.name)

    def _person_menu(self) -> None:
        menu = Menu(self)
        menu.addAction(self._session.seat.person.name).setEnabled(False)
        menu.addAction(self._session.words.say("shell.about.title"), self.show_about)
        menu.addAction(self._session.words.say("shell.log_out"), self.logged_out.emit)
        below = self.top.person.mapToGlobal(QPoint(0, self.top.person.height()))
        menu.popup(below)

    def show_about(self) -> None:
        """Says what the program stands on, once its licences are read."""

        def show(parts: Sequence[Part]) -> None:
            AboutSheet(self, self._session.words, parts).begin()

        self._session.off_screen(licences.parts, show)

    def _open_palette(self) -> None:
        words, front = self._session.words, self.screens.front
        palette = Palette(self, words, self._session.seat, self.screens.open)
        for place, entry in zip(self._places, (self._entry(place) for place in self._places), strict=True):
            palette.offer(entry.text, words.say("shell.go"), entry.icon, partial(self.go_to_place, place.name))
        palette.offer(words.say("shell.printing"), self.printing.key.replace("+", " "), "printer", self.printing.open)
        palette.offer(words.say("shell.about.title"), words.say("shell.go"), "info", self.show_about)
        if front is not None:
            for name, action in front.view.actions_by_name.items():
                key = action.shortcut().toString().replace("+", " ")
                palette.offer(action.text(), key, "zap", partial(front.view.press, name))
        palette.begin()
