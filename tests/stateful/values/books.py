"""Values of commands that keep books, bill and take money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.stateful.standing import Standing
from tests.stateful.values.declaring import money_of, of


def leaf(s: Standing, *kinds: str) -> Any:
    """An account that entries may be written to by hand."""
    return s.row("accounting.accounts", lambda r: r.postable and not r.archived and not r.roles and r.kind in kinds)


@of("accounting.add_account")
def parent(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"parent_id": s.row("accounting.accounts", lambda r: not r.postable and not r.archived and r.level > 1).id}


@of("accounting.assign_role")
def role(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("accounting.roles")
    return {"role": row.role, "account_id": s.one_of([row.account_id, leaf(s, "asset", "revenue", "expense").id])}


@of("accounting.revise_posting_rule")
def posting_rule(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("accounting.posting_rules")
    lines = [{name: line[name] for name in ("amount", "side", "role")} for line in row.lines]
    return {"posting_rule_id": row.id, "lines": lines}


@of("accounting.revise_report_layout")
def layout(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("accounting.report_layouts")
    lines = [{name: line[name] for name in ("kind", "account_id", "label")} for line in row.lines]
    return {"report_layout_id": row.id, "lines": lines}


@of("accounting.record_entry")
def entry(s: Standing, _row: Any) -> Mapping[str, Any]:
    amount, one, other = s.whole(90), leaf(s, "expense"), leaf(s, "liability", "asset", "revenue")
    return {"lines": [{"account_id": one.id, "debit": amount}, {"account_id": other.id, "credit": amount}]}


@of("accounting.record_opening")
def opening(s: Standing, _row: Any) -> Mapping[str, Any]:
    lines = [{"account_id": leaf(s, "asset").id, "debit": s.whole(90)}]
    return {"lines": lines, "occurred_on": s.office.today().isoformat()}


@of("accounting.add_money_account")
def money_account(s: Standing, _row: Any) -> Mapping[str, Any]:
    tills = s.rows("accounting.money_accounts", lambda r: r.station == s.office.actor.station)
    if not tills:
        return {"kind": "till", "station": s.office.actor.station}
    return {"kind": s.one_of(["bank", "cash"]), "opening_amount": s.one_of(["0", "900"])}


@of("accounting.transfer_money")
def transfer(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"from_id": money_of(s, "bank"), "to_id": money_of(s, "cash"), "amount": s.whole(90)}


@of("billing.receive_payment")
def payment(s: Standing, _row: Any) -> Mapping[str, Any]:
    owed = s.row("billing.receivables", lambda r: "billing.receive_payment" in r.allowed)
    way = s.one_of([{"method": "pix", "money_account_id": money_of(s)}, {"method": "cash"}])
    return {"parts": [{"receivable_id": owed.id}], **way}


@of("billing.credit_invoice")
def credit(s: Standing, row: Any) -> Mapping[str, Any]:
    lines = s.rows("billing.invoice_lines", lambda r: r.quantity - r.credited_quantity >= 1, invoice_id=row.id)
    if lines and s.chance.random() < 0.6:
        return {"lines": [{"invoice_line_id": s.one_of(lines).id, "quantity": "1"}]}
    return {}


@of("billing.refund_credit")
def refund(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("billing.customer_accounts", lambda r: r.credit_amount > 0)
    return {"party_id": row.id, "method": "pix", "money_account_id": money_of(s)}


@of("billing.renegotiate_debt")
def debt(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("billing.customer_accounts", lambda r: "billing.renegotiate_debt" in r.allowed)
    return {"party_id": row.id, "payment_terms": "30/60"}


@of("billing.open_till")
def till(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"float_amount": s.whole(50), "from_account_id": money_of(s, "cash", 50)}


@of("billing.supply_till")
def supply(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"from_account_id": money_of(s, "cash", 5), "amount": s.whole()}


@of("billing.withdraw_till")
def withdrawal(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"to_account_id": money_of(s, "cash"), "amount": "1"}


@of("billing.close_till")
def closing(s: Standing, row: Any) -> Mapping[str, Any]:
    counted = s.whole(90) if row.expected_amount is None else format(row.expected_amount, "f")
    return {"counted_amount": counted, "to_account_id": money_of(s, "cash")}


@of("billing.add_recurring", "billing.revise_recurring")
def contract(s: Standing, row: Any) -> Mapping[str, Any]:
    service = s.row("catalog.products_to_sell", lambda r: r.kind == "service")
    customer = s.row("party.customers", lambda r: not r.archived and not r.blocked)
    lines = [{"product_id": service.id, "unit_price": s.whole(90)}]
    head = {"lines": lines, "payment_terms": "30"}
    return head if row else {**head, "party_id": customer.id, "starts_on": s.office.today().isoformat()}


@of("billing.record_opening_receivable")
def owed_before(s: Standing, _row: Any) -> Mapping[str, Any]:
    customer = s.row("party.customers", lambda r: not r.archived)
    return {"party_id": customer.id, **_title(s)}


def _title(s: Standing) -> Mapping[str, Any]:
    begun = s.office.today() - dt.timedelta(days=s.chance.randint(1, 90))
    days = {"issued_on": begun.isoformat(), "due_on": (begun + dt.timedelta(days=30)).isoformat()}
    return {"number": s.word(), "amount": s.whole(90), **days}


@of("billing.reverse_opening_receivable")
def owed_wrongly(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"receivable_id": s.row("billing.openings", lambda r: r.allowed).id}


@of("purchasing.record_opening_payable")
def owing_before(s: Standing, _row: Any) -> Mapping[str, Any]:
    supplier = s.row("party.suppliers", lambda r: not r.archived)
    return {"supplier_id": supplier.id, **_title(s)}


@of("purchasing.reverse_opening_payable")
def owing_wrongly(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"payable_id": s.row("purchasing.openings", lambda r: "purchasing.reverse_opening_payable" in r.allowed).id}
