"""Receipt, invoice and payment as people enter them: scanned, compared, paid by keyboard alone."""

from __future__ import annotations

from retaguarda.app.compose import book
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.modules.purchasing.buying import Buying

TEXTS = Texts("pt_BR", strict=True)


def said(desk: Desk) -> list[str]:
    notes = desk.entry.values().notes
    return [TEXTS.say(note.text.code, **note.text.params) for note in notes if note is not None]


def test_scanned_billed_and_paid(buying: Buying) -> None:
    key = buying.order((buying.paper, "3"), (buying.pen, "20"), payment_terms="30/60")
    bank = buying.bank()
    desk = Desk(buying.office, book(), TEXTS)
    desk.open("purchasing.order_page", key)
    desk.press("receive")
    assert said(desk) == ["Faltam 3", "Faltam 20"]
    desk.scan("A4-75", "2*A4-75", "21*CAN-1", "TIN-1")
    assert said(desk) == ["Completo", "1 a mais", "Fora do pedido"]
    (totals,) = desk.entry.summaries()
    assert totals.facts[-1].value == 3
    desk.set_line(2, quantity="18")
    desk.set_line(3, reason="brinde")
    desk.press("save")
    assert [x.received for x in buying.lines(key)] == [3, 18]
    desk.open("purchasing.order_page", key)
    desk.press("bill")
    assert said(desk) == ["Confere", "Confere"]
    desk.set(supplier_number="NF 1", total_amount="87")
    desk.press("save")
    assert buying.owed() == 87
    desk.open("purchasing.payable_list")
    desk.press("pay")
    desk.set(money_account_id="Banco", discount_amount="2")
    (totals,) = desk.entry.summaries()
    assert totals.facts[-1].value == 85
    desk.press("save")
    assert buying.owed() == 0
    (account,) = buying.office.show("accounting.money_accounts", {"id": bank}).rows
    assert account.balance == 915
    buying.clean()
