"""What the tests over all modules ask of billing: who may do what, rows in every ledger, what breaks each proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.tampering import Break, Change, Row

RIGHTS = """
billing.add_recurring        . C . . F . . . A . . . . . .
billing.close_till           S C . . F . . . A . . . . . .
billing.credit_invoice       . C . . F . . . A . . . . . .
billing.end_recurring        . C . . F . . . A . . . . . .
billing.issue_recurring      . . . . F . . . A . . . . . .
billing.open_till            S C . . F . . . A . . . . . .
billing.receive_payment      S C . . F . . . A . . . . . .
billing.record_opening_receivable  . . . . . . . . A . . . T . .
billing.refund_credit        . . . . F . . . A . . . . . .
billing.renegotiate_debt     . . . . F . . . A . . . . . .
billing.reverse_opening_receivable . . . . . . . . A . . . T . .
billing.reverse_payment      . . . . F . . . A . . . . . .
billing.reverse_write_off    . . . . . . . . A . . . T . .
billing.revise_recurring     . C . . F . . . A . . . . . .
billing.supply_till          S C . . F . . . A . . . . . .
billing.withdraw_till        S C . . F . . . A . . . . . .
billing.write_off_debt       . . . . . . . . A . . . T . .
"""
PLACES = """
receivables     S C R . F . X . A N . . T . .
tills           S C . . F . . . A N . . T . .
settlements     S C R . F . X . A N . . T . .
ageing          S C R . F . X . A N . . T . .
opening_receivables S C R . F . X . A N . . T . .
recurring       S C R . F . X . A N . . T . .
"""
ONE = Decimal(1)


def tell(office: Office) -> None:
    """A service billed by contract, paid in a till and by bank, credited, renegotiated and written off."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    customer = do("party.add_party", name="Condomínio Ipê", customer=True)["id"]
    service = do("catalog.add_product", code="S", name="Limpeza", kind="service", price="10")["id"]
    bank = do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="500.00")["id"]
    drawer = {"name": "Caixa 1", "kind": "till", "station": office.actor.station}
    do("accounting.add_money_account", **drawer)
    lines = [{"product_id": service, "unit_price": "90.00"}]
    today = office.today().isoformat()
    common = {"party_id": customer, "starts_on": today, "lines": lines, "payment_terms": "3x"}
    first, second = (do("billing.add_recurring", name=name, **common)["id"] for name in ("Um", "Dois"))
    invoice = do("billing.issue_recurring", recurring_id=first)["invoice_id"]
    do("billing.issue_recurring", recurring_id=second)
    safe = next(row.id for row in office.show("accounting.money_accounts").rows if row.kind == "cash")
    do("accounting.transfer_money", from_id=bank, to_id=safe, amount="100.00")
    till = do("billing.open_till", float_amount="20.00", from_account_id=safe)["id"]
    do("billing.receive_payment", invoice_id=invoice, amount="30.00")
    do("billing.supply_till", session_id=till, amount="5.00", from_account_id=safe)
    do("billing.close_till", session_id=till, counted_amount="54.00", to_account_id=safe)
    by_bank = {"method": "pix", "money_account_id": bank}
    do("billing.receive_payment", invoice_id=invoice, amount="70.00", keep_credit=True, **by_bank)
    do("billing.credit_invoice", invoice_id=invoice, reason="serviço não feito")
    owed = office.show("billing.receivables", {"party_id": customer, "state !=": "settled"}, "due_on").rows
    do("billing.write_off_debt", receivable_id=owed[0].id, reason="cliente sumiu")
    do("billing.renegotiate_debt", party_id=customer, payment_terms="30")
    title = {"party_id": customer, "issued_on": "2025-11-03", "due_on": "2025-12-03", "amount": "75.00"}
    do("billing.record_opening_receivable", number="881", **title)
    wrong = do("billing.record_opening_receivable", number="882", **title)["id"]
    do("billing.reverse_opening_receivable", receivable_id=wrong, reason="era de outro")


def _of(column: str) -> Any:
    def key(row: Row) -> str:
        return str(row[column])

    return key


def breaks() -> list[Break]:
    """Balances that differ from their ledgers, heads from their parts, drawers and books from what they hold."""
    return [*_document_breaks(), *_balance_breaks(), *_till_breaks(), *_book_breaks()]


def _document_breaks() -> list[Break]:
    entries, money = "billing.settlement_equals_entries", "billing.settlement_equals_money"
    lost = {"principal_amount": ONE, "value_amount": ONE}
    paid = {"principal_amount": ONE, "money_amount": ONE}
    return [
        Break(entries, [Change("settlement", lost, {"kind": "write_off"})]),
        Break(money, [Change("settlement", paid, {"kind": "payment"})], also=[entries]),
    ]


def _balance_breaks() -> list[Break]:
    books = ["billing.books_equal_receivables"]
    paid = {"settled_amount": Decimal("30.00")}
    return [
        Break("billing.receivable_equals_instalment", [Change("receivable", {"due_amount": ONE})], also=books),
        Break(
            "billing.opening_equals_instalment",
            [Change("opening_receivable", {"amount": ONE}, {"state": "stands"})],
        ),
        Break("billing.opening_taken_back", [Change("opening_receivable", {"state": "stands"}, {"state": "reversed"})]),
        Break("billing.settled_equals_entries", [Change("receivable", {"settled_amount": -ONE}, paid)], also=books),
        Break(
            "billing.credit_equals_entries",
            [Change("customer_credit", {"amount": ONE})],
            _of("party_id"),
            also=["billing.books_equal_credits"],
        ),
        Break(
            "billing.credited_equals_notes",
            [Change("credited_line", {"credited_amount": -ONE})],
            _of("invoice_line_id"),
        ),
    ]


def _till_breaks() -> list[Break]:
    found = {"difference_amount": ONE, "counted_amount": ONE}
    return [
        Break(
            "billing.till_equals_movements",
            [Change("till_balance", {"cash_amount": ONE})],
            _of("session_id"),
            also=["billing.drawer_equals_till"],
        ),
        Break("billing.till_difference_posted", [Change("till_closing", found)], _of("session_id")),
        Break(
            "billing.drawer_equals_till",
            [Change("money_balance", {"balance": ONE}, {"kind": "till"})],
            _of("money_account_id"),
            also=["accounting.money_equals_movements", "accounting.money_equals_books"],
        ),
    ]


def _book_breaks() -> list[Break]:
    """A role that another account has leaves its ledger alone."""
    roles = {"billing.books_equal_receivables": "receivable", "billing.books_equal_credits": "customer_credit"}
    return [
        Break(proof, [Change("account_role", {"account_id": new_id()}, {"role": role})], _of("role"))
        for proof, role in roles.items()
    ]
