"""The screen on which a person builds a report, and the dialog that names and shares it."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, Place
from retaguarda.kernel.screen.built import BuilderScreen
from retaguarda.kernel.screen.labels import Labels
from retaguarda.modules.reports import commands, rules

_LABELS = Labels("reports")
BUILD_FORM = FormScreen(
    name="reports.build_form",
    icon="save",
    command=commands.BuildReport,
    fields=(
        _LABELS.field("name", width=2),
        _LABELS.field("roles", width=2, choices="company.role_choices", help="reports.field.roles.help"),
    ),
)
BUILDER_SCREEN = BuilderScreen(
    name=rules.BUILDER,
    icon="layout-dashboard",
    permission=commands.BUILD,
    build="reports.build_report",
    revise="reports.revise_built",
    keep=BUILD_FORM.name,
    actions=(
        Action(
            name="save", text="reports.save", does="save", icon="save", shortcut="Ctrl+S", primary=True, on_row=False
        ),
        Action(
            name="save_as", text="reports.save_as", does="save_as", icon="copy", shortcut="Ctrl+Shift+S", on_row=False
        ),
        Action(name="kept", text="reports.saved_list.title", icon="star", opens="reports.saved_list", on_row=False),
    ),
)

BUILDING = (BUILDER_SCREEN, BUILD_FORM)
PLACES = (Place(name="builder", screen=rules.BUILDER, group="manage", order=25),)
