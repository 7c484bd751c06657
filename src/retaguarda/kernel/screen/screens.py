"""The seven kinds of screens, as frozen data. Names are `<module>.<screen>`: `sales.order_list`, `sales.order_form`.

Text codes derived from a screen's name: `<name>.title`, lists also `<name>.empty` (what would stand here),
`<name>.empty_why` and `<name>.none_found` (nothing matches the filter), tabs `<name>.tab.<tab>`; a place of the
navigation is `<module>.place.<name>`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from retaguarda.kernel.command import Command
from retaguarda.kernel.screen.parts import (
    Action,
    Column,
    Fact,
    FieldView,
    Filter,
    LinesView,
    Note,
    Panel,
    Summary,
    Tab,
)
from retaguarda.kernel.screen.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What all screens share. `permission` defaults to the query's or command's own; empty on both: everybody."""

    name: str
    title: str = ""
    icon: str = ""
    permission: str = ""
    help: str = ""
    actions: tuple[Action, ...] = ()

    @property
    def module(self) -> str:
        """The module that declares the screen: the first part of its name."""
        return self.name.split(".", 1)[0]

    @property
    def title_code(self) -> str:
        """The catalogue code of the title."""
        return self.title or f"{self.name}.title"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScreen(Screen):
    """Rows of a query. `opens` is the screen opened by Enter with the row's `opens_key`; `search` the key of `where`
    that takes the typed text (empty: no search box). Row dataclasses carry `id`, and `version` and `allowed` where
    actions press commands on them. `found` names the columns that show a row in the one box, its name first; without
    them it is not looked in from there. `adds_up` is false where rows are sums of one another: no report is built of
    them. `more` are columns that the list does not show and a report built of it may."""

    query: str
    columns: tuple[Column, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    sort: str | None = None
    tabs: tuple[Tab, ...] = ()
    filters: tuple[Filter, ...] = ()
    opens: str = ""
    opens_key: str = "id"
    search: str = "search"
    found: tuple[str, ...] = ()
    page_size: int = 200
    panels: tuple[Panel, ...] = ()
    refreshed_by: tuple[str, ...] = ()
    adds_up: bool = True
    more: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormScreen(Screen):
    """The draft of one command. `command` makes a new record, `revise` changes one (either may be missing).

    Editing loads `load` by key (`door.one`); the loaded row's attributes carry the names of the command's fields,
    its `version` goes with the command. `key` is the field of `revise` that takes the record's id. A form without
    `load` opens with `given` values (order_id, version) and asks for the rest; its button says `<screen>.do`.
    `<screen>.new` is the title of a record that is not there yet.
    `record_name` is the attribute that names the record in the title, `record_texts` the catalogue prefix where it is a
    code. `approves` names refusals of `command` that the fields of this dialog answer: it is offered where one of them
    comes, gets everything that was sent and sends it again with its own fields.
    `single` is the form of the only record of its kind (the company's settings): the first row of `load`.
    """

    fields: tuple[FieldView | LinesView, ...]
    command: type[Command] | None = None
    revise: type[Command] | None = None
    load: str = ""
    key: str = ""
    record_name: str = "name"
    record_texts: str = ""
    single: bool = False
    approves: tuple[str, ...] = ()
    refreshed_by: tuple[str, ...] = ()

    @property
    def is_dialog(self) -> bool:
        """Whether it asks a few things about a record and stands over the page that it was opened from."""
        return not self.load and not any(isinstance(view, LinesView) for view in self.fields)

    def label(self, field: str) -> str:
        """The catalogue code of a field's label (`lines.gtin`: of a column of its lines)."""
        head, _, rest = field.partition(".")
        for view in self.fields:
            if view.name == head and rest and isinstance(view, LinesView):
                own = next((column.label for column in view.columns if column.name == rest), "")
                return own or f"{self.name}.{field}"
            if view.name == head:
                return view.label or f"{self.name}.{field}"
        return f"{self.name}.{field}"

    def __post_init__(self) -> None:
        if self.command is None and self.revise is None:
            raise TypeError(f"the form {self.name} has no command")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The scan field: `query` is shown with `where={by: the code}` and answers with at most a few rows; one row adds
    a line. `search` is the query for text that is no code (default: the same with `{"search": text}`). `texts` is the
    prefix of what the field and the empty line ask for: `scan`, `new_line`, `new_line_sub`."""

    query: str
    by: str = "code"
    search: str = ""
    depends: tuple[str, ...] = ()
    texts: str = "shell"


@dataclass(frozen=True, slots=True)
class LineValues:
    """A line as the pure functions see it: parsed part values, what the scan row told, the answer of the store.

    `values` holds only fields that parse; `info` the scan row's attributes; `answer` the row of the answers query
    (None until it came); `derived` what `derive` made.
    """

    number: int
    values: Mapping[str, Any]
    info: Mapping[str, Any]
    answer: Any = None
    derived: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryValues:
    """The whole entry as its pure functions see it: header values, the customer's card row, the lines, their notes."""

    header: Mapping[str, Any]
    card: Any
    lines: Sequence[LineValues]
    notes: Sequence[Note | None] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn(Column):
    """A column of the entry grid. `editable` columns are fields of the part; the others show, by name, what the first
    of these has: the derived values, the scan row's attributes (`info`), the answer's attributes. `show="answer"`
    draws the line's Note."""

    editable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLines:
    """The line grid of an entry over the field `name` (a `tuple[Part, …]`) of its command.

    `item` is the part's Ref field (product_id), `quantity` the one a second scan adds to. `fills` maps part fields
    to attributes of the scan row, set when the item is set (`{"unit_price": "price"}`). `keeps` names further
    attributes of the scan row that columns show. `answers` is a query shown with `where={answers_by: changed item
    ids, **depends}`; its rows carry the attribute `answers_by`, and what is written to the tables of `answered_from`
    makes them old. `derive` computes a line's shown values, `judge` the Note of every line at once (one product on two
    lines is one need), `detail` what the strip under the grid says of the line at the cursor. The item is typed into
    the column called as `item`, or else the first one of names.
    """

    name: str
    item: str
    quantity: str
    columns: tuple[LineColumn, ...]
    fills: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ("name", "code")
    answers: str = ""
    answers_by: str = ""
    answered_from: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    derive: Callable[[LineValues], Mapping[str, Any]] | None = None
    judge: Callable[[Sequence[LineValues]], Sequence[Note | None]] | None = None
    detail: Callable[[LineValues], Sequence[Fact]] | None = None
    source: str = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryScreen(FormScreen):
    """A document typed line by line, by keyboard alone: header with the partner's card, scan field, grid, summaries.

    `fields` are the header; `partner` names the Ref field drawn as the card (F4), `card` the query (`door.one` by the
    partner's id) behind it, `card_facts` what the card shows, `card_sub` the attribute of its second line.
    `side` are pure functions from EntryValues to the cards at the right; below 1200 px they become the bar under the
    grid.
    """

    scan: Scan
    lines: EntryLines
    partner: str = ""
    card: str = ""
    card_sub: str = "sub"
    card_facts: tuple[Column, ...] = ()
    side: tuple[Callable[[EntryValues], Summary | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScreen(Screen):
    """One record, read: title, pills, context line, panels (own and filled), actions.

    `load` is the query (`door.one` by key); `record_title` the attribute shown in the title after the title text,
    `pills` columns of kind pill, `context` the attributes joined into the small line.
    """

    load: str
    record_title: str = "number"
    pills: tuple[Column, ...] = ()
    context: tuple[Column, ...] = ()
    panels: tuple[Panel, ...] = ()
    refreshed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanScreen(Screen):
    """Work done by scanner, one thing at a time in big type, without a button to confirm it.

    `load` is the query of the record (`door.one` by key), `rows` the query of what there is to do, shown with
    `where={by: key}`; `stage` the pure function of both that says what is to be done now. A scanned code presses
    `scan` with `{key: the record's key, "code": …, "quantity": …}`. Actions act on the stage's row.
    """

    load: str
    rows: str
    by: str
    scan: str
    key: str
    stage: Callable[[Any, Sequence[Any]], Stage]
    refreshed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportScreen(Screen):
    """A file brought in step by step. What it may hold is filled by the modules that take it (the slot `kinds`);
    `undo` is the command that takes back what an import brought, `key` its field of the batch, `takes_back` the
    commands whose records it can take back."""

    undo: str
    key: str
    takes_back: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardScreen(Screen):
    """A board of panels, Home above all; most of them are filled by other modules."""

    panels: tuple[Panel, ...] = ()
    refreshed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the navigation (a module tab): where it leads, its group (`work`, `manage`, `serve`), its order.

    Its icon is its screen's, and no other place's. `badge` is a query whose count stands beside the name. A place on
    the shelf `more` is rarely gone to: where not all places fit under each other it stands in the menu of the last
    entry.
    """

    name: str
    screen: str
    title: str = ""
    group: Literal["work", "manage", "serve"] = "work"
    order: int = 50
    shelf: Literal["nav", "more"] = "nav"
    badge: str = ""
    badge_where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViews:
    """Who keeps views: `query` is shown with `where={"screen": …}`, its rows carry `id`, `version`, `name`, `look`
    (JSON), `role_name`, `mine` and `allowed`; `keep` and `archive` are commands; `roles` the query of roles by code."""

    query: str
    keep: str
    archive: str
    roles: str
