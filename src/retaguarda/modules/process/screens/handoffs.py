"""Hand-offs: the list of what departments asked of one another, and the sheets that send, answer and take back."""

from __future__ import annotations

from retaguarda.kernel.command import Command
from retaguarda.kernel.screen import Action, Column, FieldView, FormScreen, ListScreen, Tab
from retaguarda.modules.process import commands, rules
from retaguarda.modules.process.screens.parts import HANDOFF_LEVELS, allowed

_KEY = {"handoff_id": "id", "version": "version"}


def _opens(name: str, icon: str, *, versioned: bool = True, shortcut: str = "") -> Action:
    command = f"process.{name}_handoff"
    given = _KEY if versioned else {"handoff_id": "id"}
    return Action(name=name, text=command, icon=icon, opens=f"{command}_form", given=given, shortcut=shortcut,
                  enabled=allowed(command))  # fmt: skip


handoff_list = ListScreen(
    name="process.handoff_list",
    icon="send",
    query="process.handoffs",
    sort="-opened_at",
    search="",
    opens_key="subject_id",
    tabs=(
        Tab(name="open", where={"open": True}),
        Tab(name="refused", where={"state": rules.REFUSED}),
        Tab(name="late", where={"late": True}),
        Tab(name="all"),
    ),
    columns=(
        Column(field="title", title="process.work", show="name"),
        Column(field="way", width=210, hide_below=1100),
        Column(field="state", show="pill", width=120, texts="process.handoff.state", levels=HANDOFF_LEVELS),
        Column(field="due_on", show="day", width=110),
        Column(field="due_at", show="instant", width=160, hide_below=1400),
        Column(field="refusals", show="whole", width=90, hide_below=1300),
    ),
    actions=(
        Action(name="accept", text="process.accept_handoff", icon="check", press="process.accept_handoff",
               key="handoff_id", primary=True, shortcut="F10"),
        _opens("refuse", "circle-x"),
        _opens("resend", "send"),
        Action(name="end", text="process.end_handoff", icon="circle-check", press="process.end_handoff",
               key="handoff_id"),
        _opens("say_in", "message-square", versioned=False),
        _opens("withdraw", "undo-2"),
    ),
    refreshed_by=("handoff", "case_step"),
)  # fmt: skip


def _sheet(command: type[Command], name: str, icon: str, *fields: FieldView) -> FormScreen:
    return FormScreen(
        name=f"process.{name}_handoff_form",
        icon=icon,
        permission=f"process.{name}_handoff",
        command=command,
        fields=fields,
        refreshed_by=("handoff",),
    )


_REASON, _NOTE = FieldView(name="reason", width=2), FieldView(name="note", width=2)
SHEETS = (
    _sheet(
        commands.SendHandoff,
        "send",
        "send",
        FieldView(name="to_department", suggestions="company.department_choices"),
        FieldView(name="due_on", initial="d"),
        FieldView(name="what", width=2),
    ),
    _sheet(commands.RefuseHandoff, "refuse", "circle-x", _REASON),
    _sheet(commands.ResendHandoff, "resend", "send", _NOTE, FieldView(name="due_on")),
    _sheet(commands.SayInHandoff, "say_in", "message-square", _NOTE),
    _sheet(commands.WithdrawHandoff, "withdraw", "undo-2", _REASON),
)
