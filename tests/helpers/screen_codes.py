"""Every text code that a screen shows by itself, whatever its data: titles, columns, fields, buttons, empty states,
the words of states and choices. The same derivations as in `kernel/screen` and the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retaguarda.kernel.command import FieldSpec, fields_of, name_of
from retaguarda.kernel.kinds import Choice
from retaguarda.kernel.screen import (
    Action,
    Column,
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
    Place,
    ReportScreen,
    Screen,
    ScreenBook,
    TablePanel,
)
from retaguarda.kernel.screen.built import CHARTS, HOW, BuilderScreen
from retaguarda.kernel.screen.import_choices import OFFERED
from retaguarda.kernel.screen.importing import STEPS
from retaguarda.kernel.spans import GRAINS


def codes_of_place(book: ScreenBook, place: Place) -> Iterator[str]:
    """What the navigation calls a place."""
    yield place.title or f"{book.screen(place.screen).module}.place.{place.name}"


def codes_of_screen(book: ScreenBook, screen: Screen) -> Iterator[str]:
    """All codes of a screen with what other modules fill into it."""
    yield screen.title_code
    if screen.help:
        yield screen.help
    yield from _actions(screen.name, book.actions(screen))
    for panel in book.panels(screen):
        yield from _panel(screen, panel)
    for joined in book.joined(screen):
        yield from _column(screen.name, joined.column)
    if isinstance(screen, ListScreen):
        yield from _list(screen)
    if isinstance(screen, FormScreen):
        yield from _form(screen)
    if isinstance(screen, ReportScreen):
        yield from _report(screen)
    if isinstance(screen, BuilderScreen):
        yield from (f"reports.chart.{one}" for one in CHARTS)
        yield from (f"shell.built.how.{one}" for one in HOW)
        yield from (f"shell.built.by.{grain}" for grain in GRAINS)
    if isinstance(screen, ImportScreen):
        yield from _import(book, screen)
    if isinstance(screen, PageScreen):
        for column in (*screen.pills, *screen.context):
            yield from _words(column)


def _list(screen: ListScreen) -> Iterator[str]:
    yield from (f"{screen.name}.{ending}" for ending in ("empty", "empty_why", "none_found"))
    for column in (*screen.columns, *screen.more):
        yield from _column(screen.name, column)
    for tab in screen.tabs:
        yield tab.title or f"{screen.name}.tab.{tab.name}"
    for one in screen.filters:
        yield one.title or f"{screen.name}.{one.key}"
        yield from (f"{one.texts}.{option}" for option in one.options)


def _report(screen: ReportScreen) -> Iterator[str]:
    yield from (f"{screen.name}.{ending}" for ending in ("empty", "empty_why"))
    for cut in screen.cuts:
        yield f"{screen.name}.cut.{cut.name}"
        for column in cut.columns:
            yield from _column(screen.name, column)
    for one in screen.parameters:
        yield f"{screen.name}.{one.key}"
        if one.kind == "record":
            yield f"{screen.name}.{one.key}.any"
        yield from (f"{one.texts}.{option}" for option in one.options)


def _import(book: ScreenBook, screen: ImportScreen) -> Iterator[str]:
    for step in STEPS:
        yield from (f"{screen.name}.step.{step}", f"{screen.name}.step.{step}.why")
    for name, options in OFFERED.items():
        yield from (f"imports.{name}.{option}" for option in options)
    for kind in book.import_kinds(screen):
        yield from (kind.code, f"{kind.code}.why")
        for one in kind.fields:
            yield from (kind.label(one.name), f"{kind.label(one.name)}.also")
            yield from (f"{kind.label(one.name)}.{option}" for option in one.options)


def _form(screen: FormScreen) -> Iterator[str]:
    if screen.load and screen.command is not None and not screen.single:
        yield f"{screen.name}.new"
    if not screen.load:
        yield f"{screen.name}.do"
    for command in {c for c in (screen.command, screen.revise) if c is not None}:
        yield f"{name_of(command)}.done"
        specs = {spec.name: spec for spec in fields_of(command)}
        for view in screen.fields:
            spec = specs.get(view.name)
            yield screen.label(view.name)
            if view.section:
                yield view.section
            if isinstance(view, LinesView):
                parts = {s.name: s for s in fields_of(spec.part)} if spec and spec.part else {}
                for column in view.columns:
                    yield screen.label(f"{view.name}.{column.name}")
                    yield from _field(column, parts.get(column.name))
            else:
                yield from _field(view, spec)
    if isinstance(screen, EntryScreen):
        for shown in (*screen.lines.columns, *screen.card_facts):
            yield from _column(screen.name, shown)
        yield from (f"{screen.scan.texts}.{name}" for name in ("scan", "new_line", "new_line_sub"))


def _field(view: FieldView, spec: FieldSpec | None) -> Iterator[str]:
    if view.help:
        yield view.help
    yield from (f"{view.texts}.{option}" for option in view.options)
    kind = view.kind or (spec and spec.kind)
    if isinstance(kind, Choice):
        yield from (f"{kind.texts}.{option}" for option in kind.options)


def _panel(screen: Screen, panel: Panel) -> Iterator[str]:
    title = panel.title or f"{screen.name}.{panel.name}"
    yield title
    if isinstance(panel, TablePanel):
        yield panel.empty or f"{title}.empty"
        for column in panel.columns:
            yield from _column(screen.name, column)
        yield from _actions(screen.name, panel.actions)
    if isinstance(panel, FactsPanel):
        for column in panel.facts:
            yield from _column(screen.name, column)
    if isinstance(panel, FiguresPanel):
        for column in panel.figures:
            yield from _column(screen.name, column)
        if panel.rows is not None:
            yield from _panel(screen, panel.rows)


def _actions(screen: str, actions: Sequence[Action]) -> Iterator[str]:
    for action in actions:
        yield action.text or f"{screen}.{action.name}"
        if action.asks:
            yield action.asks
        if action.press:
            yield f"{action.press}.done"


def _column(screen: str, column: Column) -> Iterator[str]:
    yield column.title or f"{screen}.{column.field}"
    yield from _words(column)


def _words(column: Column) -> Iterator[str]:
    if column.texts:
        yield from (f"{column.texts}.{code}" for code in column.levels)
