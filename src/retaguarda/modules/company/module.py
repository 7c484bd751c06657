"""The company: everything else stands on its branches, people, roles and settings."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.company import commands, events, migrations, model, queries, rules, screens

_PERSON = ("company.people", "id")
_EVERYBODY = ("company.read", "company.change_password", "company.keep_view", "company.archive_view")
_PEOPLE = (
    "company.read_people",
    "company.add_person",
    "company.revise_person",
    "company.lock_person",
    "company.unlock_person",
    "company.archive_person",
    "company.restore_person",
)
_JOBS = ("company.read_jobs", "company.run_job")
_MORE = {
    "analyst": (
        "company.read_people",
        "company.add_department",
        "company.revise_department",
        "company.change_setting",
        *_JOBS,
    ),
    "hr": _PEOPLE,
    "it": (*_PEOPLE, "company.set_password", "company.read_journal", *_JOBS),
}

MODULE = Module(
    name="company",
    models=(
        model.Company,
        model.Branch,
        model.BranchException,
        model.Department,
        model.Person,
        model.Role,
        model.PersonRole,
        model.PersonBranch,
        model.SavedView,
        model.Setting,
    ),
    commands=(
        Handled(commands.CreateCompany, commands.create_company),
        Handled(commands.ReviseCompany, commands.revise_company, rows=("company.company", "id")),
        Handled(commands.AddPerson, commands.add_person, rows=_PERSON, undo="company.archive_person"),
        Handled(commands.RevisePerson, commands.revise_person, rows=_PERSON),
        Handled(commands.ChangePassword, commands.change_password),
        Handled(commands.SetPassword, commands.set_password, rows=_PERSON),
        Handled(commands.LockPerson, commands.lock_person, rows=_PERSON, undo="company.unlock_person"),
        Handled(commands.UnlockPerson, commands.unlock_person, rows=_PERSON, undo="company.lock_person"),
        Handled(commands.ArchivePerson, commands.archive_person, rows=_PERSON, undo="company.restore_person"),
        Handled(commands.RestorePerson, commands.restore_person, rows=_PERSON, undo="company.archive_person"),
        Handled(commands.AddBranch, commands.add_branch),
        Handled(commands.ReviseBranch, commands.revise_branch, rows=("company.branches", "id")),
        Handled(commands.AddDepartment, commands.add_department, rows=("company.departments", "id")),
        Handled(commands.ReviseDepartment, commands.revise_department, rows=("company.departments", "id")),
        Handled(commands.AddRole, commands.add_role, rows=("company.roles", "id")),
        Handled(commands.ReviseRole, commands.revise_role, rows=("company.roles", "id")),
        Handled(commands.ChangeSetting, commands.change_setting, rows=("company.settings", "id")),
        Handled(commands.KeepView, commands.keep_view, rows=("company.saved_views", "id")),
        Handled(commands.ArchiveView, commands.archive_view),
        Handled(commands.RunJob, commands.run_job, rows=("company.jobs", "id")),
    ),
    queries=(
        queries.the_company,
        queries.people,
        queries.people_to_log_in,
        queries.person_choices,
        queries.roles,
        queries.role_choices,
        queries.branches,
        queries.branch_choices,
        queries.branch_codes,
        queries.departments,
        queries.department_choices,
        queries.saved_views,
        queries.settings,
        queries.zone_choices,
        queries.jobs,
        queries.job_runs,
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    events=(events.CompanyCreated, events.BranchAdded),
    permissions=("company.read", "company.read_people", "company.read_journal"),
    grants={role: _EVERYBODY + _MORE.get(role, ()) for role in rules.ROLES if role != rules.OWNER},
    migrations=migrations.MIGRATIONS,
    guards={"ck_person_not_own_boss": "company.boss_circle_guard"},
)
