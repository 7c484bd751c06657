"""Several people at work in one office, each in their own name: for the sample company and for replays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.lanes import go_on
from retaguarda.kernel.unit import Actor


class Crew:
    """The people of a sample company by log-in; each command runs with that person's rights."""

    def __init__(self, office: Office, logins: Iterable[str]) -> None:
        self.office = office
        self._actors: dict[str, Actor] = {}
        for login in logins:
            office.act_as(login)
            self._actors[login] = office.actor

    def do(self, login: str, command: str, /, **payload: Any) -> Mapping[str, Any]:
        """Carries out a command in the name of `login` and gives the outcome's value; stops where it was cancelled."""
        go_on()
        self.office.actor = self._actors[login]
        return self.office.do((command, payload)).value

    def print_document(self, login: str, name: str, **params: Any) -> bytes:
        """A document as PDF bytes, printed by `login`."""
        self.office.actor = self._actors[login]
        return self.office.print_document(name, params)

    def as_person(self, login: str) -> None:
        """Acts as this person from now on."""
        self.office.actor = self._actors[login]
