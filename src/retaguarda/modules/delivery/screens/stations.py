"""Picking and packing by scanner, in big type: what is to be done now, from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from retaguarda.kernel.screen import Action, FieldView, FormScreen, Note, Phrase, ScanScreen
from retaguarda.kernel.screen.pressing import NOT_NOW
from retaguarda.kernel.screen.stage import Big, Stage, Stop
from retaguarda.modules.delivery import rules
from retaguarda.modules.delivery.commands import CloseVolume, ShortPick, TakeOut, TypePick

ZERO = Decimal(0)


def _promised(row: Any) -> Note:
    return Note(Phrase("delivery.station.promised", {"day": row.promised_on}), "warn")


def picking_stage(head: Any, rows: Sequence[Any]) -> Stage:
    """Where the picker goes now, and how much of what to take there."""
    now = next((row for row in rows if row.left > 0), None)
    title = Phrase("delivery.pick_station.list", {"number": head.number, "order": head.order_number})
    done = sum(1 for row in rows if row.left <= 0)
    way = Phrase("delivery.pick_station.way", {"done": done, "of": len(rows)})
    stops = [_stop(row, now) for row in sorted(rows, key=lambda row: (row.left > 0, row.turn))]
    if now is None or head.state != rules.OPEN:
        ended = Note(
            Phrase(f"delivery.pick_station.ended.{head.state}", {"number": head.order_number}),
            "ok" if head.state == rules.DONE else "warn",
        )
        return Stage(
            title=title, where=_big("where", ""), amount=_big("take", ""), prompt=Phrase("delivery.pick_station.none"),
            done=ZERO, of=ZERO, said=Phrase("delivery.pick_station.none"), stops=stops, way=way,
            finished=ended if head.state != rules.OPEN else None,
        )  # fmt: skip
    behind = [row for row in rows if row.left > 0 and row is not now]
    asked = "product" if now.place_known else "place"
    return Stage(
        title=title,
        pill=_promised(head),
        where=Big(
            label=Phrase("delivery.pick_station.where"),
            value=now.location_code,
            sub=Phrase("delivery.station.plain", {"text": now.location_name}),
            accent=not now.place_known,
        ),
        amount=Big(
            label=Phrase("delivery.pick_station.take"),
            value=_plain(now.left),
            sub=Phrase("delivery.pick_station.of", {"quantity": now.quantity, "unit": now.unit_code}),
            accent=now.place_known,
            icon="package",
        ),
        item=now.name,
        item_code=f"{now.code} · {now.lot}" if now.lot else now.code,
        prompt=Phrase(f"delivery.pick_station.scan_{asked}", {"place": now.location_code}),
        done=now.picked,
        of=now.quantity - now.short,
        said=Phrase("delivery.pick_station.said", {"done": now.picked, "left": now.left}),
        stops=stops,
        way=way,
        following=_stop(behind[0], None) if behind else None,
        row=now,
    )


def _plain(quantity: Decimal) -> str:
    return format(quantity.normalize(), "f")


def _big(name: str, value: str) -> Big:
    return Big(label=Phrase(f"delivery.pick_station.{name}"), value=value)


def _stop(row: Any, now: Any) -> Stop:
    state = "short" if row.short > 0 and row.left <= 0 else "done" if row.left <= 0 else "now" if row is now else ""
    return Stop(place=row.location_code, name=row.name, quantity=row.quantity, state=state or "waiting")  # type: ignore[arg-type]


_FORM_OF_STOP = {"task_id": "id"}

pick_station = ScanScreen(
    name="delivery.pick_station",
    permission="delivery.pick_order",
    icon="scan-barcode",
    load="delivery.pick_lists",
    rows="delivery.pick_stops",
    by="pick_list_id",
    scan="delivery.scan_pick",
    key="pick_list_id",
    stage=picking_stage,
    actions=(
        Action(name="short", icon="package-x", opens="delivery.short_form", given=_FORM_OF_STOP, shortcut="F8"),
        Action(name="damaged", icon="circle-alert", opens="delivery.damaged_form", given=_FORM_OF_STOP, shortcut="F7"),
        Action(name="skip", icon="skip-forward", press="delivery.skip_pick", key="task_id", shortcut="F9"),
        Action(name="type", icon="keyboard", opens="delivery.type_form", given=_FORM_OF_STOP, shortcut="F6"),
        Action(name="drop", icon="undo-2", press="delivery.drop_picking", given={"pick_list_id": "pick_list_id"},
               danger=True, asks="delivery.pick_station.drop_asks"),
    ),
    refreshed_by=("pick_list", "pick_task", "pick_entry", "sales_order"),
)  # fmt: skip

type_form = FormScreen(
    name="delivery.type_form",
    icon="keyboard",
    command=TypePick,
    fields=(FieldView(name="quantity"),),
    refreshed_by=("pick_entry",),
)
short_form = FormScreen(
    name="delivery.short_form",
    icon="package-x",
    command=ShortPick,
    fields=(FieldView(name="reason", initial="missing"), FieldView(name="quantity"), FieldView(name="note", width=2)),
    refreshed_by=("pick_entry",),
)
damaged_form = FormScreen(
    name="delivery.damaged_form",
    icon="circle-alert",
    command=ShortPick,
    fields=(
        FieldView(name="quantity"),
        FieldView(name="reason", initial=rules.DAMAGED),
        FieldView(name="note", width=2),
    ),
    refreshed_by=("pick_entry",),
)


def packing_stage(head: Any, rows: Sequence[Any]) -> Stage:
    """Into which volume the goods go now, and what is left to pack."""
    packed = sum((row.packed for row in rows), ZERO)
    picked = sum((row.picked for row in rows), ZERO)
    left = picked - packed
    begun = next((row for row in rows if ZERO < row.packed < row.picked), None)
    waits = begun or next((row for row in rows if row.packed < row.picked), None)
    asks = "close" if left <= 0 and head.open_volume_id else "check" if left <= 0 else "scan"
    return Stage(
        title=Phrase("delivery.pack_station.order", {"number": head.order_number}),
        pill=_promised(head),
        where=Big(
            label=Phrase("delivery.pack_station.where"),
            value=str(head.open_place),
            sub=Phrase("delivery.pack_station.closed", {"count": head.closed_count}),
            icon="package-check",
        ),
        amount=Big(
            label=Phrase("delivery.pack_station.left"),
            value=_plain(left),
            sub=Phrase("delivery.pack_station.of", {"quantity": picked}),
            accent=left > 0,
            icon="list-checks",
        ),
        item=waits.name if waits is not None else head.customer_name,
        item_code=waits.code if waits is not None else "",
        prompt=Phrase(f"delivery.pack_station.{asks}"),
        done=packed,
        of=picked,
        said=Phrase("delivery.pack_station.said", {"done": packed, "left": left}),
        stops=[_pack_stop(row, waits) for row in rows],
        way=Phrase("delivery.pack_station.way", {"of": len(rows)}),
        way_title=Phrase("delivery.pack_station.items"),
        row=head,
        finished=None
        if head.state == rules.PICKED
        else Note(Phrase("delivery.pack_station.ended", {"number": head.order_number}), "ok"),
    )


def _pack_stop(row: Any, now: Any) -> Stop:
    state = "done" if row.packed >= row.picked else "now" if row is now else "waiting"
    return Stop(place=row.code, name=row.name, quantity=row.picked - row.packed, state=state)  # type: ignore[arg-type]


def _has_open(row: Any) -> Phrase | None:
    return None if row is not None and row.open_volume_id else NOT_NOW


_VOLUME = {"volume_id": "open_volume_id", "version": "open_volume_version"}

pack_station = ScanScreen(
    name="delivery.pack_station",
    permission="delivery.pack_order",
    icon="archive",
    load="delivery.packings",
    rows="delivery.packing_lines",
    by="shipment_id",
    scan="delivery.scan_pack",
    key="shipment_id",
    stage=packing_stage,
    actions=(
        Action(name="close_volume", icon="package-check", opens="delivery.close_volume_form", given=_VOLUME,
               shortcut="F8", enabled=_has_open),
        Action(name="take_out", icon="undo-2", opens="delivery.take_out_form",
               given={"volume_id": "open_volume_id"}, shortcut="F7", enabled=_has_open),
    ),
    refreshed_by=("shipment", "volume", "volume_line", "sales_order"),
)  # fmt: skip

close_volume_form = FormScreen(
    name="delivery.close_volume_form",
    icon="package-check",
    command=CloseVolume,
    fields=tuple(FieldView(name=name) for name in ("weight_kg", "length_cm", "width_cm", "height_cm")),
    refreshed_by=("volume",),
)
take_out_form = FormScreen(
    name="delivery.take_out_form",
    icon="undo-2",
    command=TakeOut,
    fields=(FieldView(name="code"), FieldView(name="quantity")),
    refreshed_by=("volume_line",),
)

SCREENS = (
    pick_station,
    type_form,
    short_form,
    damaged_form,
    pack_station,
    close_volume_form,
    take_out_form,
)
