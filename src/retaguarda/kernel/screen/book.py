"""All the screens of the office with what other modules fill into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.command import Command, fields_of, name_of
from retaguarda.kernel.errors import Invalid, Problem
from retaguarda.kernel.incoming import ImportKind
from retaguarda.kernel.kinds import Ref
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.parts import Action, Column, JoinedColumn, Panel, SlotFill
from retaguarda.kernel.screen.screens import FormScreen, ListScreen, Place, SavedViews, Screen


class ScreenBook:
    """Screens by name, slot fills by screen, places of the navigation, command classes by name.

    `permissions` names, for a command or query whose permission is not its own name, the one that covers it (empty:
    none is needed). `kinds` says of a query what its fields hold (text, number, day, instant, flag),
    `views` who keeps views of lists.
    `bulks` are the fields that may be changed for many rows at once. `undos` names the inverse of a command that has
    one, `rights` every permission there is, `grants` those that a ready-made role comes with.

    Raises ValueError for two screens of one name and for a fill or a place that names no screen.
    """

    def __init__(
        self,
        screens: Iterable[Screen],
        fills: Iterable[SlotFill] = (),
        places: Iterable[Place] = (),
        commands: Iterable[type[Command]] = (),
        permissions: Mapping[str, str] | None = None,
        undos: Mapping[str, str] | None = None,
        rights: Iterable[str] = (),
        grants: Mapping[str, frozenset[str]] | None = None,
        kinds: Callable[[str], Mapping[str, str]] = lambda query: {},
        views: SavedViews | None = None,
        bulks: Iterable[Bulk] = (),
    ) -> None:
        self.rights, self.grants = tuple(rights), dict(grants or {})
        self.undos, self._kinds, self.views = dict(undos or {}), kinds, views
        self.permissions = dict(permissions or {})
        self._bulks = tuple(bulks)
        self._screens: dict[str, Screen] = {}
        for screen in screens:
            if screen.name in self._screens:
                raise ValueError(f"two screens are called {screen.name}")
            self._screens[screen.name] = screen
        self._fills = tuple(fills)
        self.places = tuple(sorted(places, key=lambda p: (p.order, p.name)))
        self.commands: Mapping[str, type[Command]] = {name_of(c): c for c in (*commands, *self._own_commands())}
        named = [fill.screen for fill in self._fills] + [place.screen for place in self.places]
        lost = sorted({name for name in named if name not in self._screens})
        if lost:
            raise ValueError(f"no such screens: {', '.join(lost)}")

    def _own_commands(self) -> Iterator[type[Command]]:
        for screen in self._screens.values():
            if isinstance(screen, FormScreen):
                yield from (c for c in (screen.command, screen.revise) if c is not None)

    def __iter__(self) -> Iterator[Screen]:
        return iter(self._screens.values())

    def __contains__(self, name: str) -> bool:
        return name in self._screens

    @property
    def screens(self) -> Mapping[str, Screen]:
        """The screens by name."""
        return self._screens

    def permission_of(self, query: str) -> str:
        """The permission that a query asks for; empty: none."""
        return self.permissions.get(query, query)

    def kinds(self, query: str) -> Mapping[str, str]:
        """What the fields of a query hold."""
        return self._kinds(query)

    def screen(self, name: str) -> Screen:
        """The screen of that name; KeyError when there is none."""
        return self._screens[name]

    def panels(self, screen: Screen) -> tuple[Panel, ...]:
        """The screen's own panels, then the filled ones."""
        own: tuple[Panel, ...] = getattr(screen, "panels", ())
        return own + self._filled(screen, Panel)

    def actions(self, screen: Screen) -> tuple[Action, ...]:
        """The screen's own actions, then the filled ones."""
        return screen.actions + self._filled(screen, Action)

    def joined(self, screen: Screen) -> tuple[JoinedColumn, ...]:
        """The columns other modules fill."""
        return self._filled(screen, JoinedColumn)

    def bulks(self, query: str) -> tuple[Bulk, ...]:
        """The fields that may be changed for many rows of a query at once."""
        return tuple(one for one in self._bulks if query in one.queries)

    def import_kinds(self, screen: Screen) -> tuple[ImportKind, ...]:
        """What a screen that imports can bring in."""
        return self._filled(screen, ImportKind)

    def columns(self, screen: ListScreen) -> tuple[Column, ...]:
        """The columns of a list in their order; joined ones stand behind the column they name."""
        columns = list(screen.columns)
        for joined in self.joined(screen):
            behind = [i for i, c in enumerate(columns) if c.field == joined.after]
            title = joined.column.title or f"{screen.name}.{joined.column.field}"
            columns.insert(behind[0] + 1 if behind else len(columns), replace(joined.column, title=title))
        return tuple(columns)

    def fills_of(self, screen: str) -> tuple[SlotFill, ...]:
        """Who fills what into a screen."""
        return tuple(fill for fill in self._fills if fill.screen == screen)

    def _filled[P](self, screen: Screen, kind: type[P]) -> tuple[P, ...]:
        return tuple(f.provider for f in self._fills if f.screen == screen.name and isinstance(f.provider, kind))

    def way_back(self, command: str, sent: Mapping[str, Any], outcome: Outcome) -> tuple[str, dict[str, Any]] | None:
        """The inverse of what was sent, ready to be sent: its fields come from what the command said and gave; one
        that asks for a record alone takes the one that was made."""
        inverse = self.commands.get(self.undos.get(command, ""))
        if inverse is None:
            return None
        known = {**sent, **outcome.value}
        specs = fields_of(inverse)
        payload = {spec.name: known[spec.name] for spec in specs if known.get(spec.name) is not None}
        wanted = [spec for spec in specs if spec.required]
        if len(wanted) == 1 and isinstance(wanted[0].kind, Ref) and "id" in outcome.value:
            payload.setdefault(wanted[0].name, outcome.value["id"])
        return (name_of(inverse), payload) if all(spec.name in payload for spec in wanted) else None

    def approval(self, command: str, problem: Problem) -> FormScreen | None:
        """The dialog in which somebody with more rights lets a refused command pass; None where nobody can."""
        codes = {fault.code for fault in problem.faults} if isinstance(problem, Invalid) else {problem.code}
        forms = (screen for screen in self._screens.values() if isinstance(screen, FormScreen))
        return next(
            (f for f in forms if f.command and name_of(f.command) == command and codes <= set(f.approves)), None
        )

    def takes_version(self, command: str) -> bool:
        """Whether the command of that name has a `version` field (unknown commands are taken to have none)."""
        known = self.commands.get(command)
        return known is not None and any(spec.name == "version" for spec in fields_of(known))
