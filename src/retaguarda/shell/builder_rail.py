"""The choices of the report builder, one under the other: list, filter, groups, totals, chart, columns."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.kernel.screen.builder import BuilderState
from retaguarda.kernel.screen.built import AVERAGE, CHARTS, COUNT, MOST_BY, SUM, Total
from retaguarda.kernel.spans import GRAINS
from retaguarda.shell.list_conditions import ConditionTools
from retaguarda.shell.theme.tokens import SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.cards import Panel
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.scrolling import scrolling

WIDE = 316
_GRAIN = 100
_NONE = ""


class BuilderRail(Panel):
    """`source` chooses the list; what stands under it is made anew for each list, and follows the state."""

    def __init__(self, state: BuilderState, words: Words) -> None:
        self._state, self._words = state, words
        self.source = Combo(state.offered, name=words.say("shell.built.source"))
        self.source.chosen.connect(lambda name: state.choose_source(str(name)))
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(0, 0, 10, 0)
        self.by: list[Combo] = []
        self.grains: list[Combo] = []
        self.totals: dict[Total, CheckBox] = {}
        self.columns: dict[str, CheckBox] = {}
        self.conditions: ConditionTools | None = None
        area = scrolling(boxed(self._inner), "surface")
        super().__init__(column(self._labelled("source", self.source), (area, 1), gap=14, margins=(16, 14, 6, 12)))
        self.setFixedWidth(WIDE)

    def _labelled(self, name: str, control: QWidget) -> QWidget:
        label = Label(self._words.say(f"shell.built.{name}"), SMALL, token="text2")
        label.setBuddy(control)
        return boxed(column(label, control, gap=4, margins=(0, 0, 10, 0)))

    def _title(self, name: str) -> Label:
        return Label(self._words.say(f"shell.built.{name}"), SMALL, token="text2")

    # ---- made for a list ----
    def show_source(self) -> None:
        """Offers what the list has."""
        source = self._state.source
        empty(self._inner)
        self.totals, self.columns = {}, {}
        if source is not None:
            self.source.set_value(source.screen.name)
            whole = column(
                self._filter(), self._groups(), self._totals(), self._drawing(), self._columns(), None, gap=16
            )  # fmt: skip
            self._inner.addWidget(boxed(whole))
        self.show_built()

    def _filter(self) -> QWidget:
        asking, made = self._state.asking, QWidget()
        assert asking is not None
        self.conditions = ConditionTools(made, asking, self._words)
        made.setLayout(
            column(row(self._title("filter"), None, self.conditions.button), self.conditions.line, gap=6)
        )  # fmt: skip
        return made

    def _groups(self) -> QWidget:
        say, state, source = self._words.say, self._state, self._state.source
        assert source is not None
        fields = [(c.field, state.inquiry.title_of(c)) for c in source.grouped]
        spans = [(grain, say(f"shell.grain.{grain}")) for grain in GRAINS]
        self.by, self.grains, lines = [], [], []
        for at in range(MOST_BY):
            name = say(f"shell.built.group_{at + 1}")
            none = say("shell.built.no_more" if at else "shell.built.no_group")
            by = Combo([(_NONE, none), *fields], name=name)
            by.chosen.connect(lambda field, at=at: state.group_by(at, str(field)))
            grain = Combo(spans, name=f"{name}, {say('shell.built.grain')}", width=_GRAIN)
            grain.chosen.connect(lambda span, at=at: state.set_grain(at, str(span)))
            self.by.append(by)
            self.grains.append(grain)
            lines.append(row((by, 1), grain, gap=8))
        return boxed(column(self._title("groups"), *lines, gap=6))

    def _totals(self) -> QWidget:
        say, state, source = self._words.say, self._state, self._state.source
        assert source is not None
        parts: list[QWidget] = [self._total(Total(COUNT), say("shell.built.how.count", column=""))]
        wanted = [Total(how, one.field) for how in (SUM, AVERAGE) for one in source.totalled(how)]
        parts += [self._total(total, state.inquiry.total_head(total)) for total in wanted]
        return boxed(column(self._title("totals"), *parts, gap=6))

    def _total(self, total: Total, words: str) -> CheckBox:
        box = self.totals[total] = CheckBox(words)
        box.clicked.connect(lambda on=False: self._state.total(total.how, total.field, on))
        return box

    def _drawing(self) -> QWidget:
        say, state = self._words.say, self._state
        self.chart = Combo([(one, say(f"reports.chart.{one}")) for one in CHARTS], name=say("shell.built.chart"))
        self.chart.chosen.connect(lambda chart: state.draw(str(chart)))
        self.largest = CheckBox(say("shell.built.largest"))
        self.largest.clicked.connect(lambda on=False: state.put_largest(on))
        return boxed(column(self._title("chart"), self.chart, self.largest, gap=6))

    def _columns(self) -> QWidget:
        state, source = self._state, self._state.source
        assert source is not None
        for name, one in source.columns.items():
            box = self.columns[name] = CheckBox(state.inquiry.title_of(one))
            box.clicked.connect(partial(state.show_column, name))
        return boxed(column(self._title("columns"), *self.columns.values(), gap=6))

    # ---- follows the state ----
    def show_built(self) -> None:
        """Shows the report as it stands."""
        state, source = self._state, self._state.source
        if source is None:
            return
        built = state.built
        for at, (by, grain) in enumerate(zip(self.by, self.grains, strict=True)):
            one = built.by[at] if at < len(built.by) else None
            by.set_value(one.field if one else _NONE)
            by.setEnabled(at <= len(built.by))
            grain.setVisible(one is not None and source.has_days(one.field))
            grain.set_value(one.grain if one else None)
        for total, box in self.totals.items():
            box.setChecked(total in built.totals)
            # What is only told of groups cannot stand under rows.
            box.setEnabled(bool(built.by) or (total.how == SUM and total.field in built.columns))
        for name, column_box in self.columns.items():
            column_box.setChecked(name in built.columns)
        self.chart.set_value(built.chart)
        self.chart.setEnabled(bool(built.by))
        self.largest.setChecked(built.largest)
        self.largest.setEnabled(bool(built.by))
