"""Carriers: on which days they come, until what time, how long they take."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, Column, FieldView, FormScreen, ListScreen, Place
from retaguarda.modules.delivery import rules
from retaguarda.modules.delivery.commands import SetCarrierTerms
from retaguarda.modules.delivery.screens.orders import may

carrier_list = ListScreen(
    name="delivery.carrier_list",
    icon="container",
    query="delivery.carriers",
    sort="name",
    opens="delivery.carrier_form",
    columns=(
        Column(field="name", show="name", sortable=True),
        Column(field="weekday_text", show="codes", width=330, texts="delivery.weekday"),
        Column(field="cut_off", width=120),
        Column(field="transit_days", show="whole", width=140),
        Column(field="tracking_address", width=220, hide_below=1200),
    ),
    actions=(
        Action(
            name="edit",
            icon="pencil",
            opens="delivery.carrier_form",
            primary=True,
            enabled=may("delivery.set_carrier_terms"),
        ),
    ),
    refreshed_by=("carrier_terms", "party", "carrier"),
)

carrier_form = FormScreen(
    name="delivery.carrier_form",
    icon="truck",
    revise=SetCarrierTerms,
    load="delivery.carriers",
    key="party_id",
    fields=(
        FieldView(name="weekdays", options=rules.WEEKDAYS, texts="delivery.weekday", width=2),
        FieldView(name="cut_off"),
        FieldView(name="transit_days"),
        FieldView(name="tracking_address", width=2),
    ),
    refreshed_by=("carrier_terms",),
)

SCREENS = (carrier_list, carrier_form)
PLACES = (Place(name="carriers", screen="delivery.carrier_list", group="manage", order=60, shelf="more"),)
