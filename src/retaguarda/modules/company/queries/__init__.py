"""What screens and scripts ask of the company."""

from retaguarda.modules.company.queries.jobs import job_runs, jobs
from retaguarda.modules.company.queries.people import people, people_to_log_in, person_choices, role_choices, roles
from retaguarda.modules.company.queries.places import (
    branch_choices,
    branch_codes,
    branches,
    department_choices,
    departments,
    settings,
    the_company,
    zone_choices,
)
from retaguarda.modules.company.queries.views import saved_views

__all__ = [
    "branch_choices",
    "branch_codes",
    "branches",
    "department_choices",
    "departments",
    "job_runs",
    "jobs",
    "people",
    "people_to_log_in",
    "person_choices",
    "role_choices",
    "roles",
    "saved_views",
    "settings",
    "the_company",
    "zone_choices",
]
