"""Commissions: what was earned, and the rules behind it."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, Column, FieldView, Filter, FormScreen, ListScreen, Place
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.commands import commissions

COMMISSIONS = ListScreen(
    name="sales.commission_list",
    icon="badge-percent",
    query="sales.commissions",
    sort="-on_day",
    search="",
    opens="sales.order_page",
    opens_key="order_id",
    filters=(Filter(key="basis", options=rules.BASES, texts="sales.basis"),),
    columns=(
        Column(field="on_day", show="day", width=110, sortable=True),
        Column(field="seller_name", show="name", sortable=True),
        Column(field="order_number", show="code", width=90),
        Column(field="customer_name"),
        Column(field="basis", show="code", width=130, texts="sales.basis"),
        Column(field="base_amount", show="money", width=120),
        Column(field="rate", show="rate", width=80),
        Column(field="commission_amount", show="money", width=120, sortable=True),
    ),
    actions=(
        Action(name="rules", icon="list", opens="sales.commission_rules", on_row=False),
        Action(name="report", icon="printer", prints="sales.commission_report", shortcut="Ctrl+P", on_row=False),
    ),
    refreshed_by=("commission_entry",),
)

RULES = ListScreen(
    name="sales.commission_rules",
    icon="wallet",
    query="sales.commission_rules",
    sort="name",
    search="",
    columns=(
        Column(field="name", show="name", sortable=True),
        Column(field="basis", show="code", width=180, texts="sales.basis"),
        Column(field="rate", show="rate", width=100, sortable=True),
    ),
    actions=(
        Action(name="new", icon="plus", opens="sales.commission_form", shortcut="Ctrl+N", primary=True, on_row=False),
        Action(name="end", icon="ban", press="sales.end_commission", key="rule_id", danger=True),
    ),
    refreshed_by=("commission_rule",),
)

FORM = FormScreen(
    name="sales.commission_form",
    icon="wallet",
    command=commissions.SetCommission,
    fields=(
        FieldView(name="person_id", suggestions="company.person_choices"),
        FieldView(name="role", suggestions="company.role_choices"),
        FieldView(name="basis"),
        FieldView(name="rate"),
    ),
    refreshed_by=("commission_rule",),
)

COMMISSION_SCREENS = (COMMISSIONS, RULES, FORM)
COMMISSION_PLACES = (Place(name="commissions", screen="sales.commission_list", order=27, shelf="more"),)
