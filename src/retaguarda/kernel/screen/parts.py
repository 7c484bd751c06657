"""The small declarations that every screen is made of: columns, fields, actions, panels, slot fills.

All of them are frozen data. Texts are codes of the catalogue, never prose; where a code is left empty it is derived
from the screen's name, so that a declaration names only what is out of the ordinary:

- column `number` of the screen `sales.order_list` -> `sales.order_list.number`
- field `customer_id` of the screen `sales.order_form` -> `sales.order_form.customer_id`, field `gtin` of its lines
  `barcodes` -> `sales.order_form.barcodes.gtin`
- action `confirm` of the screen `sales.order_list` -> `sales.order_list.confirm`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dc_field
from typing import Any, Literal

from retaguarda.kernel.incoming import ImportKind
from retaguarda.kernel.kinds import Kind

Level = Literal["", "ok", "warn", "bad", "info", "plan"]
"""What a colour says: nothing, fine, look here, wrong, going on, plan B. Always drawn with an icon and a word."""

Show = Literal[
    "text", "words", "name", "code", "codes", "money", "price", "quantity", "rate", "whole", "day", "instant", "pill",
    "flag", "answer",
]  # fmt: skip
"""How a value is shown: `words` is what a person typed or a code that the program put in its place, `name` text in
medium weight, `codes` several codes (each a letter or an item), `pill` a code with a level, `answer` a two-line `Note`.
"""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the catalogue with its parameters; typed parameters are shown in the person's locale."""

    code: str
    params: Mapping[str, Any] = dc_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A judged sentence: a level, what it says, a second line, and what stands under the line it belongs to.

    `inline` is the sentence of the row under a line of the entry grid ("4 ways out are ready"), `press` the action
    offered there.
    """

    text: Phrase
    level: Level = ""
    sub: Phrase | None = None
    inline: Phrase | None = None
    press: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """A cell that is changed in the list: what is typed goes as `field` (empty: called as the column) of `command`, the
    row's id as `key`. Which rows allow it says their `allowed`."""

    command: str
    key: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: the attribute of the row it shows, and how.

    `width` in px at 100 % (0 shares what is left), `hide_below` the window width in px under which it leaves,
    `sub` the attribute of the second line in the same cell, `texts` the catalogue prefix of the codes of a `pill`
    (or `code`), `levels` the level of each code. `show_by` is the attribute of the row that says how this row's value
    is shown, where a column holds values of several kinds; an amount then says its currency.
    """

    field: str
    title: str = ""
    show: Show = "text"
    width: int = 0
    align: Literal["", "left", "right", "center"] = ""
    hide_below: int = 0
    sub: str = ""
    sub_show: Show = "text"
    texts: str = ""
    levels: Mapping[str, Level] = dc_field(default_factory=dict)
    sortable: bool = False
    show_by: str = ""
    edits: CellEdit | None = None

    @property
    def has_two_lines(self) -> bool:
        """Whether its cells need rows that two lines fit into."""
        return bool(self.sub) or self.show == "answer"

    @property
    def side(self) -> Literal["left", "right", "center"]:
        """Where the cell's text stands: numbers to the right unless said otherwise."""
        if self.align:
            return self.align
        return "right" if self.show in ("money", "price", "quantity", "rate", "whole") else "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A ready filter above a list: `where` is laid over the list's own; `counted` shows how many rows it has."""

    name: str
    where: Mapping[str, Any] = dc_field(default_factory=dict)
    title: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter field of a list: the key of `where` it fills; either a few `options` (codes) or a suggestions query."""

    key: str
    title: str = ""
    options: tuple[str, ...] = ()
    texts: str = ""
    suggestions: str = ""
    show: Show = "text"


Then = Literal["stay", "new", "close", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One button, menu entry and shortcut.

    One of `press` (a command's name), `opens` (a screen's name), `prints` (a document's name) or `does`
    (something the screen itself does: `save`, `undo_scan`, `find`, `remove_line`, `repeat_above`, `plan_b` …) is set.

    On a row or a record page the payload is `{key: row.id, "version": row.version}` and what `given` maps (field of
    the command -> attribute of the row; `labels` the same way names what a given Ref is called); enabled while
    `row.allowed` holds the command. In a form or an entry a
    `press` that is not the screen's own command saves first, then presses with the saved key and version.
    `enabled` may say why not: a pure function of the screen's state (a ListState gives its chosen row, a PageState
    its record) that returns the reason as a Phrase, or None while enabled. `on_row` is False for what needs no chosen
    row. An action that a higher module fills names `allowed_by`, a query shown with `where={"id": ids}` whose rows
    carry `id` and `allowed`: the lower module's row knows nothing of it. `then` is what follows a success (`open`:
    the screen `opens` on the record, the present form closes), `prints_after` a document printed then (params:
    `{key: record id}`): it is announced and, where the button's own words say that it prints (`shows_paper`), shown at
    once. `asks` a question shown before.
    """

    name: str
    text: str = ""
    icon: str = ""
    press: str = ""
    opens: str = ""
    prints: str = ""
    does: str = ""
    key: str = ""
    given: Mapping[str, str] = dc_field(default_factory=dict)
    labels: Mapping[str, str] = dc_field(default_factory=dict)
    shortcut: str = ""
    primary: bool = False
    danger: bool = False
    on_row: bool = True
    allowed_by: str = ""
    enabled: Callable[[Any], Phrase | None] | None = None
    then: Then = "stay"
    prints_after: str = ""
    shows_paper: bool = False
    asks: str = ""


SAVE = Action(name="save", text="shell.save", does="save", icon="save", shortcut="Ctrl+S")
SAVE_NEW = Action(name="save_new", text="shell.save_new", does="save", icon="plus", shortcut="Ctrl+Shift+S", then="new")
SAVE_CLOSE = Action(
    name="save_close", text="shell.save_close", does="save", icon="check", shortcut="F10", primary=True, then="close"
)
DO_IT = Action(name="save_close", does="save", icon="check", shortcut="F10", primary=True, then="close")
"""The usual actions of a form, one key each; a form that loads nothing has the last one alone, in its own words."""


PERMISSIONS = "*"
GRANTED = "granted"
"""In place of a query of choices: every permission the program knows and the one for everything, or those that the
record, a ready-made role, comes with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """How one field of a command is shown in a form, a header or a line grid. Kind and validity come from the command.

    `width` counts grid columns of a form (1 or 2) or px in a line grid (0 shares what is left). `suggestions` is the
    query behind a Ref field: shown with `where={"search": typed text, **depends}`, its rows carry `id`, `name` and
    may carry `sub`; `depends` names fields whose values go along. `offers` makes them mere offers to a Text field: the
    attribute of the row that is put in as its text; what is typed and not on offer counts as well. `source` is the
    attribute of the loaded row (default: the field's name), `shown_by` the attribute that holds a Ref's name in it.
    `adds` is the form opened from the field to make a new record (its saved id is returned into the field).
    `options` are the codes a Codes field offers as boxes to tick, `texts` the prefix of their words; `choices` the
    query whose rows (`id` is the code, `name`) it offers to be found and picked, or PERMISSIONS or
    GRANTED.
    `initial` is typed into a new record (`d` is today, `+7` in a week).
    `gated_by` returns False while the field has no meaning (it is then left out of the payload). `kind` narrows what
    the command takes to what this form may send: a text that is one of a few codes here. `unit` is the attribute of
    the loaded row that says in what it is counted, as the code of a text shown beside what is typed; empty without one.
    """

    name: str
    label: str = ""
    help: str = ""
    width: int = 1
    suggestions: str = ""
    offers: str = ""
    depends: tuple[str, ...] = ()
    source: str = ""
    shown_by: str = ""
    adds: str = ""
    section: str = ""
    options: tuple[str, ...] = ()
    choices: str = ""
    texts: str = ""
    show: Show | Literal[""] = ""
    initial: str = ""
    kind: Kind | None = None
    gated_by: Callable[[Mapping[str, Any]], bool] | None = None
    unit: str = ""

    @property
    def binds(self) -> bool:
        """Whether it takes nothing but one of its suggestions."""
        return bool(self.suggestions) and not self.offers


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesView:
    """The grid over a `tuple[Part, …]` field of a form's command; `columns` are FieldViews of the part."""

    name: str
    columns: tuple[FieldView, ...]
    label: str = ""
    source: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A block on a page or a board: rows of `query`, asked with `where` (key -> attribute of the record's row).

    Constants go in `always`. Who lacks `permission` does not see it. `place` says where: `top` (above the columns),
    `main`, `side` (right column), `foot`. `title` defaults to `<screen>.<name>`.
    """

    name: str
    query: str = ""
    where: Mapping[str, str] = dc_field(default_factory=dict)
    always: Mapping[str, Any] = dc_field(default_factory=dict)
    title: str = ""
    icon: str = ""
    place: Literal["top", "main", "side", "foot"] = "main"
    limit: int = 50
    sort: str | None = None
    hide_below_height: int = 0
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePanel(Panel):
    """A table; in a page's `main` place several of them are tabs with counts. `empty` defaults to `<title>.empty`.

    `opens` is the screen of a row; a row may name another in its own attribute `opens`: one of `opens_too`.
    """

    columns: tuple[Column, ...]
    opens: str = ""
    opens_too: tuple[str, ...] = ()
    opens_key: str = "id"
    empty: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPanel(Panel):
    """Labels with values, of the record's own row (no query) or of the one row of `query`."""

    facts: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPanel(Panel):
    """Big figures of one row, with an optional bar of their shares; `levels` by field colours them.

    `rows` is an optional small table under the figures with its own query.
    """

    figures: tuple[Column, ...]
    levels: Mapping[str, Level] = dc_field(default_factory=dict)
    bar: tuple[str, ...] = ()
    rows: TablePanel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePanel(Panel):
    """What happened, newest first. Rows carry `at`, `code` and `params` (the sentence), and may carry `who`, `icon`,
    `level`, `detail_code`, `detail_params`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepperPanel(Panel):
    """The path of a case. Rows carry `name` (a code), `state` (done, now, failed, waiting), and may carry `who`,
    `at`, `wait_minutes`, `work_minutes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsPanel(Panel):
    """The state of several processes, a tile each. Rows carry `id` (a code under `texts`), `level`, the state as `code`
    and `params`, `reason_code` and `reason_params`, and `opens` with `given`: the list of exactly what it counts."""

    texts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsPanel(Panel):
    """Waiting and working of each step. Rows carry `step` (a code under `texts`), `wait_minutes`, `work_minutes` and
    `hot` for the bottleneck; `said` is the sentence about it (`step`, `wait`), `<said>.none` where there is none."""

    texts: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedColumn:
    """A column a higher module fills: `query` is shown with `where={key: ids of the page}`, its rows carry `key`.

    `after` names the column it stands behind (last when empty).
    """

    column: Column
    query: str
    key: str = "id"
    after: str = ""


Slot = Literal["panels", "columns", "actions", "kinds"]


@dataclass(frozen=True, slots=True)
class SlotFill:
    """A higher module's part in a lower module's screen: provider is a Panel, a JoinedColumn, an Action or an
    ImportKind."""

    screen: str
    slot: Slot
    provider: Panel | JoinedColumn | Action | ImportKind

    def __post_init__(self) -> None:
        fits = {"panels": Panel, "columns": JoinedColumn, "actions": Action, "kinds": ImportKind}[self.slot]
        if not isinstance(self.provider, fits):
            raise TypeError(f"the slot {self.slot!r} of {self.screen} takes a {fits.__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label, its value and how to show it, in a Summary; `strong` is the one that is drawn big."""

    label: str
    value: Any
    show: Show = "text"
    strong: bool = False
    level: Level = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A card of the entry's right column, made by a pure function of the entry's values.

    `headline` is the big line, `pill` its judgement, `notes` sentences with icons, `facts` the figures, `foot` the
    small last line.
    """

    name: str
    title: Phrase
    icon: str = ""
    pill: Note | None = None
    headline: Phrase | None = None
    sub: Phrase | None = None
    notes: Sequence[Note] = ()
    facts: Sequence[Fact] = ()
    foot: Phrase | None = None
