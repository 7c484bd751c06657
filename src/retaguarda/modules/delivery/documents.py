"""The papers of delivery: the pick list, the packing list, a label for each volume, the delivery receipt.

All but the pick list go to the customer, so they are made of what the customer may read and of nothing internal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.document import (
    A4,
    LABEL_100X150,
    Barcode,
    Block,
    Column,
    ColumnKind,
    Display,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Spacer,
    Table,
    branch_head,
)
from retaguarda.kernel.document.rows import all_rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

CHECK_BOX = "[   ]"


def pick_list(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """The list with the key `pick_list_id`, stop by stop along the way, for the picker's hand."""
    key = _key(params, "pick_list_id")
    card = door.one("delivery.pick_card", key)
    stops = all_rows(door, "delivery.pick_stops", {"pick_list_id": key}, "turn")
    title = texts.say("delivery.paper.pick_list", number=card.number)
    pairs = (
        (texts.say("delivery.paper.order"), texts.write(card.order_number)),
        (texts.say("delivery.paper.promised_on"), texts.write(card.promised_on)),
        (texts.say("delivery.paper.customer"), card.customer_name),
        (texts.say("delivery.paper.picker"), card.picker_name or ""),
    )
    lots = ["lot"] if any(stop.lot for stop in stops) else []
    rows = [
        (
            stop.location_code,
            stop.code,
            stop.name,
            *(getattr(stop, name) for name in lots),
            texts.write(stop.left, "quantity"),
            stop.unit_code,
            CHECK_BOX,
        )
        for stop in stops
    ]
    columns = _columns(texts, "place", "code", "name", *lots, "quantity", "unit", "done")
    blocks = (KeyValues(pairs), Barcode(f"L{card.number}"), Table(columns, rows))
    return Document("delivery.pick_list", title, texts.language, branch_head(card, texts), blocks, A4)


def packing_list(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """What lies in each volume of the shipment with the key `shipment_id`."""
    card, volumes = _shipment(door, params)
    inside = all_rows(door, "delivery.volume_contents", {"shipment_id": card.id}, "position")
    blocks: list[Block] = [KeyValues((*_receiver(card, texts), *_sums(volumes, texts)))]
    for volume in volumes:
        rows = [
            (row.code, row.name, texts.write(row.quantity, "quantity"), row.unit_code)
            for row in inside
            if row.volume_id == volume.id
        ]
        blocks += [
            Heading(_volume_line(volume, texts)),
            Table(_columns(texts, "code", "name", "quantity", "unit"), rows),
        ]
    title = texts.say("delivery.paper.packing_list", number=card.order_number)
    return Document("delivery.packing_list", title, texts.language, branch_head(card, texts), tuple(blocks), A4)


def labels(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """A label for each volume of the shipment with the key `shipment_id`, or for the one named `volume_id`."""
    card, volumes = _shipment(door, params)
    wanted = [v for v in volumes if params.get("volume_id") in (None, "", v.id)]
    if not wanted:
        raise Invalid(Fault("volume_id", "delivery.paper.no_volume"))
    blocks: list[Block] = []
    for volume in wanted:
        if blocks:
            blocks.append(PageBreak())
        blocks += _label(card, volume, texts)
    title = texts.say("delivery.paper.label", number=card.order_number)
    return Document("delivery.labels", title, texts.language, branch_head(card, texts), tuple(blocks), LABEL_100X150)


def receipt(door: Door, params: Mapping[str, Any], texts: Texts) -> Document:
    """What the customer signs on delivery; once delivered, who took it and what they drew."""
    card, volumes = _shipment(door, params)
    lines = all_rows(door, "delivery.packing_lines", {"shipment_id": card.id}, "position")
    rows = [(row.code, row.name, texts.write(row.picked, "quantity"), row.unit_code) for row in lines]
    blocks: list[Block] = [
        KeyValues((*_receiver(card, texts), *_sums(volumes, texts))),
        Table(_columns(texts, "code", "name", "quantity", "unit"), rows),
        Paragraph(texts.say("delivery.paper.received_all")),
    ]
    if card.delivered_at is None:
        blocks += [Spacer(14), KeyValues(tuple((texts.say(f"delivery.paper.{name}"), "_" * 34) for name in _BY_HAND))]
    else:
        taken = (
            (texts.say("delivery.paper.receiver_name"), card.receiver_name),
            (texts.say("delivery.paper.receiver_document"), card.receiver_document),
            (texts.say("delivery.paper.delivered_at"), texts.write(card.delivered_at)),
        )
        blocks.append(KeyValues(taken))
    if card.signature:
        blocks += [Picture(card.signature, 70, 25), Paragraph(texts.say("delivery.paper.signature"))]
    title = texts.say("delivery.paper.receipt", number=card.order_number)
    return Document("delivery.receipt", title, texts.language, branch_head(card, texts), tuple(blocks), A4)


_BY_HAND = ("receiver_name", "receiver_document", "delivered_at", "signature")


def _key(params: Mapping[str, Any], name: str) -> str:
    if not params.get(name):
        raise Invalid(Fault(name, "kernel.required"))
    return str(params[name])


def _shipment(door: Door, params: Mapping[str, Any]) -> tuple[Any, Sequence[Any]]:
    key = _key(params, "shipment_id")
    card = door.one("delivery.shipment_card", key)
    volumes = all_rows(door, "delivery.volumes", {"shipment_id": key, "state !=": "void"}, "number")
    return card, volumes


def _receiver(card: Any, texts: Texts) -> tuple[tuple[str, str], ...]:
    return (
        (texts.say("delivery.paper.customer"), card.customer_name),
        (texts.say("delivery.paper.address"), "\n".join(card.address_lines)),
        (texts.say("delivery.paper.order"), texts.write(card.order_number)),
        (texts.say("delivery.paper.invoice"), texts.write(card.invoice_number)),
        (texts.say("delivery.paper.carrier"), _carrier(card, texts)),
        *((texts.say("delivery.paper.tracking_code"), code) for code in (card.tracking_code,) if code),
    )


def _sums(volumes: Sequence[Any], texts: Texts) -> tuple[tuple[str, str], ...]:
    weight = sum((volume.weight_kg or Decimal(0) for volume in volumes), Decimal(0))
    return (
        (texts.say("delivery.paper.volumes"), str(len(volumes))),
        *((texts.say("delivery.paper.weight"), texts.write(kg, "quantity") + " kg") for kg in (weight,) if kg),
    )


def _volume_line(volume: Any, texts: Texts) -> str:
    sides = (volume.length_cm, volume.width_cm, volume.height_cm)
    said = (
        texts.say("delivery.paper.volume", place=volume.place, count=volume.count),
        texts.write(volume.weight_kg, "quantity") + " kg" if volume.weight_kg else "",
        " × ".join(str(side) for side in sides) + " cm" if all(sides) else "",
    )
    return " · ".join(part for part in said if part)


def _label(card: Any, volume: Any, texts: Texts) -> list[Block]:
    facts = (("tracking_code", card.tracking_code), ("weight", _weight(volume, texts)))
    note = [Note(card.customer_note)] if card.customer_note else []
    return [
        Display(texts.say("delivery.paper.volume", place=volume.place, count=volume.count), 20),
        Spacer(1),
        Barcode(f"{card.order_number}-{volume.place}", 15),
        Heading(texts.say("delivery.paper.to")),
        Display(card.customer_name, 15),
        Paragraph("\n".join(card.address_lines), strong=True),
        KeyValues(tuple((texts.say(f"delivery.paper.{name}"), value) for name, value in facts if value)),
        KeyValues(((texts.say("delivery.paper.carrier"), _carrier(card, texts)),), across=1),
        *note,
    ]


def _carrier(card: Any, texts: Texts) -> str:
    return card.carrier_name or texts.say("delivery.paper.own_driver")


def _weight(volume: Any, texts: Texts) -> str:
    return texts.write(volume.weight_kg, "quantity") + " kg" if volume.weight_kg else ""


def _columns(texts: Texts, *names: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            texts.say(f"delivery.paper.column.{name}"),
            ColumnKind.NUMBER if name == "quantity" else ColumnKind.WORDS,
        )
        for name in names
    )
