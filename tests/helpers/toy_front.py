"""The toy shop as an office a window can open; its store can live in a file, so that another process finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.outcome import Change, News
from retaguarda.kernel.screen import Door, Person, ScreenBook
from retaguarda.shell.login_view import Base, LoginPerson
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store

MARINA = Person(id="marina", name="Marina Souza", permissions=frozenset({"*"}), branch_name="Matriz")


class ToyFront:
    """One company, one person; the password is `segredo`."""

    def __init__(self, store: Store | None = None, *, logged_in: bool = False) -> None:
        self.store = store or toy_store()
        self.book: ScreenBook = toy_book()
        self.company, self.place = "Comercial Silva & Filhos", "Matriz"
        self.zone: dt.tzinfo = dt.timezone(dt.timedelta(hours=-3))
        self.currency = "BRL"
        self.people: Sequence[LoginPerson] = (LoginPerson("marina", "Marina Souza", "Vendas"),)
        self.base: Base = "local"
        self.last_backup: dt.datetime | None = None
        self.logged_in = logged_in
        self.closed = False
        self.importing = None
        self._door = ToyDoor(self.store, MARINA)

    @property
    def door(self) -> Door:
        return self._door

    def log_in(self, login: str, password: str) -> None:
        if (login, password) != ("marina", "segredo"):
            raise Refusal("company.log_in.wrong", field="password")

    def listen(self, tell: Callable[[Sequence[News]], object]) -> None:
        self.tell = tell

    def work(self) -> Sequence[Change]:
        return ()

    def close(self) -> None:
        self.closed = True
