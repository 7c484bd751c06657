"""Lists and forms of the company: people, roles, branches, departments, settings."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.kinds import Choice
from retaguarda.kernel.screen import (
    GRANTED,
    PERMISSIONS,
    Action,
    BoardScreen,
    Column,
    FactsPanel,
    FieldView,
    FormScreen,
    Level,
    LinesView,
    ListScreen,
    Place,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.labels import Labels, new_record
from retaguarda.modules.company import commands, rules

_STATUS: dict[str, Level] = {"active": "ok", "no_password": "warn", "locked": "bad", "archived": ""}
_PEOPLE_TABLES = ("person", "person_role", "person_branch", "role", "branch", "department")


_LABELS = Labels("company")
_field, _column = _LABELS.field, _LABELS.column


def _new(opens: str) -> Action:
    # Says what the form's title says: "Nova filial".
    return new_record(opens, f"{opens}.new")


def _press(name: str, icon: str, **more: Any) -> Action:
    return Action(name=name, press=f"company.{name}_person", key="person_id", icon=icon, **more)


PERSON_LIST = ListScreen(
    name="company.person_list",
    icon="users",
    query="company.people",
    sort="name",
    columns=(
        _column("name", show="name", sub="login", sortable=True),
        _column("roles_shown"),
        _column("department_name", width=160, sortable=True),
        _column("branch_name", width=140, hide_below=1200),
        _column("boss_name", width=160, hide_below=1300),
        _column("status", show="pill", width=120, texts="company.person_status", levels=_STATUS),
    ),
    tabs=(
        Tab(name="present", where={"archived": False}),
        Tab(name="archived", where={"archived": True}, counted=False),
        Tab(name="all", counted=False),
    ),
    found=("name", "login", "department_name"),
    opens="company.person_form",
    refreshed_by=_PEOPLE_TABLES,
    actions=(
        _new("company.person_form"),
        Action(name="password", icon="key-round", opens="company.set_password_form", key="person_id"),
        _press("lock", "lock", danger=True),
        _press("unlock", "lock-open"),
        _press("archive", "archive", asks="company.ask.archive"),
        _press("restore", "undo-2"),
    ),
)

PERSON_FORM = FormScreen(
    name="company.person_form",
    icon="user",
    command=commands.AddPerson,
    revise=commands.RevisePerson,
    load="company.people",
    key="person_id",
    fields=(
        _field("name", width=2),
        _field("login", help="company.field.login.help"),
        _field("password", help="company.field.password.help"),
        _field("email"),
        _field("language"),
        _field(
            "roles",
            width=2,
            choices="company.role_choices",
            section="company.section.rights",
            help="company.field.roles.help",
        ),
        _field("branch_id", suggestions="company.branch_choices", shown_by="branch_name"),
        _field("branches", choices="company.branch_codes", help="company.field.branches.help"),
        _field("all_branches", width=2),
        _field(
            "department",
            suggestions="company.department_choices",
            shown_by="department_name",
            adds="company.department_form",
            section="company.section.place",
        ),
        _field("boss_id", suggestions="company.person_choices", shown_by="boss_name"),
    ),
    refreshed_by=_PEOPLE_TABLES,
)

SET_PASSWORD_FORM = FormScreen(
    name="company.set_password_form",
    icon="key-round",
    command=commands.SetPassword,
    fields=(_field("password", help="company.field.password.help"),),
)
CHANGE_PASSWORD_FORM = FormScreen(
    name="company.change_password_form",
    icon="key-round",
    command=commands.ChangePassword,
    fields=(_field("old_password"), _field("new_password", help="company.field.password.help")),
)

ROLE_LIST = ListScreen(
    name="company.role_list",
    icon="shield-check",
    query="company.roles",
    sort="name",
    search="",
    columns=(
        _column("name", show="name", sortable=True),
        _column("discount_rate_max", show="rate", width=150),
        _column("people", show="whole", width=100, sortable=True),
        _column("ready_made", show="flag", width=130),
    ),
    opens="company.role_form",
    refreshed_by=("role", "person_role"),
    actions=(_new("company.role_form"),),
)
ROLE_FORM = FormScreen(
    name="company.role_form",
    icon="shield-check",
    command=commands.AddRole,
    revise=commands.ReviseRole,
    load="company.roles",
    key="role_id",
    fields=(
        _field("name"),
        _field("discount_rate_max", help="company.field.discount_rate_max.help"),
        _field(
            "added", width=2, choices=PERMISSIONS, section="company.section.rights", help="company.field.added.help"
        ),
        _field("removed", width=2, choices=GRANTED, help="company.field.removed.help"),
        _field("gives", width=2, choices="company.role_choices", help="company.field.gives.help"),
    ),
    refreshed_by=("role",),
)

BRANCH_LIST = ListScreen(
    name="company.branch_list",
    icon="building-2",
    query="company.branches",
    sort="code",
    search="",
    columns=(
        _column("code", show="code", width=80, sortable=True),
        _column("name", show="name", sub="address", sortable=True),
        _column("city", width=180, sortable=True),
        _column("state", width=70),
        _column("phone", show="code", width=150),
    ),
    opens="company.branch_form",
    refreshed_by=("branch", "branch_exception"),
    actions=(_new("company.branch_form"),),
)
BRANCH_FORM = FormScreen(
    name="company.branch_form",
    icon="building-2",
    command=commands.AddBranch,
    revise=commands.ReviseBranch,
    load="company.branches",
    key="branch_id",
    fields=(
        _field("name"),
        _field("code"),
        _field("address", width=2),
        _field("city"),
        _field("state"),
        _field("phone"),
        *(
            _field(day, section="company.section.hours", help="company.field.hours.help" if day == "monday" else "")
            for day in rules.WEEKDAYS
        ),
        LinesView(
            name="exceptions",
            label="company.field.exceptions",
            section="company.section.exceptions",
            columns=(
                _field("day", width=120),
                FieldView(name="name", label="company.field.exception_name"),
                _field("hours", width=220),
            ),
        ),
    ),
    refreshed_by=("branch", "branch_exception"),
)

DEPARTMENT_LIST = ListScreen(
    name="company.department_list",
    icon="layers",
    query="company.departments",
    sort="name",
    search="",
    columns=(
        _column("name", show="name", sortable=True),
        _column("people", show="whole", width=100, sortable=True),
    ),
    opens="company.department_form",
    refreshed_by=("department", "person"),
    actions=(_new("company.department_form"),),
)
DEPARTMENT_FORM = FormScreen(
    name="company.department_form",
    icon="layers",
    command=commands.AddDepartment,
    revise=commands.ReviseDepartment,
    load="company.departments",
    key="department_id",
    fields=(_field("name", width=2, help="company.field.department.help"),),
    refreshed_by=("department",),
)

COMPANY_FORM = FormScreen(
    name="company.company_form",
    icon="building-2",
    revise=commands.ReviseCompany,
    load="company.company",
    key="company_id",
    single=True,
    fields=(
        _field("name", width=2),
        _field("tax_id"),
        _field("language"),
        _field("zone", suggestions="company.zone_choices", shown_by="zone"),
    ),
    refreshed_by=("company",),
)


def _setting_form(code: str = "") -> FormScreen:
    """The form of a figure, or of the one setting that is chosen from a few values."""
    kind = rules.SETTINGS[code].kind if code else None
    told = f"company.setting.{code}.help" if code else "company.field.value.help"
    return FormScreen(
        name=f"company.{code}_form" if code else "company.setting_form",
        title="company.setting_form.title",
        icon="settings",
        revise=commands.ChangeSetting,
        load="company.settings",
        key="code",
        record_name="code",
        record_texts="company.setting",
        fields=(_field("value", width=2, kind=kind, help=told, unit="" if kind else "unit"),),
        refreshed_by=("setting",),
    )


SETTING_FORMS = (
    _setting_form(),
    *(_setting_form(code) for code, spec in rules.SETTINGS.items() if isinstance(spec.kind, Choice)),
)

_JOB_STATE: dict[str, Level] = {"running": "info", "asked": "info", "failed": "bad", "waiting": "ok", "off": ""}
_RUN_STATE: dict[str, Level] = {"running": "info", "done": "ok", "failed": "bad", "stopped": "warn", "lost": "warn"}
JOB_LIST = ListScreen(
    name="company.job_list",
    icon="alarm-clock",
    query="company.jobs",
    sort="name",
    search="",
    columns=(
        Column(field="name", show="words"),
        Column(field="state", show="pill", width=140, texts="company.job_state", levels=_JOB_STATE),
        Column(field="begun_at", show="instant", width=150, sortable=True),
        Column(field="answer", show="answer", width=280),
        Column(field="due_at", show="instant", width=150, sortable=True),
        Column(field="every", width=90, hide_below=1200),
    ),
    refreshed_by=("timed_job", "job_run"),
    actions=(
        Action(name="run", icon="play", press="company.run_job", key="job_id", shortcut="F10", primary=True),
        Action(name="runs", icon="history", opens="company.job_run_list", on_row=False),
    ),
)
JOB_RUN_LIST = ListScreen(
    name="company.job_run_list",
    icon="history",
    query="company.job_runs",
    sort="-begun_at",
    search="",
    columns=(
        Column(field="begun_at", show="instant", width=150, sortable=True),
        Column(field="name", show="words"),
        Column(field="outcome", show="pill", width=130, texts="company.run_state", levels=_RUN_STATE),
        Column(field="answer", show="answer", width=360),
        Column(field="station", show="code", width=110, hide_below=1200),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="failed", where={"outcome": ["failed", "lost", "stopped"]}),
    ),
    refreshed_by=("timed_job", "job_run"),
)

SETTINGS = BoardScreen(
    name="company.settings",
    icon="settings",
    permission="company.read",
    panels=(
        FactsPanel(
            name="company",
            icon="building-2",
            query="company.company",
            place="side",
            facts=(
                _column("name", show="name"),
                _column("tax_id", show="code"),
                _column("zone"),
                _column("language", show="code", texts="company.language"),
                _column("currency", show="code", texts="company.currency"),
            ),
        ),
        TablePanel(
            name="settings",
            icon="settings",
            query="company.settings",
            opens="company.setting_form",
            opens_too=tuple(form.name for form in SETTING_FORMS[1:]),
            columns=(
                Column(field="code", title="company.field.setting", show="code", texts="company.setting"),
                Column(field="answer", title="company.field.value", show="answer", width=280),
            ),
        ),
    ),
    actions=(
        Action(name="edit_company", icon="pencil", opens="company.company_form", on_row=False),
        Action(name="roles", icon="shield-check", opens="company.role_list", on_row=False),
        Action(name="branches", icon="building-2", opens="company.branch_list", on_row=False),
        Action(name="departments", icon="layers", opens="company.department_list", on_row=False),
        Action(name="jobs", icon="alarm-clock", opens="company.job_list", on_row=False),
        Action(name="password", icon="key-round", opens="company.change_password_form", on_row=False),
    ),
    refreshed_by=("company", "setting"),
)

SCREENS = (
    PERSON_LIST,
    PERSON_FORM,
    SET_PASSWORD_FORM,
    CHANGE_PASSWORD_FORM,
    ROLE_LIST,
    ROLE_FORM,
    BRANCH_LIST,
    BRANCH_FORM,
    DEPARTMENT_LIST,
    DEPARTMENT_FORM,
    COMPANY_FORM,
    *SETTING_FORMS,
    JOB_LIST,
    JOB_RUN_LIST,
    SETTINGS,
)
PLACES = (
    Place(name="people", screen="company.person_list", group="manage", order=80),
    Place(name="settings", screen="company.settings", group="manage", order=90),
)
