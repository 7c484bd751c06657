"""What a screen's declaration names and nobody has: queries, commands, fields, attributes of rows, screens, documents,
icons, tables. One sentence per fault, none when every name meets."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from retaguarda.kernel.command import Command, fields_of
from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.filters import SEARCH
from retaguarda.kernel.imports import demand_fit
from retaguarda.kernel.imports.mapping import Mapped, mapped_in
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.kinds import Codes, Ref
from retaguarda.kernel.module import Registry, models_of
from retaguarda.kernel.query import Query
from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.screen import (
    GRANTED,
    PERMISSIONS,
    Action,
    BoardScreen,
    Column,
    Cut,
    EntryScreen,
    FactsPanel,
    FieldView,
    FiguresPanel,
    FormScreen,
    ImportScreen,
    LinesView,
    ListScreen,
    PageScreen,
    Panel,
    ReportScreen,
    ScanScreen,
    Screen,
    ScreenBook,
    StepperPanel,
    TablePanel,
    TimelinePanel,
)
from retaguarda.kernel.screen.built import BuilderScreen

OPERATOR = re.compile(r"[<>=! ]+\Z")


def scan_faults(registry: Registry, screen: ScanScreen) -> Iterator[str]:
    """What a screen worked by scanner names and nobody has."""
    rows, command = registry.queries.get(screen.rows), registry.commands.get(screen.scan)
    if screen.load not in registry.queries:
        yield f"loads no query {screen.load}"
    if rows is None or screen.by not in rows.columns():
        yield f"rows: {screen.rows} filters by no {screen.by}"
    takes = {spec.name for spec in fields_of(command.command)} if command is not None else set()
    yield from (f"{screen.scan} takes no {n}" for n in (screen.key, "code", "quantity") if n not in takes)


def import_faults(registry: Registry, book: ScreenBook, screen: ImportScreen) -> Iterator[str]:
    """What a screen that imports, or a kind of record it brings in, names and nobody has. A kind with a column for
    every field has to make a profile that its command takes, and that is read again as the kind."""
    for command in (screen.undo, *screen.takes_back):
        if command not in registry.commands:
            yield f"takes back by or of no command {command}"
    kinds = book.import_kinds(screen)
    for kind in kinds:
        if kind.command not in registry.commands or kind.opens not in book:
            yield f"{kind.name}: no command {kind.command} or no screen {kind.opens}"
            continue
        for one in kind.fields:
            query = registry.queries.get(one.looks_in)
            if one.looks_in and (query is None or not {"id", *one.by} <= set(query.columns())):
                yield f"{kind.name}.{one.name}: {one.looks_in} filters by none of {one.by}"
        mapped = Mapped(
            name="every", kind=kind, source=Source("file.csv"), spelling=Spelling(zone=ZoneInfo("UTC")),
            columns={one.name: f"column {n}" for n, one in enumerate(kind.fields)},
        )  # fmt: skip
        try:
            demand_fit(mapped.profile(), {kind.command: registry.commands[kind.command].command})
        except Invalid as misfit:
            yield from (f"{kind.name}: {fault.code} {fault.params}" for fault in misfit.faults)
        if mapped_in(mapped.profile(), kinds) != mapped:
            yield f"{kind.name}: is not read again as it was written"


def report_faults(faults: Faults, screen: ReportScreen) -> Iterator[str]:
    """What a report names and nobody has."""
    keys, asked = {one.key for one in screen.parameters}, {key for cut in screen.cuts for key in cut.parameters}
    yield from (f"{key} is asked by no cut" for key in sorted(keys - asked))
    for cut in screen.cuts:
        yield from (f"{cut.name}: {fault}" for fault in _cut_faults(faults, cut, keys))
    for one in screen.parameters:
        if one.suggestions:
            yield from faults._suggestions(one.suggestions, (), f"parameter {one.key}")


def _cut_faults(faults: Faults, cut: Cut, keys: set[str]) -> Iterator[str]:
    query, row = faults.registry.queries.get(cut.query), faults._row(cut.query)
    yield from faults._columns(cut.columns, row, "report", cut.query)
    yield from faults._sort(cut.query, cut.sort, "report")
    charted = {cut.chart.label, cut.chart.value} if cut.chart else set()
    yield from faults._attributes([*cut.totals, *cut.derived, *cut.given.values(), *charted], row, "report")
    given = query.given if query is not None else {}
    yield from (f"{cut.query} is given no {key}" for key in cut.parameters if key not in given)
    yield from (f"there is no parameter {key}" for key in {*cut.parameters, *cut.carried.values()} - keys)
    shown = {column.field for column in cut.columns}
    yield from (f"{n} is charted or added up, but not shown" for n in sorted({*cut.totals, *charted} - shown))
    if cut.opens:
        opened = faults.book.screen(cut.opens) if cut.opens in faults.book else None
        if isinstance(opened, ListScreen):
            yield from faults._where(opened.query, [*cut.given, *cut.carried], "opens")
        else:
            yield f"opens no list {cut.opens}"


class Faults:
    """Reads the screens of a registry."""

    def __init__(self, registry: Registry, book: ScreenBook) -> None:
        self.registry = registry
        self.book = book
        self.tables = set(models_of(registry.modules))
        self.permissions = set(registry.permissions())

    def of(self, screen: Screen) -> Iterator[str]:
        """The faults of one screen with what is filled into it."""
        if screen.permission and screen.permission not in self.permissions:
            yield f"permission {screen.permission}"
        if screen.icon and not (find_resource("resources", "icons") / f"{screen.icon}.svg").is_file():
            yield f"icon {screen.icon}"
        for table in getattr(screen, "refreshed_by", ()):
            if table not in self.tables:
                yield f"refreshed by {table}"
        row = self._row(getattr(screen, "query", "") or getattr(screen, "load", ""))
        if isinstance(screen, ScanScreen) and row is not None:
            # The stage chooses what its actions act on: the record, or one of its rows.
            row = row | (self._row(screen.rows) or set())
        yield from self._actions(self.book.actions(screen), row, isinstance(screen, FormScreen))
        for panel in self.book.panels(screen):
            yield from self._panel(panel, row, isinstance(screen, PageScreen))
        for joined in self.book.joined(screen):
            yield from self._joined(joined.query, joined.key, joined.column)
        yield from self._kind(screen)

    def _kind(self, screen: Screen) -> Iterator[str]:
        if isinstance(screen, ListScreen):
            yield from self._list(screen)
        elif isinstance(screen, EntryScreen):
            yield from self._entry(screen)
        elif isinstance(screen, FormScreen):
            yield from self._form(screen)
        elif isinstance(screen, PageScreen):
            yield from self._page(screen)
        elif isinstance(screen, ScanScreen):
            yield from scan_faults(self.registry, screen)
        elif isinstance(screen, ReportScreen):
            yield from report_faults(self, screen)
        elif isinstance(screen, ImportScreen):
            yield from import_faults(self.registry, self.book, screen)
        elif isinstance(screen, BuilderScreen):
            wanted = (screen.build, screen.revise)
            yield from (f"there is no command {name}" for name in wanted if name not in self.registry.commands)
            if screen.keep not in self.book:
                yield f"there is no dialog {screen.keep}"
        elif not isinstance(screen, BoardScreen):
            yield f"a {type(screen).__name__} is no known kind of screen"

    # -- rows and filters

    def _query(self, name: str) -> Query | None:
        return self.registry.queries.get(name)

    def _row(self, name: str) -> set[str] | None:
        """What rows of the query carry; None when there is no such query."""
        query = self._query(name)
        if query is None:
            return None
        own = {n for n in dir(query.row) if not n.startswith("_")}
        return own | {f.name for f in dataclasses.fields(query.row)}

    def _attributes(self, names: Sequence[str], row: set[str] | None, where: str) -> Iterator[str]:
        if row is not None:
            yield from (f"{where}: rows carry no {name}" for name in names if name and name not in row)

    def _where(self, query: str, keys: Sequence[str], where: str) -> Iterator[str]:
        found = self._query(query)
        if found is None:
            yield f"{where}: no query {query}"
            return
        columns = {*found.columns(), *found.given} | ({SEARCH} if found.search is not None else set())
        yield from (f"{where}: {query} filters by no {k}" for k in keys if OPERATOR.sub("", k) not in columns)

    def _sort(self, query: str, sort: str | None, where: str) -> Iterator[str]:
        found = self._query(query)
        name = (sort or "").removeprefix("-")
        if found is not None and name and not (name in found.names() and name in found.columns()):
            yield f"{where}: {query} sorts by no {name}"

    def _columns(self, columns: Sequence[Column], row: set[str] | None, where: str, query: str = "") -> Iterator[str]:
        yield from self._attributes([n for c in columns for n in (c.field, c.sub)], row, where)
        for column in columns:
            if column.sortable:
                yield from self._sort(query, column.field, where)
        names = [c.field for c in columns]
        yield from (f"{where}: column {name} twice" for name in {n for n in names if names.count(n) > 1})

    def _joined(self, query: str, key: str, column: Column) -> Iterator[str]:
        yield from self._where(query, [key], f"joined column {column.field}")
        yield from self._columns([column], self._row(query), f"joined column {column.field}")
        yield from self._attributes([key], self._row(query), f"joined column {column.field}")

    # -- actions

    def _actions(self, actions: Sequence[Action], row: set[str] | None, form: bool) -> Iterator[str]:
        names = [a.name for a in actions]
        yield from (f"two actions called {n}" for n in {n for n in names if names.count(n) > 1})
        for action in actions:
            for fault in self._action(action, None if form else row):
                yield f"action {action.name}: {fault}"

    def _action(self, action: Action, row: set[str] | None) -> Iterator[str]:
        does = [x for x in (action.press, action.prints, action.does) if x]
        if len(does) + (bool(action.opens) and action.then != "open") != 1:
            yield "does not do one thing"
        if action.press and action.press not in self.registry.commands:
            yield f"no command {action.press}"
        if action.opens and action.opens not in self.book:
            yield f"no screen {action.opens}"
        for document in (action.prints, action.prints_after):
            if document and document not in self.registry.documents:
                yield f"no document {document}"
        if action.icon and not (find_resource("resources", "icons") / f"{action.icon}.svg").is_file():
            yield f"no icon {action.icon}"
        takes = self._takes(action)
        if takes is not None:
            yield from (f"takes no {n}" for n in (action.key, *action.given) if n and n not in takes)
        yield from self._attributes([*action.given.values(), *action.labels.values()], row, "given")
        if action.allowed_by:
            yield from self._where(action.allowed_by, ["id"], "allowed_by")
            yield from self._attributes(["id", "allowed"], self._row(action.allowed_by), "allowed_by")
        elif action.press and action.on_row and action.enabled is None:
            yield from self._attributes(["allowed"], row, "pressed on a row")

    def _takes(self, action: Action) -> set[str] | None:
        """What the command behind an action takes; None when that cannot be said."""
        command: type[Command] | None = None
        if action.press in self.registry.commands:
            command = self.registry.commands[action.press].command
        elif action.opens in self.book:
            screen = self.book.screen(action.opens)
            if isinstance(screen, FormScreen) and not screen.load:
                command = screen.command or screen.revise
        return {s.name for s in fields_of(command)} if command is not None else None

    # -- kinds of screens

    def _list(self, screen: ListScreen) -> Iterator[str]:
        row = self._row(screen.query)
        keys = [*screen.where, *(k for t in screen.tabs for k in t.where), *(f.key for f in screen.filters)]
        yield from self._where(screen.query, keys, "list")
        yield from self._columns(screen.columns, row, "list", screen.query)
        yield from self._sort(screen.query, screen.sort, "list")
        if screen.search:
            yield from self._where(screen.query, [screen.search], "search")
        if screen.opens and screen.opens not in self.book:
            yield f"opens no screen {screen.opens}"
        yield from self._attributes([screen.opens_key], row, "opens")
        for one in screen.filters:
            if one.suggestions:
                yield from self._suggestions(one.suggestions, (), f"filter {one.key}")

    def _suggestions(self, query: str, depends: Sequence[str], where: str) -> Iterator[str]:
        yield from self._where(query, [SEARCH, *depends], where)
        yield from self._attributes(["id", "name"], self._row(query), where)

    def _form(self, screen: FormScreen) -> Iterator[str]:
        commands = [c for c in (screen.command, screen.revise) if c is not None]
        for command in commands:
            if command not in self.registry.by_type:
                yield f"{command.__name__} is in no manifest"
        takes = {s.name: s for c in commands for s in fields_of(c)}
        row = self._row(screen.load)
        if screen.load and row is None:
            yield f"loads no query {screen.load}"
        if screen.key and screen.revise is not None and screen.key not in {s.name for s in fields_of(screen.revise)}:
            yield f"{screen.revise.__name__} takes no key {screen.key}"
        for view in screen.fields:
            spec = takes.get(view.name)
            if spec is None:
                yield f"field {view.name}: no command takes it"
            elif isinstance(view, LinesView):
                parts = {s.name: s for s in fields_of(spec.part)} if spec.part else {}
                yield from self._fields(view.columns, parts, set(takes), f"lines {view.name}")
            else:
                yield from self._fields([view], takes, set(takes), "field")
        if screen.revise is not None and row is not None:
            shown = {s.name for s in fields_of(screen.revise)}
            views = [v for v in screen.fields if v.name in shown]
            yield from self._attributes([v.source or v.name for v in views], row, "loaded")
            shown_by = [v.shown_by for v in views if isinstance(v, FieldView)]
            units = [v.unit for v in views if isinstance(v, FieldView)]
            yield from self._attributes([*shown_by, *units, screen.record_name], row, "loaded")
        required = {s.name for s in takes.values() if s.required} - {v.name for v in screen.fields}
        if not isinstance(screen, EntryScreen) and screen.command is not None and screen.load:
            made = {s.name for s in fields_of(screen.command) if s.required}
            yield from (f"asks for no {name}, which its command needs" for name in sorted(required & made))

    def _fields(
        self, views: Sequence[FieldView], takes: Mapping[str, Any], beside: set[str], where: str
    ) -> Iterator[str]:
        for view in views:
            place, spec = f"{where} {view.name}", takes.get(view.name)
            if spec is None:
                yield f"{place}: no such field"
                continue
            if isinstance(spec.kind, Ref) and not view.suggestions and not view.gated_by:
                yield f"{place}: refers to {spec.kind.table} and offers nothing to choose"
            if isinstance(spec.kind, Codes) and not view.options and not view.choices:
                yield f"{place}: takes codes and offers nothing to choose"
            if view.choices not in ("", PERMISSIONS, GRANTED):
                yield from self._where(view.choices, [], place)
                yield from self._attributes(["id", "name"], self._row(view.choices), place)
            if view.suggestions:
                yield from self._suggestions(view.suggestions, view.depends, place)
            yield from (f"{place}: depends on no {name}" for name in view.depends if name not in beside | set(takes))
            if view.adds and view.adds not in self.book:
                yield f"{place}: adds by no screen {view.adds}"

    def _entry(self, screen: EntryScreen) -> Iterator[str]:
        yield from self._form(screen)
        lines, scan = screen.lines, self._row(screen.scan.query)
        specs = {s.name: s for c in (screen.command, screen.revise) if c for s in fields_of(c)}
        part = specs[lines.name].part if lines.name in specs else None
        takes = {s.name for s in fields_of(part)} if part else set()
        yield from self._where(screen.scan.query, [screen.scan.by, *screen.scan.depends], "scan")
        yield from self._where(screen.scan.search or screen.scan.query, [SEARCH], "scan")
        for name in (lines.item, lines.quantity, *lines.fills, *(c.field for c in lines.columns if c.editable)):
            if name not in takes:
                yield f"lines: the part takes no {name}"
        yield from self._attributes([*lines.fills.values(), *lines.keeps], scan, "scan")
        if lines.answers:
            yield from self._where(lines.answers, [lines.answers_by, *lines.depends], "answers")
            yield from self._attributes([lines.answers_by], self._row(lines.answers), "answers")
        if screen.partner and screen.partner not in specs:
            yield f"no partner field {screen.partner}"
        if screen.card:
            yield from self._where(screen.card, ["id"], "card")
            names = [screen.card_sub, *(c.field for c in screen.card_facts)]
            yield from self._attributes(names, self._row(screen.card), "card")

    def _page(self, screen: PageScreen) -> Iterator[str]:
        row = self._row(screen.load)
        if row is None:
            yield f"loads no query {screen.load}"
        yield from self._attributes([screen.record_title], row, "page")
        yield from self._columns(screen.pills, row, "pills")
        yield from self._columns(screen.context, row, "context")

    # -- panels

    def _panel(self, panel: Panel, record: set[str] | None, on_page: bool) -> Iterator[str]:
        place = f"panel {panel.name}"
        if panel.permission and panel.permission not in self.permissions:
            yield f"{place}: no permission {panel.permission}"
        row = self._row(panel.query) if panel.query else record
        if panel.query:
            yield from self._where(panel.query, [*panel.where, *panel.always], place)
            yield from self._sort(panel.query, panel.sort, place)
        if on_page:
            yield from self._attributes(list(panel.where.values()), record, place)
        if isinstance(panel, TablePanel):
            yield from self._columns(panel.columns, row, place, panel.query)
            if panel.opens and panel.opens not in self.book:
                yield f"{place}: opens no screen {panel.opens}"
            yield from self._attributes([panel.opens_key] if panel.opens else [], row, place)
            yield from self._actions(panel.actions, row, form=False)
        elif isinstance(panel, FactsPanel):
            yield from self._columns(panel.facts, row, place)
        elif isinstance(panel, FiguresPanel):
            yield from self._columns(panel.figures, row, place)
            yield from self._attributes([*panel.levels, *panel.bar], row, place)
            if panel.rows is not None:
                yield from self._panel(panel.rows, record, on_page)
        elif isinstance(panel, TimelinePanel):
            yield from self._attributes(["at", "code", "params"], row, place)
        elif isinstance(panel, StepperPanel):
            yield from self._attributes(["name", "state"], row, place)
