"""In the window: a refusal offers the sheet, the manager types, and what was typed goes on as if it had passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retaguarda.app.compose import book
from tests.helpers.company import acting
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

SECRET = "senha-da-gerente"


@pytest.fixture
def managed(shop: Shop) -> Shop:
    shop.office.do("company.add_person", login="gil", name="Gil", roles=["commercial"], password=SECRET)
    return shop


def test_a_discount_is_let_through_on_the_sheet(managed: Shop) -> None:
    with acting(managed.office, "sales"):
        desk = Desk(managed.office, book())
        desk.open("sales.order_entry")
        desk.set(customer_id="Maria Souza", customer_note="Portão azul")
        desk.scan("P-1")
        desk.set_line(1, quantity="2", discount_rate="10")
        desk.press("save")
        desk.answer("approve")
        desk.set(approved_by="gil", approval_password="errada", approval_reason="Cliente antigo")
        desk.press("save_close")
        desk.expect_fault("approval_password", "company.log_in_refused")
        desk.set(approval_password=SECRET)
        desk.press("save_close")
        entry = desk.entry
        assert (entry.screen.name, entry.number, entry.dirty) == ("sales.order_entry", "1", False)
        assert [toast.text.code for toast in desk.toasts] == ["sales.create_quotation.done"]
        row = managed.row(entry.key)
        assert (row.total_amount, managed.office.one("sales.order_card", entry.key).customer_note) == (
            18,
            "Portão azul",
        )


def test_credit_is_let_through_from_the_list_and_one_may_go_back(managed: Shop) -> None:
    managed.office.do("party.set_credit_limit", party_id=managed.customer, credit_limit="5")
    key = managed.quote((0, "1"))
    with acting(managed.office, "sales"):
        desk = Desk(managed.office, book())
        desk.open("sales.order_page", key)
        desk.press("confirm")
        desk.expect_banner("sales.confirm_order.credit")
        desk.answer("back")
        assert managed.row(key).state == "quotation"
        desk.press("confirm")
        desk.answer("approve")
        desk.set(approved_by="gil", approval_password=SECRET, approval_reason="Cliente antigo")
        desk.press("save_close")
        assert desk.state.screen.name == "sales.order_page"
    assert managed.row(key).state == "confirmed"


def test_the_sheet_keeps_no_draft_and_the_entry_does(managed: Shop) -> None:
    from retaguarda.kernel.command import has_secret

    shown = {
        name: [view.name for view in book().screen(f"sales.{name}").fields]  # type: ignore[attr-defined]
        for name in ("order_entry", "create_quotation_approval")
    }
    command = book().commands["sales.create_quotation"]
    assert has_secret(command, shown["create_quotation_approval"])
    assert not has_secret(command, shown["order_entry"])
