"""The dialogs over an order: packed, shipped, handed over, gone on with short, tried in vain, taken back."""

from __future__ import annotations

from retaguarda.kernel.screen import FieldView, FormScreen
from retaguarda.modules.delivery.commands import (
    AcceptShort,
    DeliverOrder,
    FailDelivery,
    PackOrder,
    ReturnShipment,
    ShipOrder,
)

pack_form = FormScreen(
    name="delivery.pack_form",
    icon="archive",
    command=PackOrder,
    fields=tuple(FieldView(name=name) for name in ("weight_kg", "length_cm", "width_cm", "height_cm")),
    refreshed_by=("shipment",),
)

ship_form = FormScreen(
    name="delivery.ship_form",
    icon="truck",
    command=ShipOrder,
    fields=(
        FieldView(name="carrier_id", suggestions="party.carrier_choices"),
        FieldView(name="tracking_code"),
        FieldView(name="freight_amount"),
    ),
    refreshed_by=("shipment",),
)

deliver_form = FormScreen(
    name="delivery.deliver_form",
    icon="map-pin",
    command=DeliverOrder,
    fields=(
        FieldView(name="receiver_name"),
        FieldView(name="receiver_document"),
        FieldView(name="signature", width=2),
    ),
    refreshed_by=("shipment",),
)

accept_short_form = FormScreen(
    name="delivery.accept_short_form",
    icon="split",
    command=AcceptShort,
    fields=(
        FieldView(name="consent_by", help="delivery.accept_short_form.consent_by.help"),
        FieldView(name="consent_channel"),
        FieldView(name="consent_note", width=2),
    ),
    refreshed_by=("shipment",),
)

fail_form = FormScreen(
    name="delivery.fail_form",
    icon="calendar-x",
    command=FailDelivery,
    fields=(FieldView(name="reason"), FieldView(name="next_on"), FieldView(name="note", width=2)),
    refreshed_by=("shipment",),
)

return_form = FormScreen(
    name="delivery.return_form",
    icon="undo-2",
    command=ReturnShipment,
    fields=(
        FieldView(name="reason", width=2),
        FieldView(name="condition"),
        FieldView(name="location_id", suggestions="inventory.location_choices"),
    ),
    refreshed_by=("shipment",),
)

DIALOGS = (pack_form, ship_form, deliver_form, accept_short_form, fail_form, return_form)
