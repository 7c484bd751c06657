"""The order entry, driven as a buyer drives it: supplier, scans, packs judged, sent by one key."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.compose import book
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.modules.purchasing.buying import Buying

TEXTS = Texts("pt_BR", strict=True)


def said(note: object) -> str:
    text = note.text  # type: ignore[attr-defined]
    return TEXTS.say(text.code, **text.params)


def test_from_the_first_key_to_the_sent_order(buying: Buying) -> None:
    buying.depot.receive(buying.paper, "4")
    desk = Desk(buying.office, book(), TEXTS)
    desk.open("purchasing.order_entry")
    desk.set(supplier_id="Papelaria")
    desk.scan("7*A4-75", "10*CAN-1", "TIN-1")
    lines, notes = desk.entry.values().lines, desk.entry.values().notes
    assert [(x.info["code"], x.values["quantity"], x.derived.get("net_amount")) for x in lines] == [
        ("A4-75", 7, 140),
        ("CAN-1", 10, 15),
        ("TIN-1", 1, None),
    ]
    assert [said(note) for note in notes] == [
        "Embalagem de 5: seriam 10",
        "R$\u00a01,50, de 1 em 1, 2 dias",
        "Sem preço anotado",
    ]
    desk.set_line(1, quantity="10")
    desk.set_line(3, unit_price="8")
    (totals,) = desk.entry.summaries()
    assert totals.facts[-1].value == Decimal(223)
    desk.press("send")
    assert desk.state.screen.name == "purchasing.order_page"
    assert (desk.state.row.state, desk.state.row.total_amount) == ("ordered", Decimal(223))


def test_a_sent_order_is_amended_with_its_lines(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    desk = Desk(buying.office, book(), TEXTS)
    desk.open("purchasing.order_list")
    desk.press("amend")
    assert desk.entry.key == key
    desk.set_line(2, quantity="30")
    desk.press("save")
    assert buying.expected(key)[0] == ("CAN-1", "30", "2026-11-25")
