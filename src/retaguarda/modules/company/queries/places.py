"""The company, its branches, departments and settings, as screens and scripts ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import String, case, column, func, literal, literal_column, select, union_all, values
from sqlalchemy.sql.selectable import FromClause

from retaguarda.kernel.clock import zones
from retaguarda.kernel.fold import fold
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen import Note, Phrase
from retaguarda.modules.company import api, rules
from retaguarda.modules.company.queries.rows import ChoiceRow, named

_P, _B, _D, _E = api.person, api.branch, api.department, api.branch_exception


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """The company."""

    id: str
    version: int
    name: str
    tax_id: str | None
    zone: str
    country: str
    language: str
    currency: str
    sample: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch with its week and the days that differ."""

    id: str
    version: int
    code: str
    name: str
    state: str | None
    city: str | None
    address: str | None
    phone: str | None
    monday: str
    tuesday: str
    wednesday: str
    thursday: str
    friday: str
    saturday: str
    sunday: str
    exceptions: tuple[NestedRow, ...]
    archived: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department and how many people are in it."""

    id: str
    version: int
    code: str
    name: str
    people: int
    archived: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as it stands: `value_code` is the text of a choice, empty for figures."""

    id: str
    version: int
    code: str
    value: str
    standard: str
    changed: bool
    value_code: str
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The form that changes it: one of its own where there are a few values to choose from."""
        return f"company.{self.code}_form" if self.value_code else "company.setting_form"

    @property
    def unit(self) -> str:
        """In what a figure is counted; choices are counted in nothing."""
        return "" if self.value_code else f"company.setting.{self.code}.unit"

    @property
    def answer(self) -> Note:
        """The value in words: a choice by its text, a figure with its unit."""
        if self.value_code:
            return Note(Phrase(self.value_code))
        figure = Decimal(self.value)
        whole = figure == figure.to_integral_value()
        return Note(Phrase(f"company.setting.{self.code}.value", {"n": int(figure) if whole else figure}))


def _branch_allowed(row: BranchRow) -> tuple[str, ...]:
    return ("company.revise_branch",)


def _department_allowed(row: DepartmentRow) -> tuple[str, ...]:
    return () if row.archived else ("company.revise_department",)


def _company_allowed(row: CompanyRow) -> tuple[str, ...]:
    return ("company.revise_company",)


def _setting_allowed(row: SettingRow) -> tuple[str, ...]:
    return ("company.change_setting",)


the_company = Query(
    "company.company",
    CompanyRow,
    select(
        *named(("id", "version", "name", "tax_id", "zone", "country", "language", "currency", "sample"), api.company)
    ),
    permission="company.read",
    key=api.company.c.id,
    order="name",
    allowed=_company_allowed,
)

branches = Query(
    "company.branches",
    BranchRow,
    select(
        *named(("id", "version", "code", "name", "state", "city", "address", "phone", *rules.WEEKDAYS), _B),
        nested(
            named(("day", "name", "hours"), _E), _E.c.branch_id == _B.c.id, _E.c.archived.is_(False), order="day"
        ).label("exceptions"),
        _B.c.archived,
    ),
    permission="company.read",
    key=_B.c.id,
    order="code",
    branch=_B.c.id,
    allowed=_branch_allowed,
)

branch_choices = Query(
    "company.branch_choices",
    ChoiceRow,
    select(_B.c.id, _B.c.name, func.coalesce(_B.c.city, _B.c.code).label("sub")).where(_B.c.archived.is_(False)),
    permission="company.read",
    key=_B.c.id,
    order="name",
    search=_B.c.folded,
    branch=_B.c.id,
)

branch_codes = Query(
    "company.branch_codes",
    ChoiceRow,
    # Further branches of a person are named by their codes.
    select(_B.c.code.label("id"), _B.c.name, func.coalesce(_B.c.city, _B.c.code).label("sub")).where(
        _B.c.archived.is_(False)
    ),
    permission="company.read",
    key=_B.c.code,
    order="name",
    search=_B.c.folded,
    branch=_B.c.id,
)

departments = Query(
    "company.departments",
    DepartmentRow,
    select(
        *named(("id", "version", "code", "name"), _D),
        select(func.count())
        .select_from(_P)
        .where(_P.c.department_id == _D.c.id, _P.c.archived.is_(False))
        .scalar_subquery()
        .label("people"),
        _D.c.archived,
    ),
    permission="company.read",
    key=_D.c.id,
    order="name",
    allowed=_department_allowed,
)

department_choices = Query(
    "company.department_choices",
    ChoiceRow,
    # A department is chosen by its code: flows and people know it by that.
    select(_D.c.code.label("id"), _D.c.name, literal("").label("sub")).where(_D.c.archived.is_(False)),
    permission="company.read",
    key=_D.c.code,
    order="name",
    search=_D.c.folded,
)


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A time zone to choose: those of the company's own country come first."""

    id: str
    name: str
    sub: str
    place: int


def _zones() -> Query:
    there = (
        values(column("id", String), column("country", String), column("folded", String), name="zones")
        .data([(name, country, fold(name.replace("_", " "))) for name, country in zones()])
        .cte("zone")
    )
    abroad = case((there.c.country == api.company.c.country, literal_column("0")), else_=literal_column("1"))
    return Query(
        "company.zone_choices",
        ZoneRow,
        select(there.c.id, there.c.id.label("name"), there.c.country.label("sub"), abroad.label("place")).select_from(
            there.join(api.company, api.company.c.single == literal_column("1"))
        ),
        permission="company.read",
        key=there.c.id,
        order="place",
        search=there.c.folded,
    )


zone_choices = _zones()


def _declared() -> FromClause:
    """The settings the rules declare, as a table."""
    return union_all(
        *(
            select(
                literal(code, String).label("code"),
                literal(spec.default, String).label("standard"),
                literal(getattr(spec.kind, "texts", ""), String).label("texts"),
            )
            for code, spec in rules.SETTINGS.items()
        )
    ).subquery("declared")


def _settings() -> Query:
    declared, stored = _declared(), api.setting_table
    value = func.coalesce(stored.c.value, declared.c.standard, type_=String)
    return Query(
        "company.settings",
        SettingRow,
        select(
            declared.c.code.label("id"),
            func.coalesce(stored.c.version, 1).label("version"),
            declared.c.code,
            value.label("value"),
            declared.c.standard,
            (value != declared.c.standard).label("changed"),
            case((declared.c.texts != "", declared.c.texts.op("||")(".").op("||")(value)), else_="").label(
                "value_code"
            ),
        ).select_from(declared.outerjoin(stored, stored.c.code == declared.c.code)),
        permission="company.read",
        key=declared.c.code,
        order="code",
        allowed=_setting_allowed,
    )


settings = _settings()
