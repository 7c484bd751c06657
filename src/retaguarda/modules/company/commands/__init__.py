"""What changes the company, one file for each thing that changes."""

from retaguarda.modules.company.commands.access import (
    ArchivePerson,
    ChangePassword,
    LockPerson,
    RestorePerson,
    SetPassword,
    UnlockPerson,
    archive_person,
    change_password,
    lock_person,
    restore_person,
    set_password,
    unlock_person,
)
from retaguarda.modules.company.commands.founding import CreateCompany, ReviseCompany, create_company, revise_company
from retaguarda.modules.company.commands.jobs import RunJob, run_job
from retaguarda.modules.company.commands.people import AddPerson, RevisePerson, add_person, revise_person
from retaguarda.modules.company.commands.places import (
    AddBranch,
    AddDepartment,
    DayHours,
    ReviseBranch,
    ReviseDepartment,
    add_branch,
    add_department,
    revise_branch,
    revise_department,
)
from retaguarda.modules.company.commands.roles import AddRole, ReviseRole, add_role, revise_role
from retaguarda.modules.company.commands.settings import ChangeSetting, change_setting
from retaguarda.modules.company.commands.views import ArchiveView, KeepView, archive_view, keep_view

__all__ = [
    "AddBranch",
    "AddDepartment",
    "AddPerson",
    "AddRole",
    "ArchivePerson",
    "ArchiveView",
    "ChangePassword",
    "ChangeSetting",
    "CreateCompany",
    "DayHours",
    "KeepView",
    "LockPerson",
    "RestorePerson",
    "ReviseBranch",
    "ReviseCompany",
    "ReviseDepartment",
    "RevisePerson",
    "ReviseRole",
    "RunJob",
    "SetPassword",
    "UnlockPerson",
    "add_branch",
    "add_department",
    "add_person",
    "add_role",
    "archive_person",
    "archive_view",
    "change_password",
    "change_setting",
    "create_company",
    "keep_view",
    "lock_person",
    "restore_person",
    "revise_branch",
    "revise_company",
    "revise_department",
    "revise_person",
    "revise_role",
    "run_job",
    "set_password",
    "unlock_person",
]
