"""Where an order stands, said once for every query: its situation, what is late, what fails, whose steps are whose."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.case import HEAD, STEP, with_case
from retaguarda.kernel.failure import OPEN, Failure
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import Key, UtcDateTime, table_of
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.api import HELD
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.model import Handoff
from retaguarda.modules.sales import api as sales

READ = "process.read"
PAGES = {flow.subject: flow.page for flow in FLOWS}
"""The screen that shows what a case is about, by its table."""
ORDER = sales.sales_order.c
FAILURE = table_of(Failure)
HANDED = table_of(Handoff)
ABOUT_TABLE = func.coalesce(HANDED.c.subject_table, HEAD.c.subject_table)
ABOUT_ID = func.coalesce(HANDED.c.subject_id, HEAD.c.subject_id)
"""What a case is about: its subject, and of a hand-off's case the document it was sent about."""
TODAY = bindparam("today", type_=Date())
NOW = bindparam("now", type_=UtcDateTime())
ME = bindparam("person_id", type_=Key())
sees = company.sees

STANDS = or_(ORDER.state == "confirmed", HELD)
"""The order is promised and not handed over yet."""


def with_order_case() -> FromClause:
    """Orders with their case and open step."""
    return with_case(sales.sales_order, ORDER.id)


def with_subject(source: FromClause) -> FromClause:
    """Steps, cases or both with the hand-off they are of, if any, and the order they are about."""
    handed = source.outerjoin(HANDED, HANDED.c.id == HEAD.c.subject_id)
    return handed.outerjoin(sales.sales_order, ORDER.id == ABOUT_ID)


def fails(subject_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether something open is wrong with the subject."""
    return (
        select(FAILURE.c.id)
        .where(FAILURE.c.subject_id == subject_id, FAILURE.c.state == OPEN)
        .correlate_except(FAILURE)
        .exists()
    )


LATE = STEP.c.due_at < NOW
IN_DANGER = case((HELD, True), (fails(ORDER.id), True), (LATE, True), (ORDER.promised_on < TODAY, True), else_=False)
"""The order's promise is in danger or broken: nobody works on it, something failed, its step is over its limit."""

OVERDUE = case((HELD, False), (LATE, True), (and_(STANDS, ORDER.promised_on < TODAY), True), else_=False)
"""The step is over its limit or its promise is broken, and its clock runs."""
STANDING: ColumnElement[str] = case(
    (OVERDUE.is_(True), word(rules.LATE_WORK)), (fails(ABOUT_ID), word(rules.FAILING)), else_=word(rules.CALM)
)
PROCESS: ColumnElement[str] = case(
    *((STEP.c.name == word(step), word(name)) for name, steps in rules.PROCESSES.items() for step in steps),
    else_=word(""),
)
"""How an open step stands, and the process it is of."""

SITUATION: ColumnElement[str] = case(
    (ORDER.state == "closed", "delivered"),
    (and_(ORDER.state == "cancelled", HEAD.c.outcome.is_not(None)), HEAD.c.outcome),
    (ORDER.state == "cancelled", "cancelled"),
    (HELD, "held"),
    (fails(ORDER.id), "failed"),
    else_=STEP.c.name,
).cast(String)
"""One word for where an order stands: its end, what stops it, or its open step."""


def steps_of_flows() -> FromClause:
    """Every step of every flow as rows, so that a list shows the steps where nothing stands too."""
    rows = [
        select(
            word(flow.name).label("flow"),
            number(position).label("position"),
            word(step.name).label("name"),
            word(step.department).label("department"),
            word(step.command).label("command"),
            number(int(step.limit.total_seconds() // 60)).label("limit_minutes"),
        )
        for flow in FLOWS
        for position, step in enumerate(flow.steps, 1)
    ]
    return union_all(*rows).subquery("flow_step")


def in_force(flow: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether new cases take the flow of that name: what its opening event says is the setting of the same name."""
    said = company.setting_table
    found = []
    for one in FLOWS:
        name, value = one.when
        chosen = select(said.c.value).where(said.c.code == word(name)).scalar_subquery()
        found.append(and_(flow == word(one.name), func.coalesce(chosen, word(company.standard(name))) == word(value)))
    return or_(*found)


def mine() -> ColumnElement[bool]:
    """Steps in my hands, and free ones of my departments: that of my place, those of my roles."""
    me, department = company.person.alias("me"), company.department.alias("my_department")
    role, held = company.role.alias("my_role"), company.person_role.alias("my_part")
    place = select(department.c.code).join(me, me.c.department_id == department.c.id).where(me.c.id == ME)
    works_for = case(*((role.c.code == code, literal(name)) for code, name in rules.ALSO_OF.items()), else_=role.c.code)
    parts = select(role.c.code).join(held, held.c.role_id == role.c.id).where(held.c.person_id == ME, held.c.active)
    everywhere = parts.where(role.c.code.in_(rules.EVERY_DEPARTMENT)).exists()
    roles = parts.with_only_columns(works_for)
    free = and_(STEP.c.person_id.is_(None), or_(STEP.c.department.in_(place), STEP.c.department.in_(roles), everywhere))
    return or_(STEP.c.person_id == ME, free)
