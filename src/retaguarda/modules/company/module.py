"""The company: everything else stands on its branches, people, roles and settings."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Module
from retaguarda.modules.company import commands, events, model, queries

MODULE = Module(
    name="company",
    models=(
        model.Company,
        model.Branch,
        model.Department,
        model.Person,
        model.Role,
        model.PersonRole,
        model.PersonBranch,
        model.Setting,
    ),
    commands=(
        Handled(commands.CreateCompany, commands.create_company),
        Handled(commands.AddPerson, commands.add_person, rows=("company.people", "id")),
    ),
    queries=(queries.people,),
    events=(events.CompanyCreated,),
    permissions=("company.read", "company.read_people", "company.read_journal"),
)
