"""The contact log and how a contact becomes an order."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, Column, FieldView, Filter, FormScreen, ListScreen
from retaguarda.modules.sales import rules
from retaguarda.modules.sales.commands import contacts, quotations

CONTACT_LIST = ListScreen(
    name="sales.contact_list",
    icon="phone",
    query="sales.contacts",
    sort="-spoken_at",
    columns=(
        Column(field="spoken_at", show="instant", width=160, sortable=True),
        Column(field="channel", show="pill", width=120, texts="sales.channel"),
        Column(field="name", show="name", sub="reach", sub_show="code", sortable=True),
        Column(field="note"),
        Column(field="person_name", width=140, hide_below=1200),
        Column(field="order_number", show="code", width=90),
    ),
    filters=(Filter(key="channel", options=rules.CHANNELS, texts="sales.channel"),),
    opens_key="order_id",
    actions=(
        Action(name="new", icon="plus", opens="sales.contact_form", shortcut="Ctrl+N", primary=True, on_row=False),
        Action(
            name="order",
            icon="shopping-cart",
            press="sales.create_order",
            key="contact_id",
            shortcut="F10",
            then="open",
            opens="sales.order_entry",
        ),
        Action(
            name="order_for",
            icon="user-plus",
            opens="sales.contact_order_form",
            key="contact_id",
        ),
    ),
    refreshed_by=("contact_log", "sales_order"),
)

CONTACT_FORM = FormScreen(
    name="sales.contact_form",
    icon="phone",
    command=contacts.LogContact,
    fields=(
        FieldView(name="channel"),
        FieldView(name="customer_id", suggestions="party.customer_choices", adds="party.customer_form"),
        FieldView(name="name"),
        FieldView(name="reach"),
        FieldView(name="note", width=2),
        FieldView(name="internal_note", width=2),
    ),
    refreshed_by=("contact_log",),
)

CONTACT_ORDER_FORM = FormScreen(
    name="sales.contact_order_form",
    icon="shopping-cart",
    command=quotations.CreateOrder,
    fields=(
        FieldView(name="customer_id", suggestions="party.customer_choices", adds="party.customer_form", width=2),
        FieldView(name="customer_note", width=2),
    ),
    refreshed_by=("contact_log",),
)

CONTACT_SCREENS = (CONTACT_LIST, CONTACT_FORM, CONTACT_ORDER_FORM)
