"""With what a shop begins, through the wizard: what is owed to it and by it, its history, the orders still open."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.kernel.errors import Refusal
from tests.helpers.company import contents, refused
from tests.helpers.desk import Desk
from tests.modules.imports.test_wizard import bring

OWED = """cliente;documento;emissão;vencimento;saldo;obs
Bar do Zé;101/1;11/03/2025;12/03/2025;1.200,50;
Bar do Zé;101/2;11/03/2025;01/02/2026;300,00;cheque
Padaria Sol;101/1;11/03/2025;12/03/2025;80,00;
Ninguém;7;11/03/2025;12/03/2025;1,00;
Padaria Sol;102;12/03/2025;11/03/2025;10,00;
Bar do Zé;101/1;11/03/2025;12/03/2025;1.200,50;
"""
HISTORY = """pedido;data;cliente;produto;qtd;preço unitário;prometido;enviado;entregue;frete
500;03/02/2025;Bar do Zé;M-1;2;10,00;03/06/2025;03/04/2025;03/05/2025;5,00
501;03/03/2025;Padaria Sol;M-1;1;10,00;03/10/2025;;;
500;;;S-2;1;7,50;;;;
502;03/03/2025;Padaria Sol;M-1;1;10,00;;03/04/2025;03/09/2025;
502;03/04/2025;Padaria Sol;S-2;1;7,50;;;;
503;03/09/2025;Padaria Sol;S-2;1;9,00;;;03/10/2025;
503;;;S-2;1;dez;;;;
"""


def found(state: Any) -> list[tuple[int, str, str]]:
    return [(one.row, one.field, one.reason) for one in state.checked.findings if one.row in state.checked.out]


def check_and_bring(office: Office, desk: Desk) -> None:
    """The check, of which nothing stays, then the import."""
    before = contents(office)
    desk.press("go_on")
    assert contents(office) == before
    desk.press("go_on")


def killed(monkeypatch: pytest.MonkeyPatch, office: Office, state: Any) -> None:
    """The import, cut off after its first transaction."""
    monkeypatch.setattr("retaguarda.app.importing.AT_ONCE", 1)
    calls, go_on = itertools.count(), "retaguarda.app.import_desk.go_on"

    def cut(done: int = 0, whole: int = 0) -> None:
        if whole and next(calls) == 0:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(go_on, cut)
        profile, folder = state.mapped.profile(), Path(state.choice.path).parent
        with pytest.raises(KeyboardInterrupt):
            ImportDesk(office, Path("/nowhere")).bring(profile, folder, 9)


def rows(office: Office, query: str, *names: str, **where: Any) -> Sequence[tuple[Any, ...]]:
    found = office.show(query, where, limit=50).rows
    return sorted(tuple(getattr(row, name) for name in names) for row in found)


def test_what_customers_owe(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Bar do Zé", "Padaria Sol"):
        office.do("party.add_party", name=name, customer=True)
    desk, state = bring(office, tmp_path, "billing.opening_receivables", OWED)
    assert (state.mapped.key, state.mapped.beside) == ("documento", ("cliente",))
    desk.press("go_on")
    assert found(state) == [(5, "cliente", "imports.not_found"), (6, "due_on", "billing.due_before_issue")]
    killed(monkeypatch, office, state)
    assert len(rows(office, "billing.openings", "number")) == 1
    desk.press("go_on")
    brought = [("Bar do Zé", "101/1", "1200.50"), ("Bar do Zé", "101/2", "300.00"), ("Padaria Sol", "101/1", "80.00")]
    said = ("customer_name", "number", "amount")
    assert [(*x[:2], str(x[2])) for x in rows(office, "billing.openings", *said)] == brought
    assert (state.came.recorded, state.came.known, state.came.left_out, state.goes_back) == (2, 2, 2, True)
    assert office.check() == []
    before = contents(office)
    desk, state = bring(office, tmp_path, "billing.opening_receivables", OWED)
    desk.press("go_on")
    assert (state.checked.recorded, state.checked.left_out) == (0, 2)
    assert contents(office) == before
    (batch,) = office.show("imports.batches").rows
    owed = office.show("billing.receivables").rows[0]
    bank = office.do("accounting.add_money_account", name="Banco", kind="bank").value["id"]
    part = [{"receivable_id": owed.id}]
    paid = office.do("billing.receive_payment", parts=part, amount="1.00", method="pix", money_account_id=bank).value
    with refused(office, "billing.opening_built_on"):
        office.do("imports.undo_batch", batch_id=batch.id)
    office.do("billing.reverse_payment", settlement_id=paid["id"], reason="engano")
    office.do("imports.undo_batch", batch_id=batch.id)
    assert rows(office, "billing.openings", "state") == [("reversed",)] * 3
    assert office.show("billing.ageing").rows == ()
    assert office.check() == []


def test_what_suppliers_are_owed(office: Office, tmp_path: Path) -> None:
    for name in ("Bar do Zé", "Padaria Sol"):
        office.do("party.add_party", name=name, supplier=True)
    desk, state = bring(office, tmp_path, "purchasing.opening_payables", OWED.replace("cliente", "fornecedor"))
    check_and_bring(office, desk)
    assert (state.came.recorded, state.came.known, state.came.left_out) == (3, 1, 2)
    assert rows(office, "purchasing.openings", "supplier_name", "number") == [
        ("Bar do Zé", "101/1"), ("Bar do Zé", "101/2"), ("Padaria Sol", "101/1"),
    ]  # fmt: skip
    desk.press("undo")
    desk.answer("go")
    assert rows(office, "purchasing.openings", "state", "open_amount") == [("reversed", 0)] * 3
    desk, state = bring(office, tmp_path, "purchasing.opening_payables", OWED.replace("cliente", "fornecedor"))
    check_and_bring(office, desk)
    assert state.came.recorded == 3
    assert office.check() == []


def test_history_by_order_and_item(office: Office, tmp_path: Path) -> None:
    desk, state = bring(office, tmp_path, "process.past_orders", HISTORY)
    assert (state.columns["items.product_key"], state.columns["steps.deliver"]) == ("produto", "entregue")
    stock = office.show("inventory.stock").rows
    desk.press("go_on")
    assert (state.checked.records, state.checked.recorded, state.checked.left_out) == (4, 1, 3)
    assert [(one.row, one.reason) for one in state.checked.findings if one.row in state.checked.out] == [
        (3, "process.record_past_case.still_open"), (6, "imports.rows_differ"), (8, "imports.not_number"),
    ]  # fmt: skip
    refused_file = tmp_path / "left.csv"
    desk.call(lambda: state.save_refused(refused_file, lambda findings: findings[0].reason))
    written = [line.split(";")[1] for line in refused_file.read_text(encoding="utf-8").splitlines()]
    assert written == ["pedido", "501", "502", "502", "503", "503"]
    desk.press("go_on")
    (order,) = office.show("process.past_orders").rows
    assert (order.outside_key, order.customer, order.outcome) == ("500", "Bar do Zé", "delivered")
    assert (str(order.items_amount), str(order.promised_on), str(order.delivered_on)) == (
        "27.50", "2025-03-06", "2025-03-05",
    )  # fmt: skip
    assert [(item.product_key, str(item.quantity)) for item in office.show("process.past_items").rows] == [
        ("M-1", "2.0000"), ("S-2", "1.0000"),
    ]  # fmt: skip
    assert office.show("inventory.stock").rows == stock
    assert office.show("sales.orders").rows == ()
    after = contents(office)
    desk, state = bring(office, tmp_path, "process.past_orders", HISTORY)
    desk.press("go_on")
    assert (state.checked.recorded, state.checked.known) == (0, 1)
    assert contents(office) == after
    (batch,) = office.show("imports.batches").rows
    office.do("imports.undo_batch", batch_id=batch.id)
    assert office.show("process.past_orders").rows == ()
    assert office.check() == []


def test_orders_that_are_still_open_are_live(office: Office, tmp_path: Path) -> None:
    for name in ("Bar do Zé", "Padaria Sol"):
        office.do("party.add_party", name=name, customer=True)
    for code in ("M-1", "S-2"):
        key = office.do("catalog.add_product", code=code, name=code, price="10.00").value["id"]
        office.do("inventory.receive_stock", lines=[{"product_id": key, "quantity": "5", "unit_cost": "4"}])
    text = HISTORY.replace("03/10/2025;;;", "12/31/2026;;;").replace("500;;;S-2", "501;;;S-2") + (
        "504;03/09/2025;Padaria Sol;S-2;90;10,00;;;;\n505;03/09/2025;Padaria Sol;XX;1;10,00;;;;\n"
    )
    desk, state = bring(office, tmp_path, "sales.open_orders", text)
    assert state.columns["delivered"] == "entregue"
    desk.press("go_on")
    assert (state.checked.records, state.checked.recorded, state.checked.left_out) == (3, 1, 2)
    assert [one.reason for one in state.checked.findings] == ["sales.place_order.no_stock", "imports.not_found"]
    desk.press("go_on")
    (order,) = office.show("sales.orders").rows
    assert (order.customer_name, order.state, str(order.total_amount)) == ("Padaria Sol", "confirmed", "17.50")
    assert str(order.promised_on) == "2026-12-31"
    reserved = {row.code: row.reserved for row in office.show("inventory.stock").rows}
    assert (reserved["M-1"], reserved["S-2"]) == (1, 1)
    assert office.check() == []
    desk.press("undo")
    desk.answer("go")
    assert [row.state for row in office.show("sales.orders").rows] == ["cancelled"]
    assert {row.reserved for row in office.show("inventory.stock").rows} == {0}
    desk, state = bring(office, tmp_path, "sales.open_orders", text)
    check_and_bring(office, desk)
    key = next(row.id for row in office.show("sales.orders").rows if row.state == "confirmed")
    office.do("sales.invoice_order", order_id=key)
    batch = next(row for row in office.show("imports.batches").rows if row.state != "undone")
    with pytest.raises(Refusal, match="not_in_state"):
        office.do("imports.undo_batch", batch_id=batch.id)
    assert office.check() == []
