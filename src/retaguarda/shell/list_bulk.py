"""One field of the marked rows changed: what, to what; what would come of it, row by row; done, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from retaguarda.kernel.bulk import STEPS, Bulk
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.bulk_plan import Fate, Item, NewValue
from retaguarda.kernel.screen.listing import ListState
from retaguarda.shell.theme import role_ink
from retaguarda.shell.theme.tokens import BASE, MEDIUM, ROW_TWO_LOW, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.labels import Label, Pill, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.table import Availability, Column, Kind, Row, Table, TwoLine

_WIDE, _HIGH, _LABEL, _VALUE = 860, 620, 96, 120
_ROLES: dict[Fate, tuple[str, str]] = {
    "refused": ("bad", "circle-x"), "stays": ("warn", "triangle-alert"), "will": ("info", "info"),
    "done": ("ok", "circle-check"), "undone": ("info", "undo-2"), "same": ("neutral", "circle-check"),
}  # fmt: skip
MOST_CHOICES = 500


class BulkSheet(Sheet):
    """Enter tries what was asked, F10 does it, F8 takes it back, Esc leaves (or stops what is under way)."""

    def __init__(self, over: QWidget, state: ListState, words: Words) -> None:
        self._state, self._words, self._bulk = state, words, state.bulk
        say = words.say
        self.what = Combo([(one.name, say(one.text)) for one in self._bulk.offers], name=say("shell.bulk.what"))
        self.how = Combo(
            [(False, say("shell.bulk.by_value")), (True, say("shell.bulk.by_percent"))], name=say("shell.bulk.how"),
        )  # fmt: skip
        self.value = LineEdit(name=say("shell.bulk.value"))
        self.choice = Combo(name=say("shell.bulk.value"))
        self.step = Combo(
            [(step, say("shell.bulk.step", step=words.value(step, "money"))) for step in STEPS],
            name=say("shell.bulk.rounded"),
        )  # fmt: skip
        self._fault = Label("", SMALL, MEDIUM, role_ink("bad"), wrap=True)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        self.table = Table(
            [Column("row", say("shell.bulk.row"), Kind.TWO_LINE, stretch=True),
             Column("now", say("shell.bulk.now"), Kind.TEXT, _VALUE),
             Column("then", say("shell.bulk.then"), Kind.STRONG, _VALUE),
             Column("fate", say("shell.bulk.fate"), Kind.AVAILABILITY, 330)],
            name=say("shell.bulk.rows"), row_high=ROW_TWO_LOW,
        )  # fmt: skip
        self._far, self._bar = small("", "text2"), SegmentBar(name="")
        self.stop = Button(say("shell.bulk.stop"), size="small", key="Esc")
        self._progress = boxed(column(row(self._far, None, self.stop), self._bar, gap=6))
        self.back = Button(say("shell.bulk.undo"), icon="undo-2", key="F8")
        self.look = Button(say("shell.bulk.preview"), kind="primary", key="Enter")
        self.do = Button(say("shell.bulk.do", n=0), kind="primary", key="F10")
        body = column(self._asking(), self._fault, self._pills, (self.table, 1), self._progress, gap=10)
        super().__init__(
            over, body, title=say("shell.bulk", n=len(self._bulk.keys)), close_name=say("shell.cancel"),
            icon="list-checks", buttons=(self.back, self.look, self.do), width=_WIDE, high=_HIGH,
        )  # fmt: skip
        self._connect()

    def _asking(self) -> QWidget:
        say = self._words.say
        lines = []
        for code, first, *rest in (("what", self.what), ("value", self.how, self.value, self.choice, self.step)):
            label = Label(say(f"shell.bulk.{code}"), BASE, token="text2")
            label.setBuddy(first)
            label.setFixedWidth(_LABEL)
            lines.append(row(label, (first, 1), *((one, 1) for one in rest), gap=8))
        return boxed(column(*lines, gap=8))

    def _connect(self) -> None:
        bulk = self._bulk
        self.what.chosen.connect(lambda _name: self._show_field())
        self.how.chosen.connect(lambda _how: self._show_field())
        for key in ("Return", "Enter"):
            self.bind(key, self._preview)
        self.bind("F10", self._carry_out)
        self.bind("F8", self._undo)
        self.bind("Esc", self.close_sheet)
        self.value.textEdited.connect(lambda _text: self._asked_anew())
        for combo in (self.what, self.how, self.choice, self.step):
            combo.chosen.connect(lambda _value: self._asked_anew())
        self.look.clicked.connect(lambda _on=False: self._preview())
        self.do.clicked.connect(lambda _on=False: self._carry_out())
        self.back.clicked.connect(lambda _on=False: self._undo())
        self.stop.clicked.connect(lambda _on=False: bulk.stop())
        self.closed.connect(self._went)

    def begin(self) -> None:
        """Opens it with the keyboard on what is to be changed."""
        plan = self._bulk.plan
        asked = plan.bulk if plan is not None and self._bulk.stage != "asking" else self._bulk.offers[0]
        self.what.set_value(asked.name)
        self.how.set_value(False)
        self.step.set_value(STEPS[0])
        self._show_field()
        self.open(self.what if self._bulk.stage == "asking" else self)

    @property
    def chosen(self) -> Bulk:
        """What is to be changed."""
        return next(one for one in self._bulk.offers if one.name == self.what.value())

    # ---- what is asked ----
    def _show_field(self) -> None:
        bulk = self.chosen
        percent = bulk.by_percent and bool(self.how.value())
        self.how.setVisible(bulk.by_percent)
        self.step.setVisible(percent)
        self.choice.setVisible(bool(bulk.choices))
        self.value.setVisible(bool(bulk.field) and not bulk.choices)
        self.value.set_unit("%" if percent else "")
        self.choice.set_choices([])
        if bulk.choices:
            self._state.show("bulk.choices", bulk.choices, self._choices_came, limit=MOST_CHOICES)

    def _choices_came(self, page: Page) -> None:
        sub = [(one.id, " · ".join(filter(None, (one.name, getattr(one, "sub", ""))))) for one in page.rows]
        self.choice.set_choices(sub)

    def _asked_anew(self) -> None:
        """What was tried is not what is asked now."""
        if self._bulk.stage == "tried" or self._bulk.fault is not None:
            self._bulk.begin(self._bulk.keys)

    def _asked(self) -> NewValue:
        bulk = self.chosen
        percent = bulk.by_percent and bool(self.how.value())
        picked = not self.choice.isHidden()
        step = self.step.value()
        raw = str(self.choice.value() or "") if picked else self.value.text()
        return NewValue(raw=raw, percent=percent, step=step if isinstance(step, Decimal) else STEPS[0])

    # ---- the person acts ----
    def _preview(self) -> None:
        if self._bulk.stage == "asking":
            self._bulk.preview(self.chosen, self._asked())
            if self._bulk.fault is not None:
                self.value.setFocus()

    def _carry_out(self) -> None:
        if self._bulk.stage == "tried" or (self._bulk.stage == "done" and self._bulk.count("will")):
            self._bulk.carry_out()

    def _undo(self) -> None:
        if self._bulk.can_undo:
            self._bulk.undo()

    def _went(self) -> None:
        if not self._bulk.went_whole:
            self._bulk.tell_done()
        self.deleteLater()

    def close_sheet(self) -> None:
        """Leaves; what is under way is stopped first, and shown."""
        if self._bulk.under_way:
            self._bulk.stop()
        else:
            super().close_sheet()

    # ---- the state speaks ----
    def show_state(self) -> None:
        """Shows how far it is."""
        bulk, stage = self._bulk, self._bulk.stage
        if stage in ("done", "undone") and bulk.went_whole:
            self.close_sheet()
            return
        asking = stage in ("asking", "tried")
        for part in (self.what, self.how, self.value, self.choice, self.step):
            part.setEnabled(asking)
        self.look.setVisible(stage == "asking" or bulk.under_way)
        self.look.setEnabled(stage == "asking")
        waits = bulk.count("will")
        self.do.setVisible(stage == "tried" or (stage == "done" and waits > 0))
        self.do.setEnabled(waits > 0)
        self.do.setText(self._words.say("shell.bulk.do", n=waits))
        self.back.setVisible(bulk.can_undo)
        self._progress.setVisible(bulk.under_way)
        self._show_fault(bulk.fault, bulk.problem)
        if bulk.under_way:
            self._show_far()
        else:
            self._show_rows()
            self._place_keyboard()

    def _place_keyboard(self) -> None:
        if self._bulk.stage != "asking" and self.table.rows.rowCount():
            self.table.setFocus()

    def _show_fault(self, fault: Phrase | None, problem: Problem | None) -> None:
        said = fault or (Phrase(problem.code, problem.params) if problem is not None else None)
        words = self._words
        self._fault.setText("" if said is None else f"{words.cause(said)} {words.action(said)}".strip())
        self._fault.setVisible(said is not None)
        self.value.set_invalid(fault is not None)

    def _show_far(self) -> None:
        done, whole = self._bulk.progress
        said = self._words.say(f"shell.bulk.{self._bulk.stage}", n=done, whole=whole or len(self._bulk.keys))
        self._far.setText(said)
        self._bar.set_parts([(done, "accent")], said, float(whole or 1))

    def _show_rows(self) -> None:
        bulk, words = self._bulk, self._words
        empty(self._pills)
        for fate, (role, icon) in _ROLES.items():
            if n := bulk.count(fate):
                self._pills.addWidget(Pill(words.say(f"shell.bulk.fate.{fate}.n", n=n), role, icon=icon))
        if bulk.gone:
            self._pills.addWidget(Pill(words.say("shell.bulk.gone", n=bulk.gone), "warn", icon="info"))
        self._pills.addStretch(1)
        order = list(_ROLES)
        shown = sorted(bulk.items, key=lambda item: order.index(item.fate))
        self.table.rows.set_rows([self._row(item) for item in shown])
        if shown:
            self.table.go_to(shown[0].row.id)

    def _row(self, item: Item) -> Row:
        words, plan = self._words, self._bulk.plan
        show = plan.bulk.show if plan is not None else "text"
        said = ("", "") if not item.payload or plan is None or not plan.bulk.field else (
            words.value(item.now, show), words.value(item.then, show)
        )  # fmt: skip
        role, _icon = _ROLES[item.fate]
        fate = words.say(f"shell.bulk.fate.{item.fate}")
        why = fate if item.why is None else words.cause(item.why)
        return Row(item.row.id, (_called(self._state, words, item.row), *said, Availability(role, why, "")))


def _called(state: ListState, words: Words, record: Any) -> TwoLine:
    """A record as its list names it."""
    first: Sequence[Any] = [one for one in state.declared if one.show == "name"] or state.declared
    one = first[0]
    sub = getattr(record, one.sub, None) if one.sub else None
    name = words.value(getattr(record, one.field), one.show, one.texts)
    return TwoLine(name, "" if sub in (None, "") else words.value(sub, one.sub_show))
