"""Draws log-in, home, page and failures in several shapes: `python -m tests.shell.pictures FOLDER [NAME…]`."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.errors import Remedy, Shortfall
from retaguarda.kernel.screen.page import BoardState, PageState
from retaguarda.shell import theme
from retaguarda.shell.board_view import BoardView
from retaguarda.shell.frame import WindowFrame
from retaguarda.shell.login_view import LoginFacts, LoginPerson, LoginView
from retaguarda.shell.page_view import PageView
from retaguarda.shell.screen_view import ScreenView
from tests.helpers.desk import Desk
from tests.shell import boards_frame
from tests.shell.shop import NOW, ShopDoor, order_row, shop_book, shop_texts, shop_words

REMEDIES = (
    Remedy("shop.transfer", {}, "shop.remedy.transfer", {"n": 6, "branch": "Centro"}, "2026-11-25", "48.00", True),
    Remedy("shop.substitute", {}, "shop.remedy.substitute", {"n": 6, "product": "estante reforçada 40 cm"},
           "2026-11-25", "150.00", True),
    Remedy("shop.split", {}, "shop.remedy.split", {"now": 14, "later": 6}, "2026-11-27", "99.56"),
    Remedy("shop.wait", {}, "shop.remedy.wait", {"number": "2207"}, "2026-11-27", "0.00"),
)  # fmt: skip


def no_stock(remedies: tuple[Remedy, ...] = REMEDIES) -> Shortfall:
    """A confirmation that stock refuses."""
    made = Shortfall("shop.confirm.no_stock", subject=("sales_order", "o1"), cause_key="k", missing=6, needed=20)
    made.remedies, made.failure_id = remedies, "f1"
    return made


def desk_of(door: ShopDoor, language: str = "pt_BR") -> Desk:
    """A desk whose screens speak that language."""
    return Desk(door, shop_book(), shop_texts(language))


def home(language: str = "pt_BR", door: ShopDoor | None = None) -> QWidget:
    """The home."""
    state: BoardState = desk_of(door or ShopDoor(), language).open("shop.home")
    return BoardView(state, shop_words(language))


def home_waiting(language: str) -> QWidget:
    """The home before anything came."""
    desk = desk_of(ShopDoor(), language)
    return BoardView(BoardState(shop_book().screen("shop.home"), desk.seat), shop_words(language))  # type: ignore[arg-type]


def home_empty(language: str) -> QWidget:
    """The home of a shop without work."""
    door = ShopDoor()
    door.rows |= {name: [] for name in ("shop.queue", "shop.last", "shop.risks")}
    return home(language, door)


def home_unplugged(language: str) -> QWidget:
    """The home when the database is gone."""
    door = ShopDoor()
    door.unplug()
    return home(language, door)


def page(language: str = "pt_BR", door: ShopDoor | None = None) -> PageView:
    """The page of an order."""
    state: PageState = desk_of(door or ShopDoor(), language).open("shop.order_page", "o1")
    return PageView(state, shop_words(language))


def _short(language: str, remedies: tuple[Remedy, ...]) -> PageView:
    door = ShopDoor(problems={"shop.confirm": no_stock(remedies)})
    door.rows["shop.orders"] = [order_row(allowed=("shop.confirm", "shop.cancel"), state="quotation")]
    desk = desk_of(door, language)
    view = PageView(desk.open("shop.order_page", "o1"), shop_words(language))
    desk.press("confirm")
    return view


def short(language: str) -> QWidget:
    """A confirmation refused, with ways out."""
    return _short(language, REMEDIES)


def short_bare(language: str) -> QWidget:
    """A confirmation refused, with nothing ready."""
    return _short(language, ())


def login(language: str = "pt_BR") -> LoginView:
    """The log-in with three people."""
    view = LoginView(
        shop_words(language), LoginFacts(company="Comercial Silva & Filhos", place="Matriz", station="Balcão 1",
                                         version="v0.1.0"),
    )  # fmt: skip
    view.set_people(
        [LoginPerson("marina", "Marina Souza", "Vendas"), LoginPerson("julio", "Júlio César Andrade", "Estoque"),
         LoginPerson("rita", "Rita Sales", "Financeiro")]
    )  # fmt: skip
    view.set_base("local", NOW - dt.timedelta(hours=8, minutes=42), NOW.date())
    return view


def login_refused(language: str) -> QWidget:
    """The log-in after a wrong password."""
    view = login(language)
    words = shop_words(language)
    view.password.setText("errada")
    view.show_refusal(words.texts.cause("shop.offline"), words.texts.action("shop.offline"))
    return view


def framed(make: Callable[[str], QWidget]) -> Callable[[str], QWidget]:
    """The same in the frame of the window."""

    def made(language: str) -> QWidget:
        frame = WindowFrame(boards_frame.TEXTS, company="Comercial Silva & Filhos")
        frame.set_entries(boards_frame.ENTRIES)
        frame.status.set_state("Base local · sincronizado há 12 s")
        view = make(language)
        frame.open_page("x", "x", view)
        return frame

    return made


PICTURES: dict[str, Callable[[str], QWidget]] = {
    "login": login,
    "login-refused": login_refused,
    "home": framed(home),
    "home-waiting": framed(home_waiting),
    "home-empty": framed(home_empty),
    "home-unplugged": framed(home_unplugged),
    "page": framed(page),
    "short": framed(short),
    "short-bare": framed(short_bare),
}
SHAPES = (("light", "pt_BR", (1440, 900)), ("dark", "en", (1366, 768)), ("light", "en", (1024, 768)))


def draw(folder: Path, only: list[str]) -> None:
    """One PNG per picture and shape."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for look, language, size in SHAPES:
        theme.apply(app, theme.LIGHT if look == "light" else theme.DARK)
        for name, make in PICTURES.items():
            if only and name not in only:
                continue
            widget = make(language)
            widget.resize(*size)
            widget.show()
            start = widget.page("x") if isinstance(widget, WindowFrame) else widget
            if isinstance(start, ScreenView | LoginView):
                widget.activateWindow()
                start.first_focus().setFocus()
            for _ in range(4):
                app.processEvents()
            widget.grab().save(str(folder / f"{name}-{look}-{size[0]}.png"))
            widget.close()
            widget.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2:])
